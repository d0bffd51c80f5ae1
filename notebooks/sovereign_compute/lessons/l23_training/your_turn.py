"""Notebook 23, *Your turn*: all public runs as days of JUPITER, and what more chips on one model cost."""

import altair as alt
import pandas as pd

from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number

DAY = 24


def _runs() -> pd.DataFrame:
    """The published runs, as in the first cell."""
    return frames.data("training_runs")


def _values() -> pd.Series:
    """The course's values by id, as in the first cell."""
    return frames.data("assumptions").set_index("id").value


def _scale() -> pd.DataFrame:
    """Utilisation by number of chips, as in the first cell."""
    return frames.data("mfu_by_scale")


def days_of_jupiter() -> float:
    """The solution of 23.T1, in days."""
    runs, values = _runs(), _values()  # cell
    public = runs[runs.machine_kind == "public"]
    hours = public.chip_hours * public.peak_tflops / values["chip_peak"]
    return hours.sum() / values["gpus"] / 24


def kept_with_more_chips() -> alt.Chart:
    """The solution of 23.T2."""
    scale = _scale()  # cell
    tests = scale[(scale.kind == "benchmark") & scale.chips.notna()].sort_values("chips", kind="stable")
    models = tests.groupby("model")
    tests = tests.assign(kept=100 * tests.mfu_percent / models.mfu_percent.transform("first"))
    tests = tests[models.chips.transform("size") > 1]
    return (
        alt.Chart(tests, title="On more chips a small model loses about twice as much as a large one")
        .mark_line(point=True)
        .encode(
            x=alt.X("chips", title="Chips").scale(type="log"),
            y=alt.Y("kept", title="Utilisation kept, %").scale(zero=False),
            color=alt.Color("model", title="Model"),
        )
    )


def _days_in_words() -> str:
    runs, values = _runs(), _values()
    public = runs[runs.machine_kind == "public"]
    untold = public[public.chip_hours.isna()]
    operations = public.active_parameters_billion * public.tokens_trillion
    more = operations[untold.index].sum() / operations[public.chip_hours.notna()].sum()
    large = runs[runs.model == "Llama 3.1 405B"]
    one = (large.chip_hours * large.peak_tflops).sum() / values["chip_peak"] / values["gpus"] / DAY
    days = days_of_jupiter()
    return (
        f"The whole of JUPITER would do all {public.chip_hours.notna().sum()} public runs of which hours are known in "
        f"{number(days, 0)} days. Of {len(untold)} more no hours were published; by the parameters and tokens that are "
        f"known they would take {number(days * more, 0)} days. Llama 3.1 405B alone, one run of one firm, would take "
        f"{number(one, 0)}. For what public machines have trained so far JUPITER is large; for one such run it is not."
    )


def _kept_in_words() -> str:
    kept = _kept().set_index(["model", "chips"]).kept
    last = kept.groupby("model").last()
    tests = last[last.index.str.startswith("MPT")]
    billions = tests.index.str.extract(r"(\d+)b")[0].astype(int).to_numpy()
    small, large = 100 - tests[billions < 10], 100 - tests[billions >= 10]
    far = kept["GPT-3 175B strong scaling"]
    return (
        f"From 128 to 512 chips, the three models below 10 billion parameters lose {_span(small)} % of their "
        f"utilisation, the three above it {_span(large)} %. From {far.index[0]} to {far.index[-1]:,} chips the largest "
        f"one keeps {number(far.iloc[-1], 0)} %. So many chips cost a large model a tenth, and not a half. The larger "
        "ones compute a part twice (hfu_percent is above mfu_percent), which hides some of the waiting. These are "
        "benchmarks of two makers; between the runs on the wall the effect drowns in all else that differs."
    )


def _span(lost: pd.Series) -> str:
    return f"{number(lost.min(), 0)} to {number(lost.max(), 0)}"


# What usual mistakes give


def _days(
    kinds: tuple[str, ...] = ("public",), peak: str | None = "peak_tflops", per: str | None = "chip_peak", **other
) -> float:
    """Days on all of JUPITER for the runs on machines of these kinds; other columns may be counted."""
    runs, values = _runs(), _values()
    runs = runs[runs.machine_kind.isin(kinds)]
    for column, value in other.items():
        runs = runs[runs[column] == value]
    hours = runs.chip_hours * (runs[peak] if peak else 1) / (values[per] if per else 1)
    return hours.sum() / values["gpus"] / DAY


def _upside_down() -> float:
    public = _runs().query("machine_kind == 'public'")
    return (public.chip_hours / public.peak_tflops * _values()["chip_peak"]).sum() / _values()["gpus"] / DAY


def _by_operations() -> float:
    """As if every operation ran at the peak."""
    public = _runs().query("machine_kind == 'public'")
    return public.flop.sum() / (_values()["gpus"] * _values()["chip_peak"] * 1e12) / 3600 / DAY


def _kept(kind: str = "benchmark", column: str = "mfu_percent", alone: bool = False, of: str = "first") -> pd.DataFrame:
    scale = _scale()
    tests = scale[(scale.kind == kind) & scale.chips.notna()].sort_values("chips", kind="stable")
    models = tests.groupby("model")
    tests = tests.assign(kept=100 * tests[column] / models[column].transform(of))
    return tests if alone else tests[models.chips.transform("size") > 1]


def _lines(rows: pd.DataFrame) -> alt.Chart:
    return alt.Chart(rows).mark_line().encode(x="chips", y="kept", color="model")


TASKS = (
    Task(
        id="23.T1",
        question=(
            "How many days would the whole of JUPITER need for all runs on public machines (machine_kind) together, if "
            "it did no better than they? Take those whose chip_hours are known. An hour on a chip counts as much as "
            "its peak (peak_tflops) is of JUPITER's. The number of JUPITER's chips (gpus) and their peak (chip_peak) "
            "are in values. Give one number."
        ),
        expected=days_of_jupiter,
        finding=_days_in_words,
        hints=(
            "First the hours that JUPITER's chips would take, run by run. Add up, then share them among all chips.",
            "A chip with a third of the peak does in three hours what a chip of JUPITER does in one.",
        ),
        mistakes=(
            (lambda: _days(peak=None, per=None), "Every chip counts alike in it: weigh the hours by the peaks."),
            (_upside_down, "Upside down: an hour on a slower chip is less than an hour on JUPITER's."),
            (
                lambda: _days(("public", "cloud", "own")),
                "All runs are in it; only those on public machines are asked for.",
            ),
            (lambda: _days(("own",)), "Those are the runs on machines that their makers own."),
            (lambda: _days(("cloud",)), "Those are the runs on rented machines."),
            (lambda: _days(grade="A"), "Only the runs of grade A are in it; take all whose hours are known."),
            (
                _by_operations,
                "That divides operations by the peak, as if nothing were lost. The hours contain what is: start there.",
            ),
            (lambda: _days() * _values()["gpus"], "Those are days of a single chip: share them among all chips."),
            (lambda: _days() / 7, "Those are weeks."),
        ),
    ),
    Task(
        id="23.T2",
        question=(
            "How much of its utilisation does a model keep when more chips work on it? Take the rows of kind benchmark "
            "whose number of chips is known, and of these the models with at least two. What a model reaches on the "
            "fewest chips is 100 per cent. Draw lines: the chips along one axis, per cent kept along the other, the "
            "models by colour. State the finding as title."
        ),
        expected=kept_with_more_chips,
        finding=_kept_in_words,
        hints=(
            "Sort by chips, group by model; transform('first') gives each row the first value of its model.",
            "transform('size') counts the rows of each model; keep those above one.",
        ),
        mistakes=(
            (lambda: _lines(_kept(alone=True)), "Models with a single number of chips are among them: leave them out."),
            (
                lambda: _lines(_kept("production")),
                "Those are rows of kind production, where the runs differ in more than the chips.",
            ),
            (
                lambda: _lines(_kept(of="last")),
                "What is reached on the most chips is 100 per cent in it; the fewest are asked for.",
            ),
            (
                lambda: _lines(_kept(of="mean")),
                "The mean of a model is 100 per cent in it; what it reaches on the fewest chips is asked for.",
            ),
            (lambda: _lines(_kept().assign(kept=lambda rows: rows.mfu_percent)), "That is the utilisation; divide it."),
            (
                lambda: _lines(_kept().assign(kept=lambda rows: 100 - rows.kept)),
                "That is what is lost; what is kept is asked for.",
            ),
        ),
    ),
)
