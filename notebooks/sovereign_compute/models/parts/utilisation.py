"""Which part of the peak whole training runs turn into useful work: estimated from published runs, tested on others.

Method: a run's utilisation is six operations per parameter and token over GPU-hours times peak, so it contains every
loss that the hours contain. Its logarithm is modelled as a mean plus an effect of the chip (with or without 8-bit
units) and one of the kind of machine. The effects are pulled towards zero as if each class held ``PRIOR_RUNS`` average
runs more (ridge regression), because some classes hold two. Two rivals are tried in the same way: one constant for all
runs, and the classes with chips per parameter (`METHODS`). The interval is Student's, for one new run. What is
predicted never takes part in its own estimate. Runs of grade C (assumed) and X (circular) take no part at all.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from ...errors import CourseError
from ...inputs import data
from .constants import GPUS_PER_MILLION, SECONDS_PER_HOUR, TERAFLOPS_PER_YOTTAFLOP, TRAINING_OPERATIONS

GRADES = ("A", "B")
KINDS = ("public", "cloud", "own")
CHIPS = ("16-bit chip", "8-bit chip")
METHODS = ("classes", "constant", "density")
"""What a prediction rests on: chip and machine; nothing; or chip, machine and chips per parameter (logarithm, in
standard deviations of the runs that it is learned from, where a run that does not say its chips counts as average)."""
PRIOR_RUNS = 2.0
TAIL = 0.05


@dataclass(frozen=True)
class Run:
    """One published run: what it took, on what, and what part of the peak that makes (a share of one)."""

    id: str
    model: str
    organisation: str
    chip: str
    chip_class: str
    machine: str
    machine_kind: str
    grade: str
    hours: float
    peak: float
    compute: float
    density: float | None = None
    """Chips for each billion parameters that a token passes through; None if the chips were not published."""

    @property
    def utilisation(self) -> float:
        """Useful operations over all that the hours could have held."""
        return self.hours_at(1.0) / self.hours

    def hours_at(self, utilisation: float) -> float:
        """GPU-hours of the run (million) at another utilisation, a share of one."""
        seconds = self.compute * TERAFLOPS_PER_YOTTAFLOP / (self.peak * utilisation)
        return seconds / SECONDS_PER_HOUR / GPUS_PER_MILLION


@dataclass(frozen=True)
class Range:
    """A predicted share of the peak: the middle and the 90 % interval for one new run."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Test:
    """One run against its prediction; hours in million GPU-hours."""

    run: Run
    low: float
    predicted: float
    high: float

    @property
    def error(self) -> float:
        """Predicted over actual hours, less one."""
        return self.predicted / self.run.hours - 1

    @property
    def inside(self) -> bool:
        """Whether the actual hours lie in the predicted interval."""
        return self.low <= self.run.hours <= self.high


@dataclass(frozen=True)
class Summary:
    """How well the predictions of some runs did: errors and coverage as shares of one, width as high over low.

    ``factor`` is the geometric mean of how many times too long or too short the predictions are, 1 for none.
    """

    runs: int
    median_error: float
    bias: float
    factor: float
    coverage: float
    width: float


@cache
def graded() -> tuple[Run, ...]:
    """The runs that may test or calibrate anything, in the order of the table."""
    with_8_bits = {row["id"]: row["fp8_dense_tflops"] is not None for row in data.records("chips")}
    return tuple(
        Run(
            id=row["id"],
            model=row["model"],
            organisation=row["organisation"],
            chip=row["chip"],
            chip_class=CHIPS[with_8_bits[row["chip_id"]]],
            machine=row["machine"],
            machine_kind=row["machine_kind"],
            grade=row["grade"],
            hours=row["chip_hours"] / GPUS_PER_MILLION,
            peak=row["peak_tflops"],
            compute=row["active_parameters_billion"] * row["tokens_trillion"] * TRAINING_OPERATIONS,
            density=row["chips"] and row["chips"] / row["active_parameters_billion"],
        )
        for row in data.records("training_runs")
        if row["grade"] in GRADES
    )


def _features(chip_class: str, machine_kind: str, density: float | None, scale, method: str) -> np.ndarray:
    if chip_class not in CHIPS:
        raise CourseError(f"there is no class of chips {chip_class!r}; there are {', '.join(CHIPS)}")
    if machine_kind not in KINDS:
        raise CourseError(f"there is no kind of machine {machine_kind!r}; there are {', '.join(KINDS)}")
    if method not in METHODS:
        raise CourseError(f"a prediction rests on {', '.join(METHODS)}, not on {method!r}")
    if method == "constant":
        return np.array([1.0])
    effects = [1.0, *(chip_class == c for c in CHIPS), *(machine_kind == k for k in KINDS)]
    if method == "density":
        middle, spread = scale
        effects.append(0.0 if density is None else (np.log(density) - middle) / spread)
    return np.array(effects)


def expected(
    chip_class: str,
    machine_kind: str,
    runs: tuple[Run, ...] | None = None,
    method: str = "classes",
    density: float | None = None,
) -> Range:
    """Utilisation of one new run on such chips in such a machine, estimated from ``runs`` (all graded ones if None).

    ``method`` is one of `METHODS`; the simpler and the richer one are the rivals against which the classes have to earn
    their place. ``density`` is the new run's, chips per billion parameters.

    CourseError for an unknown class or method, or fewer than eight runs to learn from.
    """
    from scipy.special import stdtrit  # scipy costs a quarter of a second: only when it is needed

    runs = graded() if runs is None else runs
    if len(runs) < 8:
        raise CourseError(f"{len(runs)} runs are too few to estimate a range from; at least 8 are needed")
    densities = np.log([run.density for run in runs if run.density is not None])
    scale = (densities.mean(), densities.std()) if method == "density" else None
    new = _features(chip_class, machine_kind, density, scale, method)
    known = np.array([_features(run.chip_class, run.machine_kind, run.density, scale, method) for run in runs])
    logs = np.log([run.utilisation for run in runs])
    pull = PRIOR_RUNS * np.diag([0.0] + [1.0] * (known.shape[1] - 1))
    inverse = np.linalg.inv(known.T @ known + pull)
    effects = inverse @ known.T @ logs
    freedom = len(runs) - np.trace(known @ inverse @ known.T)
    variance = float(((logs - known @ effects) ** 2).sum() / freedom)
    middle = float(new @ effects)
    reach = float(-stdtrit(freedom, TAIL)) * (variance * (1 + new @ inverse @ new)) ** 0.5
    return Range(*(float(np.exp(end)) for end in (middle - reach, middle, middle + reach)))


@cache
def wall(leave_out: Literal["organisation", "run"] = "organisation", method: str = "classes") -> tuple[Test, ...]:
    """Every graded run predicted from the others: without it, or without any run of whoever made it.

    ``method`` is what the predictions rest on, one of `METHODS`.
    """
    if leave_out not in ("organisation", "run"):
        raise CourseError(f"left out is the 'organisation' or the 'run', not {leave_out!r}")
    tests = []
    for run in graded():
        others = tuple(
            r for r in graded() if r is not run and (leave_out == "run" or r.organisation != run.organisation)
        )
        found = expected(run.chip_class, run.machine_kind, others, method, run.density)
        tests.append(Test(run, run.hours_at(found.high), run.hours_at(found.middle), run.hours_at(found.low)))
    return tuple(tests)


def summary(tests: tuple[Test, ...]) -> Summary:
    """Median absolute error, median error, usual factor, coverage and median width of some tests."""
    if not tests:
        raise CourseError("there is no run to sum up")
    errors = np.array([test.error for test in tests])
    return Summary(
        runs=len(tests),
        median_error=float(np.median(np.abs(errors))),
        bias=float(np.median(errors)),
        factor=float(np.exp(np.mean(np.abs(np.log1p(errors))))),
        coverage=float(np.mean([test.inside for test in tests])),
        width=float(np.median([test.high / test.low for test in tests])),
    )
