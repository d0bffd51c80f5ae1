"""Registries and models made up for tests: rows of every shape, correlation groups, a cash flow over thirty years."""

import contextlib
from typing import NamedTuple
from unittest import mock

import numpy as np
from sovereign_compute.analysis import draws, sensitivity
from sovereign_compute.inputs import assumptions, scenarios
from sovereign_compute.inputs.assumptions import Assumption
from sovereign_compute.models.registry import MODELS, Model, Output

ROW = {
    "id": "price",
    "code": 1,
    "symbol": "p",
    "label": "Price",
    "question": "What does it cost?",
    "unit": "1",
    "value": 2.0,
    "low": 1.0,
    "high": 4.0,
    "hard_min": 0.0,
    "hard_max": 10.0,
    "step": 0.1,
    "scale": "linear",
    "distribution": "normal",
    "choices": None,
    "group": "Prices",
    "correlation_group": "none",
    "valid_year": 2025,
    "currency_year": None,
    "source": "course-judgement",
    "locator": "here",
    "accessed": "2026-11-23",
    "tier": "judgement",
    "why": "An example.",
    "reviewed": "2026-11-23",
}


def assumption(**changes) -> Assumption:
    """A row of the registry: the example, with some columns changed."""
    return Assumption.model_validate({**ROW, **changes})


def rows(*entries: dict) -> dict[str, Assumption]:
    """Rows by id, numbered in their order unless they say otherwise; a row's label is its id in words."""
    made = {}
    for code, entry in enumerate(entries, start=1):
        label = entry["id"].replace("_", " ").capitalize()
        made[entry["id"]] = assumption(**{"code": code, "label": label, **entry})
    return made


@contextlib.contextmanager
def world(registry: dict[str, Assumption], *models: Model, correlations: dict[str, float] | None = None):
    """The course with another registry, further models and other correlation groups, for the time of a ``with``."""
    places = {group: (place, strength) for place, (group, strength) in enumerate((correlations or {}).items())}
    with contextlib.ExitStack() as stack:
        for module in (assumptions, scenarios):
            stack.enter_context(mock.patch.object(module, "registry", lambda: registry))
        for module in (draws, sensitivity):
            stack.enter_context(mock.patch.object(module, "correlations", lambda: places))
        stack.enter_context(mock.patch.dict(MODELS, {model.name: model for model in models}))
        yield


# A cash flow of thirty years with twelve uncertain inputs -------------------------------------------------------------


class CashFlow(NamedTuple):
    worth: object
    first_year: object


def cash_flow(
    *,
    purchase,
    refresh,
    refresh_years,
    power,
    power_price,
    price_growth,
    people,
    wage,
    wage_growth,
    revenue,
    growth,
    rate,
) -> CashFlow:
    """Net present value of thirty years: revenue less power, people and refreshes."""
    worth = -purchase
    price, pay, income, discount = power_price * 1.0, wage * 1.0, revenue * 1.0, 1.0
    yearly = refresh / refresh_years
    for _ in range(30):
        discount = discount / (1 + rate)
        worth = worth + (income - power * price - people * pay - yearly) * discount
        price, pay, income = price * (1 + price_growth), pay * (1 + wage_growth), income * (1 + growth)
    return CashFlow(worth, revenue - power * power_price - people * wage - yearly)


def _entry(id, low, value, high, hard_min, hard_max, step, distribution="normal", **more):
    numbers = {"low": low, "value": value, "high": high, "hard_min": hard_min, "hard_max": hard_max, "step": step}
    return {"id": id, "distribution": distribution, **numbers, **more}


CASH_FLOW = Model(cash_flow, "Thirty years", (Output("worth", "Worth", "1", 1), Output("first_year", "First", "1", 1)))
CASH_FLOW_ROWS = rows(
    _entry("purchase", 265.0, 273.0, 300.0, 0.0, 2000.0, 1.0),
    _entry("refresh", 80.0, 150.0, 290.0, 0.0, 1000.0, 1.0, "lognormal"),
    _entry("refresh_years", 4.0, 6.0, 8.0, 1.0, 15.0, 0.5, "uniform"),
    _entry("power", 80.0, 114.0, 150.0, 0.0, 400.0, 1.0),
    _entry("power_price", 0.12, 0.2, 0.35, 0.0, 2.0, 0.01, "lognormal"),
    _entry("price_growth", -0.01, 0.01, 0.03, -0.1, 0.2, 0.001),
    _entry("people", 20.0, 40.0, 80.0, 0.0, 300.0, 1.0, "lognormal"),
    _entry("wage", 0.075, 0.09, 0.11, 0.0, 1.0, 0.001),
    _entry("wage_growth", 0.01, 0.02, 0.03, -0.1, 0.2, 0.001, "uniform"),
    _entry("revenue", 60.0, 90.0, 140.0, 0.0, 1000.0, 1.0, "lognormal"),
    _entry("growth", -0.02, 0.0, 0.02, -0.2, 0.2, 0.001),
    _entry("rate", 0.012, 0.03, 0.056, 0.0, 0.15, 0.001, "beta"),
)


def frozen_by_hand(n: int) -> dict[str, np.ndarray]:
    """The draws of its inputs at the course's values, written down once more and for this one case only."""
    from scipy.stats import beta, lognorm, norm, uniform
    from sovereign_compute.analysis.distributions import beta_shape

    frozen = {}
    for id, a in CASH_FLOW_ROWS.items():
        unit, z95 = draws.points(a.code - 1, n), norm.ppf(0.95)
        below, above = unit < 0.5, unit >= 0.5
        column = np.empty(n)
        if a.distribution == "normal":
            column[below] = norm(a.value, (a.value - a.low) / z95).ppf(unit[below])
            column[above] = norm(a.value, (a.high - a.value) / z95).ppf(unit[above])
        elif a.distribution == "lognormal":
            column[below] = lognorm(np.log(a.value / a.low) / z95, scale=a.value).ppf(unit[below])
            column[above] = lognorm(np.log(a.high / a.value) / z95, scale=a.value).ppf(unit[above])
        elif a.distribution == "uniform":
            width = (a.high - a.low) / 0.9
            column = uniform(a.value - width / 2, width).ppf(unit)
        else:
            column = beta(*beta_shape(a), a.hard_min, a.hard_max - a.hard_min).ppf(unit)
        frozen[id] = np.clip(column, a.hard_min, a.hard_max)
    return frozen


def cash_flow_by_hand(frozen: dict[str, np.ndarray], chunk: int = 4096) -> np.ndarray:
    """The arithmetic alone, in chunks; shape (n,)."""
    n = len(frozen["rate"])
    worth = np.empty(n)
    for start in range(0, n, chunk):
        part = {id: x[start : start + chunk] for id, x in frozen.items()}
        worth[start : start + chunk] = cash_flow(**part).worth
    return worth
