"""Notebook 43, the fact-check: exercises."""

from collections import Counter

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ..fact_check import claims, decided, verdict_counts

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
