"""Every view and every result of every panel at both ends of each assumption, with presets and comparisons."""

import itertools
import json

import numpy as np
import pytest
from sovereign_compute.analysis.evaluation import baseline_of, course_values, evaluation_of
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.controls import teams
from sovereign_compute.display.charts import View, view_of, views_of
from sovereign_compute.display.views import plain
from sovereign_compute.inputs.presets import presets
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import all_models, find

pytestmark = pytest.mark.usefixtures("few_draws")


def settings(function) -> list[dict]:
    """The course's values with one assumption at one of its ends, and every preset."""
    ends = [{id: end} for id, a in inputs(function).items() for end in (a.hard_min, a.hard_max)]
    return [*ends, *(preset["values"] for preset in presets(find(function).name).values())]


def untold(view: View, reading) -> str:
    """What is wrong with a picture of a reading; nothing, if it has rows of finite numbers and a sentence."""
    try:
        rows, said = view.rows(reading), view.sentence(reading)
        json.dumps(rows, allow_nan=False, default=lambda value: value.item())
    except Exception as error:  # whatever a learner would meet
        return f"{type(error).__name__}: {error}"
    if len({len(column) for column in rows.values()}) != 1 or not all(rows.values()):
        return "columns that are empty or of unequal length"
    words = set(said.lower().replace("(", " ").split())
    return "" if said.endswith(".") and not words & {"nan", "inf", "−inf"} else f"the sentence {said!r}"


def faults(function, views: dict[str, View]) -> list[str]:
    """Every setting with a band, each compared with the course's values or a preset in turn."""
    name = find(function).name
    others = [baseline_of(function, p["label"], p["values"]) for p in presets(name).values()]
    compared = itertools.cycle([course_values(function), *others])
    found = []
    for changes in settings(function):
        evaluation = evaluation_of(function, changes, baseline=next(compared))
        wrong = ((id, untold(view, evaluation)) for id, view in views.items())
        found += [f"{name}, {id!r} at {changes}: {why}" for id, why in wrong if why]
    return found


@pytest.mark.parametrize("name", teams.panels())
def test_every_view_can_be_shown_at_every_end(name):
    function = all_models()[name].function
    assert faults(function, {id: view_of(function, id) for id in views_of(function)}) == []


def test_a_view_that_fails_somewhere_is_found():
    whole = view_of(gpu_hour_cost)

    def broken(value):
        def rows(reading):
            if reading.values["utilisation"] == 1:
                raise ValueError("Too many bins")
            return {"item": ["one"], "value": [value if reading.values["lifetime"] > 9 else 1.0]}

        return View(whole.chart, rows, whole.sentence, whole.columns)

    assert faults(gpu_hour_cost, {"its own": broken(1.0)}) == [
        "gpu_hour_cost, 'its own' at {'utilisation': 1.0}: ValueError: Too many bins"
    ]
    assert any("not JSON compliant" in found for found in faults(gpu_hour_cost, {"its own": broken(float("nan"))}))
    silent = View(whole.chart, whole.rows, lambda reading: "", whole.columns)
    assert len(faults(gpu_hour_cost, {"its own": silent})) == len(settings(gpu_hour_cost))


@pytest.mark.parametrize("middle", [100.0, 1e-9, 3e12, -7.0])
def test_draws_that_differ_by_rounding_are_one_value(middle):
    draws = middle * (1 + np.arange(4_096) % 7 * 1e-16 * 2)
    shares, edges = plain._bins(draws)
    assert shares.tolist() == [100] and edges[0] < middle < edges[1]
    shares, edges = plain._bins(middle * (1 + np.linspace(0, 1e-6, 4_096)))
    assert len(shares) == plain.BINS and shares.sum() == pytest.approx(99, abs=0.1)


def test_draws_of_nothing_but_rounding_around_zero_are_shown():
    for draws in (np.zeros(64), np.linspace(-1e-17, 1e-17, 64)):
        shares, edges = plain._bins(draws)
        assert shares.sum() > 90 and np.isfinite(edges).all() and (np.diff(edges) > 0).all()
