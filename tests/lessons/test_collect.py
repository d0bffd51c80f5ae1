"""Hand-ins of a whole class become one table: nothing lost, nothing executed, each problem one sentence."""

import csv
import io
import json
import sys
import time
import zipfile
from pathlib import Path

import lab
import pytest
from classes import HOSTILE, SOLVED, essay, hand_in, packed, progress_of
from hypothesis import given, settings
from hypothesis import strategies as st
from sovereign_compute.controls import checks, memo, progress, written
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.guess_codes import encode

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import collect
import collect_read
from collect_alike import alike
from collect_read import Work


def rows_of(folder: Path) -> dict[str, dict]:
    """The table by name."""
    head, *rows = collect.table(collect.read(folder))
    return {row[1]: dict(zip(head, row, strict=True)) for row in rows}


@pytest.mark.parametrize("size", [60, 300])
def test_a_class_with_the_usual_disorder(size, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = hand_in(tmp_path, size)
    began = time.perf_counter()
    rows = rows_of(tmp_path)
    print(f"{size} learners: {time.perf_counter() - began:.1f} s")
    assert len(rows) == made.learners
    for name, problem in made.problems.items():
        assert problem in rows[name]["Problems"]
    for name, row in rows.items():
        assert all(line.endswith(".") and len(line) < 300 for line in row["Problems"].split("\n") if line)
        beside = ("same file, byte for byte" in row["Problems"]) or not row["Problems"]
        assert name in made.problems or beside, row["Problems"]
    for pair in made.alike:
        one, other = pair
        assert f"100 % as with {other}" in rows[one]["Similar texts"]
        assert f"100 % as with {one}" in rows[other]["Similar texts"]
    sound = rows["Anna 0"]
    assert sound["Identifier"] == "Participant 5000" and sound["Case"] == "1000"
    assert (sound["Answers that fit"], sound["Answers that do not fit"]) == (len(SOLVED), 0)
    assert (sound["Guesses"], sound["Ranges"]) == (1, 1) and sound["Memo: Claim"] == essay(0)
    notebook = rows["Farid 15"]
    assert notebook["Own assumptions"] == "cloud_price = 4 (3 to 7); three offers"
    assert not Path("stung").exists()  # what a notebook would write if it were run


def test_the_command_writes_a_table_that_moodle_imports_and_no_spreadsheet_computes(tmp_path, capsys):
    folder, file = tmp_path / "in", tmp_path / "out" / "class.csv"
    hand_in(folder, 32)
    assert collect.main([str(folder), "--to", str(file)]) == 0
    assert "32 learners; the table is" in capsys.readouterr().out
    head, *rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))
    assert head[:4] == ["Identifier", "Full name", "Grade", "Feedback comments"]
    assert len(rows) == 32 and all(len(row) == len(head) for row in rows)
    assert not any(cell.startswith(collect.FORMULA) for row in rows for cell in row)
    texts = {row[head.index("Memo: Claim")] for row in rows}
    assert {f"'{text}" if text.startswith("=") else text for text in HOSTILE} & texts


@pytest.mark.parametrize("folder", ["nothing", "empty"])
def test_a_folder_without_work_is_said(folder, tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert collect.main([str(tmp_path / folder)]) == 1
    assert folder in capsys.readouterr().out


def test_folders_without_moodle_and_single_files_have_names_too(tmp_path):
    for name in ("Anna/my.txt", "Ben.txt", "Ben.csv", ".hidden", "__MACOSX/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(encode({"gpu-hour": {"value": 2.5}}))
    (tmp_path / "link.txt").symlink_to(tmp_path / "Ben.txt")
    assert {name: len(paths) for (name, _), paths in collect.learners(tmp_path).items()} == {"Anna": 1, "Ben": 2}


# What the course itself writes ---------------------------------------------------------------------------------------


def answered(id: str) -> dict:
    """What is kept after a right answer on the page."""
    exercise, widget = find_exercise(id), checks.check(id)
    values = exercise.case(widget._number) if exercise.vary else exercise.values()
    unit, factor = next(iter(exercise.units.items()), ("", 1.0))
    answer = exercise.answer(values)
    value = answer / factor if exercise.kind == "number" else answer
    widget._receive(widget, {"kind": "answer", "id": id, "value": value, "unit": unit}, [])
    assert widget._state["cards"][id]["right"]
    return progress.kept("exercises")[id]


@pytest.mark.parametrize("id", ["21.1", "21.2", "22.5", "22.7", "23.2"])
def test_an_answer_that_was_right_on_the_page_fits_and_another_does_not(id, learner):
    scenarios.current.update({"utilisation": 55})
    entry = answered(id)
    scenarios.current.clear()
    content = json.loads(progress.path().read_text())
    work = Work()
    work.take("progress.json", json.dumps(content).encode())
    assert work.fits == {id: True} and work.problems == []
    given = entry["given"]
    content["exercises"][id]["given"] = given[::-1] if isinstance(given, list) else "7e77"
    work = Work()
    work.take("progress.json", json.dumps(content).encode())
    assert work.fits == {id: False} and "does not fit" in work.problems[0]


def test_memo_and_written_work_come_back_by_heading_in_both_forms(learner, few_draws):
    texts = {"claim": "Two *stars* and <b>signs</b>.\nA second line.", "other": "# No heading | = 1_000"}
    progress.keep("texts", {f"memo.{id}": {"text": text, "on": "2026-11-03"} for id, text in texts.items()})
    progress.keep("texts", {"21.discuss.1": {"text": "My answer.", "on": "2026-11-03"}})
    scenarios.current.update({"utilisation": 55})
    memo.write(texts)
    files = {name: (learner / name).read_bytes() for name in memo.FILES}
    files |= {"work.md": written.as_markdown().encode(), "work.html": written.as_html().encode()}
    for name, content in files.items():
        work = Work()
        work.take(name, content)
        assert {id: work.texts[f"memo.{id}"].replace("\n\n", "\n") for id in texts} == texts, name
        assert work.codes == [scenarios.current.code()] and work.problems == [], name
        assert ("My answer." in work.texts.values()) == name.startswith("work")


def test_text_of_a_platform_with_codes_is_read(learner):
    work, code = Work(), scenarios.encode({"utilisation": 60})
    guesses = encode({"gpu-hour": {"value": 2.5, "low": 1, "high": 4}})
    work.take("onlinetext.html", f"<p>My code: <b>{code}</b>, my guesses {guesses}</p>".encode())
    assert work.codes == [code] and work.guesses == {"gpu-hour": {"value": 2.5, "low": 1.0, "high": 4.0}}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"\xff\xfe", "a.txt: The file is no text in UTF-8."),
        ("a.txt", b"Dear all", "a.txt: Nothing in it is a code, a memo or written work of this course."),
        ("a.json", b"[" * 100_000, "a.json: Is damaged."),
        ("a.json", b"{}", "a.json: It is neither progress.json nor a saved scenario."),
        ("a.ipynb", b'{"cells": [1]}', "a.ipynb: It is no notebook, or it is damaged."),
        ("a.zip", packed(), "a.zip: It holds no file."),
        ("a.zip", packed(b_zip=b"x"), "b.zip: a zip inside a zip is not read."),
        ("scenario-a.json", b"{}", "scenario-a.json: This is not a scenario file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(name, content, says):
    work = Work()
    work.take(name, content)
    assert len(work.problems) == 1 and work.problems[0].startswith(says)


@given(st.sampled_from(sorted(collect_read.READ)), st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(deadline=None)
def test_whatever_is_handed_in_is_read_or_a_sentence(ending, content):
    work = Work()
    work.take(f"x{ending}", content)
    assert all(len(why) < 400 for why in work.problems)


def test_a_zip_is_never_unpacked_to_a_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../progress.json", json.dumps(progress_of(4711)))
    work = Work()
    work.take("x.zip", content.getvalue())
    assert work.cases == {4711} and list(tmp_path.iterdir()) == []


# Texts that are alike ------------------------------------------------------------------------------------------------


def test_texts_are_alike_where_half_was_taken_over_and_a_question_counts_for_nobody():
    one, other = essay(1), essay(2)
    half = " ".join(one.split()[:50] + other.split()[:50])
    assert alike({"A": one, "B": other}) == []
    ((_, _, share),) = alike({"A": one, "C": half})
    assert share == pytest.approx(0.5, abs=0.05)
    question = essay(3)
    assert alike({"A": f"{question} {one}", "B": f"{question} {other}"}, question) == []
