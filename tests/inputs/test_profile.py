"""The profile of a class: what a file may say, what is said of each mistake in it, and where its values hold."""

import datetime
import re
import sys
from pathlib import Path

import lab
import pytest
import sovereign_compute as sc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sovereign_compute.browser.panels import panel_control
from sovereign_compute.controls.assume import assume, forget, my_assumptions
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.controls.panel import Panel
from sovereign_compute.controls.panel_rows import control
from sovereign_compute.controls.predictions import IN_PANEL, predict
from sovereign_compute.inputs import data, profile, scenarios
from sovereign_compute.inputs.assumptions import ASSUMED, registry
from sovereign_compute.inputs.own_assumptions import OfClass
from sovereign_compute.lessons import course
from sovereign_compute.lessons.course import Lesson, course_map, row_of
from sovereign_compute.models.ownership import gpu_hour_cost

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))

GPUS = """[assumptions.gpus]
value = 2_016
source = "top500-2026-06"
date = 2026-11-23
tier = "derived"
why = "As the list has it."
"""
POWER = GPUS.replace("gpus", "it_power").replace("2_016", "1.4")
STAFF = """[assumptions.staff]
value = 10
source = "course-judgement"
date = 2026-11-30
tier = "judgement"
why = "A guess."
"""
SOURCE = '[sources.ours]\nproducer = "We"\ntitle = "Ours"\npublished = "2026"\n'


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "profile.toml"


def read(file: Path, text: str | bytes) -> profile.Profile:
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return profile.read(file)


@pytest.fixture
def begun(file, learner):
    """Starts from a profile of this text."""

    def begin(text: str) -> None:
        read(file, text)
        scenarios.begin(file)

    yield begin
    scenarios.begin()


# The file -------------------------------------------------------------------------------------------------------------


def test_everything_a_profile_can_say(file):
    found = read(
        file,
        '[names]\ncourse = "Energy 2"\nclass = "R&D, autumn"\nmachine = "Ours"\nteacher = "A. Nguyễn"\n'
        '[lessons]\nshown = [21, "43"]\n[lessons.due]\n21 = 2026-10-14\n00 = 2026-10-01T08:00:00\n'
        + SOURCE
        + POWER.replace("top500-2026-06", "ours")
        + "low = 1\nhigh = 2\nunit = 'MW'\n"
        + GPUS,
    )
    assert found.problems == ()
    assert found.names == {"course": "Energy 2", "class": "R&D, autumn", "machine": "Ours", "teacher": "A. Nguyễn"}
    assert (found.lessons, found.has(0), found.has(22)) == ({21, 43}, True, False)
    assert found.due == {21: datetime.date(2026, 10, 14), 0: datetime.date(2026, 10, 1)}
    power, gpus = found.assumptions["it_power"], found.assumptions["gpus"]
    assert (power.value, power.low, power.high, power.tier, power.source) == (1.4, 1, 2, "derived", "ours")
    assert (gpus.value, gpus.distribution, gpus.accessed) == (2016, "fixed", "2026-11-23")
    assert found.words == "Your class starts from the values of Ours."


def test_without_a_file_there_is_no_profile(monkeypatch, tmp_path):
    monkeypatch.setattr(profile, "PLACE", tmp_path / "none.toml")
    monkeypatch.delenv(profile.VARIABLE)
    assert profile._place() is None
    monkeypatch.setenv(profile.VARIABLE, str(tmp_path / "ours.toml"))
    assert profile._place() == tmp_path / "ours.toml"  # and is missed, as somebody has named it
    assert "there is no such file" in profile.read(profile._place()).problems[0]


def test_without_a_range_that_of_the_course_moves_along(file):
    power, course = read(file, POWER).assumptions["it_power"], registry()["it_power"]
    assert power.low == pytest.approx(1.4 * course.low / course.value, abs=course.step)
    assert power.high == pytest.approx(1.4 * course.high / course.value, abs=course.step)


MISTAKES = {
    "no TOML": ("gpus = ", "it is not TOML: Invalid value"),
    "another coding": (b"\xff\xfe\x00", "it is not UTF-8 text"),
    "no section": ("names = 3", "names: 3 is no section; write [names]"),
    "unknown section": ("[machine]\n", "machine: there is no such section; there are assumptions, lessons, names"),
    "unknown name": ('[names]\nteachr = "A"', "names.teachr: there is no such name; close to it: teacher"),
    "name that is a number": ("[names]\nteacher = 3", "names.teacher: 3 is no text; allowed are 1 to 80 characters"),
    "long name": (f'[names]\nmachine = "{"x" * 61}"', "has 61 characters; allowed are 1 to 60"),
    "name with signs": ('[names]\nclass = "<b>"', "names.class: '<b>' must have no < >; write it in words"),
    "lessons that are no list": ("[lessons]\nshown = 21", "lessons.shown: 21 cannot be used; it must be a list"),
    "unknown lesson": ("[lessons]\nshown = [0, 27]", "lessons.shown.2: there is no lesson 27; allowed are 00, 11, 12"),
    "day of another lesson": ("[lessons]\nshown = [21]\ndue = {22 = 2026-10-10}", "lessons.due.22: the class does not"),
    "no day": ('[lessons.due]\n21 = "soon"', "lessons.due.21: 'soon' is no day; write it as 2026-10-14"),
    "unknown assumption": (GPUS.replace("gpus", "gpu"), "assumptions.gpu: the course has no such assumption; close to"),
    "value out of range": (GPUS.replace("2_016", "900"), "GPUs: 900 is out of range; allowed is 1,000 to 1,000,000"),
    "value that is no number": (GPUS.replace("2_016", '"many"'), "'many' is not a number; allowed is 1,000 to"),
    "value alone": ("[assumptions]\ngpus = 2016", "assumptions.gpus: 2016 is not enough; it needs value, source, date"),
    "a range with one end": (f"{POWER}low = 1\n", "assumptions.it_power: 'it_power': a range has two ends"),
    "a range beside its value": (f"{POWER}low = 2\nhigh = 3\n", "must rise in this order: low is 2, value is 1.4"),
    "a range of a fact": (
        f"{GPUS}low = 2000\nhigh = 3000\n",
        "GPUs is a fact or a decision, which the course does not",
    ),
    "another unit": (f'{POWER}unit = "kEUR"\n', "Mean IT power: the course has it in MW, not in 'kEUR'"),
    "unknown tier": (GPUS.replace("derived", "sure"), "tier: 'sure' is none; allowed are primary, secondary, derived"),
    "unknown source": (GPUS.replace("-06", "-05"), "source: 'top500-2026-05' is not in data/sources.csv, nor in"),
    "no date": (GPUS.replace("2026-11-23", '"in May"'), "assumptions.gpus: date: 'in May' is no day"),
    "nothing why": (GPUS.replace("As the list has it.", " "), "assumptions.gpus: why: it is empty"),
    "something missing": (GPUS.replace('tier = "derived"\n', ""), "assumptions.gpus: tier must be given"),
    "something more": (
        f"{GPUS}comment = 1\n",
        "assumptions.gpus: comment: there is no such entry; there are date, high",
    ),
    "a source without a date": (SOURCE.replace('"2026"', '"May"'), "sources.ours: published: 'May' is no date"),
    "a source that leads nowhere": (
        f'{SOURCE}url = "javascript:alert(1)"\n',
        "url: 'javascript:alert(1)' is no address",
    ),
    "a source of the course": (SOURCE.replace("ours", "owid-ember"), "data/sources.csv has a source of this id"),
}


@pytest.mark.parametrize(("text", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_one_sentence_and_all_else_holds(file, text, said):
    whole = isinstance(text, bytes) or text == MISTAKES["no TOML"][0]
    found = read(file, text if whole else f"{text}\n{STAFF}")
    (problem,) = found.problems
    assert problem.startswith("data/profile.toml") and said in problem
    assert "\n" not in problem and not problem.endswith(".")
    assert list(found.assumptions) == ([] if whole else ["staff"])


@pytest.mark.parametrize("text", ["a=[" + "[" * 100_000, "a = 1" + "1" * 10_000, "x" * 2_000_001])
def test_a_file_of_any_kind_is_a_sentence(file, text):
    (problem,) = read(file, text).problems
    assert "profile.toml" in problem and len(problem) < 200


@pytest.mark.parametrize("name", ["value", "low", "high", "unit", "source", "date", "tier", "why"])
@pytest.mark.parametrize("given", ["[1]", "{a = 1}", "true", "nan", "2026-01-01", "'x'", "1e400"])
def test_whatever_a_field_holds_is_used_or_told(file, name, given):
    lines = dict(re.findall(r"^(\w+) = (.+)$", f"{POWER}low = 1\nhigh = 2\nunit = 'MW'\n", flags=re.M)) | {name: given}
    found = read(file, "[assumptions.it_power]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items()))
    assert len(found.problems) + len(found.assumptions) == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda c: st.dictionaries(st.text(), c)))
def test_whatever_a_file_holds_is_used_or_told(content):
    for section in ("names", "lessons", "sources", "assumptions"):
        for inside in (content, {"gpus": content, "shown": content, "due": content, "class": content}):
            found = profile._Reader("data/profile.toml").whole({section: inside})
            assert all(len(problem) < 1_000 for problem in found.problems)
            assert len(found.problems) <= profile.MOST + 1


def test_many_mistakes_are_counted(file):
    found = read(file, "".join(f"x{n} = 1\n" for n in range(100)))
    assert len(found.problems) == profile.MOST + 1
    assert found.problems[-1] == "data/profile.toml: 60 more entries cannot be used"


# Where it holds -------------------------------------------------------------------------------------------------------


def test_the_examples_are_sound_and_name_their_sources(of_class):
    assert of_class.problems == () and of_class.words.endswith(f"of {of_class.names['machine']}.")
    assert {"capital_cost", "gpus", "it_power", "carbon_intensity"} <= {*of_class.assumptions}
    for a in of_class.assumptions.values():
        source = data.source(a.source)
        assert source["title"] and source["published"] and a.why.endswith(".")
        assert a.locator == "chosen for your class" and a.tier in profile.TIERS
    assert scenarios.current == {id: a.value for id, a in of_class.assumptions.items()}


def test_the_numbers_of_the_examples_are_those_of_their_sources(file):
    greek, korean = (profile.read(lab.ROOT / "data" / "profiles" / f"{name}.toml") for name in ("daedalus", "kisti_6"))

    def of(found: profile.Profile, id: str) -> tuple[float, str]:
        return found.assumptions[id].value, found.assumptions[id].source

    machine = data.row("systems", "daedalus")
    facts = {row["attribute"]: row for row in data.records("system_facts") if row["system"] == "daedalus"}
    grid = next(r for r in data.records("grid_carbon") if (r["place"], r["year"]) == ("Greece", 2024))
    for id, value, source in (
        ("gpus", machine["accelerators"], machine["source"]),
        ("it_power", machine["power_mw"], machine["source"]),
        ("capital_cost", facts["purchase"]["value"], facts["purchase"]["source"]),
        ("building_cost", facts["building"]["value"], facts["building"]["source"]),
        ("carbon_intensity", grid["carbon_g_per_kwh"], grid["source"]),
    ):
        assert of(greek, id) == (registry()[id].accept(value), source)
    alps, won = data.row("systems", "alps"), 1519.92  # for a euro, as the head of the file says
    assert of(korean, "capital_cost")[0] == registry()["capital_cost"].accept(382_500 / won)
    power = korean.assumptions["gpus"].value * alps["power_mw"] / alps["accelerators"]
    assert of(korean, "it_power") == (registry()["it_power"].accept(power), alps["source"])
    assert of(korean, "electricity_price")[0] == pytest.approx(16.9 / 0.102 * 1.102 / won, abs=5e-4)


def test_panels_and_sentences_start_from_it_and_say_so(of_class):
    panel, words = Panel(gpu_hour_cost), of_class.words
    assert panel._setup["start"] == f"{words} The course's values are a preset."
    assert panel._state["changed"] == [] and words in repr(panel) and "(the class's)" in repr(panel)
    assert panel.values["gpus"] == of_class.assumptions["gpus"].value
    assert (
        str(sc.in_words(gpu_hour_cost)).endswith(words) and words in sc.figure(gpu_hour_cost).to_dict()["description"]
    )
    row = control(ASSUMED["gpus"])
    assert "The course has 23,536 GPUs." in row["why"] and "looked up" in row["ground"]
    assert panel_control(gpu_hour_cost)["start"]["gpus"] == of_class.assumptions["gpus"].value


def test_a_guess_is_about_the_course_and_no_mark_in_a_panel_of_the_class(of_class):
    form = predict("gpu-hour")
    form._receive(None, {"kind": "keep", "values": {"gpu-hour": "2.5"}, "seq": 1}, [])
    assert "panel" not in form._state["notice"]
    panel, page = Panel(gpu_hour_cost), panel_control(gpu_hour_cost)
    assert panel._state["headline"]["guess"] == "" and "guess" not in panel._state["rows"]
    assert page["guesses"]["outputs"] == {}
    scenarios.begin()
    panel, page = Panel(gpu_hour_cost), panel_control(gpu_hour_cost)
    assert "2.5" in panel._state["headline"]["guess"] and 2.5 in panel._state["rows"]["guess"]
    assert page["guesses"]["outputs"]["gpu-hour"] == "total"
    assert predict("gpu-hour")._comes_back == IN_PANEL


def test_exercises_on_the_panel_start_from_it_and_given_cases_do_not(of_class):
    own, given = find_exercise("21.2"), find_exercise("21.1")
    here, fixed = own.answer(own.values()), given.answer(given.case(7))
    scenarios.begin()
    assert here != own.answer(own.values())
    assert fixed == given.answer(given.case(7))


def test_what_could_not_say_so_keeps_the_courses_values(of_class):
    total = sc.evaluate(gpu_hour_cost).total
    assert sc.evaluate(gpu_hour_cost, utilisation=60).total > total
    assert "The course's values give 0.52" in str(sc.in_words(gpu_hour_cost))
    assert of_class.words not in str(sc.in_words(gpu_hour_cost, utilisation=60))
    scenarios.begin()
    assert sc.evaluate(gpu_hour_cost).total == total


def test_a_learner_of_the_class_assumes_something_else_and_takes_it_back(of_class):
    value = of_class.assumptions["it_power"].value
    assume("it_power", 2, source="Ours", why="Measured.")
    assert my_assumptions().frame.Id.tolist() == ["it_power"]
    assert Panel(gpu_hour_cost)._setup["start"].startswith(f"{of_class.words} Your own assumptions: Mean IT power.")
    assert scenarios.current["it_power"] == 2
    forget("it_power")
    assert scenarios.current["it_power"] == value and isinstance(ASSUMED["it_power"], OfClass)
    with pytest.raises(ValueError, match="you have no assumption 'it_power' of your own"):
        forget("it_power")


def test_a_saved_scenario_is_the_same_here_and_elsewhere(of_class):
    text, own = scenarios.current.to_json("Ours"), dict(scenarios.current.own)
    here = scenarios.Scenario.from_json(text)
    assert (here.problems, here.own) == ({}, own)
    assert scenarios.current.left_out_of_code() == ""
    scenarios.begin()
    there = scenarios.Scenario.from_json(text)
    assert there.problems == {} and there == here
    assert {id: (a.value, a.low, a.high) for id, a in there.own.items()} == {
        id: (a.value, a.low, a.high) for id, a in own.items()
    }
    assert {a.tier for a in there.own.values()} == {"your own"}


# Lessons, names, dates ------------------------------------------------------------------------------------------------


def test_the_line_under_the_title_and_the_map(begun):
    begun(
        '[names]\nclass = "Energy 2"\nteacher = "A. Smith"\n'
        "[lessons]\nshown = [21, 22]\n[lessons.due]\n21 = 2026-10-14\n"
    )
    status = str(Lesson(row_of(21)).status())
    assert "· due 14 October 2026*" in status and "*Energy 2 · taught by A. Smith*" in status
    assert "Your class starts from" not in status
    assert "Your class leaves this lesson out." in str(Lesson(row_of(31)).status())
    shown = course_map().shown
    assert shown["No."].tolist() == ["00", "21", "22"] and shown["Due"].tolist() == ["–", "14 October 2026", "–"]
    scenarios.begin()
    assert "Due" not in course_map().shown and len(course_map().shown) == len(data.records("lessons"))
    assert course.of_class(21) == []


def test_mistakes_are_told_in_every_lesson_as_text(begun):
    begun('[names]\nclass = "<img src=x>"\n')
    status = str(Lesson(row_of(21)).status())
    assert "The course goes on without what they name" in status and "names.class" in status
    assert "<img" not in status and "&lt;img" in status


def test_a_page_of_the_site_starts_from_it(of_class):
    import of_class as commands
    import pages
    from online import cells

    row, ran = row_of(21), {}

    def stand_in(path):  # a run of the whole notebook takes long; its cells are run in test_adopting.py
        ran[path.name] = True
        return commands.nbformat.read(path, as_version=4)

    kept, commands._run = commands._run, lambda path, file: stand_in(path)
    try:
        told = str(cells.site_notebook(row))
    finally:
        commands._run = kept
    assert ran == {"21_what_does_a_gpu_hour_cost.ipynb": True}
    assert of_class.words in told
    assert re.search(rf'\\?"gpus\\?":\s*{of_class.assumptions["gpus"].value:g}', told)
    assert [row["notebook"][:2] for row in pages.lessons()] == [
        row["notebook"][:2] for row in data.records("lessons") if of_class.has(int(row["notebook"][:2]))
    ]
