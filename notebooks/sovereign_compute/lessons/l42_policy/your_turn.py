"""Notebook 42, *Your turn*: what it is worth to know beforehand, and how well each outcome is founded."""

import altair as alt
import pandas as pd

from ...analysis.sensitivity import tornado
from ...analysis.simulation import simulate
from ...controls.tasks import Task
from ...inputs import frames
from ...inputs.wording import number
from ...models.policy import policy_portfolio

OUTCOMES = ["carbon", "science_hours", "first_place", "extra"]
"""Those that the first cell takes, from what it emits to what it is for."""
CLASSES = 20


def worth_of_knowing() -> float:
    """The solution of 42.T1, in million EUR."""
    futures = _futures()  # cell
    return futures.net_value.clip(lower=0).mean() - futures.net_value.mean()


def evidence_of_outcomes() -> alt.Chart:
    """The solution of 42.T2."""
    swings, evidence = _swings(), _evidence()  # cell
    known = swings.merge(evidence, left_on="assumption", right_on="id")
    parts = known.groupby(["outcome", "tier"]).span.sum().reset_index()
    parts["share"] = 100 * parts.span / parts.groupby("outcome").span.transform("sum")
    return (
        alt.Chart(parts, title="CO2 rests mostly on printed numbers, the start-ups saved on judgement")
        .mark_bar()
        .encode(
            x=alt.X("share", title="Part of the swings, %"),
            y=alt.Y("outcome", title="Outcome"),
            color=alt.Color("tier", title="Evidence"),
        )
    )


def _futures() -> pd.DataFrame:
    """One row for each future, one column for each outcome, as the first cell has them."""
    return pd.DataFrame(simulate(policy_portfolio).draws)


def _swings() -> pd.DataFrame:
    """How far each assumption alone moves each of four outcomes, as the first cell has it."""
    found = {name: tornado(policy_portfolio, output=name) for name in OUTCOMES}
    return pd.concat(found, names=["outcome"]).reset_index("outcome")


def _evidence() -> pd.DataFrame:
    return frames.data("assumptions")[["id", "tier"]]


def _knowing_in_words() -> str:
    futures = _futures()
    spent, own = (frames.data("assumptions").set_index("id").value[id] for id in ("spend_evaluation", "budget"))
    classes = futures.groupby(pd.qcut(futures.extra, CLASSES)).net_value.mean()
    return (
        f"The budget is {number(own)} million. To know the whole future before it is spent would be worth "
        f"{number(worth_of_knowing(), 0)} million, and no study can be worth more for this one decision. To know no "
        f"more than how many start-ups it saves, in {CLASSES} classes, would be worth about "
        f"{number(classes.clip(lower=0).mean() - classes.mean(), 0)} million. The portfolio has {number(spent)} "
        "million for evaluation, and that comes after the money is spent. Whoever can also choose among portfolios "
        "gains more by knowing."
    )


def _evidence_in_words() -> str:
    parts = _parts(_known())
    judged = parts[parts.tier == "judgement"].set_index("outcome").share
    return (
        f"Of what moves the start-ups saved, {number(judged['extra'], 0)} % is judgement. It is "
        f"{number(judged['science_hours'], 0)} % for the hours of science, and {number(judged['carbon'], 0)} % for "
        "CO2. The CO2 rests mostly on numbers that were printed, or follow from such; the purpose rests on what we "
        "believe. Each assumption was moved alone, so what two do together is not in it."
    )


# What usual mistakes give


def _net() -> pd.Series:
    return _futures().net_value


def _known(swings: pd.DataFrame | None = None) -> pd.DataFrame:
    return (_swings() if swings is None else swings).merge(_evidence(), left_on="assumption", right_on="id")


def _parts(known: pd.DataFrame) -> pd.DataFrame:
    """Per cent of the swings of each outcome, by evidence."""
    parts = known.groupby(["outcome", "tier"]).span.sum().reset_index()
    return parts.assign(share=100 * parts.span / parts.groupby("outcome").span.transform("sum"))


def _counted(known: pd.DataFrame) -> pd.DataFrame:
    return _parts(known.assign(span=1.0))


def _chart_of(parts: pd.DataFrame) -> alt.Chart:
    """The chart of 42.T2 with other numbers."""
    return alt.Chart(parts).mark_bar().encode(x="share", y="outcome", color="tier")


def _of_all() -> pd.DataFrame:
    """The swings of an outcome in per cent of those of all outcomes."""
    parts = _parts(_known())
    return parts.assign(share=100 * parts.span / parts.span.sum())


TASKS = (
    Task(
        id="42.T1",
        question=(
            "What would it be worth to know the future first? Who knows it spends the money only where net_value is "
            "above zero, and nothing otherwise. By how many million EUR is the mean over all futures then higher than "
            "for somebody who spends it always? Give a number."
        ),
        expected=worth_of_knowing,
        finding=_knowing_in_words,
        hints=(
            "Where nothing is spent, net_value is zero: the future stays in the mean. The method clip can do that.",
            "Two means over the same futures, and their difference.",
        ),
        mistakes=(
            (
                lambda: _net()[_net() > 0].mean() - _net().mean(),
                "You left out the futures without the programme. They count with zero, so keep them in the mean.",
            ),
            (
                lambda: _net()[_net() > 0].mean(),
                "That is the mean of the good futures alone. Keep the others with zero, and subtract the mean of all.",
            ),
            (
                lambda: _net().clip(lower=0).mean(),
                "That is what the programme brings to somebody who knows. Subtract what it brings anyway.",
            ),
            (lambda: _net().mean(), "That is what it brings to somebody who spends always; it is half of the way."),
            (lambda: _net().median(), "That is the middle future. Take two means, and their difference."),
            (
                lambda: -_net()[_net() < 0].mean(),
                "That is the mean loss where there is one. Most futures have none; they count, too.",
            ),
            (lambda: (_net() < 0).mean(), "That is how often the programme loses; how much is asked for."),
            (lambda: -_net().min(), "That is the largest loss of all. Take means over all futures."),
            (
                lambda: (
                    (_futures().captured - _futures().spent).clip(lower=0).mean()
                    - (_futures().captured - _futures().spent).mean()
                ),
                "You subtract the money only. Raising it costs, too: net_value has both.",
            ),
            (
                lambda: (_net() - _futures().spent).clip(lower=0).mean() - (_net() - _futures().spent).mean(),
                "The money is off already in net_value; you subtract it twice.",
            ),
        ),
    ),
    Task(
        id="42.T2",
        question=(
            "How well is each outcome known? Join swings with evidence. For each outcome, add span by tier, in per "
            "cent of all its swings. Draw bars: per cent along one axis, the outcome along the other, the tier by "
            "colour. State the finding as title."
        ),
        expected=evidence_of_outcomes,
        finding=_evidence_in_words,
        hints=(
            "The column assumption of swings is the id of evidence. Group by two columns, outcome and tier.",
            'groupby("outcome").span.transform("sum") has the sum of each outcome in all of its rows.',
        ),
        mistakes=(
            (
                lambda: _chart_of(_counted(_known())),
                "Each assumption counts once in it, however much it moves. Add span.",
            ),
            (
                lambda: _chart_of(_of_all()),
                "That is per cent of all outcomes together, whose units differ. Divide by the sum of each outcome.",
            ),
            (
                lambda: _chart_of(_parts(_known()).assign(share=lambda parts: parts.span)),
                "Those are sums in the units of each outcome, which cannot be compared. Make them per cent.",
            ),
            (
                lambda: _chart_of(_parts(_known(_swings().assign(span=lambda swings: swings.at_high - swings.at_low)))),
                "Swings up and swings down cancel in it. Add the column span, which has no sign.",
            ),
            (
                lambda: _chart_of(_parts(_known(_swings().groupby("outcome").head(10)))),
                "Only the widest swings of each outcome are in it; take all of them.",
            ),
        ),
    ),
)
