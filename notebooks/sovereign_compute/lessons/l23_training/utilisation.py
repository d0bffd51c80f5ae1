"""How the predictions of training hours are shown: the wall of all runs, its table, and what each class reaches."""

from functools import partial

import altair as alt

from ...analysis.evaluation import evaluation_of
from ...display import kinds
from ...display.charts import GREY, ORANGE, WIDTH
from ...display.tables import Column, Table
from ...inputs.wording import number, signed
from ...models.parts.utilisation import CHIPS, KINDS, Test, expected, graded, summary, wall
from ...models.training import training_time

INSIDE, OUTSIDE = "inside the interval", "outside"
WORDS = {"public": "public", "cloud": "rented", "own": "company"}
"""Whose machine it is, as a table says it."""


def _percent(share: float) -> str:
    return f"{number(100 * share, 0)} %"


def _hours(hours: float) -> str:
    """Hours in thousands or millions, three significant figures."""
    return f"{hours / 1e6:.3g} million" if hours >= 1e6 else f"{hours / 1e3:.3g} thousand"


def _sorted(tests: tuple[Test, ...]) -> list[Test]:
    return sorted(tests, key=lambda test: test.error, reverse=True)


def wall_chart(leave_out: str = "organisation") -> alt.LayerChart:
    """Every graded run: the predicted interval and middle, as multiples of the hours that it really took."""
    tests = wall(leave_out)
    rows = [
        {
            "run": f"{test.run.model} ({test.run.chip})",
            "low": test.low / test.run.hours,
            "ratio": test.predicted / test.run.hours,
            "high": test.high / test.run.hours,
            "found": INSIDE if test.inside else OUTSIDE,
        }
        for test in _sorted(tests)
    ]
    found = summary(tests)
    base = alt.Chart(alt.Data(values=rows))
    item = alt.Y(
        "run:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False, labelFontSize=11, labelPadding=8)
    )
    ticks = alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5], format="~g")
    across = alt.X(
        "ratio:Q", title="Predicted over actual GPU-hours (times)", scale=alt.Scale(type="log", nice=False), axis=ticks
    )
    top = alt.Legend(orient="top")
    colours = alt.Scale(domain=[INSIDE, OUTSIDE], range=[GREY, ORANGE])
    look = alt.Color("found:N", title="Actual hours", scale=colours, legend=top)
    shapes = alt.Scale(domain=[INSIDE, OUTSIDE], range=["circle", "square"])
    shape = alt.Shape("found:N", title="Actual hours", scale=shapes, legend=top)
    band = base.mark_rule(strokeWidth=3, opacity=0.45).encode(y=item, x="low:Q", x2="high:Q", color=look)
    points = base.mark_point(filled=True, size=60, opacity=1).encode(y=item, x=across, color=look, shape=shape)
    actual = alt.Chart(alt.Data(values=[{"at": 1}])).mark_rule(strokeDash=[6, 4], strokeWidth=2).encode(x="at:Q")
    missed = [test.run.model for test in tests if not test.inside]
    held = found.runs - len(missed)
    return kinds.titled(
        alt.layer(band, points, actual).properties(width=WIDTH - 220, height=alt.Step(16)),
        f"In the middle case the model misses by {_percent(found.median_error)}; {held} of {found.runs} runs lie "
        "inside",
        "Point: predicted from the runs of other makers. Line: 90 % interval. Dashed: what the run took.",
        f"{found.runs} published runs, each predicted from the runs of others: the median error is "
        f"{_percent(found.median_error)}, {_percent(found.coverage)} of the actual hours lie in the 90 % interval, "
        f"whose upper end is {number(found.width, 1)} times its lower end. Outside: {', '.join(missed)}.",
    )


def wall_table(leave_out: str = "organisation", only_outside: bool = False) -> Table:
    """Every graded run with predicted and actual GPU-hours, the interval and the error; or only those it misses."""
    rows = [
        (
            test.run.model,
            test.run.grade,
            f"{test.run.chip_class}, {WORDS[test.run.machine_kind]}",
            *(1e6 * million for million in (test.run.hours, test.predicted, test.low, test.high)),
            100 * test.error,
            "inside" if test.inside else "outside",
        )
        for test in _sorted(wall(leave_out))
    ]
    columns = [
        *("Run", "Grade", "Class"),
        *(Column("Actual hours", _hours), Column("Predicted", _hours, of=("Predicted, hours",))),
        Column("90 % interval", lambda low, high: f"{_hours(low)} to {_hours(high)}", of=("Low, hours", "High, hours")),
        *(Column("Error", partial(signed, digits=0), unit="%"), "Actual lies"),
    ]
    table = Table(rows, "All runs of grade A and B against their predictions", columns)
    if only_outside:
        return Table(table.frame[table["Actual lies"] == "outside"], "The runs outside their interval", columns[:-1])
    return table


def wall_summary() -> Table:
    """Error, coverage and width: of all runs, of two rivals, by class, and when only the run itself is left out."""
    tests = wall()
    groups = [("All runs, maker left out", tests), ("The same with one constant for all", wall(method="constant"))]
    groups += [("The same with chips per parameter, too", wall(method="density"))]
    groups += [("All runs, only the run left out", wall("run"))]
    groups += [(f"Grade {grade}", tuple(t for t in tests if t.run.grade == grade)) for grade in ("A", "B")]
    groups += [(f"{chip}s", tuple(t for t in tests if t.run.chip_class == chip)) for chip in CHIPS]
    groups += [(f"{WORDS[kind]} machines", tuple(t for t in tests if t.run.machine_kind == kind)) for kind in KINDS]
    rows = []
    for name, group in groups:
        found = summary(group)
        inside = sum(test.inside for test in group)
        rows.append(
            (
                name[0].upper() + name[1:],
                found.runs,
                100 * found.median_error,
                found.factor,
                100 * found.bias,
                inside,
                100 * found.coverage,
                found.width,
            )
        )
    columns = [
        *("Runs", "Number", Column("Median error", 0, unit="%"), Column("Usual factor", 2, unit="times")),
        Column("Too long (+) or short", partial(signed, digits=0), unit="%"),
        Column("Inside", "{} of {} ({:.0f} %)".format, of=("Inside", "Number", "Inside, %")),
        Column("Width (high over low)", 1, unit="times"),
    ]
    return Table(rows, "How good the predictions are", columns)


def class_table(**changes) -> Table:
    """What each class of chip and machine turns into useful work, and the weeks that the scenario takes at that.

    The part is one of the 16-bit peak, in whatever precision a run was done, so ``precision`` changes nothing here.
    """
    values = evaluation_of(training_time, changes, band=False).values
    rows = []
    for chip in CHIPS:
        for kind in KINDS:
            known = [run for run in graded() if (run.chip_class, run.machine_kind) == (chip, kind)]
            found = expected(chip, kind)
            weeks = [
                training_time(
                    **{**values, "precision": 0, "model_flop_utilisation": 100 * share, "goodput": 100.0}
                ).weeks
                for share in (found.middle, found.high, found.low)
            ]
            rows.append(
                (
                    chip,
                    WORDS[kind],
                    len(known),
                    *(100 * share for share in (found.middle, found.low, found.high)),
                    *weeks,
                )
            )
    columns = [
        *("Chip", "Machine", "Runs", Column("Useful part of the peak", 0, unit="%")),
        Column("90 % interval", "{:.0f} % to {:.0f} %".format, of=("Low, %", "High, %")),
        *(Column("Weeks", 0), Column("90 % interval, weeks", 0, of=("Low, weeks", "High, weeks"))),
    ]
    return Table(rows, "What a whole run makes of the peak, lost time included", columns)
