"""Look for input that breaks the course, guided by what of its code has been reached.

    uv run --frozen --group fuzz python tests/tools/fuzz.py [--seconds N] [TARGET ...]

Each target is given bytes, as a code, a file or an answer from somewhere else would be. It may answer with a sentence
(CourseError) or with something sound; everything else is a finding, and the exit code is 1. What was found is printed,
so that it can be made a test. Nothing is written but into a temporary folder. The same targets get a few hundred inputs
in every run of the suite, from ``tests/repository/test_security.py``.
"""

import argparse
import atexit
import contextlib
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "sovereign_compute"
FUZZED = (
    *("inputs.scenarios", "inputs.data", "inputs.frames", "inputs.share_codes", "inputs.files"),
    *("controls.progress", "controls.exercises", "controls.checks", "controls.predictions", "controls.memo"),
)
LONGEST_SENTENCE = 1_000
TABLE = "presets"


@contextlib.contextmanager
def said():
    """A refusal is a sentence of some length: anything else that is raised is a finding."""
    from sovereign_compute.errors import CourseError

    try:
        yield
    except CourseError as error:
        assert 0 < len(str(error)) <= LONGEST_SENTENCE, f"a refusal of {len(str(error))} letters"


def _sound(scenario) -> None:
    from sovereign_compute.inputs.assumptions import registry

    for id, value in scenario.items():
        assert registry()[id].accept(value) == value, id
    assert all(len(why) <= LONGEST_SENTENCE for why in scenario.problems.values())


def code(given: bytes) -> None:
    """A scenario code that somebody pasted."""
    from sovereign_compute.inputs import scenarios

    with said():
        found = scenarios.decode(given.decode("utf-8", "surrogateescape"))
        _sound(found)
        assert scenarios.decode(found.code()) == found


def team_list(given: bytes) -> None:
    """Lines with names and codes of teams, as somebody pasted them."""
    from sovereign_compute.controls import team_lists

    with said():
        teams, problems = team_lists.read_teams(given.decode("utf-8", "surrogateescape"))
        assert all(0 < len(name) <= 60 and name.isprintable() for name in teams)
        assert all(len(why) <= LONGEST_SENTENCE for why in problems)
        for scenario in teams.values():
            _sound(scenario)


def guess_list(given: bytes) -> None:
    """Guess codes and lines typed from paper, as somebody pasted them."""
    from sovereign_compute.controls import guess_lists

    with said():
        people, problems = guess_lists.read_guesses(given.decode("utf-8", "surrogateescape"))
        assert all(math.isfinite(x) for guesses in people for guess in guesses.values() for x in guess.values())
        assert all(len(why) <= LONGEST_SENTENCE for why in problems)


def scenario_file(given: bytes) -> None:
    """A file in the learner's folder that should hold a scenario."""
    from sovereign_compute.inputs import scenarios

    folder = _folder()
    (folder / "scenario-fuzzed.json").write_bytes(given)
    scenarios._read.cache_clear()
    for name, found in scenarios.saved().items():
        assert len(name) <= 60 and name.isprintable()
        _sound(found)
        again = scenarios.Scenario.from_json(found.to_json(name))
        assert again == found
    assert all(len(why) <= LONGEST_SENTENCE for why in scenarios.unreadable().values())


def _answered(widget, message: dict) -> None:
    """Send what the browser would send; what a widget did not think of is told to the learner, and is a fault here."""
    widget._receive(widget, message, [])
    assert not widget._state.get("fault"), widget._state["fault"]


def progress_file(given: bytes) -> None:
    """The learner's progress, edited by hand or damaged: the lesson goes on, and nothing in it is lost."""
    from sovereign_compute.controls import checks, predictions, progress

    folder = _folder()
    for old in folder.glob("progress.json*"):
        old.unlink()
    (folder / "progress.json").write_bytes(given)
    assert len(progress.progress()._repr_html_()) < 50 * len(given) + 1_000
    widget = checks.check("21.1")
    for kind in ("hint", "answer"):
        _answered(widget, {"kind": kind, "value": 1.0, "seq": 1})
        assert widget._state["notice"] == "", widget._state["notice"]
    form = predictions.predict("gpu-hour")
    _answered(form, {"kind": "keep", "values": {"gpu-hour": 2.5}})
    assert form._state["values"] == {"gpu-hour": 2.5}
    json.dumps(form._state, allow_nan=False)
    assert progress.kept("exercises")["21.1"]["hints"] >= 1
    aside = folder / "progress.json.broken"
    assert not aside.exists() or aside.read_bytes() == given


def table_file(given: bytes) -> None:
    """A table of the course that somebody has edited."""
    from sovereign_compute.inputs import data, frames

    folder = _tables()
    (folder / f"{TABLE}.csv").write_bytes(given)
    for cached in (data._checked, data._values, frames._frame):
        cached.cache_clear()
    with said():
        frame = frames.table(TABLE, folder)
        assert list(frame) == list(data.schema(TABLE, folder))


def answer(given: bytes) -> None:
    """What the browser sends as answer to exercises of every kind, as JSON."""
    from sovereign_compute.controls.exercises import find_exercise

    try:
        value = json.loads(given)
    except (ValueError, RecursionError):
        return
    for id in _one_of_each_kind():
        exercise = find_exercise(id)
        for unit in (next(iter(exercise.units), ""), "", str(value)):
            with said():
                right, says = exercise.judge(value, unit)
                assert isinstance(right, bool) and 0 < len(says) <= LONGEST_SENTENCE


def guess(given: bytes) -> None:
    """What the browser sends as a prediction, as JSON."""
    from sovereign_compute.controls import predictions

    try:
        value = json.loads(given)
    except (ValueError, RecursionError):
        return
    _folder()
    form = predictions.predict("gpu-hour")
    _answered(form, {"kind": "keep", "values": {"gpu-hour": value}})
    json.dumps(form._state, allow_nan=False)
    assert value is None or form._state["errors"] or math.isfinite(form._state["values"]["gpu-hour"])


def memo_text(given: bytes) -> None:
    """What a learner types into the memo."""
    from sovereign_compute.controls import memo, paper

    text = given.decode("utf-8", "replace")
    with said():
        typed = memo._clean({"evidence": text})["evidence"]
        page = paper.page([paper.Block("text", "Evidence", (typed,))], "Memo", "today", memo.STYLE)
        tags: list[str] = []
        parser = HTMLParser()
        parser.handle_starttag = lambda tag, attributes: tags.append(tag)
        parser.feed(page)
        assert set(tags) <= {
            "html",
            "head",
            "meta",
            "title",
            "style",
            "body",
            "main",
            "h1",
            "h2",
            "p",
            "br",
            "div",
            "section",
        }, tags
        assert "<" not in paper.plain(typed)


TARGETS: dict[str, tuple[Callable[[bytes], None], tuple[bytes, ...]]] = {
    "code": (code, (b"SC1-P7", b"SC1-OtQqb", b"SC1-Dv0IkmuHNogIJg7vhrSpqATjymw", b"?scenario=sc1%2DOtQqb&x=1")),
    "teams": (team_list, (b"Owls (SC1-OtQqb)\nFoxes\nSC1-P7", b"`SC1-Ot\nQqb`, Owls\n")),
    "guesses": (guess_list, (b"Anna: GC1-TFG8mV0\n(GC1-DWT9\nhcFXeAhM)", b"paper 00: 3 (1 to 10); 60; ; 2\nSC1-P7")),
    "scenario": (
        scenario_file,
        (
            b'{"name": "a", "changes": {"utilisation": {"value": 60, "unit": "%"}, "new": {"value": 3, "x": []}}}',
            b"\xef\xbb\xbf{}",
        ),
    ),
    "progress": (
        progress_file,
        (
            b'{"cases": {"exercises": {"number": 4711}},'
            b' "exercises": {"21.1": {"tries": 2, "hints": 1, "solved": "2026-01-02", "solution_seen": true}},'
            b' "predictions": {"gpu-hour": {"value": 2.5, "on": "2026-01-02"}}}',
        ),
    ),
    "table": (table_file, ((ROOT / "data" / f"{TABLE}.csv").read_bytes()[:2_000],)),
    "answer": (answer, (b"0.4", b"[1, 2.5]", b'["a", "b"]', b"null", b'"yes"', b"1e308", b"[1, 1e60]")),
    "guess": (guess, (b"2.5", b"null", b"1e308", b"NaN", b'"2,5"')),
    "memo": (memo_text, (b"<b>We</b> decide\n- 5 $", b"[x](javascript:1)")),
}
"""By name: what is given bytes, and the inputs to begin with."""


@cache
def _place() -> Path:
    place = tempfile.mkdtemp(prefix="fuzz-")
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    return Path(place)


def _folder() -> Path:
    """The learner's folder, for the time of the search."""
    from sovereign_compute.inputs import scenarios

    folder = _place() / "my_course"
    folder.mkdir(exist_ok=True)
    scenarios.MY_COURSE = folder
    return folder


@cache
def _tables() -> Path:
    folder = _place() / "data"
    shutil.copytree(ROOT / "data", folder)
    return folder


@cache
def _one_of_each_kind() -> list[str]:
    found: dict[str, str] = {}
    of_lesson = import_module(f"{PACKAGE}.surroundings").of_lesson
    for path in sorted((ROOT / "notebooks" / PACKAGE / "lessons").glob("l*/exercises.py")):
        for exercise in of_lesson(path.parent.name[1:3], "exercises").EXERCISES:
            found.setdefault(exercise.kind, exercise.id)
    return list(found.values())


def search(name: str, seconds: int) -> None:
    """Search one target; ends the process."""
    import atheris

    with atheris.instrument_imports(include=[PACKAGE]):
        for module in FUZZED:
            import_module(f"{PACKAGE}.{module}")
    target, seeds = TARGETS[name]
    corpus = _place() / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    options = [f"-max_total_time={seconds}", "-max_len=4096", "-print_final_stats=1", "-verbosity=1"]
    options += [f"-artifact_prefix={_place()}/", "-timeout=20", "-rss_limit_mb=4000"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    given = parser.parse_args()
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    if given.alone:
        search(given.targets[0], given.seconds)
    broken = []
    for name in given.targets or TARGETS:
        words = [sys.executable, __file__, "--alone", f"--seconds={given.seconds}", name]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "notebooks")}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, errors="replace")
        log = done.stdout + done.stderr
        runs = [line.split()[-1] for line in log.splitlines() if "number_of_executed_units" in line]
        reached = [line for line in log.splitlines() if " cov: " in line]
        coverage = reached[-1].split(" cov: ")[1].split()[0] if reached else "?"
        verdict = "a finding" if done.returncode else "no finding"
        print(f"{name}: {runs[0] if runs else '?'} inputs, {coverage} edges, {verdict}", flush=True)
        if done.returncode:
            broken.append(name)
            print(log[-4_000:])
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
