"""What AI may add to an economy: saved hours priced one by one, and the task model, beside a headline.

Two roads to one number. The first rebuilds a headline from its own parts: people × hours saved × value of an hour,
then the share of firms for which that holds, then the part of the hours that becomes output. The second is Hulten's
theorem as Acemoglu uses it: productivity rises by the share of tasks times the cost saved on them.
"""

import math
from typing import NamedTuple

import numpy as np

from .parts.constants import EUROS_PER_BILLION, PEOPLE_PER_MILLION, PERCENT
from .registry import Output, model


class AiGain(NamedTuple):
    """What AI adds in a year by two roads (billion EUR a year unless said otherwise)."""

    with_firms: object
    everybody: object
    put_to_use: object
    by_then: object
    adoption_then: object
    task_tfp: object
    task_gdp: object
    task_growth: object
    task_gain: object
    tasks_needed: object
    tasks_needed_invested: object


def adopted(now, speed, ceiling, years):
    """Share of firms after ``years`` on a logistic curve through the share ``now``, in the unit of ``now``.

    ``speed`` is the slope per year at the start of the curve; above the ceiling the share falls towards it. Floats,
    arrays of one shape, pint quantities and uncertain numbers alike.
    """
    # math.e to a power instead of np.exp, which does not take uncertain numbers.
    return ceiling / (1 + (ceiling / now - 1) * math.e ** (-speed * years))


def _over(share, saving):
    """``share / saving``, and infinite where nothing is saved: then no number of tasks is enough."""
    if isinstance(saving, np.ndarray):
        safe = np.where(saving == 0, 1.0, saving)
        return np.where(saving == 0, np.inf, share / safe)
    return share / saving if saving else np.inf


@model(
    "What AI adds, by two roads",
    Output("with_firms", "Hours saved, in the firms that use it", "BEUR/year", 0),
    Output("everybody", "Hours saved, if everybody at work saved them", "BEUR/year", 0),
    Output("put_to_use", "Hours put to use, in the firms that use it", "BEUR/year", 0),
    Output("by_then", "Hours put to use, in the firms reached by then", "BEUR/year", 0),
    Output("adoption_then", "Firms reached by the horizon", "percent", 0),
    Output("task_tfp", "Task model, productivity", "percent", 2),
    Output("task_gdp", "Task model, GDP", "percent", 2),
    Output("task_growth", "Task model, growth of GDP", "percent/year", 2),
    Output("task_gain", "Task model, in money", "BEUR/year", 0),
    Output("tasks_needed", "Tasks that the headline needs, productivity alone", "percent", 0),
    Output("tasks_needed_invested", "Tasks that the headline needs, with investment", "percent", 0),
    monotone={"adopting_firms": "+", "hours_saved": "+", "workers": "+", "value_per_hour": "+"},
    infinite=("tasks_needed", "tasks_needed_invested"),
)
def ai_gain(
    *,
    headline_gain,
    adopting_firms,
    hours_saved,
    workers,
    value_per_hour,
    hours_used,
    adoption_now,
    adoption_speed,
    adoption_ceiling,
    forecast_years,
    task_share,
    cost_saving,
    capital_response,
    gdp,
) -> AiGain:
    """Yearly gain from AI by saved hours and by tasks, and how many tasks a headline would need.

    Arguments are assumption ids in the units of ``data/assumptions.csv``; each may be a float, an array of draws, a
    pint quantity or an uncertain number. All gains are levels: so much more in every year from the horizon on, at
    today's prices and today's economy. Sources: Hulten (1978), Acemoglu (2024) for the tasks; for the hours the
    parts that the press gave of the study by IW Consult (2023). Left out: new products and tasks, the cost of
    introducing AI, demand, and what people do who lose their work.
    """
    everybody = workers * PEOPLE_PER_MILLION * hours_saved * value_per_hour / EUROS_PER_BILLION
    with_firms = everybody * adopting_firms * PERCENT
    reached = adopted(adoption_now, adoption_speed, adoption_ceiling, forecast_years)

    productivity = task_share * cost_saving * PERCENT
    output = productivity * capital_response
    needed = _over(headline_gain / gdp / PERCENT, cost_saving * PERCENT)
    return AiGain(
        with_firms=with_firms,
        everybody=everybody,
        put_to_use=with_firms * hours_used * PERCENT,
        by_then=everybody * reached * PERCENT * hours_used * PERCENT,
        adoption_then=reached,
        task_tfp=productivity,
        task_gdp=output,
        task_growth=output / forecast_years,
        task_gain=gdp * output * PERCENT,
        tasks_needed=needed,
        tasks_needed_invested=needed / capital_response,
    )
