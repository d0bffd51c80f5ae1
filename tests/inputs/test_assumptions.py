"""The registry's row model: its grid of values, what it refuses, and that refusals are sentences."""

import math
import random

import pytest
from pydantic import ValidationError
from sovereign_compute.analysis.settings import complete, evaluate, inputs
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.assumptions import get, registry
from sovereign_compute.models.ownership import gpu_hour_cost
from synthetic import assumption

EVERY = [pytest.param(a, id=a.id) for a in registry().values()]
LOG = [
    assumption(
        scale="log", step=step, hard_min=low, hard_max=high, low=value, value=value, high=value, distribution="fixed"
    )
    for step, low, value, high in [
        (1.0, 1.0, 20.0, 1e6),
        (0.1, 1e-3, 1.0, 5e3),
        (0.01, 2.5e-9, 1e-5, 4.37e12),
        (0.001, 0.123, 1.0, 9.999),
        (0.0001, 1000.0, 23536.0, 1e6),
    ]
]
GRIDS = [*EVERY, *(pytest.param(a, id=f"log-{a.step}") for a in LOG)]


# The grid -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("a", GRIDS)
def test_every_position_comes_back(a):
    jump = max(1, a.positions // 5_000)
    positions = [*range(0, a.positions, jump), a.positions - 1]
    assert [a.position(a.at(p)) for p in positions] == positions
    values = [a.at(p) for p in dict.fromkeys(positions)]
    assert values == sorted(set(values))
    assert (values[0], values[-1]) == (a.hard_min, a.hard_max)


@pytest.mark.parametrize("a", GRIDS)
def test_grid_values_print_as_they_are_written(a):
    for position in {0, 1, a.positions // 3, a.positions - 2, a.positions - 1} & set(range(a.positions)):
        value = a.at(position)
        assert float(f"{value:.{a.decimals}f}") == value
        assert a.snap(value) == value


@pytest.mark.parametrize("a", LOG, ids=lambda a: f"log-{a.step}")
def test_logarithmic_grid_has_the_same_precision_at_every_power_of_ten(a):
    values = [a.at(p) for p in range(0, a.positions, max(1, a.positions // 5_000))]
    for value in values:
        digits = value / 10.0 ** math.floor(math.log10(value) + 1e-12)
        assert digits / a.step == pytest.approx(round(digits / a.step), abs=1e-6)


def test_significant_digits_carry_over_a_power_of_ten():
    a = LOG[2]
    assert a.snap(9.996) == 10.0
    assert a.at(a.position(9.99) + 1) == 10.0
    assert a.at(a.position(10.0) + 1) == 10.1
    assert a.positions == a.position(4.37e12) + 1


RANDOM = random.Random(60)
SHARES = [0.0, 5e-324, 1 - 2**-53, 1.0, *(RANDOM.random() for _ in range(96))]
"""Places between the ends of a row; a middle between two values of its grid is tried from both sides."""


@pytest.mark.parametrize("a", GRIDS)
def test_what_is_accepted_is_the_nearest_grid_value(a):
    span = a.hard_max - a.hard_min
    values = [a.hard_min + share * span for share in SHARES]
    for place in (int(share * (a.positions - 1)) for share in SHARES[:50] if share < 1 and a.positions > 1):
        low, high = a.at(place), a.at(place + 1)
        values += [low + part * (high - low) for part in (0.49, 0.51)]
    for value in values:
        accepted = a.accept(value)
        position = a.position(accepted)
        neighbours = [a.at(p) for p in (position - 1, position + 1) if 0 <= p < a.positions]
        assert a.hard_min <= accepted <= a.hard_max
        assert all(abs(accepted - value) <= abs(n - value) * (1 + 1e-9) + 1e-9 * a.step for n in neighbours), value


def test_a_choice_is_a_whole_number_with_words():
    a = assumption(
        distribution="choice", choices="own|rent|apply", value=1.0, low=1.0, high=1.0, hard_max=2.0, step=1.0
    )
    assert a.words == ["own", "rent", "apply"]
    assert not a.varied
    assert [a.at(p) for p in range(a.positions)] == [0, 1, 2]


# What a row must not be -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"low": 3.0}, "hard_min <= low"),
        ({"hard_max": 3.0}, "hard_min <= low"),
        ({"distribution": "fixed"}, "low = value = high"),
        ({"distribution": "choice", "low": 2.0, "high": 2.0}, "choices go with"),
        ({"choices": "yes|no"}, "choices go with"),
        ({"distribution": "choice", "choices": "a|b", "low": 2.0, "high": 2.0}, "number of its last word"),
        ({"distribution": "lognormal", "low": 0.0}, "above zero"),
        ({"scale": "log", "step": 0.01}, "above zero"),
        ({"scale": "log", "step": 0.02, "hard_min": 0.1}, "leading digits"),
        ({"distribution": "uniform"}, "middle of its range"),
        ({"unit": "EUR/kWh"}, "currency_year"),
        ({"currency_year": 2025}, "currency_year"),
        ({"value": 2.05}, "value does not lie on the grid"),
        ({"high": 3.99}, "high does not lie on the grid"),
        (
            {"scale": "log", "step": 0.1, "hard_min": 0.1, "hard_max": 100.0, "value": 2.55},
            "value does not lie on the grid",
        ),
        ({"value": math.nan}, "finite"),
        ({"value": "2.0"}, "valid number"),
        ({"tier": "rumour"}, "primary"),
        ({"source": ""}, "at least 1 character"),
        ({"step": 0.0}, "greater than 0"),
        ({"colour": "red"}, "not permitted"),
    ],
)
def test_a_wrong_row_is_refused(changes, message):
    with pytest.raises(ValidationError, match=message):
        assumption(**changes)


def test_the_example_row_itself_is_right():
    assert assumption().positions == 101


# What a learner may type ----------------------------------------------------------------------------------------------


NO_NUMBERS = [None, "", "  ", "many", "1,2,3", "5 EUR of", True, [], {}, "\u2603"]
OUTSIDE = [math.nan, math.inf, -math.inf, -1, 11, 10**400, 1e300, "1e999", "9" * 5_000]


@pytest.mark.parametrize("wrong", [*NO_NUMBERS, *OUTSIDE, pytest.param(10**5_000, id="5000 digits")])
def test_a_wrong_value_is_refused_with_label_and_range(wrong):
    with pytest.raises(CourseError, match=r"^Price: .*allowed is 0 to 10") as refusal:
        assumption().accept(wrong)
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    ("typed", "value"),
    [("3", 3.0), (" 3.04 ", 3.0), (3.06, 3.1), (10, 10.0), ("1e0", 1.0), ("1,5", 1.5), ("3.000", 3.0)],
)
def test_a_right_value_is_put_on_the_grid(typed, value):
    assert assumption().accept(typed) == value


# The registry and a model's inputs ------------------------------------------------------------------------------------


def test_inputs_follow_the_signature_and_complete_fills_the_rest():
    known = inputs(gpu_hour_cost)
    assert list(known) == list(complete(gpu_hour_cost))
    values = complete(gpu_hour_cost, {"utilisation": "60"})
    assert values["utilisation"] == 60.0
    assert all(values[id] == a.value for id, a in known.items() if id != "utilisation")


def test_unknown_assumptions_are_refused_by_name():
    with pytest.raises(CourseError, match="no assumption colour"):
        evaluate(gpu_hour_cost, colour=1)
    with pytest.raises(CourseError, match="no assumption 'colour'"):
        get("colour")
