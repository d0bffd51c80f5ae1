"""Notebook 33, what must stand beside the machine: what to try in its panel, and what one should have seen."""

from ...analysis.settings import at_preset, complete, evaluate
from ...controls.moves import Move
from ...display.views.ecosystem import INPUTS
from ...inputs.presets import presets
from ...inputs.wording import number
from ...models.ecosystem import EcosystemOutput, ecosystem_output
from ...models.parts.constants import PERCENT

PRESETS = presets("ecosystem_output")


def _at(preset: str, **changes: float) -> EcosystemOutput:
    return at_preset(ecosystem_output, preset, **changes)


def _only_the_machine() -> str:
    all_three, alone = evaluate(ecosystem_output).output, _at("only-machine").output
    left = (alone - 1) / (all_three - 1) / PERCENT
    return (
        f"Output falls from {number(all_three, 2)} to {number(alone, 2)} times today's, and {number(left, 0)} % of the "
        "gain is left. The machine waits for people who use it and for data to feed it."
    )


def _what_money_buys() -> str:
    machine, beside = _at("hundred").output, _at("people-first").output
    values = complete(ecosystem_output, PRESETS["people-first"]["values"])
    more = "The machine wins" if machine > beside else "People and data win"
    return (
        f"A hundred times the computing gives {number(machine, 2)} times today's output. "
        f"{number(values['people_factor'])} times the people and {number(values['data_factor'])} times the data give "
        f"{number(beside, 2)} times. {more}. Chips can be ordered today; people take years to train."
    )


def _twice_as_much() -> str:
    ends = sorted({number(_at("twice-all", substitution=end).output, 2) for end in (0.1, 0.6, 1.0, 5.0)})
    return (
        f"Output stays at {' or '.join(ends)} times today's. Substitution says how well more of one thing makes up for "
        "too little of another. If all three grow alike, nothing has to be made up for."
    )


def _weakest_link() -> str:
    values = complete(ecosystem_output, PRESETS["chain"]["values"])
    doubled = {what: _at("chain", **{id: 2 * values[id]}).output for id, what in INPUTS.items()}
    best = max(doubled, key=doubled.get)
    return (
        f"Only {best} move it: they have grown least. Output is {number(_at('chain').output, 2)} times today's, and "
        f"doubling the computing leaves it at {number(doubled['computing'], 2)}."
    )


def _no_decline() -> str:
    even = _at("even")
    return (
        f"At a substitution of 1, the value of the preset “{PRESETS['even']['label']}”. Every doubling then adds "
        f"{number(even.next_doubling, 1)} %, the tenth as much as the first. Above 1 each doubling would even add more "
        "than the one before. Most economists expect less than 1."
    )


MOVES = {
    "ecosystem_output": (
        Move(
            "Only the machine",
            "Load *Only the machine*: computing grows, people and data do not. How much of the gain is left? "
            "Compare it with your guess.",
            _only_the_machine,
            "only-machine",
        ),
        Move(
            "What money can buy",
            "Load *A hundred times the computing*, then *People and data, no machine*. Which brings more? Which of the "
            "two could be bought by next year?",
            _what_money_buys,
            "hundred",
        ),
        Move(
            "Twice as much of everything",
            "Load *Twice as much of everything* and move *Substitution* from one end to the other. Why does output not "
            "move?",
            _twice_as_much,
            "twice-all",
        ),
        Move(
            "The weakest link",
            "Load *The weakest link*. Which of *More computing*, *More people* and *More data* still moves output?",
            _weakest_link,
            "chain",
        ),
        Move(
            "When more is never less",
            "Reset all. Find a *Substitution* at which one more doubling of computing brings as much as the first did. "
            "Do you believe that value?",
            _no_decline,
        ),
    ),
}
