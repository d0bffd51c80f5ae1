"""How likely each service takes each rank when neither the weights nor the evidence are agreed.

Method: stochastic multicriteria acceptability analysis (Lahdelma, Hokkanen and Salminen 1998). Weights are drawn from
a Dirichlet distribution around those given, points from a triangle between low, value and high; each draw makes one
order, and the share of the draws in which a service takes a rank is its probability. The draws are frozen: the same
setting gives the same digits everywhere, and a moved control is no roll of new dice.
"""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from .layers import shares_of_one
from .parts.constants import PERCENT
from .parts.services import FIELDS, SHORT, points
from .parts.special import bare, in_one_step, looked_up
from .registry import Output, find, model

OBJECTIVES, POINTS = points("service_scores", "objective")
DRAWS = 2**12
SEED = 12


@cache
def stratified(columns: int, stream: int = 0) -> np.ndarray:
    """Frozen numbers between 0 and 1, shape (DRAWS, columns), each column evenly spread (a Latin hypercube)."""
    places = np.tile(np.arange(DRAWS), (columns, 1))
    return (np.random.default_rng((SEED, stream)).permuted(places, axis=1).T + 0.5) / DRAWS


def triangle(unit: np.ndarray, low: np.ndarray, value: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Quantiles of the triangular distribution from ``low`` to ``high`` with its peak at ``value``; where the ends
    meet, the value itself. Shapes broadcast."""
    width = np.where(high > low, high - low, 1.0)
    left = unit * width < value - low
    rising = low + np.sqrt(unit * width * (value - low))
    falling = high - np.sqrt((1 - unit) * width * (high - value))
    return np.where(high > low, np.where(left, rising, falling), value)


@cache
def point_draws() -> np.ndarray:
    """Points of the services within their intervals, shape (DRAWS, services, objectives)."""
    unit = stratified(POINTS[..., 0].size, stream=1).reshape(DRAWS, *POINTS.shape[:2])
    return triangle(unit, *(POINTS[..., end] for end in range(3)))


@lru_cache(maxsize=64)
def weight_draws(shapes: tuple[float, ...]) -> np.ndarray:
    """Dirichlet draws up to a common factor, which changes no order: gamma variates, shape (DRAWS, objectives).

    ``shapes`` are the parameters of the Dirichlet distribution: agreement times the part of each weight.
    """
    from scipy.special import gammaincinv  # scipy costs a quarter of a second: only when draws are needed

    return gammaincinv(np.array(shapes), stratified(len(shapes)))


def totals(shapes: tuple[float, ...], scores: np.ndarray) -> np.ndarray:
    """Weighted sum of the points of each option in each draw, shape (DRAWS, options), up to a factor of the draw.

    ``shapes`` as in ``weight_draws``; ``scores`` has shape (options, objectives) or (DRAWS, options, objectives).
    """
    return np.einsum("dk,...ok->do" if scores.ndim == 2 else "dk,dok->do", weight_draws(shapes), scores)


def rank_probabilities(shapes: tuple[float, ...], scores: np.ndarray) -> np.ndarray:
    """Probability that each option takes each rank, shape (options, ranks); options that tie share their ranks.

    ``shapes`` and ``scores`` as in ``totals``.
    """
    found = totals(shapes, scores)
    better = (found[:, None, :] > found[:, :, None]).sum(axis=2)
    equal = (found[:, None, :] == found[:, :, None]).sum(axis=2)
    ranks = np.arange(found.shape[1])
    there = (better[..., None] <= ranks) & (ranks < (better + equal)[..., None])
    return (there / equal[..., None]).mean(axis=0)


@cache
def passing() -> np.ndarray:
    """Probability that a service reaches a level in every objective, shape (levels, services)."""
    weakest = point_draws().min(axis=2)
    return np.array([(weakest >= level).mean(axis=0) for level in range(5)])


@lru_cache(maxsize=1024)
def service_ranks(shapes: tuple[float, ...]) -> np.ndarray:
    """Rank probabilities of the five services, shape (services, ranks)."""
    return rank_probabilities(shapes, point_draws())


def dirichlet_shapes(weights, agreement) -> list[tuple[float, ...]]:
    """Parameters of the Dirichlet distribution, one tuple for each row of the arguments."""
    parts = np.broadcast_arrays(*(np.asarray(bare(agreement * share), float) for share in shares_of_one(weights)))
    # Twelve digits, so that a float and the same number in an array are one key of the caches above.
    return [tuple(float(f"{x:.12g}") for x in row) for row in np.stack(parts, axis=-1).reshape(-1, len(parts))]


@in_one_step(len(SHORT), len(SHORT))
def ranks(weights, agreement) -> np.ndarray:
    """Rank probabilities of the services for weights in percent, shape (services, ranks), then as many as the rows."""
    found = [service_ranks(shapes) for shapes in dirichlet_shapes(weights, agreement)]
    return found[0] if len(found) == 1 else np.stack(found, axis=-1)


class RankOfServices(NamedTuple):
    """Probability of being first, and of reaching the level asked for in every objective (percent)."""

    jupiter: object
    us_region: object
    us_trustee: object
    eu_cloud: object
    own_cluster: object
    jupiter_passes: object
    us_region_passes: object
    us_trustee_passes: object
    eu_cloud_passes: object
    own_cluster_passes: object


@model(
    "Which service comes first, if people disagree",
    *(Output(id, f"{name}: comes first", "percent", 0) for id, name in FIELDS.items()),
    *(Output(f"{id}_passes", f"{name}: reaches the level everywhere", "percent", 0) for id, name in FIELDS.items()),
)
def rank_of_services(
    *,
    weight_strategic,
    weight_legal,
    weight_data,
    weight_operational,
    weight_supply,
    weight_technology,
    weight_security,
    weight_environment,
    weight_concentration,
    minimum_level,
) -> RankOfServices:
    """Probability of the first place under weights and evidence that are not agreed, and of passing the gate.

    Weights are in percent and need not sum to 100. ``weight_concentration`` is the sum of the Dirichlet parameters:
    a weight of 15 % then has the standard deviation sqrt(0.15 × 0.85 / (c + 1)). ``minimum_level`` is a choice
    (SEAL-0 to SEAL-4) and does not move the ranks. With 4,096 draws a probability is good to about one point.

    Left out: that what is unknown of one service may be unknown of all, that buyers ask for different services, and
    the price.
    """
    weights = (
        weight_strategic,
        weight_legal,
        weight_data,
        weight_operational,
        weight_supply,
        weight_technology,
        weight_security,
        weight_environment,
    )
    first = ranks(weights, weight_concentration)[:, 0]
    passes = (looked_up(passing()[:, service], minimum_level) for service in range(len(SHORT)))
    return RankOfServices(*(share / PERCENT for share in (*first, *passes)))


WEIGHTS = tuple(id for id in find(rank_of_services).inputs if id not in ("weight_concentration", "minimum_level"))
"""The assumptions that are weights, in the order of ``OBJECTIVES``."""
