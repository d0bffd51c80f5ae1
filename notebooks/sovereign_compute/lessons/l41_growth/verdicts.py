"""Notebook 41, what AI adds to the economy: what decides its claims."""

from ...analysis.evaluation import evaluation_of
from ...inputs import data
from ...inputs.wording import number
from ...models.macro import ai_gain
from ..fact_check import Verdict, claims, judges
from .forecasts import forecasts

# Claims -----------------------------------------------------------------------------------------------------------


def reference(id: str) -> float | None:
    """The value of one row of ``data/macro_reference.csv``."""
    return data.row("macro_reference", id)["value"]


@judges("C17")
def _no_change_like_it() -> Verdict:
    frame = forecasts()
    return Verdict(
        "opinion",
        f"over one horizon, forecasts of the gain run from {number(frame.low.min(), 1)} to "
        f"{number(frame.high.max(), 0)} % of the economy",
        "a comparison with all earlier changes",
        "the speaker names no measure and no earlier change; to test it, one would have to know the gains of earlier "
        "technologies, measured alike, and the gain of this one, which lies ahead",
    )


@judges("C22")
def _adds_330_billion() -> Verdict:
    claimed = float(claims()["C22"]["quantity"])
    study = data.row("macro_forecasts", "iw-330")
    evaluation = evaluation_of(ai_gain, {"headline_gain": claimed})
    result = evaluation.result
    quoted = study["low"] <= claimed <= study["high"]
    reached = min(result.with_firms, result.task_gain) >= claimed
    possible = max(evaluation.bands[id][1] for id in ("everybody", "task_gain")) >= claimed
    unsettled = "depends on the reading" if quoted and possible else "does not hold"
    return Verdict(
        "holds" if quoted and reached else unsettled,
        f"{number(result.with_firms, 0)} billion EUR if {number(evaluation.values['adopting_firms'])} % of firms save "
        f"the hours, {number(result.everybody, 0)} if everybody does, {number(result.task_gain, 0)} by the task model",
        "a potential, on a condition" if quoted else "a number that the study does not give",
        f"{study['funder']} paid for the study, and its horizon is “{study['horizon']}”. The number "
        f"{'lies within' if possible else 'lies outside'} what the ranges allow; AI would have to pay off in "
        f"{number(result.tasks_needed_invested, 0)} to {number(result.tasks_needed, 0)} % of all tasks",
    )


@judges("C23")
def _far_behind_four() -> Verdict:
    germany, japan = reference("rank-innovation"), reference("rank-japan")
    other = germany < japan
    return Verdict(
        "depends on the reading" if other else "holds",
        f"the EFI report of February 2025 sees Germany behind all four; in another index of that year Germany is "
        f"{number(germany)}th and Japan {number(japan)}th",
        "growth, which is what EFI means",
        "EFI says how fast research and innovation grow; "
        + ("in level, another index puts Japan far behind Germany" if other else "the other index agrees"),
    )


@judges("C24")
def _below_the_average() -> Verdict:
    germany, key = reference("rank-innovation"), reference("rank-key-technologies")
    mixed = key < germany
    return Verdict(
        "holds partly" if mixed else "holds",
        f"EFI finds Germany below the European average by most of its indicators; another index has it at rank "
        f"{number(germany)}, and at rank {number(key)} in key technologies",
        "most indicators, as EFI says",
        "the report drops the word “most”; "
        + ("by another indicator the rank is far better" if mixed else "we found no indicator that says otherwise"),
    )
