"""Numbers as Europe types them: taken for what is meant, or refused with the reason, never silently another number."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.assumptions import get, registry
from sovereign_compute.inputs.numerals import number_in
from sovereign_compute.inputs.units import unit_words
from sovereign_compute.inputs.wording import number

POINTS, SPACES = ".,", " \u00a0\u2009\u202f'’_"

MEANT = {
    "61,5": 61.5, "61.5": 61.5, ",5": 0.5, ".5": 0.5, "5.": 5, "0,125": 0.125, "0.125": 0.125, "1,2345": 1.2345,
    "1 000": 1e3, "1\u00a0000": 1e3, "1\u202f234\u202f567,5": 1_234_567.5, "1'000.5": 1000.5, "1.234,5": 1234.5,
    "1,234.5": 1234.5, "1.000.000": 1e6, "1,000,000": 1e6, "1234,567": 1234.567, "−60": -60, "–60": -60, "- 60": -60,
    "+5": 5, "1e3": 1e3, "1E3": 1e3, "1,5e3": 1500, "1.234e3": 1234, "1e-3": 1e-3, "\u200b5\u200f": 5, "５，５": 5.5,
    "٣": 3,
}  # fmt: skip
NONE = [
    "", " ", "many", "--5", "1..5", "1,2,3", "1.2.3", "1 00", "12 34", "0 000", "1 000 00", "1.000,000.5", "5-10",
    "10²⁴", "½", "1e", "e5", "1e5.5", "0x10", "nan", "inf", "(5)", "5;", "€ 5", "1" * 101, ".", ",", "-",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "value"), MEANT.items())
def test_what_has_one_meaning_is_taken_for_it(typed, value):
    assert number_in(typed) == number_in(f"  {typed}\n") == value


@pytest.mark.parametrize("typed", NONE)
def test_what_is_no_number_is_refused_in_a_short_sentence(typed):
    with pytest.raises(CourseError, match=r"is not a number") as refusal:
        number_in(typed)
    assert len(str(refusal.value)) < 150


@pytest.mark.parametrize("typed", ["1.000", "1,000", "12.345", "999,999", "-1.234"])
def test_two_readings_are_refused_with_the_way_to_write_each(typed):
    with pytest.raises(CourseError, match="can be read in two ways: write ") as refusal:
        number_in(typed)
    small, large = str(refusal.value).rpartition("write ")[2].split(" or ")
    assert number_in(large) == pytest.approx(1000 * number_in(small))
    assert typed.replace(",", ".") == f"{number_in(small):.3f}"


def test_the_range_and_the_values_of_a_field_choose_between_two_readings():
    assert number_in("1.000", high=500) == 1 and number_in("1,000", low=500) == 1000
    assert number_in("12.345", low=0, high=1e6, holds=float.is_integer) == 12_345
    with pytest.raises(CourseError, match="two ways"):
        number_in("12.000", low=0, high=1e6, holds=float.is_integer)
    with pytest.raises(CourseError, match="two ways"):
        number_in("1.000", low=5, high=10)
    assert number_in("61,5", high=10) == 61.5  # a single reading is the caller's to refuse


@pytest.mark.parametrize(("typed", "unit"), [("60 %", "%"), ("60%", "% per year"), ("60 million EUR", "million EUR")])
def test_the_unit_of_the_field_may_be_typed_and_no_other(typed, unit):
    assert number_in(typed, unit) == 60
    for other in ("", "MW"):
        with pytest.raises(CourseError, match="write the number alone"):
            number_in(typed, other)


@given(st.floats(-1e12, 1e12), st.integers(0, 8), st.sampled_from(SPACES + "."), st.sampled_from(SPACES + ",."))
def test_a_number_is_read_as_it_was_written_or_refused(value, digits, point, apart):
    """In whatever way: never as another number, except where one sign is both, which no writer does."""
    point = point if point in POINTS else ","
    if point == apart:
        return
    written = f"{value:,.{digits}f}"
    meant = float(written.replace(",", ""))
    typed = written.translate(str.maketrans({",": apart, ".": point}))
    try:
        assert number_in(typed) == meant
    except CourseError as error:
        assert "two ways" in str(error)
        assert sum(typed.count(sign) for sign in POINTS) == 1


@pytest.mark.parametrize("id", registry())
def test_every_assumption_takes_its_own_values_as_any_country_writes_them(id):
    """What a sentence prints and what a German writes: the same value, or a refusal that names both readings."""
    known = get(id)
    for value, (apart, point) in itertools.product(
        (known.hard_min, known.low, known.value, known.high, known.hard_max), ((",", "."), (".", ","), (" ", ","))
    ):
        typed = number(value).translate(str.maketrans({",": apart, ".": point}))
        try:
            for text in (typed, f"{typed} {unit_words(known.unit)}"):
                assert math.isclose(known.accept(text), value, rel_tol=1e-9, abs_tol=1e-12)
        except CourseError as error:
            assert "two ways" in str(error)
