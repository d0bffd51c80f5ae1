"""A logistic curve through a short series of shares, with the interval that so few points leave.

The share divided by its ceiling is turned into log odds; these lie on a straight line if the curve is logistic. The
line is fitted by least squares; its band is Student's, with as many degrees of freedom as there are points beyond two.
"""

import math
from dataclasses import dataclass

import numpy as np

from ...errors import CourseError

BAND = 0.90


@dataclass(frozen=True)
class Curve:
    """A fitted curve: ``share = ceiling / (1 + exp(-(at_mean + speed (year - mean))))``.

    ``speed`` is per year, ``ceiling`` in percent; ``spread`` is the standard deviation of the log odds around the
    line, ``squares`` the sum of squared distances of the years from their mean, ``count`` the number of points.
    """

    ceiling: float
    at_mean: float
    speed: float
    mean: float
    spread: float
    squares: float
    count: int

    @property
    def reach(self) -> float:
        """Student's factor of the 90 % band."""
        from scipy.special import stdtrit  # scipy is loaded only where it is needed

        return float(stdtrit(self.count - 2, (1 + BAND) / 2))

    @property
    def speed_band(self) -> tuple[float, float]:
        """P5 and P95 of the speed."""
        half = self.reach * self.spread / math.sqrt(self.squares)
        return self.speed - half, self.speed + half

    def share(self, year):
        """Share in percent in a year (a number or an array)."""
        return self._share(self._line(year))

    def band(self, year, observation: bool = False):
        """P5 and P95 of the curve in a year; of a new observation there, which scatters around it, if asked for."""
        error = np.sqrt(1 / self.count + (np.asarray(year, float) - self.mean) ** 2 / self.squares + observation)
        half = self.reach * self.spread * error
        return self._share(self._line(year) - half), self._share(self._line(year) + half)

    def year(self, share: float) -> float:
        """When the curve passes a share; infinite if it never does."""
        if not 0 < share < self.ceiling or self.speed <= 0:
            return math.inf
        return self.mean + (math.log(share / (self.ceiling - share)) - self.at_mean) / self.speed

    def _line(self, year):
        return self.at_mean + self.speed * (np.asarray(year, float) - self.mean)

    def _share(self, odds):
        return self.ceiling / (1 + np.exp(-odds))


def fit(years, shares, ceiling: float) -> Curve:
    """The curve through at least three (year, share in percent) points below a ceiling in percent.

    CourseError for fewer points, or a share that is not between zero and the ceiling.
    """
    years, shares = np.asarray(years, float), np.asarray(shares, float)
    if len(years) < 3:
        raise CourseError(f"a curve with its interval needs at least 3 points, not {len(years)}")
    if not ((shares > 0) & (shares < ceiling)).all():
        raise CourseError(f"every share must lie between 0 and the ceiling of {ceiling:g} %")
    odds = np.log(shares / (ceiling - shares))
    mean, squares = years.mean(), ((years - years.mean()) ** 2).sum()
    if squares == 0:
        raise CourseError("a curve needs points of at least two years")
    speed = ((years - mean) * odds).sum() / squares
    rest = odds - odds.mean() - speed * (years - mean)
    spread = math.sqrt((rest**2).sum() / (len(years) - 2))
    return Curve(ceiling, float(odds.mean()), float(speed), float(mean), spread, float(squares), len(years))
