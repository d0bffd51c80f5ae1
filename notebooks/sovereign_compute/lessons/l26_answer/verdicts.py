"""Notebook 26, what an answer costs: what decides its claim."""

from ...inputs import data
from ..fact_check import Verdict, judges


@judges("C50")
def _jarvis() -> Verdict:
    row = data.row("jupiter", "jarvis")
    confirmed = "not confirmed" not in row["note"]
    return Verdict(
        "holds" if confirmed else "holds partly",
        row["text"],
        "as a plan",
        "the plan is documented; we did not find whether the service ran by then, and the operator's page would decide",
    )
