"""How likely a disruption is, learned from few events: a Beta distribution before, counted years, a Beta after.

Method: each year either has a disruption or has none. A belief that stands for ``a`` years with one and ``b`` without
is Beta(a, b); ``k`` years with and ``m - k`` without make it Beta(a + k, b + m - k). Source: any textbook of Bayesian
statistics; the prior is chosen, not measured.
"""

from typing import NamedTuple

from .parts.constants import COMPOUNDING_PERIOD, PERCENT
from .parts.special import exp, log_gamma, smaller
from .registry import Output, model


class DisruptionBelief(NamedTuple):
    """Probability of a disruption in a year, after and before the events, its uncertainty, and over the horizon."""

    mean: object
    prior: object
    deviation: object
    ever: object


def updated(prior_events, prior_years, observed_events, observed_years) -> tuple:
    """The two parameters of the Beta distribution after the events, as plain numbers of years with and without one.

    ``prior_years`` and ``observed_years`` are in years, the events numbers. More events than years count as one in
    every year, because the model asks of each year only whether it had one.
    """
    years = observed_years / COMPOUNDING_PERIOD
    events = smaller(observed_events, years)
    return prior_events + events, prior_years / COMPOUNDING_PERIOD + years - events


def interval(a: float, b: float) -> tuple[float, float]:
    """P5 and P95 of a Beta distribution, in percent."""
    from scipy.special import betaincinv  # scipy costs a quarter of a second: only when it is needed

    low, high = (float(betaincinv(a, b, at)) / PERCENT for at in (0.05, 0.95))
    return low, high


@model(
    "How likely a disruption is",
    Output("mean", "Probability after counting the events", "percent/year", 1),
    Output("prior", "Probability believed before", "percent/year", 1),
    Output("deviation", "Standard deviation after", "percent/year", 1),
    Output("ever", "Chance of at least one within the horizon", "percent", 0),
    monotone={"prior_events": "+", "prior_years": "-", "observed_events": "+"},
)
def disruption_belief(
    *, prior_events, prior_years, observed_events, observed_years, planning_years
) -> DisruptionBelief:
    """Probability of a disruption in a year after counting events, and of at least one within the horizon.

    Arguments are assumption ids in the units of ``data/assumptions.csv``. ``ever`` averages over all probabilities
    that are still possible, so it is lower than what the mean alone would give: a belief that may be far too high or
    too low has more mass on quiet horizons. Left out: that events come in bunches, that the past may be no guide, and
    that an event for one user of millions is not one for all of them.
    """
    a, b = updated(prior_events, prior_years, observed_events, observed_years)
    mean, years = a / (a + b), planning_years / COMPOUNDING_PERIOD
    quiet = exp(log_gamma(b + years) + log_gamma(a + b) - log_gamma(b) - log_gamma(a + b + years))
    per_year = 1 / COMPOUNDING_PERIOD / PERCENT
    return DisruptionBelief(
        mean=mean * per_year,
        prior=prior_events / (prior_events + prior_years / COMPOUNDING_PERIOD) * per_year,
        deviation=(mean * (1 - mean) / (a + b + 1)) ** 0.5 * per_year,
        ever=(1 - quiet) / PERCENT,
    )
