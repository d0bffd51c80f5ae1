"""The service that a programme offers, in JUPITER's place among the services of lesson 12: how likely it comes first.

Method: hours at a European operator have JUPITER's points, and more for supply chain and technology if the programme
brings a European chip or trained people; hours that are rented abroad have the points of a US region. The points of the
whole are the mean over its hours. Weights and points are the frozen draws of ``framework``, so that an offer of nothing
but JUPITER comes first as often as lesson 12 says. The probability depends on three numbers besides the weights. It is
counted once on a grid of these and then looked up between the nodes, which millions of portfolios can afford.
"""

from functools import lru_cache

import numpy as np

from ..framework import OBJECTIVES, POINTS, dirichlet_shapes, point_draws, totals, weight_draws
from .services import FULL, SHORT
from .special import bare, in_one_step, nominal

OWN, RENTED = (list(SHORT).index(id) for id in ("jupiter", "us-region"))
SUPPLY, TECHNOLOGY = (OBJECTIVES.index(id) for id in ("SOV-5", "SOV-6"))
ROOM = {objective: float(FULL - POINTS[OWN, objective, 2]) for objective in (TECHNOLOGY, SUPPLY)}
"""Points that JUPITER's highest can still gain on an objective."""
CELLS = (80, 4, 8)
"""Cells of the grid along the own part of the hours, the gain in technology and the gain in the supply chain."""


@lru_cache(maxsize=64)
def grid(shapes: tuple[float, ...]) -> np.ndarray:
    """Probability of the first place (parts of one) on the nodes of the grid, shape as ``CELLS`` with one more each.

    ``shapes`` are the parameters of the Dirichlet distribution, as in ``framework.weight_draws``.
    """
    scores = totals(shapes, point_draws())
    weights = weight_draws(shapes)
    rented = scores[:, RENTED]
    to_beat = np.delete(scores, OWN, axis=1).max(axis=1) - rented
    own, technology, supply = (np.linspace(0, 1, cells + 1) for cells in CELLS)
    ahead = scores[:, OWN] - rented
    found = np.empty([cells + 1 for cells in CELLS])
    for j, k in np.ndindex(found.shape[1:]):
        gain = technology[j] * ROOM[TECHNOLOGY] * weights[:, TECHNOLOGY] + supply[k] * ROOM[SUPPLY] * weights[:, SUPPLY]
        found[:, j, k] = (own[:, None] * (ahead + gain) > to_beat).mean(axis=1)
    return found


@in_one_step(1, *(cells + 1 for cells in CELLS))
def grids(weights, agreement) -> np.ndarray:
    """One grid for each row of the weights (percent) and of the agreement about them, shape (rows, ...)."""
    return np.stack([grid(shapes) for shapes in dirichlet_shapes(weights, agreement)])


def _cell(part, cells: int):
    """The cell in which a part of one lies, and how far into it: the second keeps errors, the first cannot."""
    cell = np.clip(np.asarray(nominal(part) * cells).astype(np.intp), 0, cells - 1)
    return cell, part * cells - cell


def first_place(grids: np.ndarray, own, technology, supply, chip):
    """Probability of the first place (parts of one).

    ``own`` is the part of the hours at European operators and ``chip`` the chance of a European chip (parts of one);
    ``technology`` is the gain in points by people, ``supply`` that by a chip that comes. Floats, arrays of one row per
    grid, quantities without a unit or uncertain numbers.
    """
    rows, *nodes = grids.shape
    flat = grids.ravel()
    parts = (bare(own), bare(technology) / ROOM[TECHNOLOGY], bare(supply) / ROOM[SUPPLY])
    (i, x), (j, y), (k, z) = (_cell(part, cells) for part, cells in zip(parts, CELLS, strict=True))
    row = np.arange(rows) if rows > 1 else 0
    start = ((row * nodes[0] + i) * nodes[1] + j) * nodes[2]
    to_next = nodes[1] * nodes[2]

    def between(at):
        """Along the hours and along technology, in one layer of the supply chain."""
        low, high = flat[at], flat[at + to_next]
        low_next, high_next = flat[at + nodes[2]], flat[at + to_next + nodes[2]]
        near, far = low + x * (high - low), low_next + x * (high_next - low_next)
        return near + y * (far - near)

    without, below, above = between(start), between(start + k), between(start + k + 1)
    return without + bare(chip) * (below + z * (above - below) - without)
