"""Tasks of *Your turn*: right answers in every form pass, usual mistakes hear their names, anything else a sentence."""

import ast
import contextlib
import inspect
import re
from pathlib import Path

import altair as alt
import lab
import nbformat
import numpy as np
import pandas as pd
import pytest
import sovereign_compute as sc
from sovereign_compute.controls import progress, task_tables, tasks
from sovereign_compute.controls.tasks import Task, find_task
from sovereign_compute.errors import CourseError
from sovereign_compute.surroundings import of_lesson
from tools import guides

pytestmark = pytest.mark.usefixtures("learner")
FOLDER = Path(tasks.__file__).parents[1] / "lessons"
LESSONS = sorted(path.stem for path in (lab.ROOT / "notebooks").glob("[1-4]*.ipynb"))
"""All but lesson 51, which is a learner's own work from end to end; tests/test_own_question.py looks at it."""
ALL = [
    t for path in sorted(FOLDER.glob("l*/your_turn.py")) for t in of_lesson(path.parent.name[1:3], "your_turn").TASKS
]
DATA = [t for t in ALL if inspect.signature(t.expected).return_annotation in (pd.Series, pd.DataFrame)]
IDS = {"ids": lambda task: task.id}


def says(task: Task, given) -> str:
    """What is said of an answer that is not right."""
    try:
        right, said = task.judge(given)
    except CourseError as error:
        return str(error)
    assert not right, said
    return said


# The tasks of the lessons -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("task", ALL, **IDS)
def test_the_right_answer_is_right_and_says_what_it_shows(task):
    checked = sc.check(task.id, task.expected())
    assert checked.right
    assert isinstance(task.expected(), pd.Series | pd.DataFrame) == (task in DATA)
    assert re.search(r"\d", checked.says)
    assert task.finding() in repr(checked)


@pytest.mark.parametrize("task", ALL, **IDS)
def test_each_usual_mistake_hears_its_own_name(task):
    heard = [says(task, value()) for value, _ in task.mistakes]
    assert heard == [said for _, said in task.mistakes]


@pytest.mark.parametrize("task", ALL, **IDS)
def test_hints_and_questions_hold_no_answer(task):
    told = " ".join([task.question, *task.hints])
    assert not re.search(r"\d\.\d", told), "a number in a hint may be the answer"
    assert all(re.search(r"[.?]$", text) for text in (task.question, *task.hints))


@pytest.mark.parametrize("task", DATA, **IDS)
def test_a_data_task_knows_twelve_wrong_answers(task):
    assert len(task.mistakes) >= 12


@pytest.mark.parametrize("task", DATA, **IDS)
def test_the_form_of_a_table_makes_no_difference(task):
    right = task.expected()
    frame = right.to_frame("value") if isinstance(right, pd.Series) else right
    forms = [right, right.iloc[::-1], frame, frame.reset_index(), frame.reset_index().iloc[::-1], right.round(4)]
    forms += [frame.reset_index().astype({name: "category" for name in right.index.names})]
    if isinstance(right, pd.Series):
        forms += [right.to_dict(), right.rename("anything")]
    assert all(task.judge(form)[0] for form in forms if not task.ordered or list(form) != list(right.iloc[::-1]))


# What a notebook holds ----------------------------------------------------------------------------------------------


def turn(lesson: str) -> list:
    """The cells of *Your turn*, without its heading; none if there is no such part."""
    cells = nbformat.read(lab.ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4).cells
    starts = [at for at, cell in enumerate(cells) if cell.source.startswith("## Your turn")]
    if not starts:
        return []
    rest = cells[starts[0] + 1 :]
    return rest[: next(at for at, cell in enumerate(rest) if cell.source.startswith("## "))]


USED = {
    "data": r"sc\.data\(",
    "Altair": r"import altair as alt",
    "a control": r"widgets\.|sc\.slider",
    "the code of the model": r"getsource\(lesson\.",
}
"""What each *Your turn* has, and how it looks in a cell."""


def turn_faults(cells: list, known: list[str]) -> list[str]:
    """What is wrong with the cells of a *Your turn*; ``known`` are the tasks of the lesson."""
    if not cells:
        return ["a lesson needs its Your turn"]
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    asked = re.findall(r'sc\.check\("([^"]+)", \w+\)', "\n".join(code))
    faults = [f"{len(code)} code cells; six are the most"] if len(code) > 6 else []
    faults += [f"tasks {asked} are asked, and {known} are there"] if asked != known else []
    return faults + [f"{what} is missing" for what, form in USED.items() if not re.search(form, "\n".join(code))]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_its_turn(lesson):
    found = of_lesson(lesson[:2], "your_turn")
    known = [task.id for task in found.TASKS] if found else []
    assert turn_faults(turn(lesson), known) == []
    assert all(id.startswith(f"{lesson[:2]}.T") for id in known)


def assigned(cells: list) -> set[str]:
    """Names that cells give to something, but for those that they import."""
    trees = [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    stored = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return stored | {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("lesson", LESSONS)
def test_run_all_leaves_what_a_turn_has_made(lesson):
    cells = nbformat.read(lab.ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4).cells
    own = turn(lesson)
    assert assigned(own) & assigned([cell for cell in cells if cell not in own]) == set()


def test_a_name_that_is_replaced_is_found():
    made, below = (nbformat.v4.new_code_cell(source) for source in ("events = sc.data('x')", "events, more = (), ()"))
    assert assigned([made]) & assigned([below]) == {"events"}


def answer_faults(guide: str, answers: str, solved: bool = True) -> list[str]:
    """What the answers for teachers lack: a question of the guide's last section, or the tasks as they are now.

    ``solved``: whether the lesson has tasks.
    """
    outcomes = " ".join(guide.partition("## Outcomes to check")[2].split()).partition("without notes:")[2]
    asked = [part for part in re.split(r"(?<=[.?])\s+(?=[A-Z])", outcomes.partition("The answers")[0].strip()) if part]
    faults = [f"no answer to: {question}" for question in asked if f"*{question}*" not in answers]
    faults += [] if asked else ["no question is found in the guide"]
    faults += [] if "in the folder `answers`" in outcomes else ["the guide does not say where the answers are"]
    faults += [] if "<!-- tasks:" in answers or not solved else ["the solutions are missing"]
    return faults + ([] if guides.filled(answers) == answers else ["out of date: run tests/tools/guides.py"])


TAUGHT = sorted(path.stem for path in (lab.ROOT / "notebooks").glob("[0-9]*.ipynb"))


@pytest.mark.parametrize("lesson", TAUGHT)
def test_teachers_have_the_answers(lesson):
    guide, answers = ((guides.FOLDER / f"{name}.md").read_text("utf-8") for name in (lesson, f"answers/{lesson}"))
    solved = lesson in LESSONS
    assert answer_faults(guide, answers, solved) == []
    assert answer_faults(guide.replace("`answers`", ""), answers, solved)
    for fault in ("- *", "<!-- tasks:", "```python") if solved else ("- *",):
        assert answer_faults(guide, answers.replace(fault, ""), solved), fault


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_solutions_run_below_the_first_cell(lesson):
    answers = (guides.FOLDER / "answers" / f"{lesson}.md").read_text("utf-8").partition("<!-- tasks:")[2]
    solved = re.findall(r"^\*\*(\d\d\.T\d)\.\*\*.*?```python\n(.*?)```", answers, flags=re.M | re.S)
    assert [id for id, _ in solved] == [task.id for task in of_lesson(lesson[:2], "your_turn").TASKS]
    cells = [cell.source for cell in turn(lesson) if cell.cell_type == "code"]
    for id, code in solved:
        there = {"sc": sc, "alt": alt, "lesson": sc.lesson(int(lesson[:2]))}
        exec(cells[0], there)
        exec(code, there)
        assert sc.check(id, there["answer"]).right


def test_learners_are_not_given_the_answers():
    """Of the three ways of handing out the course that copy it; Binder and git have all of it, as the pages say."""
    kit, hub, values = (
        (lab.ROOT / "binder" / name).read_text("utf-8")
        for name in ("offline_kit.py", "hub/jupyterhub_config.py", "hub/values.yaml")
    )
    for text in (kit, hub):
        (left_out,) = re.findall(r"ignore_patterns\(([^)]+)\)", text)
        assert '"answers"' in left_out
    assert re.search(r"rm -rf /home/jovyan/notebooks/guides/answers\n +cp -rn ", values)
    assert (guides.FOLDER / "answers").is_dir()


def test_a_turn_that_is_not_in_order_is_found():
    cells = turn("21_what_does_a_gpu_hour_cost")
    known = ["21.T1", "21.T2"]
    assert turn_faults(cells, known) == []
    planted = [
        ([], known, "needs its Your turn"),
        (cells * 2, known, "six are the most"),
        (cells, known[:1], "are asked"),
        (cells[:1], [], "Altair is missing"),
    ]
    for wrong, tasks_known, told in planted:
        assert told in " ".join(turn_faults(wrong, tasks_known))


def test_the_seats_in_the_eu_are_those_of_the_price_list():
    from sovereign_compute.lessons.l21_gpu_hour import your_turn

    seats = set(sc.data("cloud_prices").provider_country.dropna())
    assert set(your_turn.EU) == seats - {"US", "GB"}


# The engine ---------------------------------------------------------------------------------------------------------

COST = pd.Series({"a": 1.0, "b": 20.0, "c": 3.0}, name="cost").rename_axis("site")
YEARS = pd.Series([5.0, 8.0, 13.0, 21.0], index=pd.Index([2021, 2022, 2023, 2024], name="year"), name="use")
POWER = pd.DataFrame(
    {"country": ["DE", "DE", "FR"], "year": [2023, 2024, 2024], "mwh": [1.0, 2.0, 5.0], "eur": [9.0, 7.0, 8.0]}
).set_index(["country", "year"])


def task(expected, **more) -> Task:
    return Task("0.T1", "?", lambda: expected, lambda: "", ("", ""), **more)


@pytest.mark.parametrize(
    ("given", "told"),
    {
        "text": ("2.5", "text '2.5' came"),
        "nothing but a missing number": (float("nan"), "NaN: a missing value"),
        "several": ([1, 2], "list of 2 values"),
        "frame": (POWER, "DataFrame of 3 rows and 2 columns came, and one number"),
        "truth value": (True, "True came"),
        "complex": (1j, "type complex"),
        "module": (sc, "type module"),
        "thousand": (2500, "factor of a thousand"),
        "share": (0.025, "factor of a hundred"),
        "upside down": (0.4, "divide the other way round"),
        "sign": (-2.5, "sign is wrong"),
        "hours": (2.5 * 8760, "hours and years"),
        "near": (2.7, "Too high, but in the right region"),
        "far": (0.3, "and not by a little"),
        "infinite": (float("inf"), "not by a little"),
    }.values(),
)
def test_a_wrong_number_hears_why(given, told):
    assert told in says(task(2.5), given)


@pytest.mark.parametrize("given", [2.5, 2.501, np.float32(2.5), np.array(2.5), pd.Series([2.5]), pd.DataFrame([[2.5]])])
def test_a_right_number_is_right_in_any_wrapping(given):
    assert task(2.5).judge(given)[0]


@pytest.mark.parametrize(
    ("expected", "given", "told"),
    {
        "number": (COST, 3.0, "a Series is asked for: one row for each site"),
        "labels lost": (COST, COST.reset_index(drop=True), "no index or column 'site'"),
        "row lost": (COST, COST.iloc[:2], "Rows that are missing: c."),
        "row too many": (COST, pd.concat([COST, pd.Series({"d": 2.0})]), "should not be there: d."),
        "rows multiplied": (COST, pd.concat([COST, COST]), "stands 2 times"),
        "another column": (COST, COST.set_axis(["x", "y", "z"]), "about something else"),
        "sorted alone": (COST, pd.Series(sorted(COST), index=COST.index), "not with their labels"),
        "unit": (COST, COST * 1000, "factor of a thousand"),
        "missing": (COST, COST.where(COST > 2), "a has no number"),
        "one value": (COST, COST.replace(20, 22), "2 of 3 are right. b is too high: you have 22"),
        "texts": (COST, COST.astype(str), "not numbers"),
        "two columns": (COST, COST.to_frame().assign(n=1.0).rename(columns={"cost": "m"}), "yours has 2: m, n"),
        "huge": (COST, pd.Series(np.zeros(200_000)), "200,000 rows; 3 are asked for"),
        "empty": (COST, COST.iloc[:0], "about something else"),
        "a year early": (YEARS, YEARS.set_axis(YEARS.index - 1), "one year too early"),
        "a year late": (YEARS, YEARS.set_axis(YEARS.index + 1), "one year too late"),
        "column lost": (POWER, POWER.drop(columns="mwh"), "no column 'mwh'"),
        "second column": (POWER, POWER.assign(eur=POWER.eur + 1), "right in the column 'eur'. DE / 2023 is too high"),
        "key lost": (POWER, POWER.droplevel("year"), "'year'"),
    }.values(),
)
def test_a_wrong_table_hears_why(expected, given, told):
    assert told in says(task(expected), given)


def test_labels_are_the_same_as_texts_numbers_and_along_the_top():
    assert task(YEARS).judge(YEARS.set_axis(YEARS.index.astype(str).rename("year")))[0]
    assert task(YEARS).judge(YEARS.set_axis(YEARS.index.astype(float)))[0]
    assert task(POWER.eur).judge(POWER.eur.unstack())[0]
    assert task(POWER.eur).judge(POWER.eur.to_dict())[0]
    assert task(POWER.eur).judge(POWER.eur.rename_axis(["land", "when"]))[0]
    assert task(POWER).judge(POWER[["eur", "mwh"]].swaplevel())[0]
    assert task(POWER).judge(POWER.reset_index().assign(more="x"))[0]


def test_the_order_counts_where_it_is_asked_for():
    ranked = task(COST.sort_values(ascending=False), ordered=True)
    assert ranked.judge(COST.sort_values(ascending=False))[0]
    assert "other way round" in says(ranked, COST.sort_values())
    assert "b comes first" in says(ranked, COST)
    assert task(COST).judge(COST.sort_values())[0]


def test_a_mistake_in_a_table_is_named_before_anything_else():
    named = task(COST, mistakes=((lambda: COST.rename("other") * 1000, "kWh, not MWh"),))
    assert says(named, COST.to_frame() * 1000) == "kWh, not MWh"


BARS = (
    alt.Chart(COST.reset_index(), title="b costs most")
    .mark_bar()
    .encode(x=alt.X("cost", title="Cost, EUR per hour"), y="site", color="site")
)


def bars(frame=None, title="b costs most", mark="mark_bar", **encodings):
    """A chart of a learner; an encoding that is None is left out."""
    frame = COST.reset_index() if frame is None else frame
    encodings = {"x": alt.X("cost", title="EUR"), "y": "site", "color": "site", **encodings}
    chart = alt.Chart(frame, title=title) if title else alt.Chart(frame)
    return getattr(chart, mark)().encode(**{name: e for name, e in encodings.items() if e is not None})


@pytest.mark.parametrize(
    ("given", "told"),
    {
        "number": (3.0, "an Altair chart is asked for"),
        "no mark": (alt.Chart(COST.reset_index()), "cannot build"),
        "other mark": (bars(mark="mark_line"), "The mark is 'line'; 'bar' is asked for"),
        "encoding": (bars(color=None), "Nothing is told by colour: site"),
        "wrong place": (bars(color=None, row="site"), "It is in rows now."),
        "title": (bars(title=None), "A title is missing"),
        "title that asks": (bars(title="Which costs most?"), "let it state what you found"),
        "unit": (bars(x=alt.X("cost", title="Cost")), "lacks its unit, EUR per hour"),
        "rows lost": (
            bars(COST.reset_index().iloc[:2]),
            "2 values of cost are drawn along the x axis; 3 are",
        ),
        "other data": (bars(COST.reset_index().assign(cost=1.0)), "is not cost as it is asked for"),
        "other labels": (bars(COST.reset_index().assign(site=["x", "y", "z"])), "(values: a, b, c)"),
        "sorted alone": (bars(COST.reset_index().assign(cost=sorted(COST))), "do not belong together"),
        "computed inside": (bars(x=alt.X("mean(cost)", title="EUR")), "mean(cost), computed in the chart"),
        "filtered inside": (bars().transform_filter("datum.cost > 2"), "computes inside"),
        "data elsewhere": (bars("costs.csv", x="cost:Q", y="site:N", color="site:N"), "reads its data from elsewhere"),
        "unknown column": (bars(x="costs"), "Altair cannot build this chart"),
    }.values(),
)
def test_a_wrong_chart_hears_everything_that_it_lacks(given, told):
    assert told in says(task(BARS), given)


def test_several_faults_of_a_chart_are_said_at_once():
    said = says(task(BARS), bars(title=None, color=None, x="cost"))
    assert all(part in said for part in ("by colour", "A title is missing", "lacks its unit"))


def test_the_look_of_a_chart_is_the_learners_choice():
    frame = COST.reset_index()
    renamed = frame.rename(columns={"site": "where", "cost": "euros"})
    thin = alt.Chart(frame, title="b costs most").mark_bar(size=3)
    right = [
        BARS,
        bars(),
        bars(x="site", y=alt.Y("cost", title="in eur")),
        bars(
            renamed,
            x=alt.X("euros", scale=alt.Scale(type="log"), title="EUR"),
            y=alt.Y("where", sort="x"),
            color="where",
        ),
        bars() + alt.Chart(frame).mark_text().encode(x="cost", y="site", text="cost"),
        thin.encode(x=alt.X("cost").axis(title="EUR"), y="site", color="site"),
    ]
    assert all(task(BARS).judge(chart)[0] for chart in right)


def test_a_year_in_a_chart_is_a_label_as_text_or_number():
    frame = YEARS.reset_index()
    asked = task(alt.Chart(frame).mark_bar().encode(x="year:O", y="use"))
    for kind, right in (
        (str, True),
        (float, True),
        (lambda year: year + 1, False),
        (lambda year: str(year + 1), False),
    ):
        years = frame.assign(year=frame.year.map(kind))
        assert asked.judge(alt.Chart(years, title="It grows").mark_bar().encode(x="year", y="use"))[0] == right


def mean_cost(*, price, hours):
    return np.maximum(price, 1.0) / hours


CASES = [{"price": 2.0, "hours": 4.0}, {"price": 0.5, "hours": 2.0}, {"price": 8.0, "hours": 1.0}]
CALLED = task(
    mean_cost,
    cases=lambda: CASES,
    mistakes=((lambda: lambda price, hours: price / hours, "The least price is forgotten."),),
)


def loops(price, hours):
    while True:
        hours += 1


def swallows(price, hours):
    while True:
        with contextlib.suppress(Exception):
            hours += 1


def recurses(price, hours):
    return recurses(price, hours)


def divides(price, hours):
    return price / (hours - hours)


@pytest.mark.parametrize(
    ("given", "told"),
    {
        "number": (3.0, "a function is asked for: give its name without brackets"),
        "names": (lambda p, h: p / h, "must take price, hours by these names"),
        "mistake": (lambda price, hours: price / hours, "The least price is forgotten."),
        "factor": (lambda price, hours: 1000 * max(price, 1) / hours, "factor of a thousand"),
        "too low": (lambda price, hours: min(price, 2) / hours, "With price = 0.5, hours = 2 it gives 0.25: too low."),
        "nothing": (lambda price, hours: None, "returns nothing"),
        "text": (lambda price, hours: "2", "returns something else: a number is asked for"),
        "missing": (lambda price, hours: float("nan"), "NaN"),
        "several": (lambda price, hours: [1, 2], "list of 2 values"),
        "generator": (lambda price, hours: (yield 1), "type generator"),
        "raises": (divides, "ZeroDivisionError: float division by zero (line"),
        "its line": (divides, "return price / (hours - hours))"),
        "leaves": (lambda price, hours: exit(), "SystemExit"),
        "loops": (loops, "does not come to an end"),
        "swallows": (swallows, "does not come to an end"),
        "recurses": (recurses, "RecursionError"),
        "branches": (lambda price, hours: (price if price > 1 else 1) / hours, "np.where in place of if"),
        "first of an array": (lambda price, hours: float(np.ravel(np.maximum(price, 1) / hours)[0]), "other results"),
        "class": (Task, "a function is asked for"),
        "built-in": (max, "stopped with TypeError: max expected"),
    }.values(),
)
def test_a_wrong_function_hears_why(given, told):
    assert told in says(CALLED, given)


def test_a_right_function_may_print_and_be_of_any_kind(capsys):
    def loud(hours, price, *, unused=0):
        print("x" * 1000)
        return np.where(price > 1, price, 1) / hours

    assert CALLED.judge(loud)[0]
    assert CALLED.judge(mean_cost)[0]
    assert CALLED.judge(lambda **given: mean_cost(**given))[0]
    assert capsys.readouterr().out == ""


# What a learner sees, and what is kept ------------------------------------------------------------------------------


def test_without_an_answer_the_task_is_shown_and_no_try_is_counted(learner):
    for nothing in ((), (...,), (None,)):
        shown = sc.check("21.T1", *nothing)
        assert shown.right is None
        assert tasks.NOTHING_YET in repr(shown)
        assert shown.task.question in repr(shown)
    assert not learner.exists()


def test_tries_are_counted_until_the_task_is_solved():
    first = find_task("21.T1")
    sc.check("21.T1", first.mistakes[0][0]())
    assert progress.kept("exercises")["21.T1"] == {"tries": 1}
    sc.check("21.T1", "no table")  # nothing that could be compared is no try
    sc.check("21.T1", first.expected())
    sc.check("21.T1", first.expected())
    kept = progress.kept("exercises")["21.T1"]
    assert kept["tries"] == 2
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept["solved"])
    assert "21.T1" in repr(progress.progress())


def test_what_is_said_is_escaped_and_bounded():
    evil = "<script>stung()</script>" * 100
    for given in (evil, pd.Series({evil: 1.0}).rename_axis("provider_kind"), COST.rename_axis(evil)):
        shown = sc.check("21.T1", given)
        assert "<script>" not in shown._repr_html_()
        assert len(shown.says) < 1000


def test_what_is_no_task_or_exercise_is_said():
    for id, told in (("21.T9", "notebook 21 has 21.T1, 21.T2"), ("99.T1", "no tasks for notebook '99'")):
        with pytest.raises(CourseError, match=told):
            sc.check(id, 1)
    with pytest.raises(CourseError, match="is answered in its form"):
        sc.check("21.1", 0.4)


def test_hints_are_folded_and_gone_when_solved():
    first = find_task("21.T1")
    assert sc.check("21.T1")._repr_html_().count("<details>") == 2
    assert "<details>" not in sc.check("21.T1", first.expected())._repr_html_()


def test_the_largest_table_is_the_largest_that_is_compared():
    rows = pd.Series(np.zeros(task_tables.MOST_ROWS + 1)).rename_axis("site")
    assert "100,001 rows" in says(task(COST), rows)
