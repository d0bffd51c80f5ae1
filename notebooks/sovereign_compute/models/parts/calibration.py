"""Whether ranges that somebody gives at nine to one hold nine numbers of ten: coverage and the interval score.

Method: the interval score of Winkler (1972), as Gneiting and Raftery (2007) write it: the width of the range, and for a
number outside of it ``2 / (1 - LEVEL)`` times the distance. It is smallest on average for whoever gives the range that
is really meant; neither a wide nor a narrow one pays. Coverage alone could be met with nine ranges without end.
"""

import math

LEVEL = 0.9
"""Share of the numbers that the ranges are meant to hold."""


def interval_score(low: float, high: float, found: float) -> float:
    """Width of the range plus the fine for missing ``found``, in the unit of the three; less is better.

    >>> round(interval_score(1, 3, 2), 6), round(interval_score(1, 3, 4), 6)
    (2.0, 22.0)
    """
    return high - low + 2 / (1 - LEVEL) * max(low - found, found - high, 0)


def stretch(ranges: list[tuple[float, float]], found: list[float]) -> float:
    """How many times as wide, around their middles, the ranges would have to be for ``LEVEL`` of them to hold.

    >>> stretch([(0, 2), (0, 4)], [3, 3])
    2.0
    """
    needed = sorted(abs(2 * x - low - high) / (high - low) for (low, high), x in zip(ranges, found, strict=True))
    return needed[math.ceil(LEVEL * len(needed)) - 1]


def luck(n: int, share: float = 0.05) -> int:
    """Fewest hits of ``n`` that calibrated ranges reach unless their luck is among the worst ``share`` of cases.

    >>> luck(10)
    7
    """
    chances = [math.comb(n, hits) * LEVEL**hits * (1 - LEVEL) ** (n - hits) for hits in range(n + 1)]
    return next(hits for hits in range(n + 1) if sum(chances[: hits + 1]) > share)
