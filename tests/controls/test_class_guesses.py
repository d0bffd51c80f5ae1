"""The guesses of a class: read out of what was pasted, shown by question and vote, the answer when it is asked for."""

import base64
import json
import time
from pathlib import Path

import pytest
import sovereign_compute as sc
from classes import guesses_of
from hypothesis import given
from hypothesis import strategies as st
from sovereign_compute.controls import guess_lists
from sovereign_compute.controls.class_guesses import FIRST, SECOND
from sovereign_compute.controls.guess_lists import read_guesses
from sovereign_compute.display.votes import edges
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.guess_codes import encode
from sovereign_compute.inputs.scenarios import encode as scenario_code

pytestmark = pytest.mark.usefixtures("learner")
ONE, OTHER = (
    encode({"gpu-hour": {"value": 2.5, "low": 1, "high": 4}}),
    encode({"gpu-hour": {"value": 0.6, "low": 0.3, "high": 1}}),
)


def tell(widget, kind: str, **message) -> dict:
    widget._receive(widget, {"kind": kind, **message}, [])
    return widget._state


def test_a_code_on_each_line_in_a_line_or_broken_over_two_counts_once():
    text = f"Anna: {ONE}, Ben: ({OTHER}).\n\n{ONE[:8]}\n{ONE[8:]}\nhttps://lms.example/post?text={OTHER}&x=1"
    people, problems = read_guesses(text)
    assert [person["gpu-hour"]["value"] for person in people] == [2.5, 0.6, 2.5, 0.6]
    assert all("counted all the same" in why for why in problems)  # equal guesses with ranges are pointed out


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (f"{ONE[:-1]}", "Line 2: this guess code is incomplete or mistyped"),
        (scenario_code({"utilisation": 60}), "Line 2: this is a scenario code; a guess code starts with GC1-."),
        ("Anna", "1 line has no guess code."),
        ("GC1-" + "A" * 20_000, "Line 2: a text with a guess code has at most 10,000 letters"),
        (encode({}), "Line 2: no guess stands here."),
        (ONE, "Line 2: the same guesses and ranges came before; this code is counted all the same."),
        ("paper 21: 1; 2; 3; 4; 5; 6; 7; 8; 9", "Line 2: 9 boxes are filled in; the sheet of lesson 21 has"),
        ("paper 99: 1", "Line 2: there is no sheet of guesses for lesson 99."),
        ("paper 00: ;; 2000", "Line 2: box 3: 2000 is out of range; allowed is 0.01 to 1000 EUR."),
        ("paper 00: ;; 2 3", "Line 2: box 3 has 2 numbers; write the guess, or the guess and both ends."),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_count(line, says):
    people, problems = read_guesses(f"{ONE}\n{line}\n{OTHER}")
    assert [person["gpu-hour"]["value"] for person in (people[0], people[-1])] == [2.5, 0.6]
    assert len(problems) == 1 and problems[0].startswith(says)


def test_a_line_from_paper_is_read_box_by_box():
    people, problems = read_guesses("paper 00: 3 (1 to 10); 60,5; 2.5 | 1 | 4; ; –\n")
    assert problems == []
    assert people == [
        {
            "jupiter-hpc6": {"value": 3, "low": 1, "high": 10},
            "us-accelerators": {"value": 60.5},
            "gpu-hour": {"value": 2.5, "low": 1, "high": 4},
        }
    ]


def test_no_name_is_kept_or_repeated():
    widget = sc.class_guesses(f"Anna Secret: {ONE}\nBen Hidden\n{OTHER[:-1]} Carla Private")
    shown = repr(widget) + json.dumps({**widget._state, "texts": []}) + widget.frame.to_csv()
    assert not any(name in shown for name in ("Secret", "Hidden", "Private"))


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_a_guess_or_a_sentence(text):
    people, problems = read_guesses(text)
    assert people or problems or not text.strip()
    assert all(len(why) < 300 and why.endswith(".") for why in problems)


def test_too_many_codes_and_too_long_a_list_are_answered_in_words():
    people, problems = read_guesses("\n".join([ONE] * (guess_lists.MOST + 1)))
    assert len(people) == guess_lists.MOST
    assert f"Line {guess_lists.MOST + 1}: 1,000 codes are allowed; this is one too many." in problems
    state = tell(sc.class_guesses(), "show", texts=["x" * 500_001, ""])
    assert state["problems"] == ["The list of guesses has 500,001 characters; 500,000 are allowed."]


@pytest.mark.parametrize("size", [60, 300])
def test_a_class_with_the_usual_disorder_is_read_whole(size):
    text, sound, faults = guesses_of(size)
    began = time.perf_counter()
    widget = sc.class_guesses(text)
    print(f"{size} codes: {time.perf_counter() - began:.1f} s")
    assert len(widget.frame.groupby("code")) == sound
    assert len(widget.problems) == faults
    tell(widget, "answer")
    assert widget._state["answered"] and f"{FIRST}: {sound} guesses" in widget._state["sentence"]


def test_the_answer_is_not_there_before_it_is_asked_for_and_goes_with_the_question():
    widget = sc.class_guesses("\n".join([ONE, OTHER, encode({"break-even": {"value": 40}})]))
    assert "0.52" not in repr(widget) + json.dumps(widget._state | {"picture": ""}) + _svg(widget)
    state = tell(widget, "answer")
    assert "The course finds 0.52 EUR (90 % range 0.42 to 0.7)." in state["sentence"]
    assert "1 of 2 ranges held it; whoever is 90 % sure should be right 2 times" in state["sentence"]
    assert "found: 0.52" in _svg(widget)
    state = tell(widget, "show", texts=state["texts"], question="break-even")
    assert not state["answered"] and "finds" not in state["sentence"]


def _svg(widget) -> str:
    return base64.b64decode(widget._state["picture"].partition(",")[2]).decode()


def test_both_votes_are_shown_and_whether_the_discussion_helped():
    widget = sc.class_guesses(ONE, OTHER)
    state = tell(widget, "answer")
    assert f"{FIRST}: 1 guess; the median is 2.5 EUR." in state["sentence"]
    assert f"{SECOND}: 1 guess; the median is 0.6 EUR." in state["sentence"]
    assert state["sentence"].endswith("The discussion brought the median nearer to it.")
    assert FIRST in _svg(widget) and SECOND in _svg(widget)
    assert list(widget.frame.vote) == [FIRST, SECOND]
    assert widget.chart().to_dict()["description"] == widget.sentence()


def test_a_file_is_read_and_one_that_is_none_is_said(tmp_path):
    path = tmp_path / "guesses.txt"
    path.write_text(f"{ONE}\n{OTHER}\n", encoding="utf-8-sig")
    assert sc.class_guesses(path).frame.value.tolist() == [2.5, 0.6]
    with pytest.raises(CourseError, match=r"the file 'nothing.txt' cannot be read"):
        sc.class_guesses(tmp_path / "nothing.txt")
    Path(tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(CourseError, match="is no text"):
        sc.class_guesses(tmp_path / "picture.png")


def test_without_codes_it_asks_for_them():
    assert repr(sc.class_guesses()) == "The guesses of a class. Choose Run → Run All Cells and paste their codes."
    assert tell(sc.class_guesses(), "answer")["answered"] is False


@given(st.lists(st.floats(-1e9, 1e9).filter(lambda x: abs(x) > 1e-9 or x == 0), min_size=1, max_size=50))
def test_bars_hold_every_guess_and_are_few(numbers):
    bounds, log = edges(numbers)
    assert bounds == sorted(set(bounds)) and bounds[0] <= min(numbers) and max(numbers) < bounds[-1]
    assert 2 <= len(bounds) <= 40 and (not log or bounds[0] > 0)


def test_the_form_shows_the_code_of_what_it_keeps(learner):
    from sovereign_compute.controls.predictions import predict

    form = predict("gpu-hour")
    assert form._code == ""
    tell(form, "keep", values={"gpu-hour": 2.5}, ranges={"gpu-hour": [1, 4]})
    assert form._code == ONE
