"""Numbers that a text states, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sovereign_compute.inputs.stated import overlap, ratio, stated
from sovereign_compute.inputs.wording import number

NO_NUMBER = (
    "In 2026, in the 2030s, by 1999.",
    "On 24 November 2026, Nov 24, November 24th, 2026-11-24, 24.11.2026 or 24/11/26 at 10:30, 24/7.",
    "The 1st, the 2nd and the 23rd.",
    "1. First\n2) Second\n(3) Third [4]",
    "Section 3, lesson 42, exercise 21.3, lessons 21 and 22, chapter 1.2.3, figures 12 to 14, No. 17, version 2.10.4.",
    "GPT-5 on H100 or GH200 chips, CO2, P5 to P95, C34, TOP500, SC1-P7OtQqb.",
    "3 reasons, 2 of the 8 levers, 12 firms.",
    "The 90 % range and the 90% band.",
    "See https://example.org/2026/500?x=17.",
    "Nothing at all, and ½ of ²³.",
    "",
)


@pytest.mark.parametrize("text", NO_NUMBER)
def test_what_only_looks_like_a_number_is_passed_over(text):
    assert [one.words for one in stated(text)] == []


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("about 500 million EUR", "500 million EUR", 5e8, "EUR"),
        ("only 0.9", "0.9", 0.9, ""),
        ("12 %", "12 %", 12, "%"),
        ("50 per cent", "50 per cent", 50, "%"),
        ("1,234 jobs", "1,234", 1234, ""),
        ("1.234.567 euros", "1.234.567 euros", 1_234_567, "EUR"),
        ("1\N{NARROW NO-BREAK SPACE}234 start-ups", "1\N{NARROW NO-BREAK SPACE}234 start-ups", 1234, "start-up"),
        ("3.4 bn", "3.4 bn", 3.4e9, ""),
        ("€3.4bn", "€3.4bn", 3.4e9, "EUR"),
        ("US$ 2 an hour", "US$ 2", 2, "USD"),
        ("a loss of −60 million", "−60 million", -6e7, ""),
        ("costs – 60 million", "60 million", 6e7, ""),
        ("a 500-million-euro plan", "500-million-euro", 5e8, "EUR"),
        ("after 18 months.", "18 months", 18, "month"),
        ("52 million GPU-hours", "52 million GPU-hours", 5.2e7, "hour"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text, words, value, unit):
    (one,) = stated(text)
    assert (one.words, one.unit) == (" ".join(words.split()), unit)
    assert value in [reading for reading, _ in one.readings]


def test_both_ends_of_a_range_have_its_unit():
    for text in ("300 to 500 million EUR", "300–500 million EUR", "between 300 and 500 million EUR"):
        assert [(one.readings[-1][0], one.unit) for one in stated(text)] == [(3e8, "EUR"), (5e8, "EUR")]
    assert [one.unit for one in stated("It needs 1,234 and 0.9 EUR.")] == ["", "EUR"]


@pytest.mark.parametrize(
    ("text", "table", "same"),
    [
        ("about 500 million", "540 million EUR", True),
        ("500 million", "498 million EUR", True),
        ("500 million", "540 million EUR", False),
        ("0.9", "0.94 EUR", True),
        ("0.90", "0.94 EUR", False),
        ("0.9 bn EUR", "930 million EUR", True),
        ("930", "930 million EUR", True),
        ("930 EUR", "930 million EUR", False),
        ("12 %", "12 million EUR", False),
        ("30 months", "30 million EUR", False),
        ("1.234", "1,234 start-ups", True),
        ("−60 million", "60 million EUR", False),
    ],
)
def test_numbers_agree_within_the_digits_that_are_written(text, table, same):
    (one,), (other,) = stated(text, every=True), stated(table, every=True)
    assert overlap(one, other) is same


@given(st.floats(-1e12, 1e12), st.sampled_from([None, 0, 2, -2, -4]))
def test_whatever_the_course_writes_agrees_with_itself(value, digits):
    for one in stated(f"{number(value, digits)} million EUR", every=True):
        assert overlap(one, one) and ratio(one, one) in (1, float("inf"))


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    assert all(one.readings for one in stated(text, every=True))
