"""Notebook 32, how long the money lasts: what decides its claims."""

from ...inputs import data
from ...inputs.wording import number
from ...models.runway import runway
from ..fact_check import Verdict, claims, judges


def _free_gain(v: dict) -> float:
    """Months that public hours add for a firm that rents until they come."""
    found = runway(**v)
    return found.public - found.cloud


# Claims -----------------------------------------------------------------------------------------------------------


def _customers_on_record() -> int:
    """Customers of the firm that a document among the facts on start-ups names."""
    return sum(r["topic"] == "customers" and "Seedbox" in r["who"] for r in data.records("startup_compute"))


@judges("C77")
def _seedbox() -> Verdict:
    machines = data.row("startups", "seedbox-ai")["public_machine"] or "none"
    served, told = _customers_on_record(), float(claims()["C77"]["quantity"])
    works = "HLRS" in machines
    return Verdict(
        "not testable here" if not works else "holds" if served >= told else "holds partly",
        f"its machines on record are {machines}; {number(served)} of {number(told)} customers are documented",
        "the firm works with the computing centre, as the same newspaper reports elsewhere",
        "a second article of one newspaper is no second source; the customers would have to confirm it, and the "
        "hours used and the models delivered would have to be published",
    )
