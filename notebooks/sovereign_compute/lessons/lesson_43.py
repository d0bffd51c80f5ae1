"""Notebook 43, the fact-check: exercises on the verdicts themselves, and the claims that no other lesson decides."""

from collections import Counter

from ..controls.exercises import Exercise, Mistake
from ..inputs.data import records
from ..inputs.wording import number
from .fact_check import Verdict, claims, decided, judges, verdict_counts

STRICT, LENIENT = ("holds",), ("holds", "holds partly")


def _share(words: tuple[str, ...]) -> float:
    """Percent of all statements with one of these verdicts."""
    counts = verdict_counts()
    return 100 * sum(counts[word] for word in words) / len(claims())


def _strands() -> dict[str, tuple[int, int]]:
    """By strand of the report: how many of the decided statements hold, and of how many."""
    found = decided()
    held = Counter(claims()[id]["strand"] for id, verdict in found.items() if verdict.word == "holds")
    return {strand: (held[strand], of) for strand, of in Counter(claims()[id]["strand"] for id in found).items()}


def _weakest_strand() -> str:
    """The strand in which the smallest share holds."""
    found = _strands()
    return min(found, key=lambda strand: found[strand][0] / found[strand][1])


def _opinions() -> float:
    return float(verdict_counts()["opinion"])


EXERCISES = (
    Exercise(
        id="43.1",
        question=f"What share of the {len(claims())} statements holds without reservation?",
        units={"%": 1.0},
        tolerance=0.03,
        answer=lambda v: _share(STRICT),
        mistakes=(
            Mistake(lambda v: _share(LENIENT), "You counted those that hold partly, too."),
            Mistake(
                lambda v: 100 * verdict_counts()["holds"] / (len(claims()) - _opinions()),
                f"You left the opinions out of the {len(claims())}.",
            ),
            Mistake(lambda v: float(verdict_counts()["holds"]), "That is their number; the question asks for a share."),
        ),
        hints=("The chart of verdicts gives the numbers.", f"Divide the number that holds by {len(claims())}."),
        solution=lambda v: f"{verdict_counts()['holds']} of {len(claims())} are {number(_share(STRICT), 1)} %.",
    ),
    Exercise(
        id="43.2",
        question="And if a statement that holds partly counts as true?",
        units={"%": 1.0},
        tolerance=0.03,
        answer=lambda v: _share(LENIENT),
        mistakes=(Mistake(lambda v: _share(STRICT), "That is the strict count."),),
        hints=("Two of the six verdicts count now.", f"Add their numbers and divide by {len(claims())}."),
        solution=lambda v: (
            f"{' + '.join(str(verdict_counts()[word]) for word in LENIENT)} of {len(claims())} are "
            f"{number(_share(LENIENT), 1)} %: the rule of counting moves the share more than any fact does."
        ),
    ),
    Exercise(
        id="43.3",
        kind="choice",
        question="In which subject does the smallest share of statements hold without reservation?",
        options=lambda: sorted({claim["strand"] for claim in claims().values()}),
        answer=lambda v: _weakest_strand(),
        reasons=lambda v: {
            strand: f"There {held} of {of} hold. In another subject it is a smaller part."
            for strand, (held, of) in _strands().items()
        },
        hints=(
            "Narrow the table to one subject after the other.",
            "Divide, do not count: the subjects differ in size.",
        ),
        solution=lambda v: f"{_weakest_strand()}: see the chart of verdicts by subject.",
    ),
    Exercise(
        id="43.4",
        question="How many statements are opinions that no number can decide?",
        units={"statements": 1.0},
        tolerance=0.001,
        answer=lambda v: _opinions(),
        mistakes=(
            Mistake(
                lambda v: _opinions() + verdict_counts()["not testable here"],
                "Those that cannot be tested here are not opinions: somebody could know them.",
            ),
        ),
        hints=("Set the filter for the verdict.", "The caption of the table counts the rows."),
        solution=lambda v: f"{number(_opinions())}. Calling one false would be as wrong as calling it true.",
    ),
    Exercise(
        id="43.5",
        kind="choice",
        question="Which of these would turn the most verdicts from unknown to known?",
        options=lambda: [
            "a measured count of industry users and their waiting times",
            "another interview with a founder",
            "the next TOP500 list",
        ],
        answer=lambda v: "a measured count of industry users and their waiting times",
        reasons=lambda v: {
            "another interview with a founder": "One voice more. What is open is not what people think.",
            "the next TOP500 list": "It tells who has machines. What is open is what came of them.",
        },
        hints=("Read the reasons of those that are not testable here.", "What would have to be counted, and by whom?"),
        solution=lambda v: (
            "The operator's own counts: who applied, who was served, after how many days. No list has them."
        ),
    ),
)


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
