"""Notebook 43, the fact-check: exercises."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from ...controls.exercises import Exercise, Mistake
from ...inputs.wording import number
from ...models.parts.calibration import interval_score
from ...models.parts.constants import PERCENT
from ..fact_check import WORDS, claims, decided, verdict

HOLDS, PARTLY, READING, FALSE, OPINION, OPEN = WORDS
UNDECIDED = (OPINION, OPEN)


@dataclass(frozen=True)
class Sentence:
    """A sentence that is not in the report, what is known of it, its verdict, and why each other one would be wrong."""

    text: str
    known: str
    word: str
    wrong: dict[str, str]


SENTENCES = {
    "electricity": Sentence(
        "The new machine needs a third less electricity.",
        "For each operation it does. In a year it takes twice as much as the old one.",
        READING,
        {
            HOLDS: "For each operation it does. Whoever thinks of the bill of a year is misled.",
            PARTLY: "Nothing is left out of one statement: its words make two, and only one of them is true.",
            FALSE: "Try the reading that is kindest to the speaker: for each operation it is true.",
            OPINION: "Electricity is measured, in both readings.",
            OPEN: "What is known decides each of the two readings.",
        },
    ),
    "survey": Sentence(
        "Nine of ten users call the service excellent.",
        "A survey found that. It asked only those whose applications were accepted, one in three.",
        PARTLY,
        {
            HOLDS: "The number is right. But who was turned away was not asked, and a reader should know that.",
            READING: "Its words have one meaning. Look for what they leave out.",
            FALSE: "The survey found what the sentence says.",
            OPINION: "The users have opinions. How many have which can be counted, and was.",
            OPEN: "Somebody has asked and counted.",
        },
    ),
    "deserves": Sentence(
        "The region deserves a machine of this size.",
        "A tenth of the country’s taxes comes from the region, and one of its ten large machines is there.",
        OPINION,
        {
            HOLDS: "The tenth is a fact. What it gives a right to is not.",
            PARTLY: "What is known may speak for it. But no part of the sentence itself can be true or false.",
            READING: "In every reading it says what somebody should have, and no number can tell.",
            FALSE: "Calling a wish false is as wrong as calling it true.",
            OPEN: "Then more data would decide it. Say which data could.",
        },
    ),
    "researchers": Sentence(
        "Without the machine these forty researchers would have gone elsewhere.",
        "Forty came in its first year. Nobody has asked them why.",
        OPEN,
        {
            HOLDS: "That they came is known. What they would have done otherwise is not.",
            PARTLY: "What is known, their number, is not what the sentence is about.",
            READING: "It has one reading. What is missing is somebody who asked.",
            FALSE: "Nothing speaks against it, either.",
            OPINION: "It says what would have happened. Somebody could ask them, or compare with another region.",
        },
    ),
    "fastest": Sentence(
        "No machine in the country is faster.",
        "By Linpack two are faster, by declared peak three, in 16-bit arithmetic two.",
        FALSE,
        {
            HOLDS: "By each of the three measures another machine is faster.",
            PARTLY: "No measure leaves a part of it true.",
            READING: "The measures differ in how many are faster. By none of them is it nobody.",
            OPINION: "Speed is measured.",
            OPEN: "Three measures decide it, and they agree.",
        },
    ),
    "chips": Sentence(
        "More than half of the machine’s chips come from one firm.",
        "Six in ten of its chips are accelerators, all of one firm. The processors come from another one.",
        HOLDS,
        {
            PARTLY: "That the rest comes from a second firm takes nothing away from what it says.",
            READING: "Its words ask for one count, and that is known.",
            FALSE: "Six in ten are more than half.",
            OPINION: "Chips can be counted.",
            OPEN: "They have been counted.",
        },
    ),
}


@cache
def _words(subject: str) -> Counter:
    """How many statements on a subject got which verdict."""
    return Counter(verdict(id).word for id, claim in claims().items() if claim["strand"] == subject)


def _as_verb(word: str) -> str:
    """A verdict after its subject: holds, depends on the reading, is an opinion, is not testable here."""
    return {OPINION: f"is an {word}", OPEN: f"is {word}"}.get(word, word)


def _graded(v: dict, partly: float | None = None, *, over_all: bool = False) -> float:
    """Percent of the best grade that the statements on a subject reach by the rule of a case."""
    words = _words(v["subject"])
    points = words[HOLDS] + (v["partly"] if partly is None else partly) * words[PARTLY] + v["reading"] * words[READING]
    return 100 * points / sum(many for word, many in words.items() if over_all or word not in UNDECIDED)


def _worked_grade(v: dict) -> str:
    words = _words(v["subject"])
    rated = {HOLDS: 1, PARTLY: v["partly"], READING: v["reading"]}
    points = " + ".join(f"{words[word]} × {number(weight)}" for word, weight in rated.items())
    many = sum(many for word, many in words.items() if word not in UNDECIDED)
    return (
        f"({points}) / {many} = {number(_graded(v), 1)} %. Another weight gives another grade: the rule of counting "
        "moves it more than most facts do."
    )


def _ends(v: dict) -> tuple[float, float, float]:
    """The range of a case, and what is found."""
    return v["low"], v["low"] + v["width"], v["low"] + v["width"] + v["beyond"]


def _score(v: dict) -> float:
    return interval_score(*_ends(v)) / _ends(v)[2]


@cache
def _strands() -> dict[str, tuple[int, int]]:
    """By strand of the report: how many of the decided statements hold, and of how many."""
    found = decided()
    held = Counter(claims()[id]["strand"] for id, verdict in found.items() if verdict.word == "holds")
    return {strand: (held[strand], of) for strand, of in Counter(claims()[id]["strand"] for id in found).items()}


def _weakest_strand() -> str:
    """The strand in which the smallest share holds."""
    found = _strands()
    return min(found, key=lambda strand: found[strand][0] / found[strand][1])


EXERCISES = (
    Exercise(
        id="43.1",
        question=lambda v: (
            f"Somebody grades the statements on the subject “{v['subject']}”. One that holds counts 1, one that holds "
            f"partly {number(v['partly'])}, one that depends on the reading {number(v['reading'])}, one that does not "
            "hold 0. Opinions and what is not testable here are left out. Which grade do they reach, in per cent of "
            "the best one?"
        ),
        vary={
            "subject": ["HPC economics", "policy", "sovereignty", "start-ups"],
            "partly": [0.4, 0.5, 0.6, 0.7],
            "reading": [0.1, 0.2, 0.25, 0.3],
        },
        units={"%": 1.0},
        answer=_graded,
        mistakes=(
            Mistake(lambda v: _graded(v, 1.0), "You let those that hold partly count as much as those that hold."),
            Mistake(
                lambda v: _graded(v, over_all=True),
                "You divided by all statements on the subject: those without a grade are left out.",
            ),
            Mistake(lambda v: _graded({**v, "reading": 0}), "You left out what depends on the reading."),
        ),
        hints=(
            "Choose the subject among the cards, then one verdict after the other: the number of cards is beside them.",
            "Add the points, and divide by the number of statements that got any of the first four verdicts.",
        ),
        solution=_worked_grade,
    ),
    Exercise(
        id="43.2",
        kind="choice",
        question=lambda v: (
            f"The press office of a centre writes: “{SENTENCES[v['sentence']].text}” This is known: "
            f"{SENTENCES[v['sentence']].known} Which verdict does the sentence deserve by the rules of this course?"
        ),
        vary={"sentence": list(SENTENCES)},
        options=lambda: list(WORDS),
        answer=lambda v: SENTENCES[v["sentence"]].word,
        reasons=lambda v: SENTENCES[v["sentence"]].wrong,
        hints=(
            "Could a number or a document decide it at all? And has anybody got it?",
            "Then count the readings of its words. Is it true in all, in some or in none, and is anything left out?",
        ),
        solution=lambda v: (
            f"“{SENTENCES[v['sentence']].text}” This {_as_verb(SENTENCES[v['sentence']].word)}. The other five words "
            "fail by what is known: choose one of them and press Check to read why."
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
        question=lambda v: (
            "A learner is 90 % sure that a number lies between {} and {}. The course finds {}. What is the interval "
            "score of this range, as a part of the finding?"
        ).format(*map(number, _ends(v))),
        vary={"low": [20, 30, 50], "width": [10, 20, 40], "beyond": [5, 8, 12]},
        units={"times the finding": 1.0, "% of the finding": PERCENT},
        answer=_score,
        mistakes=(
            Mistake(lambda v: v["width"] / _ends(v)[2], "That is the width alone, but the range missed the number."),
            Mistake(
                lambda v: _score(v) - v["width"] / _ends(v)[2], "That is the fine for the miss; the width counts, too."
            ),
            Mistake(lambda v: (v["width"] + v["beyond"]) / _ends(v)[2], "A miss costs twenty times the distance."),
            Mistake(lambda v: _score(v) * _ends(v)[2], "That is the score itself; divide it by the finding."),
        ),
        hints=(
            "*What you believed* says what the score consists of.",
            "The width, and twenty times the distance from the nearer end; then divide by the finding.",
        ),
        solution=lambda v: (
            f"({number(v['width'])} + 20 × {number(v['beyond'])}) / {number(_ends(v)[2])} = {number(_score(v), 2)}. "
            f"A range that ends where the number is would have scored "
            f"{number((v['width'] + v['beyond']) / _ends(v)[2], 2)}."
        ),
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
