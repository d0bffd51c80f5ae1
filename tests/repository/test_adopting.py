"""The adoption page carried out: the profile of a class, with the examples that the course has.

What is about the report and JUPITER must stay what it is; what a learner moves must start from the class's values.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tomllib

import lab
import pytest
from sovereign_compute.inputs import data, profile, scenarios
from sovereign_compute.inputs.assumptions import get

PAGE = lab.ROOT / "notebooks" / "guides" / "adopting.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = sorted((lab.ROOT / "data" / "profiles").glob("*.toml"))
SAY = """
import sovereign_compute as sc
from sovereign_compute.models.ownership import gpu_hour_cost
print(sc.in_words(gpu_hour_cost))
"""

# What is about the report, about JUPITER or about a given case, by kind and name, as the texts that a learner meets.
BOUND = """
import json
from sovereign_compute.surroundings import of_lesson
import sovereign_compute as sc
from sovereign_compute.inputs import data
from sovereign_compute.controls import cases, exercises
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.lessons.fact_check import claims, decided
from sovereign_compute.lessons.answers import ANSWERS
from sovereign_compute.models.registry import MODELS
from sovereign_compute.inputs.presets import presets

found = {f"verdict {id}": repr(verdict) for id, verdict in decided().items()}
for row in data.records("lessons"):
    for exercise in of_lesson(row["notebook"][:2], "exercises").EXERCISES:
        if not exercise.follows:
            values = exercise.case(cases.EXAMPLE)
            found[f"exercise {exercise.id}"] = repr((exercise.answer(values), exercise.solution(values)))
for name, model in MODELS.items():
    found[f"tests of {name}"] = repr(sc.back_test(model.function).shown.values.tolist())
    for id, preset in presets(name).items():
        found[f"preset {name} {id}"] = repr(evaluate(model.function, **preset["values"]))
    found[f"computed {name}"] = repr(sc.evaluate(model.function))
found |= {f"prediction {id}": repr(answer()) for id, answer in ANSWERS.items()}
print(json.dumps(found))
"""

# What the cells of the lessons on the machine show, and what a learner has there before anything is moved.
CALLS = [
    f"sc.{name}(lesson.gpu_hour_cost)"
    for name in ("figure", "in_words", "assumption_table", "result_table", "explore", "tornado_chart")
]
"""What any notebook may call, whether a lesson does or not."""
SHOWN = (
    f"CALLS = {CALLS}"
    + """
import ast, contextlib, io, json
from pathlib import Path
import altair as alt
import sovereign_compute as sc
from sovereign_compute.controls import cases, exercises
from sovereign_compute.inputs import scenarios
from sovereign_compute.models.ownership import gpu_hour_cost

def parts(cell):
    # What a cell does one after the other: its statements, and instead of display(a, b) what that displays.
    for statement in ast.parse(cell).body:
        call = getattr(statement, "value", None) if isinstance(statement, ast.Expr) else None
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "display":
            yield from ((ast.unparse(shown), True) for shown in call.args)
        else:
            yield ast.unparse(statement), isinstance(statement, ast.Expr)

def text(part, gives, names):
    # What a part of a cell shows: what it gives, or what it shows on its own.
    with contextlib.redirect_stdout(io.StringIO()) as told:
        shown = eval(part, names) if gives else exec(part, names)
    return shown.to_dict()["description"] if isinstance(shown, alt.TopLevelMixin) else told.getvalue() or repr(shown)

found = {}
names = {"sc": sc, "display": print}
for path in sorted(Path().glob("2[123]_*.ipynb")):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(line for line in cell["source"] if not line.startswith("import sovereign_compute")).strip()
        if cell["cell_type"] == "code":
            found |= {part: text(part, gives, names) for part, gives in parts(source)}
text("lesson = sc.lesson(21)", False, names)
found |= {part: text(part, True, names) for part in CALLS}
for id in ("21.2", "21.3"):
    exercise = exercises.find_exercise(id)
    found[f"answer {id}"] = exercise.answer(exercise.values())
panel = sc.explore(gpu_hour_cost)
found["current"] = dict(scenarios.current)
found["code"] = scenarios.current.code()
found["changed"] = panel._state["changed"]
found["shown"] = {control["id"]: control["shown"] for control in panel._setup["inputs"]}
panel._receive(panel, {"kind": "preset", "id": "report"}, [])
found["report"] = panel._state["sentence"]
panel._receive(panel, {"kind": "reset"}, [])
found["reset"] = panel._state["values"]
panel._receive(panel, {"kind": "code", "text": "SC1-P7"}, [])
found["empty code"] = panel._state["values"]
found["told"] = panel._state["changed"]
print(json.dumps(found))
"""
)


def run(script: str, file=os.devnull, folder=lab.ROOT, *arguments: str) -> str:
    """What a script prints in a course whose class has this profile; without one at the course's values."""
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=folder / "notebooks",
        capture_output=True,
        text=True,
        env={**os.environ, profile.VARIABLE: str(file)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def values(file) -> dict[str, float]:
    """What a profile sets."""
    return {id: a.value for id, a in profile.read(file).assumptions.items()}


def defaults(folder, given: dict[str, float]):
    """The values written over those of the course, which the page warns of."""
    path = folder / "data" / "assumptions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] in given:
            row |= {name: str(given[row["id"]]) for name in ("value", "low", "high")}
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    return folder


# The page -------------------------------------------------------------------------------------------------------------


def promised() -> str:
    return re.search(r"<!-- daedalus:start -->\n> (.+)\n<!-- daedalus:end -->", TEXT)[1]


def test_the_page_promises_what_the_course_then_says():
    assert promised() == run(SAY, EXAMPLES[0])
    assert promised() not in run(SAY)


def test_the_lines_of_the_page_are_those_of_the_example_and_make_a_profile(tmp_path):
    example, source = re.findall(r"```toml\n(.+?)```", TEXT, flags=re.S)
    assert example in EXAMPLES[0].read_text(encoding="utf-8")
    file = tmp_path / "profile.toml"
    file.write_text(source + example.replace("top500-2026-06", "our-contract"), encoding="utf-8")
    found = profile.read(file)
    assert found.problems == () and found.assumptions["it_power"].source == "our-contract"


def test_the_page_quotes_a_mistake_and_links_all_examples(tmp_path):
    file = tmp_path / "data" / "profile.toml"
    file.parent.mkdir()
    text = EXAMPLES[0].read_text(encoding="utf-8")
    file.write_text(text.replace("value = 2_016", "value = 900"), encoding="utf-8")
    (problem,) = profile.read(file).problems
    assert f"> {problem}\n" in TEXT
    assert {f"../../data/profiles/{path.name}" for path in EXAMPLES} <= {*re.findall(r"\]\(([^)]+)\)", TEXT)}


def test_the_sections_of_the_page_are_those_that_are_read():
    named = {found.partition(".")[0] for found in re.findall(r"^\| `\[([\w.…]+)\]`", TEXT, flags=re.M)}
    assert named == {"names", "lessons", "assumptions", "sources"}
    assert all(f"`{name}`" in TEXT for name in profile.NAMES)
    for path in EXAMPLES:
        assert tomllib.loads(path.read_text(encoding="utf-8")).keys() <= named


# A class --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bound():
    return json.loads(run(BOUND))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda path: path.stem)
def test_the_report_jupiter_and_given_cases_stay_what_they_are(file, bound):
    found = json.loads(run(BOUND, file))
    assert {name for name in bound if found[name] != bound[name]} == set()
    assert found.keys() == bound.keys()
    kinds = {name.split()[0] for name in bound}
    assert kinds == {"verdict", "exercise", "tests", "preset", "computed", "prediction"}


def test_the_values_written_over_the_courses_break_what_the_page_says(tmp_path, bound):
    """The planted fault: this is what the test above has to see."""
    found = json.loads(run(BOUND, folder=defaults(lab.course(tmp_path), values(EXAMPLES[0]))))
    moved = {name for name in bound if found[name] != bound[name]}
    assert {"verdict C08", "exercise 21.1", "preset gpu_hour_cost report", "prediction gpu-hour"} <= moved
    assert {name.split()[0] for name in moved} == {name.split()[0] for name in bound}
    assert "depends on the reading" in bound["verdict C08"]
    assert "does not hold" in found["verdict C08"]


@pytest.fixture(scope="module")
def plain():
    """What the lessons on the machine show at the course's values."""
    return json.loads(run(SHOWN))


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def shown(request, plain):
    """What they show in the course and in a class, and what the class sets."""
    return plain, json.loads(run(SHOWN, request.param)), profile.read(request.param)


def test_panels_figures_and_own_exercises_start_from_the_class(shown):
    course, own, here = shown
    set_to = {id: a.value for id, a in here.assumptions.items()}
    assert own["current"] == set_to
    panels = ["lesson.play(lesson.gpu_hour_cost)", "lesson.behind(lesson.gpu_hour_cost)"]
    for call in [*CALLS, *panels]:
        assert own[call] != course[call]
    assert own["lesson.break_even_chart()"] != course["lesson.break_even_chart()"]
    assert own["answer 21.2"] / course["answer 21.2"] == pytest.approx(set_to["gpus"] / get("gpus").value)
    assert own["answer 21.3"] != course["answer 21.3"]


def test_whatever_differs_says_so_and_nothing_else_does(shown):
    course, own, here = shown
    calls = [call for call in course if call.startswith(("sc.", "lesson"))]
    assert len(calls) > 40
    says = {call for call in calls if here.words in own[call]}
    assert says == {call for call in calls if own[call] != course[call]}
    for call in says:
        assert not call.startswith(
            (
                "sc.back_test",
                *(f"lesson.{part}" for part in ("verdicts", "exercises", "predictions", "reveal", "references")),
            )
        )


def test_a_control_is_at_rest_at_the_classs_value_and_goes_back_to_it(shown):
    course, own, here = shown
    asked = {id: a.value for id, a in here.assumptions.items() if id in own["reset"]}
    assert own["changed"] == []
    assert own["shown"]["gpus"] == get("gpus").told(asked["gpus"])
    assert {id: own["reset"][id] for id in asked} == asked
    assert own["empty code"] == course["empty code"] == course["reset"]
    assert sorted(own["told"]) == sorted(asked)


def test_presets_and_codes_have_the_same_numbers_in_every_class(shown):
    course, own, here = shown
    band = re.compile(r" \(90 % range [^)]+\)")  # the class's ranges go along with what it has set
    assert band.sub("", own["report"]) == band.sub("", course["report"])
    assert scenarios.decode(own["code"]) == {id: a.value for id, a in here.assumptions.items()}


def test_jupiters_values_are_the_facts_on_jupiter():
    """Whoever writes another machine over these rows is sent to the page by this test."""
    facts = {row["id"]: row["value"] for row in data.records("jupiter")}
    assert get("capital_cost").value == facts["contract"]
    assert get("gpus").value == facts["superchips"]
    assert get("lifetime").value == facts["operation-years"]
    assert facts["power-inauguration"] <= get("it_power").value <= facts["power-202511"] / 1000


@pytest.mark.usefixtures("learner")
def test_a_course_of_ones_own_begins_as_the_page_says():
    sitting, own = re.findall(r"```python\n(.+?)```", TEXT, flags=re.S)
    names = {}
    exec(sitting, names)
    sc = names["sc"]
    (mine,) = sc.my_assumptions().frame.itertuples(index=False)
    assert (mine.Id, mine.Yours) == ("cloud_price", 4) and mine.Yours != get("cloud_price").value
    assert "Your own assumptions: Rent of a GPU-hour" in str(sc.in_words(sc.lesson(21).gpu_hour_cost))
    exec(own, names)
    assert re.search(
        r"“Campus bill” is 800,000 USD \(90 % range [\d,]+ to [\d,]+\)", str(sc.in_words(names["campus_bill"]))
    )
