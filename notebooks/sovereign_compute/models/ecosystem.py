"""What computing, people and data bring together: a production function of three inputs that need one another.

Method: output is a CES function (constant elasticity of substitution) of the three, each a multiple of today. The
weights are elasticities at today's point, so a scenario needs no units of output. How easily one input stands in for
another is one number; its limits are Leontief (near 0), Cobb–Douglas (1) and a plain sum (infinite).
"""

from math import prod
from typing import NamedTuple

import numpy as np

from .parts.constants import PERCENT
from .parts.special import nominal
from .registry import Output, model

NEARLY_COBB_DOUGLAS = 1e-7
"""Exponents smaller than this count as zero, where the formula of the CES function would take the root number 0."""


class EcosystemOutput(NamedTuple):
    """Output as multiples of today's, gains in percent; as in the outputs of ``ecosystem_output``."""

    output: object
    alone: object
    beside: object
    cobb_douglas: object
    first_doubling: object
    next_doubling: object
    weight_then: object


def cobb_douglas(weights, factors):
    """The product of ``factors``, each to the power of its weight; numbers or arrays of one shape, no units."""
    return prod(factor**weight for weight, factor in zip(weights, factors, strict=True))


def ces(weights, factors, substitution):
    """Output of a CES function as a multiple of the output where all ``factors`` are 1.

    ``weights`` are the elasticities at that point; their sum is the elasticity of scale. ``substitution`` is above
    zero; at 1 the function is Cobb–Douglas. All are numbers or arrays of one shape, without units.
    Source: Arrow, Chenery, Minhas and Solow 1961, in calibrated shares; the tests hold it to its three limits.
    """
    scale = sum(weights)
    exponent = 1 - 1 / substitution
    near = abs(nominal(exponent)) < NEARLY_COBB_DOUGLAS
    if not np.any(near):
        return _power_mean(weights, factors, exponent) ** (scale / exponent)
    if not isinstance(near, np.ndarray):
        return cobb_douglas(weights, factors)
    safe = np.where(near, 1.0, exponent)
    return np.where(near, cobb_douglas(weights, factors), _power_mean(weights, factors, safe) ** (scale / safe))


def _power_mean(weights, factors, exponent):
    return sum(weight * factor**exponent for weight, factor in zip(weights, factors, strict=True)) / sum(weights)


def ceiling(weights, factors, substitution) -> float:
    """What ``ces`` comes to if the first of the factors grows without limit and the others stay as they are.

    Finite only where inputs need one another (``substitution`` below 1); floats.
    """
    if substitution >= 1:
        return float("inf")
    exponent = 1 - 1 / substitution
    return (_rest(weights, factors, exponent) / sum(weights)) ** (sum(weights) / exponent)


def _rest(weights, factors, exponent):
    return sum(w * x**exponent for w, x in zip(weights[1:], factors[1:], strict=True))


@model(
    "What more computing brings",
    Output("output", "Output, times today’s", "1", 2),
    Output("alone", "Output if only computing grows", "1", 2),
    Output("beside", "Output if only people and data grow", "1", 2),
    Output("cobb_douglas", "Output if all grow, by Cobb–Douglas", "1", 2),
    Output("first_doubling", "Gain from a first doubling of computing alone", "percent", 1),
    Output("next_doubling", "Gain from one more doubling of computing", "percent", 1),
    Output("weight_then", "Elasticity of computing afterwards", "1", 2),
    monotone={"compute_factor": "+", "people_factor": "+", "data_factor": "+"},
)
def ecosystem_output(
    *,
    elasticity_compute,
    elasticity_people,
    elasticity_data,
    substitution,
    compute_factor,
    people_factor,
    data_factor,
) -> EcosystemOutput:
    """Output of an ecosystem after computing, people and data have grown, as multiples of today's output.

    Arguments are assumption ids of ``data/assumptions.csv``, all without unit; each may be a float, an array of draws,
    a pint quantity or an uncertain number. The elasticities hold at today's point; ``weight_then`` is what that of
    computing has become. ``cobb_douglas`` is ``output`` with a substitution of 1. Weights and substitution are
    judgement: studies of campus computing give the direction (staff stronger than hardware) and no number that carries
    over. Left out: time, prices, what one region wins from another, and knowledge that all can use.

    Source: the form is a textbook's; the calibration is the course's.
    """
    weights = (elasticity_compute, elasticity_people, elasticity_data)
    grown = (compute_factor, people_factor, data_factor)
    output = ces(weights, grown, substitution)
    doubled = ces(weights, (2 * compute_factor, people_factor, data_factor), substitution)
    exponent = 1 - 1 / substitution
    share = elasticity_compute * compute_factor**exponent / _power_mean(weights, grown, exponent)
    return EcosystemOutput(
        output=output,
        alone=ces(weights, (compute_factor, 1.0, 1.0), substitution),
        beside=ces(weights, (1.0, people_factor, data_factor), substitution),
        cobb_douglas=cobb_douglas(weights, grown),
        first_doubling=(ces(weights, (2.0, 1.0, 1.0), substitution) - 1) / PERCENT,
        next_doubling=(doubled / output - 1) / PERCENT,
        weight_then=share,
    )
