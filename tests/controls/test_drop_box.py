"""The folder of a class on a hub: nothing without a button, one file a learner, and a sentence for all else."""

import errno
import os
import stat
import sys
import tempfile
import time
from pathlib import Path

import pytest
import sovereign_compute as sc
from sovereign_compute.controls import drop_box, my_work, progress
from sovereign_compute.controls.class_guesses import ClassGuesses
from sovereign_compute.controls.predictions import HANDED, predict
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import files, scenarios
from sovereign_compute.inputs.guess_codes import decode, encode

pytestmark = pytest.mark.usefixtures("learner")
GUESSES = {"gpu-hour": {"value": 2.5, "low": 1.0, "high": 4.0}}
posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and permissions as a hub's machine has them")


@pytest.fixture
def box(tmp_path, monkeypatch):
    found = tmp_path / "handed-in"
    found.mkdir()
    monkeypatch.setenv(drop_box.VARIABLE, str(found))
    return found


def tell(widget, kind: str, **message) -> dict:
    widget._receive(widget, {"kind": kind, **message}, [])
    return widget._state


def keep(form, value: str = "2.5"):
    return tell(form, "keep", values={"gpu-hour": value}, ranges={"gpu-hour": ["1", "4"]})


@pytest.mark.parametrize("named", ["", "no/such/folder"])
def test_without_a_folder_nothing_is_offered_and_nothing_happens(monkeypatch, named):
    monkeypatch.setenv(drop_box.VARIABLE, named)
    form = predict("gpu-hour")
    keep(form)
    assert form._handed == {} and not sc.class_guesses()._setup["folder"]
    with pytest.raises(CourseError, match="there is no folder of a class"):
        drop_box.hand_in(GUESSES)
    state = tell(sc.class_guesses(), "collect", vote=0)
    assert state["problems"] == [] and state["texts"] == ["", ""]


def test_a_guess_goes_into_the_folder_when_the_button_is_pressed_and_out_again(box):
    form = predict("gpu-hour")
    assert form._handed == {}
    keep(form)
    assert form._handed == {"any": False, "said": HANDED["not"]} and list(box.iterdir()) == []
    tell(form, "hand in")
    (file,) = box.iterdir()
    assert form._handed == {"any": True, "said": HANDED["in"]} and decode(file.read_text()) == GUESSES
    keep(form, "3")
    assert form._handed == {"any": True, "said": HANDED["other"]} and decode(file.read_text()) == GUESSES
    tell(form, "hand in")
    assert list(box.iterdir()) == [file] and decode(file.read_text())["gpu-hour"]["value"] == 3
    assert predict("gpu-hour")._handed["said"] == HANDED["in"]  # also tomorrow
    tell(form, "take back")
    assert list(box.iterdir()) == [] and form._handed == {"any": False, "said": HANDED["not"]}
    tell(form, "take back")
    assert form._handed["said"] == HANDED["not"]


def test_a_learner_has_one_file_for_all_forms_and_no_name_in_it(box):
    for ids, value in ((("gpu-hour",), 2), (("break-even", "gpu-hour"), 3)):
        form = predict(*ids)
        tell(form, "keep", values=dict.fromkeys(ids, value))
        tell(form, "hand in")
    (file,) = box.iterdir()
    assert decode(file.read_text()) == {"gpu-hour": {"value": 3}, "break-even": {"value": 3}}
    assert len(file.stem) == drop_box.LETTERS and progress.path().parent.name not in file.read_text()
    assert drop_box.OWN not in my_work.pack()[1]  # a download with a name on it does not say which code was whose


@posix
def test_others_may_read_the_file_but_not_what_else_a_learner_keeps(box):
    drop_box.hand_in(GUESSES)
    (file,) = box.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == drop_box.READABLE
    own = progress.path().with_name(drop_box.OWN)
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_to_is_said(box, monkeypatch):
    form = predict("gpu-hour")
    keep(form)
    tell(form, "hand in")

    def refused(*_, **__):
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(files.os, "replace", refused)
    keep_code = form._code
    tell(form, "hand in")
    assert "was not saved: its folder cannot be written to." in form._handed["said"] and form._code == keep_code
    monkeypatch.setattr(drop_box.Path, "unlink", refused)
    tell(form, "take back")
    assert form._handed["said"].startswith("Your file could not be taken out of the folder")
    assert len(list(box.iterdir())) == 1


TEACHER, ADA, BEN = 61_001, 61_002, 61_003  # accounts as a hub gives them


def as_account(number: int, work) -> None:
    """Do something as another account of this machine, in a process of its own."""
    child = os.fork()
    if not child:
        try:
            os.setgroups([])
            os.setgid(number)
            os.setuid(number)
            os.umask(0o077)
            work()
            os._exit(0)
        except BaseException as error:
            print(f"{number}: {error!r}", file=sys.stderr)
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can be several accounts")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_with_the_permissions_of_the_hosting_page_only_the_teacher_reads(monkeypatch):
    """`mkdir -m 1733` and `chown`: learners put in and take out, and neither list nor remove what others put in."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o711)
        box = place / "handed-in"
        box.mkdir()
        box.chmod(0o1733)
        os.chown(box, TEACHER, TEACHER)
        monkeypatch.setenv(drop_box.VARIABLE, str(box))

        def at_home(number: int, work) -> None:
            home = place / str(number)
            if not home.exists():
                home.mkdir(mode=0o700)
                os.chown(home, number, number)
            monkeypatch.setattr(scenarios, "MY_COURSE", home / "my_course")
            as_account(number, work)

        def spies():
            with pytest.raises(CourseError, match="cannot be read: is it there, and is it yours"):
                drop_box.collected(box)
            other = (box / (place / "name").read_text()).with_suffix(".txt")
            with pytest.raises(PermissionError):
                other.unlink()
            with pytest.raises(PermissionError):
                other.write_text("GC1-P7")

        at_home(ADA, lambda: drop_box.hand_in(GUESSES))
        (place / "name").write_text((place / str(ADA) / "my_course" / drop_box.OWN).read_text())
        (place / "name").chmod(0o644)  # even a name that somebody has seen
        at_home(BEN, spies)
        at_home(BEN, lambda: drop_box.hand_in({"gpu-hour": {"value": 3}}))
        at_home(BEN, lambda: drop_box.hand_in({"gpu-hour": {"value": 4}}))

        def reads():
            codes, problems = drop_box.collected(box)
            assert sorted(decode(code)["gpu-hour"]["value"] for code in codes) == [2.5, 4] and problems == []

        at_home(TEACHER, reads)
        at_home(ADA, drop_box.take_back)
        assert len(list(box.iterdir())) == 1


def disorder(box, tmp_path) -> dict[str, str]:
    """Put what may lie in such a folder beside the files of learners; by name what is said of each."""
    secret = tmp_path / "secret.txt"
    secret.write_text(encode({"gpu-hour": {"value": 9}}))
    (box / "link.txt").symlink_to(secret)
    (box / "device.txt").symlink_to("/dev/zero")
    (box / "nowhere.txt").symlink_to(tmp_path / "none")
    os.mkfifo(box / "pipe.txt")
    (box / "folder").mkdir()
    texts = {
        "empty.txt": b"",
        "half.txt": encode(GUESSES)[:-2].encode(),
        ".saving-abc": b"GC1-",
        "huge.txt": b"GC1-" * 2_000,
        "bytes.bin": b"\xff\xfe\x00GC1-",
        "script.html": b"<script>alert(1)</script>",
        "two.txt": f"{encode(GUESSES)} {encode({'gpu-hour': {'value': 3}})}".encode(),
    }
    for name, content in texts.items():
        (box / name).write_bytes(content)
    (box / ("<b>" + "x" * 200)).write_text("=1+1")
    link = "it is a link, and links are not followed."
    return {
        "link.txt": link,
        "device.txt": link,
        "nowhere.txt": link,
        "pipe.txt": "it is no plain file.",
        "folder": "it is no plain file.",
        "empty.txt": "it is empty.",
        "half.txt": "this guess code is incomplete or mistyped: copy it again, from GC1- to its last letter.",
        ".saving-abc": "this guess code is incomplete or mistyped: copy it again, from GC1- to its last letter.",
        "huge.txt": "it has more than 4,000 bytes.",
        "bytes.bin": "it is no file of the course, or it was not written to its end.",
        "script.html": "a guess code starts with GC1-; this text has none: '<script>'.",
        "two.txt": "this text holds two guess codes, or one that can be read in two ways: paste one alone.",
        "<b>" + "x" * 57: "a guess code starts with GC1-; this text has none: '=1+1'.",
    }


@posix
@pytest.mark.parametrize("size", [60, 300])
def test_a_class_is_read_and_whatever_else_lies_there_is_one_sentence(box, tmp_path, size):
    said = disorder(box, tmp_path)
    began = time.perf_counter()
    for place in range(size):
        (box / f"{place:032x}.txt").write_text(encode({"gpu-hour": {"value": 1 + place}}))
    panel = ClassGuesses()
    state = tell(panel, "collect", vote=0)
    assert [guess["gpu-hour"]["value"] for guess in panel._votes["First vote"]] == [
        decode(encode({"gpu-hour": {"value": 1 + place}}))["gpu-hour"]["value"] for place in range(size)
    ]
    assert sorted(state["problems"]) == sorted(f"File {name!r}: {why}" for name, why in said.items())
    first = state["texts"][0]
    state = tell(panel, "collect", vote=1)
    assert state["texts"] == [first, first] and len(panel.frame) == 2 * size
    assert [why.startswith("After the discussion. File ") for why in state["problems"]].count(True) == len(said)
    print(f"{size} files, twice: {time.perf_counter() - began:.1f} s", file=sys.stderr)
    assert len(sc.class_guesses(box).frame) == size and sc.class_guesses(box).problems


def test_more_files_than_a_class_has_are_not_read(box, monkeypatch):
    monkeypatch.setattr(drop_box, "MOST", 3)
    for place in range(5):
        (box / f"{place}.txt").write_text(encode(GUESSES))
    assert drop_box.collected(box)[1] == ["The folder has more than 3 files; the others were not read."]


@pytest.mark.parametrize("vote", [2, -1, "0", None, [0]])
def test_a_vote_that_no_button_names_changes_nothing(box, vote):
    drop_box.hand_in(GUESSES)
    assert tell(sc.class_guesses(), "collect", vote=vote)["texts"] == ["", ""]
