"""The one large number of a panel: what comes out, in which range, instead of what, and what the learner guessed."""

from ..analysis.evaluation import Evaluation
from ..inputs import data
from ..inputs.start import of_class
from ..inputs.units import unit_words
from ..inputs.wording import counted, finite, number
from ..models.registry import Model
from . import progress

GUESSED, WITHIN = "You guessed {value}{ends}", " ({low} to {high})"
"""What the headline says of a guess; also in a page without a kernel."""


def headline(evaluation: Evaluation, result: str | None, guesses: dict[str, dict[str, float]]) -> dict[str, str]:
    """The main result of a scenario, or the one that is named, in the parts that the page shows."""
    output = evaluation.model.output(result)
    value, before = (getattr(one, output.id) for one in (evaluation.result, evaluation.baseline.result))
    shown, was = (finite(x, digits=output.digits, most=output.most) for x in (value, before))
    told = [output.label]
    if evaluation.bands:
        ends = evaluation.bands[output.id]
        low, high = (finite(end, digits=output.digits, most=output.most) for end in ends)
        told += [f"nine in ten answers lie between {low} and {high}"] if low != high else []
    return {
        "value": shown,
        "unit": counted(value, unit_words(output.unit), output.digits)
        .removeprefix(number(value, output.digits))
        .strip(),
        "text": " · ".join(told),
        "before": was if was != shown else "",
        "guess": _guessed(guesses.get(output.id, {})),
    }


def asked(model: Model) -> list[dict]:
    """The predictions that are outputs of a model; none where a class has other values, as they are on the course's."""
    others = of_class().keys() & {*model.inputs}
    return [] if others else [row for row in data.records("predictions") if row.get("model") == model.name]


def guesses(model: Model) -> dict[str, dict[str, float]]:
    """What the learner has guessed of a model, by output: the value, and the ends of a range if one was given."""
    kept = progress.kept("predictions")
    return {row["output"]: kept[row["id"]] for row in asked(model) if row["id"] in kept}


def _guessed(kept: dict[str, float]) -> str:
    if not kept:
        return ""
    told = {name: number(kept[name]) for name in ("value", "low", "high") if name in kept}
    return GUESSED.format(ends=WITHIN.format(**told) if "low" in told else "", **told)
