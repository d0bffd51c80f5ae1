"""Independence layer by layer, and three ways to make one number of it.

The power mean (CES, Arrow and others 1961) is the dial between them: exponent 1 is the weighted mean, where a strong
layer makes up for a weak one; 0 the geometric mean; far below 0 only the weakest layer counts.
"""

from typing import NamedTuple

import numpy as np

from .parts.constants import PERCENT
from .parts.services import FIELDS, FULL, SHORT, points
from .parts.special import nominal
from .registry import Output, model

LAYERS, POINTS = points("layers", "layer")
LEAST = 0.01
"""A layer without any independence counts as one percent of full: a zero has no logarithm.

A choice, and at exponents of 0 and below it decides wherever a layer is at zero.
"""
NOTHING = 1e-12
"""Added to each weight, so that weights which are all zero count alike."""


class LayerIndependence(NamedTuple):
    """Independence of each service over all layers (percent of full)."""

    jupiter: object
    us_region: object
    us_trustee: object
    eu_cloud: object
    own_cluster: object


def shares_of_one(weights):
    """Weights of any one unit as parts of one; all alike if all are zero."""
    weights = [weight * PERCENT + NOTHING for weight in weights]
    whole = sum(weights)
    return [weight / whole for weight in weights]


def power_mean(values, shares, exponent):
    """Mean of ``values`` (parts of one, at least ``LEAST``) with ``shares`` that sum to one; exponent 0 is the limit.

    ``shares`` and ``exponent`` may be floats, arrays of one shape or quantities without a unit.
    """
    values = [max(float(value), LEAST) for value in values]
    geometric = 1.0
    for value, share in zip(values, shares, strict=True):
        geometric = geometric * value**share
    zero = abs(nominal(exponent)) < 1e-8
    if not isinstance(exponent, np.ndarray):
        if zero:
            return geometric
        safe = exponent
    else:
        safe = np.where(zero, 1.0, exponent)
    powered = sum(share * value**safe for value, share in zip(values, shares, strict=True)) ** (1 / safe)
    return np.where(zero, geometric, powered) if isinstance(exponent, np.ndarray) else powered


def independence(weights, exponent, end: int = 1) -> list:
    """Independence of each service in parts of one; ``end`` is 0 for the low, 1 for the middle, 2 for the high points.

    ``weights`` are in percent, one for each of ``LAYERS``.
    """
    shares = shares_of_one(weights)
    return [power_mean(POINTS[place, :, end] / FULL, shares, exponent) for place in range(len(SHORT))]


@model(
    "How independent each service is, layer by layer",
    *(Output(id, f"{name}: independence", "percent", 0) for id, name in FIELDS.items()),
    monotone={"substitution_exponent": "+"},
)
def layer_independence(
    *,
    substitution_exponent,
    layer_chip_design,
    layer_foundry,
    layer_memory,
    layer_network,
    layer_integrator,
    layer_operator,
    layer_operating_software,
    layer_cloud_software,
    layer_model,
    layer_data,
    layer_law,
) -> LayerIndependence:
    """Independence of five services over eleven layers, in percent of full.

    Weights are in percent and need not sum to 100; ``substitution_exponent`` has no unit. The points of each layer
    are those of ``data/layers.csv``, which are judgement with an interval (see ``independence``).

    Left out: that others weigh the layers differently (the weights are fixed), that layers depend on one another, how
    long a stock of spare parts lasts, and that some suppliers depend on Europe in turn.
    """
    weights = (
        layer_chip_design,
        layer_foundry,
        layer_memory,
        layer_network,
        layer_integrator,
        layer_operator,
        layer_operating_software,
        layer_cloud_software,
        layer_model,
        layer_data,
        layer_law,
    )
    return LayerIndependence(*(value / PERCENT for value in independence(weights, substitution_exponent)))
