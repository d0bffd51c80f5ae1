"""How long a job waits in a queue: closed forms for many places that serve one line."""

from typing import NamedTuple

import numpy as np

from .parts.constants import PERCENT
from .parts.special import in_one_step
from .registry import Output, model


class QueueWait(NamedTuple):
    """Waiting in a queue at a steady load; hours, percent and counts."""

    wait: object
    wait_random: object
    probability: object
    stretch: object
    waiting_jobs: object


@in_one_step()
def erlang_c(servers, load):
    """Probability that a job has to wait (Erlang 1917), for whole ``servers`` and ``load`` per server below 1.

    Each may be a number or an array; ``load`` is above 0. Arrivals and lengths are pure chance (exponential). The
    recursion of Erlang's loss formula, ``1 / B = 1 + k / (a B)``, never meets a factorial.
    """
    # The inverse stands once in each step: an uncertain number would be traced twice otherwise, a million times in all.
    offered, inverse = servers * load, 1.0
    for k in range(1, round(float(np.max(servers))) + 1):
        step = 1 + k * inverse / offered
        inverse = np.where(k <= servers, step, inverse) if isinstance(servers, np.ndarray) else step
    blocked = 1 / inverse
    return blocked / (1 - load * (1 - blocked))


@model(
    "How long a job waits in the queue",
    Output("wait", "Wait of a job", "hour", 1),
    Output("wait_random", "Wait of a job if all were pure chance", "hour", 1),
    Output("probability", "Jobs that have to wait", "percent", 0),
    Output("stretch", "From submission to end, in lengths of the job", "1", 2),
    Output("waiting_jobs", "Jobs in the queue", "1", 1),
    monotone={
        "servers": "-",
        "offered_load": "+",
        "job_hours": "+",
        "arrival_variability": "+",
        "service_variability": "+",
    },
)
def queue_wait(
    *,
    servers,
    offered_load,
    job_hours,
    arrival_variability,
    service_variability,
    queue_rule,
    runtime_overestimate,
    reserved_share,
) -> QueueWait:
    """Mean wait when every job takes one place and the first come is the first served.

    Method: Erlang C for pure chance, times the mean of both squared coefficients of variation (Allen and Cunneen), an
    approximation that is exact for pure chance and for one server with random arrivals. Hours, percent, counts. Left
    out: jobs that need many places at once. There no closed form helps, and the last three arguments, which no formula
    knows, begin to matter: the panel simulates them with `batch`.
    """
    load = offered_load * PERCENT
    probability = erlang_c(servers, load)
    random = probability / (servers * (1 - load)) * job_hours
    wait = random * (arrival_variability + service_variability) / 2
    return QueueWait(
        wait=wait,
        wait_random=random,
        probability=probability / PERCENT,
        stretch=(wait + job_hours) / job_hours,
        waiting_jobs=wait * servers * load / job_hours,
    )
