"""What goes wrong on a learner's machine: nothing is lost, and a sentence says what happened.

A kernel that dies and two tabs are in test_browser_faults.py, what is typed in test_browser_input.py; failed saves by
cause in test_scenarios.py.
"""

import ast
import builtins
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sovereign_compute.controls.checks import check
from sovereign_compute.controls.panel import explore
from sovereign_compute.controls.predictions import predict
from sovereign_compute.controls.progress import keep, kept, progress
from sovereign_compute.inputs import scenarios
from sovereign_compute.models.ownership import gpu_hour_cost
from tree import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def answer(value: float = 1.0) -> str:
    """Answer an exercise; what the learner is told beside the feedback."""
    widget = check("21.1")
    widget._receive(widget, {"kind": "answer", "value": value, "unit": "EUR per GPU-hour"}, [])
    return widget._state["notice"]


# The progress file ---------------------------------------------------------------------------------------------------


@pytest.fixture
def whole(learner) -> bytes:
    """A progress file with tries and a prediction in it."""
    answer()
    form = predict("gpu-hour")
    form._receive(form, {"kind": "keep", "values": {"gpu-hour": 2.5}}, [])
    return (learner / "progress.json").read_bytes()


def test_a_progress_file_cut_anywhere_is_kept_aside(learner, whole):
    for length in range(0, len(whole.rstrip()), 7):
        shutil.rmtree(learner)
        learner.mkdir()
        (learner / "progress.json").write_bytes(whole[:length])
        assert "nothing yet" in repr(progress())
        assert answer() == ""
        assert (learner / "progress.json.broken").read_bytes() == whole[:length]
        assert kept("exercises")["21.1"]["tries"] == 1


def test_a_second_damage_does_not_replace_the_first(learner):
    learner.mkdir()
    for number in range(3):
        (learner / "progress.json").write_text(f"damaged {number}")
        assert answer() == ""
    aside = sorted(learner.glob("progress.json.broken*"))
    assert sorted(path.read_text() for path in aside) == ["damaged 0", "damaged 1", "damaged 2"]


def test_a_progress_file_edited_by_hand_does_not_stop_a_lesson(learner):
    learner.mkdir()
    entries = {"21.1": {"tries": "many", "hints": None}, "21.2": {"tries": 2}, "21.3": [], "note": "mine"}
    wrong = {"exercises": entries, "predictions": {"gpu-hour": {"value": "lots"}}, "mine": "a note"}
    (learner / "progress.json").write_text(json.dumps(wrong))
    assert progress().frame.Exercise.tolist() == ["21.2"]
    assert predict("gpu-hour")._state["values"] == {}
    assert answer() == ""
    found = json.loads((learner / "progress.json").read_text())
    assert found["exercises"]["21.1"]["tries"] == 1
    assert (found["mine"], found["exercises"]["note"], found["predictions"]) == ("a note", "mine", wrong["predictions"])


@pytest.mark.parametrize(
    "text",
    [
        '{"mine": ' + "[" * 100_000,
        '{"exercises": [1, 2]}',
        '[{"exercises": {}}]',
        '{"exercises": {"21.1": {"tries": ' + "9" * 10_000 + "}}}",
    ],
    ids=lambda text: text[:20],
)
def test_a_file_of_another_make_is_kept_aside(learner, text):
    learner.mkdir()
    (learner / "progress.json").write_text(text)
    assert answer() == ""
    assert (learner / "progress.json.broken").read_text() == text
    assert kept("exercises")["21.1"]["tries"] == 1


@pytest.mark.parametrize("depth", [50, 300, 700, 950, 1_200, 5_000])
def test_what_is_nested_is_written_again_or_kept_aside(learner, depth):
    """Python writes a little less deep than it reads."""
    learner.mkdir()
    text = '{"mine": ' + "[" * depth + "]" * depth + "}"
    (learner / "progress.json").write_text(text)
    assert answer() == ""
    aside = learner / "progress.json.broken"
    again = "".join((learner / "progress.json").read_text().split())
    assert aside.read_text() == text if aside.exists() else "[" * depth + "]" * depth in again
    assert kept("exercises")["21.1"]["tries"] == 1


def test_a_folder_in_the_place_of_the_file_is_put_aside(learner):
    (learner / "progress.json" / "inside").mkdir(parents=True)
    assert answer() == ""
    assert (learner / "progress.json.broken" / "inside").is_dir()


def test_a_damaged_file_that_cannot_be_put_aside_is_left_and_said(learner, monkeypatch):
    learner.mkdir()
    (learner / "progress.json").write_text("damaged")

    def refuse(*_):
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "replace", refuse)
    assert answer() == "progress.json was not saved: its folder cannot be written to"
    assert (learner / "progress.json").read_text() == "damaged"


# A disk that is full, a folder that cannot be written to -------------------------------------------------------------

IN_A_NAMESPACE = ["unshare", "--map-root-user", "--mount"]
ON_A_DISK = """
import json, subprocess, sys
from pathlib import Path
from sovereign_compute.inputs import scenarios
from sovereign_compute.errors import CourseError
from sovereign_compute.controls.checks import check
from sovereign_compute.inputs.scenarios import Scenario

disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=True)
scenarios.MY_COURSE = disk / "my_course"

def answer():
    widget = check("21.1")
    widget._receive(widget, {"kind": "answer", "value": 1.0}, [])
    return widget._state["notice"], widget._state["cards"]["21.1"]["feedback"]

def save(value):
    try:
        return scenarios.save("mine", Scenario({"pue": value})).name
    except CourseError as error:
        return str(error)

def state():
    return {path.name: path.read_text() for path in sorted(scenarios.MY_COURSE.iterdir())}

said = [save(1.5), answer()]
before = state()
filler = disk / "filler"
try:
    filler.write_bytes(b"x" * 100_000)
except OSError:
    pass
said += [save(1.6), answer()]
full = state()
filler.unlink()
# Of its options, only this one may be changed by somebody who is not really root.
subprocess.run(["mount", "-o", "remount,bind,ro", disk], check=True)
said += [save(1.7), answer()]
print(json.dumps({"said": said, "kept": before == full == state(), "saved": list(scenarios.saved().items())}))
"""


def _namespace() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run([*IN_A_NAMESPACE, "true"], capture_output=True).returncode == 0


@pytest.mark.skipif(not _namespace(), reason="this system lets nobody mount a disk of 64 kB for a test")
def test_on_a_full_disk_and_on_one_that_cannot_be_written_nothing_is_lost(tmp_path):
    words = [*IN_A_NAMESPACE, sys.executable, "-c", ON_A_DISK, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "notebooks")}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    code = {value: scenarios.Scenario({"pue": value}).code() for value in (1.6, 1.7)}
    saved, first, full, answered_full, fixed, answered_fixed = found["said"]
    assert (saved, first[0]) == ("scenario-mine.json", "")
    assert full == f"scenario-mine.json was not saved: the disk is full. Note down its code instead: {code[1.6]}"
    assert answered_full == ["progress.json was not saved: the disk is full", first[1]]
    reason = "its folder cannot be written to"
    assert fixed == f"scenario-mine.json was not saved: {reason}. Note down its code instead: {code[1.7]}"
    assert answered_fixed == [f"progress.json was not saved: {reason}", first[1]]
    assert found["kept"]
    assert found["saved"] == [["mine", {"pue": 1.5}]]


# The kernel and its cells --------------------------------------------------------------------------------------------


def cells(path: Path, own: bool = False) -> list[str]:
    """The code of a notebook: what the course shows, or what is the learner's own, *Your turn* and lesson 51."""
    found = [c for c in json.loads(path.read_text(encoding="utf-8"))["cells"] if c["cell_type"] == "code"]
    theirs = [c for c in found[1:] if c["id"].startswith("turn") or path.stem.startswith("51")]
    return ["".join(c["source"]) for c in (theirs if own else [c for c in found if c not in theirs])]


def made_by(code: str) -> set[str]:
    """Names that a cell makes."""
    nodes = list(ast.walk(ast.parse(code)))
    made = {node.id for node in nodes if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    made |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    imports = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    return made | {(alias.asname or alias.name).partition(".")[0] for alias in imports}


def needs(code: str) -> set[str]:
    """Names that a cell uses and does not make itself."""
    nodes = list(ast.walk(ast.parse(code)))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    arguments = {node.arg for node in nodes if isinstance(node, ast.arg)}
    return names - made_by(code) - arguments - set(dir(builtins)) - {"display"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_after_the_first_cell_every_cell_runs_in_any_order(path):
    """Nobody who jumps about, or begins in the middle after a restart, meets a name that is not there."""
    first, *others = cells(path)
    assert "import sovereign_compute as sc" in first
    given = {"sc", "lesson"} if path.name[0].isdigit() else {"sc"}
    assert not given - {"sc"} - {node.id for node in ast.walk(ast.parse(first)) if isinstance(node, ast.Name)}
    assert [missing for code in others if (missing := needs(code) - given)] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_learners_own_part_runs_from_its_top(path):
    """There a cell builds on those above it, as learners write them."""
    given = {"sc", "lesson"}
    for code in cells(path, own=True):
        assert needs(code) <= given, code
        given |= made_by(code)


def test_a_cell_that_needs_another_is_found():
    assert needs("import numpy as np\nx = [np.sin(i) for i in range(3)]\nprint(x, y)") == {"y"}


def test_a_cell_run_twice_leaves_one_scenario_and_one_count(learner):
    first, second = explore(gpu_hour_cost), explore(gpu_hour_cost)
    first._receive(first, {"kind": "set", "values": {"pue": 1.5}, "seq": 1}, [])
    assert second.values["pue"] == 1.5
    assert explore(gpu_hour_cost)._state["code"] == first._state["code"]
    answer()
    answer()
    assert kept("exercises")["21.1"]["tries"] == 2


BEFORE = """
import sovereign_compute as sc
from sovereign_compute.inputs import scenarios
lesson = sc.lesson(21)
panel, form, exercise = sc.explore(lesson.gpu_hour_cost), lesson.predictions(), sc.check("21.1")
panel._receive(panel, {"kind": "set", "values": {"pue": 1.5}, "seq": 1}, [])
panel._receive(panel, {"kind": "save", "name": "mine", "seq": 2}, [])
form._receive(form, {"kind": "keep", "values": {"gpu-hour": 2.5}}, [])
exercise._receive(exercise, {"kind": "hint"}, [])
print(panel._state["code"], flush=True)
import os
os._exit(9)  # as a kernel that is killed: nothing is tidied up
"""


def test_what_a_killed_kernel_had_kept_is_there_after_a_restart(learner):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "notebooks"),
        "SOVEREIGN_COMPUTE_FOLDER": str(learner),
    }
    done = subprocess.run([sys.executable, "-c", BEFORE], env=environment, capture_output=True, text=True)
    assert done.returncode == 9, done.stderr
    assert predict("gpu-hour")._state["values"] == {"gpu-hour": 2.5}
    assert kept("exercises")["21.1"]["hints"] == 1
    panel = explore(gpu_hour_cost)
    assert panel._saved == ["mine"]
    # The page still knows the scenario, and hands it to the panel that takes the place of the dead one.
    left = done.stdout.split()[-1]  # below the line of the lesson
    panel._receive(panel, {"kind": "open", "code": "", "left": left, "seq": 1}, [])
    assert panel._state["code"] == left == scenarios.encode({"pue": 1.5})


@pytest.mark.parametrize("left", ["", None, "SC1-nonsense", "<b>"])
def test_a_page_that_knows_nothing_leaves_the_scenario_alone(learner, left):
    panel = explore(gpu_hour_cost)
    panel._receive(panel, {"kind": "set", "values": {"pue": 1.5}, "seq": 1}, [])
    panel._receive(panel, {"kind": "open", "code": "", "left": left, "seq": 2}, [])
    assert panel._state["values"]["pue"] == 1.5
    assert bool(panel._state["errors"]) == bool(left)


# A German machine ----------------------------------------------------------------------------------------------------


def typed_everywhere(typed: str) -> tuple[dict, dict, dict]:
    """The state of a panel, an exercise and a prediction form after something was typed into each."""
    keep("cases", {"exercises": {"number": 4711}})
    widgets = explore(gpu_hour_cost), check("21.1"), predict("gpu-hour")
    messages = (
        {"kind": "set", "values": {"pue": typed}},
        {"kind": "answer", "value": typed, "unit": "EUR per GPU-hour"},
        {"kind": "keep", "values": {"gpu-hour": typed}},
    )
    for widget, message in zip(widgets, messages, strict=True):
        widget._receive(widget, {**message, "seq": 1}, [])
    panel, exercise, form = (widget._state for widget in widgets)
    return panel, exercise["cards"]["21.1"], form


@pytest.mark.parametrize("typed", ["1,5", "1.5", " 1,50 ", "1,5e0", "+1.5", "\u200b1,5\u200b"])
def test_what_is_meant_is_taken_in_every_field(learner, typed):
    panel, exercise, form = typed_everywhere(typed)
    assert panel["errors"] == form["errors"] == {}
    assert panel["values"]["pue"] == form["values"]["gpu-hour"] == 1.5
    assert exercise["right"] is False and exercise["feedback"].startswith("Too low")


@pytest.mark.parametrize("typed", ["1,2,3", "1.2.3", "1,5 or 2", "many", "1..5"])
def test_what_is_no_number_is_refused_with_the_reason_in_every_field(learner, typed):
    panel, exercise, form = typed_everywhere(typed)
    says = f"{typed!r} is not a number"
    assert panel["errors"]["pue"].startswith(f"PUE: {says}")
    assert exercise["feedback"].startswith(says) and exercise["right"] is None
    assert form["errors"]["gpu-hour"].startswith(says)
    assert form["values"] == {} and learner_tries() == 0


def learner_tries() -> int:
    return kept("exercises").get("21.1", {}).get("tries", 0)


@pytest.mark.parametrize("typed", ["1.234", "1,234"])
def test_two_readings_are_refused_where_the_field_allows_both(learner, typed):
    panel, exercise, form = typed_everywhere(typed)
    assert panel["values"]["pue"] == pytest.approx(1.23)  # 1234 is no PUE
    assert form["values"]["gpu-hour"] == 1.234  # 1,234 EUR are out of its range
    assert exercise["feedback"] == f"{typed!r} can be read in two ways: write 1.2340 or 1234."
    assert learner_tries() == 0


def test_numbers_are_written_alike_on_a_german_machine():
    code = "import sovereign_compute as sc; print(repr(sc.result_table(sc.lesson(21).gpu_hour_cost)))"
    printed = {}
    for name in ("C.UTF-8", "de_DE.UTF-8"):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "notebooks"), "LANG": name, "LC_ALL": name}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        printed[name] = done.stdout
    assert printed["C.UTF-8"] == printed["de_DE.UTF-8"] != ""
