"""Notebook 33, what must stand beside the machine: exercises."""

from ...analysis.sensitivity import breakeven
from ...controls.exercises import Exercise, Mistake
from ...inputs.assumptions import get
from ...inputs.wording import number
from ...models.ecosystem import ecosystem_output
from .verdicts import _output

GROWN = {"Computing": "compute_factor", "People": "people_factor", "Data": "data_factor"}
DOUBLE = 2.0


def _people_instead(v: dict) -> float:
    """How many times the people, alone, give as much output as the computing of the case alone."""
    weight, exponent = v["elasticity_compute"] / v["elasticity_people"], 1 - 1 / v["substitution"]
    return (1 + weight * (v["compute_factor"] ** exponent - 1)) ** (1 / exponent)


def _people_evenly(v: dict) -> float:
    """The same if substitution were 1."""
    return v["compute_factor"] ** (v["elasticity_compute"] / v["elasticity_people"])


def _substitution_for(v: dict, output: float) -> float:
    """At which substitution the computing of the case, alone, gives this output."""
    found = breakeven(ecosystem_output, v, "alone", threshold=output).set_index("assumption")
    return float(found["at"]["substitution"])


def _doublings(v: dict) -> dict[str, float]:
    """Output if one of the three doubles from where the case has it, all else as it is."""
    return {name: _output({**v, id: 2 * v[id]}).output for name, id in GROWN.items()}


def _one_is_best(v: dict) -> bool:
    """Whether doubling one of the three raises output by clearly more than doubling another."""
    second, first = sorted(_doublings(v).values())[-2:]
    return first > 1.01 * second


def _best_doubling(v: dict) -> str:
    found = _doublings(v)
    return max(found, key=found.get)


EVIDENCE = {
    "New firms in the same years near a place that applied for a machine and got none": "",
    "How many of the firms use the machine every week": (
        "Firms that use the machine may have come for other reasons, and would be there without it."
    ),
    "How much the firms say that the machine matters to them": (
        "Nobody who hopes for free computing says that it does not matter."
    ),
    "New firms near the site in the five years before": (
        "A rise after the opening may be a rise everywhere: AI firms were founded in all places in these years."
    ),
}
"""What might show that firms settle near a machine, each with what it cannot show; empty for the one that can."""


EXERCISES = (
    Exercise(
        id="33.1",
        question=lambda v: (
            f"A region buys {number(v['compute_factor'])} times the computing and changes nothing else. Another region "
            "wants the same output with more people instead, and no more computing. How many times the people does it "
            "need? Weights and substitution are the course's."
        ),
        model=ecosystem_output,
        vary={"compute_factor": [3, 4, 6, 7, 8, 9, 12]},
        units={"times": 1.0},
        tolerance=0.03,
        answer=_people_instead,
        mistakes=(
            Mistake(
                lambda v: v["compute_factor"],
                "That would be right if people and computing had the same weight and nothing were scarce.",
            ),
            Mistake(lambda v: _output(v).alone, "That is the output that both regions reach, not the people needed."),
            Mistake(_people_evenly, "That is right for a substitution of 1. The course's value is lower."),
        ),
        hints=(
            "First find the output of the first region in the panel. Then set computing to 1 and move people.",
            "Data stay at 1 in both regions. So α_K (k^ρ − 1) = α_H (h^ρ − 1), with ρ = 1 − 1/σ.",
        ),
        solution=lambda v: (
            f"{number(v['compute_factor'])} times the computing gives {number(_output(v).alone, 2)} times the output. "
            f"{number(_people_instead(v), 2)} times the people give as much. People weigh more, and they run into the "
            "ceiling later."
        ),
    ),
    Exercise(
        id="33.2",
        question=lambda v: (
            f"“{number(v['compute_factor'])} times the computing will double what we produce, even with the people and "
            "the data of today.” Which substitution would make this true, at the course's weights?"
        ),
        model=ecosystem_output,
        vary={"compute_factor": [7, 8, 9, 10, 11, 12]},
        units={"": 1.0},
        tolerance=0.05,
        answer=lambda v: _substitution_for(v, DOUBLE),
        mistakes=(
            Mistake(
                lambda v: v["substitution"],
                "That is the course's value. With it output stays below its ceiling, and the ceiling is below two.",
            ),
            Mistake(
                lambda v: 1.0,
                "At 1 the gain is the computing to the power of its weight. That is not enough here.",
            ),
        ),
        hints=(
            "Set computing as in the statement and people and data to 1. Then move one slider only.",
            "It lies above 1, where there is no ceiling.",
        ),
        solution=lambda v: (
            f"About {number(_substitution_for(v, DOUBLE), 2)}. We are 90 % sure that substitution lies between "
            f"{number(get('substitution').low)} and {number(get('substitution').high)}: compare."
        ),
    ),
    Exercise(
        id="33.3",
        question=lambda v: (
            f"A region has {number(v['compute_factor'])} times the computing of today, {number(v['people_factor'])} "
            f"times the people and {number(v['data_factor'])} times the data. Now it can double one of them. Which one "
            "raises output most?"
        ),
        model=ecosystem_output,
        vary={"compute_factor": (0.5, 6), "people_factor": (0.5, 6), "data_factor": (0.5, 6)},
        fair=_one_is_best,
        kind="choice",
        options=lambda: list(GROWN),
        answer=_best_doubling,
        reasons=lambda v: {
            name: f"{name} doubled alone give{'s' if name == 'Computing' else ''} {number(output, 2)} times today's "
            "output. Another doubling gives more."
            for name, output in _doublings(v).items()
        },
        hints=(
            "Two things count: which is scarce, and which has the largest weight.",
            "Set the panel to the case. Double one of the three, note the output, and go back before the next.",
        ),
        solution=lambda v: (
            "Output rises to {} times today's if computing doubles, to {} if people double and to {} if data double. "
            "So the answer is {}, by weights that are our judgement.".format(
                *(number(output, 2) for output in _doublings(v).values()), _best_doubling(v).lower()
            )
        ),
    ),
    Exercise(
        id="33.7",
        question=(
            "A minister shows that twelve AI firms were founded within ten kilometres of the machine since it opened. "
            "Which other number would tell you most about whether the machine brought them?"
        ),
        kind="choice",
        options=lambda: sorted(EVIDENCE),
        answer=lambda v: next(option for option, fault in EVIDENCE.items() if not fault),
        reasons=lambda v: EVIDENCE,
        hints=(
            "What would have happened there without the machine?",
            "You cannot see that. Which of the numbers comes nearest to it?",
        ),
        solution=lambda v: (
            "New firms near a place that wanted a machine and got none. It resembles the site in all but the machine, "
            "so it shows what would have happened anyway."
        ),
    ),
)
