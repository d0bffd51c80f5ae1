"""What a panel may be asked to say: the scenarios in which its sentences are read."""

import random
from collections.abc import Iterator

from sovereign_compute.analysis.evaluation import Evaluation, baseline_of, evaluation_of
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.inputs.presets import presets
from sovereign_compute.models.registry import MODELS

RANDOM = 10
"""Random scenarios of each model."""


def scenarios_of(name: str) -> Iterator[dict]:
    """The course's values, all presets, and random scenarios with up to six changes."""
    known, dice = inputs(MODELS[name].function), random.Random(name)
    yield {}
    yield from (preset["values"] for preset in presets(name).values())
    for _ in range(RANDOM):
        moved = dice.sample(list(known.values()), min(6, len(known)))
        yield {a.id: a.at(dice.randrange(a.positions)) for a in moved}


def readings(name: str) -> Iterator[Evaluation]:
    """Each of these scenarios, and the first of them compared with a preset, and without a band."""
    function = MODELS[name].function
    yield from (evaluation_of(function, changes) for changes in scenarios_of(name))
    for preset in presets(name).values():
        yield evaluation_of(function, baseline=baseline_of(function, preset["label"], preset["values"]))
    yield evaluation_of(function, band=False)
