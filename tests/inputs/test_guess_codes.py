"""Guess codes: three figures there and back, read out of any text, refused where a letter is wrong, and for ever."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, guess_codes, share_codes
from sovereign_compute.inputs.guess_codes import GUESSES, decode, encode, grid
from test_pasted import look, place

QUESTIONS = {row["id"]: row for row in data.records("predictions")}
GRIDS = {id: grid(row["minimum"], row["maximum"]) for id, row in QUESTIONS.items()}
GIVEN_OUT = {
    "GC1-TFG8mV0": {"gpu-hour": {"value": 2.5}},
    "GC1-DWT9hcFXeAhM": {"gpu-hour": {"value": 2.5, "low": 1.0, "high": 4.0}},
    "GC1-CnkkYOdZS4XJBBwMemOLHY9OAEA0w": {
        **{id: {"value": 30.0} for id in ("jupiter-hpc6", "us-accelerators", "break-even")},
        **{id: {"value": 300.0} for id in ("gpu-hour", "electricity-bill", "gpt5-weeks", "euro-return")},
        "days-to-start": {"value": 300.0},
        "ai-billions": {"value": 600.0},
        "claims-hold": {"value": 26.4},
    },
}
"""Codes that people have; none may ever mean another guess."""


@st.composite
def some_guesses(draw) -> dict[str, dict[str, float]]:
    found = {}
    for id in draw(st.lists(st.sampled_from(list(QUESTIONS)), unique=True, max_size=12)):
        numbers = [
            GRIDS[id].at(p) for p in sorted(draw(st.lists(st.integers(0, GRIDS[id].size - 1), min_size=3, max_size=3)))
        ]
        low, value, high = (min(max(x, QUESTIONS[id]["minimum"]), QUESTIONS[id]["maximum"]) for x in numbers)
        found[id] = {"value": value, **({"low": low, "high": high} if draw(st.booleans()) else {})}
    return found


@pytest.mark.parametrize("id", QUESTIONS)
def test_every_number_of_a_grid_comes_back_and_they_rise(id):
    numbers = [GRIDS[id].at(position) for position in range(GRIDS[id].size)]
    assert numbers == sorted(set(numbers))
    assert [GRIDS[id].position(number) for number in numbers] == list(range(GRIDS[id].size))
    assert numbers[0] <= QUESTIONS[id]["minimum"] and numbers[-1] >= QUESTIONS[id]["maximum"]


@given(st.sampled_from(list(QUESTIONS)), st.floats(0, 1))
def test_a_guess_keeps_three_figures(id, share):
    low, high = (QUESTIONS[id][end] for end in ("minimum", "maximum"))
    guess = low + share * (high - low)
    assume(abs(guess) >= high * 10**-guess_codes.DECADES)
    assert decode(encode({id: {"value": guess}}))[id]["value"] == pytest.approx(guess, rel=0.0051)


@pytest.mark.parametrize("code", GIVEN_OUT)
def test_a_code_that_was_given_out_means_what_it_meant(code):
    assert decode(code) == GIVEN_OUT[code] and encode(GIVEN_OUT[code]) == code


@given(some_guesses(), st.data())
@settings(deadline=None)
def test_a_code_is_read_whatever_stands_around_it(guesses, given_data):
    code = encode(guesses)
    text = place(given_data.draw, look(given_data.draw, code).replace("SC1", "GC1").replace("sc1", "gc1"))
    assume("gc1" in text.casefold())  # `look` writes its own prefix in wide letters, too
    assert decode(text) == guesses


@given(some_guesses(), st.data())
@settings(deadline=None)
def test_a_mistyped_letter_is_refused(guesses, given_data):
    code = encode(guesses)
    spot = given_data.draw(st.integers(len(GUESSES.prefix), len(code) - 1))
    wrong = given_data.draw(st.sampled_from([c for c in share_codes.ALPHABET if c != code[spot]]))
    assume(spot > len(GUESSES.prefix) or wrong != share_codes.ALPHABET[0])
    with pytest.raises(CourseError):
        decode(code[:spot] + wrong + code[spot + 1 :])


def test_questions_of_a_later_version_are_left_out():
    last = max(row["code"] for row in QUESTIONS.values())
    own, size = 2 * QUESTIONS["gpu-hour"]["code"] - 1, GRIDS["gpu-hour"]
    later = {2 * last + 1: (900, 7), 2 * last + 2: (810_000, 7)}
    code = share_codes.pack({own: (size.size, size.position(2.5)), **later}, GUESSES)
    guesses, found = guess_codes.read(code)
    assert guesses == {"gpu-hour": {"value": 2.5}} and found.later == list(later)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("nothing here", "a guess code starts with GC1-; this text has none"),
        ("SC1-P7", "a guess code starts with GC1-"),
        ("GC1-TFG8mV", "this guess code is incomplete or mistyped: copy it again, from GC1- to its last letter"),
        ("GC1-TFG8mV0 GC1-DWT9hcFXeAhM", "this text holds two guess codes"),
    ],
)
def test_what_is_no_code_is_refused_in_words(text, says):
    with pytest.raises(CourseError, match=says):
        decode(text)


def test_what_no_form_takes_is_refused_in_a_code_that_holds_its_check_number():
    row, numbers = QUESTIONS["gpu-hour"], GRIDS["gpu-hour"]
    beyond = share_codes.pack({2 * row["code"] - 1: (numbers.size, numbers.size - 1)}, GUESSES)
    with pytest.raises(CourseError, match="holds what no form takes as an answer to “What does one GPU-hour on"):
        decode(beyond)
    turned = encode({"gpu-hour": {"value": 2.5, "low": 4, "high": 1}})
    with pytest.raises(CourseError, match="holds what no form takes"):
        decode(turned)
