"""Notebook 43, the fact-check: what decides its claims."""

from ...inputs.data import records
from ..fact_check import Verdict, judges

# Claims -----------------------------------------------------------------------------------------------------------


@judges("C12")
def _model_of_subsidiarity() -> Verdict:
    payers = [row["id"] for row in records("jupiter") if row["id"].startswith("share-")]
    return Verdict(
        "holds partly",
        f"{len(payers)} levels paid: EU, federation and state; no share of the town was found",
        "all levels that have a budget for research",
        "that they paid is a fact; that this makes it a model of subsidiarity is a judgement: subsidiarity is about "
        "who decides, not about who pays",
    )


@judges("C13")
def _who_came() -> Verdict:
    return Verdict(
        "holds partly",
        "later reports name chancellor, one minister, commissioner and premier",
        "an announcement printed before the event",
        "the second minister and the video were not found in what was read",
    )


@judges("C18")
def _fields_that_gain() -> Verdict:
    return Verdict(
        "opinion",
        "the AI Factory names these four fields and two more",
        "a forecast of where gains will be",
        "the choice of fields is documented; whether they gain cannot be known yet",
    )


@judges("C27")
def _researchers_from_abroad() -> Verdict:
    return Verdict(
        "not testable here",
        "no count of researchers who came was found",
        "researchers who moved because of the machine",
        "one would need arrivals before and after the start, and who would have come anyway",
    )


@judges("C40")
def _many_fields() -> Verdict:
    return Verdict(
        "holds",
        "the machine was described for simulation and for AI from the start",
        "open to these uses",
        "both uses were named when trial operation began; how the hours are shared between them is another question",
    )
