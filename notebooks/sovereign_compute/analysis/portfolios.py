"""Many portfolios in many futures: what is best on average, what is hard to regret, what nothing else beats.

A portfolio is eight shares of the budget in steps of five percent; a future is one draw of all assumptions of
``policy_portfolio``, from the same frozen points as every band of the course. The effect of a lever depends on its
share and the future alone, so it is computed once for each of 21 shares and then looked up: ten million cases take a
few seconds on one core. The work is done in slices, so that it can be watched and stopped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..errors import CourseError
from ..inputs.assumptions import get, placed
from ..models.parts.futures import FUTURE, prices
from ..models.policy import LEVERS, Effects, effect, outcomes, policy_portfolio, within_budget
from ..models.registry import find
from .settings import complete, standing
from .simulation import chunks

PORTFOLIOS, FUTURES = 10_000, 1_024
STEPS = 20  # of five percent each
SLICE = 8  # portfolios at a time: their cases stay in the processor's cache
SCALED_BY = 512  # portfolios whose means set the scale from 0 to 100
GOOD_ENOUGH = 10.0  # points of the score

GOALS = {
    "science": ("science_hours", 1),
    "companies": ("extra", 1),
    "independence": ("first_place", 1),
    "climate": ("carbon", -1),
    "taxpayer": ("net_value", 1),
}
"""Goal of a stakeholder (``stakeholder_…`` is its weight): the outcome that it looks at, and whether more is better."""


def candidates(n: int = PORTFOLIOS, seed: int = 42) -> np.ndarray:
    """``n`` portfolios in steps of five percent that sum to one, every one as likely as another; shape (n, 8), int.

    The first eight put everything into one lever.
    """
    if not 8 <= n <= 1_000_000:
        raise CourseError(f"the number of portfolios must be from 8 to 1,000,000, not {n}")
    rng = np.random.default_rng(seed)
    # Stars and bars: seven bars among 27 places cut the twenty steps into eight parts.
    places = np.argsort(rng.random((n - 8, STEPS + 7)), axis=1, kind="stable")[:, :7]
    bars = np.sort(places, axis=1)
    edges = np.hstack([np.full((n - 8, 1), -1), bars, np.full((n - 8, 1), STEPS + 7)])
    return np.vstack([STEPS * np.eye(8, dtype=int), np.diff(edges, axis=1) - 1])


def weights(values: Mapping[str, float]) -> dict[str, float]:
    """Weights of the goals in parts of one; alike if all are zero."""
    found = {goal: values.get(f"stakeholder_{goal}", get(f"stakeholder_{goal}").value) for goal in GOALS}
    whole = sum(found.values())
    return {goal: weight / whole if whole else 1 / len(GOALS) for goal, weight in found.items()}


def front(points: np.ndarray) -> np.ndarray:
    """Which rows of ``points`` (n, goals; more is better) no other row beats: as good in all goals, better in one."""
    order = np.argsort(-points.sum(axis=1), kind="stable")
    left, kept = order, []
    while len(left):
        first = points[left[0]]
        kept.append(left[0])
        # Of equal rows none beats the other: those that equal the first are kept with it.
        same = (points[left] == first).all(axis=1)
        kept.extend(left[same][1:])
        left = left[~same & (points[left] > first).any(axis=1)]
    best = np.zeros(len(points), dtype=bool)
    best[kept] = True
    return best


@dataclass
class Search:
    """Portfolios tried in futures, slice by slice; what is done can be read at any time.

    The first row is the learner's own portfolio, whatever its shares.
    """

    values: dict[str, float]
    weights: dict[str, float]
    steps: np.ndarray
    futures: int

    def __post_init__(self):
        self.budget = self.values["budget"]
        spends = within_budget([self.values[f"spend_{lever}"] for lever in LEVERS], self.budget)
        self._future, returns = futures_of(self.values, self.futures)
        self._tables = []
        for lever, exponent, own in zip(LEVERS, returns, spends, strict=True):
            money = np.append(np.arange(STEPS + 1) / STEPS * self.budget, own)
            reference = self._future.machine_price if lever == "machine" else self._future.scale
            rows = effect(money[:, None], np.asarray(reference), np.asarray(exponent))
            self._tables.append(np.ascontiguousarray(np.broadcast_to(rows, (STEPS + 2, self.futures))))
        self._levels = np.vstack([np.full(8, STEPS + 1), self.steps])
        self.shares = np.vstack([np.array(spends) / self.budget, self.steps / STEPS])
        self._spent = np.append(sum(spends), np.full(len(self.steps), self.budget))
        n = len(self._levels)
        self.means = np.empty((n, len(GOALS)))
        self.score = np.empty((n, self.futures), dtype=np.float32)
        self.positive = np.empty(n)
        self.done = 0
        self._scale = self._scaled()

    def _goals(self, rows: slice) -> list[np.ndarray]:
        levels = self._levels[rows]
        chosen = Effects(*(table[level] for table, level in zip(self._tables, levels.T, strict=True)))
        found = outcomes(self._future, chosen, self._spent[rows, None])
        shape = (len(levels), self.futures)
        return [sign * np.broadcast_to(getattr(found, id), shape) for id, sign in GOALS.values()]

    def _scaled(self) -> list[tuple[float, float]]:
        """Worst and best mean of each goal among the first portfolios, the learner's own left out."""
        last = min(SCALED_BY, len(self._levels))
        parts = [slice(start, min(start + SLICE, last)) for start in range(1, last, SLICE)]
        means = np.vstack([np.stack([goal.mean(axis=1) for goal in self._goals(part)], axis=1) for part in parts])
        return list(zip(means.min(axis=0), means.max(axis=0), strict=True))

    def slices(self) -> Iterator[float]:
        """Do the work; after each slice the share of it that is done."""
        while self.done < len(self._levels):
            rows = slice(self.done, min(self.done + SLICE, len(self._levels)))
            goals = self._goals(rows)
            score = 0.0
            for place, (goal, (worst, best)) in enumerate(zip(goals, self._scale, strict=True)):
                self.means[rows, place] = goal.mean(axis=1)
                weight = 100 * self.weights[list(GOALS)[place]] / (best - worst if best > worst else 1.0)
                if weight:
                    score = score + weight * (goal - worst)
            self.score[rows] = score
            self.positive[rows] = (goals[-1] > 0).mean(axis=1)
            self.done = rows.stop
            yield self.done / len(self._levels)

    def run(self) -> "Search":
        """All of the work at once."""
        for _ in self.slices():
            pass
        return self

    @property
    def cases(self) -> int:
        """Portfolios times futures that are done."""
        return self.done * self.futures

    def table(self) -> pd.DataFrame:
        """One row per portfolio done: shares of the levers, means of the goals, score, regret and robustness.

        Columns: those of `LEVERS` (0 to 1), those of `GOALS` (mean, in the unit of the output that each stands for),
        score (mean, points), regret (points), robust and positive (0 to 1), front.
        ``regret`` is the score that one is behind the best of the portfolios done, in the worst future of twenty;
        ``robust`` the share of futures in which it is at most ten points behind. ``front`` says that no other
        portfolio is at least as good on all five goals and better on one; the goals are means, carbon counted negative.
        """
        if not self.done:
            raise CourseError("nothing has been tried yet")
        score = self.score[: self.done]
        behind = score.max(axis=0) - score
        frame = pd.DataFrame(self.shares[: self.done], columns=list(LEVERS))
        for place, goal in enumerate(GOALS):
            frame[goal] = self.means[: self.done, place]
        frame["score"] = score.mean(axis=1, dtype=float)
        frame["regret"] = np.quantile(behind, 0.95, axis=1).astype(float)
        frame["robust"] = (behind <= GOOD_ENOUGH).mean(axis=1)
        frame["positive"] = self.positive[: self.done]
        frame["front"] = front(self.means[: self.done])
        return frame


def futures_of(values: dict[str, float], futures: int):
    """The prices of so many futures, and the exponents of the levers in them."""
    parts = [part for _, part in chunks(values, futures)]
    whole = {id: _joined([part[id] for part in parts]) for id in parts[0]}
    returns = [whole[f"returns_{lever}"] for lever in LEVERS]
    return prices(**{id: whole[id] for id in FUTURE}), returns


def _joined(parts: list):
    return np.concatenate(parts) if isinstance(parts[0], np.ndarray) else parts[0]


def search(changes: dict | None = None, portfolios: int = PORTFOLIOS, futures: int = FUTURES) -> Search:
    """A search that has not begun, around a scenario; ``changes`` may hold weights of stakeholders too."""
    changes = dict(changes or {})
    given = {id: changes.pop(id) for id in list(changes) if id.startswith("stakeholder_")}
    checked = {id: get(id).accept(value) for id, value in given.items()}
    return Search(complete(policy_portfolio, changes), weights(checked), candidates(portfolios), futures)


def own(scenario: Mapping[str, float]) -> dict[str, float]:
    """The changes of a scenario that a search depends on."""
    known = {*find(policy_portfolio).inputs, *(f"stakeholder_{goal}" for goal in GOALS)}
    return {id: scenario[id] for id in sorted(scenario) if id in known}


_KEPT: dict[tuple, pd.DataFrame] = {}


def keep(changes: Mapping[str, float], table: pd.DataFrame) -> None:
    """Remember the table of a search around a scenario, in the place of the one before it."""
    _KEPT.clear()
    _KEPT[_key(changes)] = table


def _key(changes: Mapping[str, float]) -> tuple:
    ranges = placed()
    return *own(changes).items(), *(ranges[id] for id in find(policy_portfolio).inputs if id in ranges)


def found(changes: Mapping[str, float] | None = None) -> pd.DataFrame:
    """The table of the search around a scenario: the one that is kept, whole or stopped, or a new whole one.

    Columns: those of `Search.table`.
    """
    changes = own(changes or {})
    if (key := _key(changes)) not in _KEPT:
        with standing({}):  # the key says all that the table depends on
            keep(changes, search(changes).run().table())
    return _KEPT[key]
