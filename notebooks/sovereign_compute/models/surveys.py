"""Why a mean of hundreds can stand on a handful of cases: returns with a heavy tail, asked of the successful only.

Method: the returns of projects that earned something are lognormal. A survey that asks only these prints their mean.
Left out: that respondents set their own denominator, and that revenue is not gain.
"""

import math
from typing import NamedTuple

import numpy as np

from .parts.constants import PERCENT
from .registry import Output, model

SEED = 2016  # frozen, so that everybody sees the same simulated surveys


class SurveyMean(NamedTuple):
    """Returns per unit of money, as a survey of successes prints them and as all projects have them."""

    printed: object
    middle: object
    everyone: object
    exaggeration: object


@model(
    "What a survey of successes prints",
    Output("printed", "Successes only, mean", "USD/USD", 0),
    Output("middle", "Successes only, median", "USD/USD", 0),
    Output("everyone", "All projects, mean", "USD/USD", 0),
    Output("exaggeration", "Mean divided by the median of the successes", "1", 0),
    monotone={"median_return": "+", "return_spread": "+"},
)
def survey_mean(*, median_return, return_spread, success_share) -> SurveyMean:
    """Mean and median of the returns of successes, and the mean over all projects if the others return nothing.

    A lognormal with median m and standard deviation s of the logarithm has the mean m exp(s² / 2). Returns are in USD
    per USD, ``success_share`` in percent. Source: any textbook of statistics.
    """
    exaggeration = math.e ** (return_spread**2 / 2)
    printed = median_return * exaggeration
    return SurveyMean(printed, median_return, printed * success_share * PERCENT, exaggeration)


def repeated_surveys(
    median_return: float, return_spread: float, size: int, repeats: int = 4_000, seed: int = SEED
) -> np.ndarray:
    """The means that repeated surveys of ``size`` successes would print, shape (repeats,); the same for one seed."""
    normal = np.random.default_rng(seed).standard_normal((repeats, size))
    return (median_return * np.exp(return_spread * normal)).mean(axis=1)


def share_of_largest(median_return: float, return_spread: float, size: int, repeats: int = 4_000) -> float:
    """Middle share of the largest single case in the sum of a survey of ``size`` successes, from 0 to 1."""
    returns = median_return * np.exp(return_spread * np.random.default_rng(SEED).standard_normal((repeats, size)))
    return float(np.median(returns.max(axis=1) / returns.sum(axis=1)))
