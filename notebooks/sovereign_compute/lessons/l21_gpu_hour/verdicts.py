"""Notebook 21, what a GPU-hour costs: what decides its claims."""

from datetime import date

from ...inputs import data
from ...inputs.wording import number
from ...models.parts.constants import KILOWATTS_PER_MEGAWATT
from ...models.training import FEW_WEEKS
from ..fact_check import Verdict, claims, fact, judges

# Claims -----------------------------------------------------------------------------------------------------------


@judges("C09")
def _built_for_500_million() -> Verdict:
    contract, total, years = fact("contract"), fact("total-cost"), fact("operation-years")
    return Verdict(
        "holds" if contract == total else "holds partly" if contract < total else "does not hold",
        f"{number(contract)} of {number(total)} million EUR ({number(100 * contract / total, 0)} %) is the machine",
        "building and running together",
        f"the sum includes about {number(years)} years of operation; the data centre around it comes on top",
    )


@judges("C10")
def _who_paid() -> Verdict:
    total = fact("total-cost")
    shares = [100 * fact(id) / total for id in ("share-eu", "share-federal", "share-state")]
    complete = abs(sum(shares) - 100) < 1e-9
    return Verdict(
        "holds" if complete else "does not hold",
        "EU {} %, federation {} %, state {} %".format(*(number(share, 0) for share in shares)),
        "the 500 million of machine and operation",
        "the three shares make up the whole; the building was paid by federation and state in addition",
    )


@judges("C11")
def _trial_for_weeks() -> Verdict:
    # Only the month of the start is known; its last day is the reading that leaves the fewest weeks.
    year, month = map(int, fact("trial-start").split("-"))
    weeks = (date.fromisoformat(fact("inauguration")) - date(year, month + 1, 1)).days / 7
    # "Several weeks" is read as a few weeks in lesson 23; a longer trial makes the statement true but for its length.
    word = "does not hold" if weeks <= 2 else "holds" if weeks <= FEW_WEEKS else "holds partly"
    return Verdict(
        word,
        f"at least {number(weeks, 0)} weeks of trial before the inauguration",
        f"trial operation as reported, counted from the end of that month; several weeks as up to {number(FEW_WEEKS)}",
        "there was a trial, of months rather than weeks; read as several weeks or more the statement holds. "
        f"Technical acceptance was expected only for {fact('acceptance-plan')}",
    )


@judges("C38")
def _four_times_jupiter() -> Verdict:
    claimed = claims()["C38"]["quantity"]
    dense = {row["id"]: row["bf16_dense_tflops"] for row in data.records("chips")}
    chips = fact("gigafactory-chips") / fact("superchips")
    ratios = {
        "chips": chips,
        "money": fact("gigafactory-fund") / fact("gigafactory-count") / fact("total-cost"),
        "power": fact("gigafactory-power") * KILOWATTS_PER_MEGAWATT / fact("power-202511"),
        "16-bit speed": chips * dense["nvidia-b200-sxm"] / dense["nvidia-gh200-96-gb"],
    }
    fits = [name for name, ratio in ratios.items() if round(ratio) == float(claimed)]
    return Verdict(
        "holds" if len(fits) == len(ratios) else "depends on the reading" if fits else "does not hold",
        ", ".join(f"{number(ratio, 1)} times in {name}" for name, ratio in ratios.items()),
        f"size counted in {' or '.join(fits) or 'any of these'}",
        "newer chips, money and power make it more than the count of chips does",
    )
