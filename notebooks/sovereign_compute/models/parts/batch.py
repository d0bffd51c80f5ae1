"""A small batch machine, simulated: first come first served, EASY backfill, and a part kept for one class of users.

Times are hours, widths are places. One event costs about a microsecond, so ten thousand jobs can follow a slider.
"""

import math
from bisect import bisect_left, insort
from heapq import heapify, heappop, heappush, heapreplace
from typing import NamedTuple

import numpy as np

from .constants import PERCENT

WIDE_SHARE = 0.1
"""Every tenth job is wide: it asks for a quarter of the machine at once. A choice of the example."""
RESERVED_FILL = 0.5
"""The class with a part of its own brings half of what would fill it like the rest. A choice of the example."""
SEED = 25  # frozen, so that everybody sees the same jobs
DEPTH = 100
"""How far down the queue backfill looks, as real schedulers limit it."""


class Jobs(NamedTuple):
    """Jobs in the order of submission, each an array of shape (n,)."""

    arrival: np.ndarray
    runtime: np.ndarray
    estimate: np.ndarray
    width: np.ndarray
    favoured: np.ndarray


def workload(
    number,
    *,
    servers,
    offered_load,
    job_hours,
    arrival_variability,
    service_variability,
    runtime_overestimate=1.0,
    reserved_share=0.0,
    wide_share=WIDE_SHARE,
    seed=SEED,
) -> Jobs:
    """Random jobs that offer a load (percent) to a machine of so many places, the same for the same seed.

    Gaps and lengths are gamma distributed with the squared coefficients of variation given (0: all alike; 1: pure
    chance). Estimates are ``runtime_overestimate`` times too long on average, never too short. ``favoured`` marks
    narrow jobs of the class that ``reserved_share`` (percent) is for.
    """
    rng = np.random.default_rng(seed)
    kind, guess = rng.random(number), rng.random(number)
    gaps, runtime = (_spread(rng, number, scv) for scv in (arrival_variability, service_variability))
    width = np.where(kind < wide_share, widest(servers), 1)
    favoured_share = RESERVED_FILL * reserved_share * PERCENT * float(width.mean()) / (1 - wide_share)
    favoured = (kind >= wide_share) & (kind < wide_share + favoured_share * (1 - wide_share))
    between = job_hours * float(width.mean()) / (servers * offered_load * PERCENT)
    runtime = runtime * job_hours
    estimate = runtime * (1 + 2 * (runtime_overestimate - 1) * guess)
    return Jobs(np.cumsum(gaps * between), runtime, estimate, width, favoured)


def widest(servers: int) -> int:
    """Places that a wide job takes."""
    return max(1, int(servers) // 4)


def _spread(rng, number: int, scv: float) -> np.ndarray:
    """Positive random numbers with mean 1 and this squared coefficient of variation."""
    return rng.standard_gamma(1 / scv, number) * scv if scv > 0 else np.ones(number)


def first_come_first_served(jobs: Jobs, places: int) -> np.ndarray:
    """Start of each job if nobody ever overtakes: the first in line starts as soon as it fits; shape (n,)."""
    if len(jobs.width) and int(jobs.width.max()) == 1:
        return _first_come_narrow(jobs, places)
    running, starts, free, now = [], [], places, 0.0
    for arrival, runtime, width in zip(*(column.tolist() for column in jobs[:2]), jobs.width.tolist(), strict=True):
        now = max(now, arrival)
        while running and running[0][0] <= now:
            free += heappop(running)[1]
        while free < width:
            now, released = heappop(running)
            free += released
        free -= width
        heappush(running, (now + runtime, width))
        starts.append(now)
    return np.array(starts)


def _first_come_narrow(jobs: Jobs, places: int) -> np.ndarray:
    """The same where every job takes one place: it starts when the first place falls free."""
    until = [0.0] * places
    heapify(until)
    starts = []
    for arrival, runtime in zip(jobs.arrival.tolist(), jobs.runtime.tolist(), strict=True):
        start = max(arrival, until[0])
        heapreplace(until, start + runtime)
        starts.append(start)
    return np.array(starts)


class Backfilled(NamedTuple):
    """Start of each job, and the start promised to it when it came to the head of the queue (NaN: it never waited)."""

    start: np.ndarray
    promised: np.ndarray


def easy_backfill(jobs: Jobs, places: int, depth: int = DEPTH) -> Backfilled:
    """EASY backfill (Lifka 1995): a later job may overtake if it does not delay the first in line.

    When the first in line does not fit, it is promised the time at which, by the users' estimates, enough places will
    be free. A job behind it starts at once if it fits now and, by its own estimate, ends before that time or takes
    only places that the first will not need then.
    """
    arrival, runtime, estimate, width = (column.tolist() for column in jobs[:4])
    number = len(arrival)
    start, promised = [math.nan] * number, [math.nan] * number
    running: list[tuple[float, int]] = []  # heap of (end, job)
    expected: list[tuple[float, int]] = []  # sorted list of (end by the estimate, job)
    queue: list[int] = []
    free, next_job, now = places, 0, 0.0

    def begin(job: int) -> None:
        nonlocal free
        free -= width[job]
        start[job] = now
        heappush(running, (now + runtime[job], job))
        insort(expected, (now + estimate[job], job))

    while next_job < number or queue:
        arrives = next_job < number and (not running or arrival[next_job] < running[0][0])
        if arrives:
            now = arrival[next_job]
            queue.append(next_job)
            next_job += 1
        else:
            now = running[0][0]
            while running and running[0][0] <= now:
                done = heappop(running)[1]
                free += width[done]
                del expected[bisect_left(expected, (start[done] + estimate[done], done))]
        blocked = arrives and len(queue) > 1
        while queue and not blocked and width[queue[0]] <= free:
            begin(queue.pop(0))
        if len(queue) == 0 or free == 0:
            if queue and math.isnan(promised[queue[0]]):
                promised[queue[0]] = _reservation(expected, width, width[queue[0]] - free)[0]
            continue
        until, spare = _reservation(expected, width, width[queue[0]] - free)
        if math.isnan(promised[queue[0]]):
            promised[queue[0]] = until
        # Nothing changed for those who did not fit before: after an arrival only the newcomer is looked at.
        place = len(queue) - 1 if blocked else 1
        while place < len(queue) and place <= depth and free:
            job = queue[place]
            wide, ends = width[job], now + estimate[job]
            if wide <= free and (ends <= until or wide <= spare):
                if ends > until:
                    spare -= wide
                del queue[place]
                begin(job)
            else:
                place += 1
    return Backfilled(np.array(start), np.array(promised))


def _reservation(expected: list, width: list, missing: int) -> tuple[float, int]:
    """When ``missing`` more places will be free by the estimates, and how many of them will be to spare then."""
    for end, job in expected:
        missing -= width[job]
        if missing <= 0:
            return end, -missing
    raise AssertionError("a job wider than the machine")  # the workload never makes one


def reserved_part(jobs: Jobs, places: int, share: float) -> np.ndarray:
    """Start of each job if a share of the places (percent) is kept for the favoured class; shape (n,).

    Both parts are machines of their own with backfill; a place that is kept stays empty if nobody of the class comes.
    """
    kept = min(max(1, round(places * share * PERCENT)), places - 1) if share > 0 else 0
    if kept == 0:
        return easy_backfill(jobs, places).start
    starts = np.empty(len(jobs.arrival))
    for theirs, part in ((jobs.favoured, kept), (~jobs.favoured, places - kept)):
        starts[theirs] = easy_backfill(Jobs(*(column[theirs] for column in jobs)), part).start
    return starts


RULES = ("first come first served", "backfill", "reserved share")


def waits(jobs: Jobs, places: int, rule: int, reserved_share: float = 0.0) -> np.ndarray:
    """Hours that each job waits under one of the RULES; shape (n,)."""
    if rule == 0:
        start = first_come_first_served(jobs, places)
    elif rule == 1:
        start = easy_backfill(jobs, places).start
    else:
        start = reserved_part(jobs, places, reserved_share)
    return start - jobs.arrival


def mean_and_error(values: np.ndarray, batches: int = 20) -> tuple[float, float]:
    """Mean of values that depend on their neighbours, and its standard error from the means of batches.

    The first tenth is left out: the machine starts empty, so the first jobs wait too little.
    """
    kept = values[len(values) // 10 :]
    means = kept[: len(kept) // batches * batches].reshape(batches, -1).mean(axis=1)
    return float(means.mean()), float(means.std(ddof=1) / math.sqrt(batches))
