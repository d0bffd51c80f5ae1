"""Taking one's work away and putting it back: a whole round, and files that somebody has tampered with."""

import io
import json
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sovereign_compute.controls import memo, my_work, paper
from sovereign_compute.controls import progress as learner
from sovereign_compute.controls.progress import keep
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, scenarios
from sovereign_compute.inputs.assumptions import get, registry

TRIED = {"tries": 2, "hints": 1, "solved": "2026-11-25"}
GUESS = {"value": 50.0, "on": "2026-11-25"}
TEXT = {"text": "Ünlike <b>you</b> |\n\n# think", "on": "2026-11-25"}
PREDICTION = "us-accelerators"


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return packed.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def everything(folder) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()
    }


@pytest.fixture
def worked(learner, monkeypatch):
    """A learner's folder with something of every kind in it."""
    keep("cases", {"exercises": {"number": 4711}})
    monkeypatch.setattr(memo, "_png", lambda chart: ("AAAA", chart.to_dict()["description"]))
    scenarios.save("Dear power: +50 %", scenarios.Scenario({"electricity_price": 0.3}))
    scenarios.save("Ünlike", scenarios.Scenario({"utilisation": 40}))
    keep("exercises", {"21.1": TRIED, "00.1": {"tries": 1}, "21.T1": TRIED})
    keep("predictions", {PREDICTION: GUESS})
    keep("texts", {"21.discuss.1": TEXT, "verdict.claim": TEXT})
    code = scenarios.Scenario({"spend_machine": 100}).code()
    memo.write({"claim": "# Less machine\n\n1. *more* <b>help</b>"}, code, date(2026, 11, 24))
    return learner


def test_what_is_taken_away_comes_back_as_it_was(worked, tmp_path, monkeypatch):
    content, names, aside = my_work.pack()
    assert aside == []
    before = unzipped(content)
    assert sorted(names) == sorted(before) == sorted(everything(worked)) and len(names) == 5
    monkeypatch.setattr(scenarios, "MY_COURSE", tmp_path / "elsewhere" / "my_course")
    done, left_out = my_work.put_back(content)
    assert left_out == []
    assert sorted(done) == [
        "1 of your cases",
        "1 of your predictions",
        "2 of your texts",
        "3 of your exercises",
        "scenario 'Dear power: +50 %'",
        "scenario 'Ünlike'",
        "the memo",
    ]
    after = {name: (tmp_path / "elsewhere" / "my_course" / name).read_bytes() for name in names}
    dated = {name for name in names if name.startswith("scenario-")}
    assert {name: after[name] for name in names if name not in dated} == {n: before[n] for n in names if n not in dated}
    for name in dated:
        assert json.loads(after[name])["changes"] == json.loads(before[name])["changes"]
    # A second time there is nothing to do, but the memo, which is not compared, says that it is here.
    done, left_out = my_work.put_back(content)
    assert done == [] and left_out == ["memo.md: a memo is here already and stays"]


def test_answers_come_back_with_their_cases_unless_others_are_answered_here(worked, tmp_path, monkeypatch):
    content, *_ = my_work.pack()
    for place, here, number in (("one", {}, 4711), ("other", {"22.1": TRIED}, 1234)):
        monkeypatch.setattr(scenarios, "MY_COURSE", tmp_path / place)
        keep("cases", {"exercises": {"number": 1234}})
        keep("exercises", here)
        my_work.put_back(content)
        assert learner.kept("cases") == {"exercises": {"number": number}}


def test_what_is_here_is_never_replaced(worked):
    content, *_ = my_work.pack()
    scenarios.save("Ünlike", scenarios.Scenario({"utilisation": 70}))
    learner.keep("exercises", {"21.1": {"tries": 9}})
    learner.keep("predictions", {PREDICTION: GUESS | {"value": 60.0}})
    learner.keep("texts", {"21.discuss.1": TEXT | {"text": "Mine"}})
    before = everything(worked)
    done, left_out = my_work.put_back(content)
    assert done == [] and len(left_out) == 2 and "'Ünlike' is here already and stays" in " ".join(left_out)
    assert everything(worked) == before


@pytest.mark.usefixtures("learner")
def test_nothing_to_download_is_said():
    with pytest.raises(CourseError, match="nothing to download yet"):
        my_work.pack()


def test_only_plain_files_are_taken_away(worked, tmp_path):
    (tmp_path / "secret.txt").write_text("not the course's")
    (worked / "link.json").symlink_to(tmp_path / "secret.txt")
    (worked / ".hidden").write_text("x")
    (worked / "folder").mkdir()
    assert not {"link.json", ".hidden", "folder"} & set(my_work.pack()[1])


def test_too_much_for_one_download_is_said(worked, monkeypatch):
    monkeypatch.setattr(my_work, "LARGEST_ZIP", 2_000)
    (worked / "large.bin").write_bytes(bytes(range(256)) * 100)
    with pytest.raises(CourseError, match=r"its largest file is large\.bin"):
        my_work.pack()


SOUND = scenarios.Scenario({"utilisation": 60}).to_json("Mine")
MEMO = "# T\n\n2026-11-25. Scenario code: {code}\n\n## Decision\n\n{text}\n\n## Reasons\n\nb\n\n## More\n"
HOSTILE = {
    "path upwards": ({"../scenario-x.json": SOUND}, "none of the files"),
    "absolute path": ({"/etc/scenario-x.json": SOUND}, "none of the files"),
    "path of Windows": ({"..\\scenario-x.json": SOUND}, "none of the files"),
    "path inside a known name": ({"scenario-/../../x.json": SOUND}, "none of the files"),
    "a program": ({"sitecustomize.py": "raise SystemExit"}, "none of the files"),
    "a page": ({"index.html": "<script>alert(1)</script>"}, "none of the files"),
    "markup in a name": ({"<img src=x>\u202e.json": SOUND}, "none of the files"),
    "a bomb": ({"progress.json": b" " * 50_000_000}, "has more than 2,000,000 bytes"),
    "no text": ({"progress.json": b"\xff\xfe\x00"}, "is no text"),
    "damaged progress": ({"progress.json": '{"exercises": {"21.1": {"tri'}, "is damaged"),
    "progress of another kind": ({"progress.json": "[1, 2]"}, "holds no progress"),
    "thousands of brackets": ({"progress.json": "[" * 100_000}, "is damaged"),
    "an exercise with words": ({"progress.json": '{"exercises": {"21.1": {"tries": "many"}}}'}, "1 of the exercises"),
    "an exercise with more": ({"progress.json": '{"exercises": {"21.1": {"tries": 1, "x": 1}}}'}, "1 of the exercises"),
    "an exercise of no notebook": ({"progress.json": '{"exercises": {"__proto__": {}}}'}, "1 of the exercises"),
    "a text for nothing": ({"progress.json": json.dumps({"texts": {"<b>": TEXT}})}, "1 of the texts"),
    "a text too long": (
        {"progress.json": json.dumps({"texts": {"21.discuss.1": TEXT | {"text": "x" * 5_001}}})},
        "1 of the texts",
    ),
    "a case that is none": ({"progress.json": '{"cases": {"exercises": {"number": 12}}}'}, "1 of the cases"),
    "a guess that is none": ({"progress.json": f'{{"predictions": {{"{PREDICTION}": null}}}}'}, "1 of the predictions"),
    "a guess out of range": (
        {"progress.json": json.dumps({"predictions": {PREDICTION: GUESS | {"value": 101.0}}})},
        "1 of the predictions",
    ),
    "a guess at infinity": (
        {"progress.json": json.dumps({"predictions": {PREDICTION: GUESS | {"value": float("inf")}}})},
        "1 of the predictions",
    ),
    "a guess about nothing": ({"progress.json": json.dumps({"predictions": {"x": GUESS}})}, "1 of the predictions"),
    "no scenario": ({"scenario-x.json": "{}"}, "this is not a scenario file"),
    "a value out of range": (
        {"scenario-x.json": '{"changes": {"utilisation": {"value": 9e9}}}'},
        "scenario-x.json: ",
    ),
    "no memo": ({"memo.md": "# Anything\n\n![](https://example.org/spy.png)"}, "no memo of this course"),
    "a memo without a date": (
        {"memo.md": MEMO.format(code="SC1-", text="a").replace("2026-11-25", "2026-99-25")},
        "bears no date",
    ),
    "a memo with a wrong code": ({"memo.md": MEMO.format(code="SC9-!!", text="a")}, "memo.md: "),
    "a memo too long": ({"memo.md": MEMO.format(code="SC1-", text="a" * 2_401)}, "memo.md: "),
}


@pytest.mark.parametrize(("files", "says"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_changes_nothing_and_is_answered_in_words(learner, files, says):
    learner.mkdir()
    before = everything(learner)
    _, left_out = my_work.put_back(zipped(files))
    assert len(left_out) == 1 and says in left_out[0]
    assert all(c.isprintable() for c in left_out[0]) and len(left_out[0]) < 400
    assert {n: c for n, c in everything(learner).items() if "scenario-x" not in n} == before


def test_a_sound_part_comes_in_beside_an_unsound_one(learner):
    files = {"../x": "", "scenario-mine.json": SOUND, "progress.json": "{"}
    done, left_out = my_work.put_back(zipped(files))
    assert done == ["scenario 'Mine'"] and len(left_out) == 2
    assert scenarios.saved()["Mine"] == {"utilisation": 60}
    assert [path.name for path in learner.iterdir()] == ["scenario-mine.json"]


def test_an_exercise_that_moved_since_the_download_comes_back_in_its_new_place(learner):
    answered = {"32.2": {"tries": 2}, "21.1": {"tries": 1}}
    my_work.put_back(zipped({"progress.json": json.dumps({"exercises": answered})}))
    written = json.loads((learner / "progress.json").read_text(encoding="utf-8"))["exercises"]
    assert written == {"35.1": {"tries": 2}, "21.1": {"tries": 1}}


def test_what_is_written_is_written_anew(learner):
    """Whatever else a file carries stays outside: only what was understood is written."""
    text = json.dumps({**json.loads(SOUND), "code": "<script>", "extra": "<script>", "registry": "<script>"})
    my_work.put_back(zipped({"scenario-any name at all.json": text}))
    assert "<script>" not in (learner / "scenario-mine.json").read_text()


@pytest.mark.usefixtures("learner")
def test_a_memo_that_was_changed_is_written_anew_from_its_words(monkeypatch, learner):
    monkeypatch.setattr(memo, "_png", lambda chart: ("AAAA", chart.to_dict()["description"]))
    code = scenarios.Scenario().code()
    text = MEMO.format(code=code, text="Good") + "\n![](https://example.org/spy.png)<script>alert(1)</script>\n"
    assert my_work.put_back(zipped({"memo.md": text, "memo.html": "<script>alert(1)</script>"})) == (["the memo"], [])
    for name in ("memo.md", "memo.html"):
        written = (learner / name).read_text()
        assert "Good" in written and "spy" not in written and "<script" not in written


@pytest.mark.usefixtures("learner")
@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"no zip at all", zipped({"progress.json": "{}" * 5_000})[:-30], b"x" * (my_work.LARGEST_ZIP + 1)],
    ids=["empty", "two letters", "text", "cut in half", "too large"],
)
def test_what_is_no_zip_is_answered_in_words(content):
    with pytest.raises(CourseError, match=r"no(t a)? download of this course|has at most"):
        my_work.put_back(content)


def test_as_many_files_as_are_packed_are_put_back(learner, monkeypatch):
    """One bound, which is met while the work is still here."""
    monkeypatch.setattr(my_work, "MOST_FILES", 12)
    for n in range(12):
        scenarios.save(f"Try {n}", scenarios.Scenario({"utilisation": 30 + n}))
    content, names, aside = my_work.pack()
    kept = scenarios.saved()
    assert len(names) == 12 and aside == []
    scenarios.save("One more", scenarios.Scenario({"utilisation": 70}))
    with pytest.raises(CourseError, match="my_course has 13 files; one download takes at most 12: move some of them"):
        my_work.pack()
    for path in learner.iterdir():
        path.unlink()
    assert len(my_work.put_back(content)[0]) == 12 and scenarios.saved() == kept
    with pytest.raises(CourseError, match="at most 12"):
        my_work.put_back(zipped({f"scenario-{n}.json": SOUND for n in range(13)}))


def test_what_cannot_be_put_back_is_said_when_it_is_packed(worked):
    (worked / "notes.txt").write_text("my own")
    (worked / "scenario-cut.json").write_text('{"changes": ')
    content, names, aside = my_work.pack()
    assert {"notes.txt", "scenario-cut.json"} <= set(names)
    assert [words.partition(":")[0] for words in aside] == ["notes.txt", "scenario-cut.json"]
    assert my_work.put_back(content)[1][:2] == aside
    form = my_work.my_work()
    form.send = lambda *_: None
    form._receive(form, {"kind": "pack"}, [])
    assert "not to be put back by the button: notes.txt: is none of the files" in form._state["text"]


IDS = st.sampled_from(list(registry()))
NAMES = st.text(min_size=1, max_size=80).filter(lambda text: any(c.isalnum() for c in scenarios.printable(text)[:20]))
PLACES = st.dictionaries(IDS, st.floats(0, 1), max_size=4)
UNKNOWN = st.dictionaries(
    st.text(min_size=1, max_size=5), st.fixed_dictionaries({"value": st.integers(0, 9)}), max_size=2
)
TRIES = st.dictionaries(
    st.from_regex(r"\d\d\.\d{1,2}", fullmatch=True).filter(str.isascii),
    st.fixed_dictionaries(
        {"tries": st.integers(0, 99)}, optional={"hints": st.integers(0, 2), "solved": st.just("2026-11-25")}
    ),
    max_size=4,
)
GUESSES = st.dictionaries(
    st.sampled_from([row["id"] for row in data.records("predictions")]), st.floats(0, 1), max_size=4
)


@given(st.lists(st.tuples(NAMES, PLACES, UNKNOWN), max_size=4), TRIES, GUESSES)
@example([("a function's argument", {}, {"own.x": {"value": 0}})], {}, {})
@settings(max_examples=40, deadline=None)
def test_whatever_the_course_keeps_comes_back(saved, tries, guesses):
    with tempfile.TemporaryDirectory() as place, mock.patch.object(scenarios, "MY_COURSE", Path(place, "my_course")):
        for name, places, unknown in saved:
            scenario = scenarios.Scenario(
                {id: get(id).at(int(x * (get(id).positions - 1))) for id, x in places.items()}
            )
            scenario.unknown = {id: entry for id, entry in unknown.items() if id not in registry()}
            scenarios.save(name, scenario)
        ranges = {row["id"]: (row["minimum"], row["maximum"]) for row in data.records("predictions")}
        kept = {
            id: {"value": min(low + x * (high - low), high), "on": "2026-11-25"}
            for id, x in guesses.items()
            for low, high in [ranges[id]]
        }
        learner.keep("exercises", tries)
        learner.keep("predictions", kept)
        before = scenarios.saved()
        content, _, aside = my_work.pack()
        scenarios.MY_COURSE = Path(place, "elsewhere")
        _, left_out = my_work.put_back(content)
        after = scenarios.saved()
        assert after == before
        assert {name: found.unknown for name, found in after.items()} == {
            n: found.unknown for n, found in before.items()
        }
        assert (learner.kept("exercises"), learner.kept("predictions")) == (tries, kept)
        assert aside == [] and all(words.endswith("; its entry is kept") for words in left_out)


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None)
def test_the_words_of_any_memo_come_back(first, last):
    typed = memo._clean({"claim": first, "change": last})
    code = scenarios.Scenario({"spend_machine": 100}).code()
    for headings in (
        {id: field.heading for id, field in memo._fields().items()},
        {"claim": "Decision", "evidence": "Reasons"},
    ):
        blocks = [paper.Block("text", heading, (typed[id] or memo.NONE,)) for id, heading in headings.items()]
        text = paper.markdown([*blocks, paper.Block("text", "More", ("x",))], *memo._title(date(2026, 11, 25), code))
        texts = {id: typed[id] for id in headings}
        assert memo.words(text) == {"texts": texts, "code": code, "on": date(2026, 11, 25)}


def test_damaged_bytes_are_answered_in_words(worked):
    """Every damage of one byte gives words, never a traceback."""
    (worked / "memo.md").unlink()
    content, *_ = my_work.pack()
    for place in range(0, len(content), max(1, len(content) // 100)):
        broken = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            my_work.put_back(broken)
        except CourseError:
            continue
    assert (worked / "progress.json").exists()


def test_the_widget_sends_the_file_and_takes_it_back(worked, tmp_path, monkeypatch):
    form, sent = my_work.my_work(), []
    monkeypatch.setattr(my_work.MyWork, "send", lambda self, content, buffers: sent.append((content, buffers)))
    form._receive(form, {"kind": "pack"}, [])
    assert sent[0][0] == {"kind": "packed"} and form._state["text"].startswith("Downloaded: memo.html, ")
    monkeypatch.setattr(scenarios, "MY_COURSE", tmp_path / "elsewhere")
    form._receive(form, {"kind": "put back"}, [memoryview(sent[0][1][0])])
    assert "Put back: " in form._state["text"] and "'Ünlike'" in form._state["text"]
    form._receive(form, {"kind": "put back"}, [memoryview(b"nothing")])
    assert form._state["text"].startswith("This is not a download of this course")
    assert learner.kept("predictions") == {PREDICTION: GUESS}
