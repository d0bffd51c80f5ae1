"""What charts say of themselves agrees with what they show: every number in a description has somewhere to come from.

A sentence of a model is held against the results, bands and assumptions of its scenario and the rows of its chart; the
description of any other chart that is stored in a notebook against the data of the chart: their values, how many there
are, and their sums, in all and by kind. A number agrees if one of these, rounded as it is printed, is the same; a
fraction may be printed as a percentage. Not held against anything are shares of the draws, which no chart holds, and
the numbers that BESIDE counts: what a description adds from elsewhere. Words are not compared.
"""

import json
import re
from collections.abc import Iterable, Iterator

import numpy as np
import pytest
from sovereign_compute.analysis.evaluation import Evaluation, evaluation_of
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.display import charts
from sovereign_compute.display.contract import rows_of
from sovereign_compute.inputs.wording import significant
from sovereign_compute.models.registry import MODELS, Model
from tree import ROOT
from units import model_modules

model_modules()
CHART = "application/vnd.vegalite.v5+json"
NUMBER = re.compile(r"(?<![\w.,-])-?\d[\d,]*(?:\.\d+)?")
# The width of a band is part of its name; shares of the draws and dates are left out.
NO_RESULT = re.compile(
    r"90 % (?:range|band|interval)|\d+ % of the (?:draws|futures)|10²⁴"
    r"|\b(?:[A-Z][a-z]+|in|of|since|from|to) (?:19|20)\d\d\b(?:-\d\d)?"
)
BESIDE = {
    "cost_of_leaving": (1, "the charges, in thousands"),
    "leverage": (1, "what readiness costs until the renewal"),
    # Models
    "layer_independence": (2, "how many bands overlap"),
    "gpu_hour_cost": (2, "rent and break-even of a contract, which is no part of the scenario"),
    "counted_benefits": (1, "a ratio of two results"),
    # Charts, by a part of the title
    "vanish from a list": (2, "numbers of systems beside the shares that are drawn"),
    "The list cannot see": (5, "chips, and the machine and the list that it is compared with"),
    "Nobody has more than": (2, "weighted means of the points that are drawn"),
    "Europe's cloud market is": (2, "numbers of equals, one over an index that is drawn"),
    "is never regretted": (1, "the horizon"),
    "what it costs to leave": (1, "the cost of a move over the years"),
    "of the heat that had been promised": (2, "ratios of the bars"),
    "more efficient than the best large machine": (2, "ratios of the lines"),
    "are listed above it": (1, "a count of points above a line"),
    "the model misses by": (1, "a count of points within a band"),
    "than the corrected law finds": (2, "tokens for one model, and a count of points above a line"),
    "By chance alone a survey": (1, "the part of a single case"),
    "of the applicants wait": (1, "a median read between two steps of the curve"),
    "European firms hold": (3, "the slope with its error, and parts of the sum, one of which happens to be drawn"),
    "does not settle": (2, "ratios of two points"),
    "which did nothing": (1, "a ratio to a median that is not drawn"),
    "such calls would find a loss": (1, "a quantile of calls that are not drawn"),
    "American investors lead": (2, "a sum of two bars, and a part of it"),
    "gains most for a small need": (1, "where two lines cross, rounded"),
    "worth nothing, then everything": (1, "a maximum, rounded"),
    "two numbers that nobody has measured": (1, "the multiple itself"),
    "A recount made": (3, "a count of years, and ratios of the bars"),
    "idle at the opening, full": (1, "the range over all years of use"),
    "of empty halls": (1, "a part of a bar"),
    "Private money has to pay for": (5, "parts of the bars"),
    "reaches half of all firms": (3, "the speed of the curve with its interval"),
    "answers to one question": (1, "years to compound over"),
    "make a token up to": (1, "a ratio of speeds that are not drawn"),
    "published runs lie within": (3, "counts of points within two lines, and the middle of some of them"),
    "answers cost up to": (2, "a ratio of two bars, and a count of bars below a line"),
    "leaving has paid back in": (2, "the time of the move, and years read between two points"),
    "published costs and times lie within": (1, "the middle factor of some of the points"),
    "as good as yours in both goals": (2, "counts in goals that are not drawn, and of those as good"),
}
"""How many numbers come from elsewhere, and what they are."""

FEW_FIGURES = "42:"
"""The lesson whose results have two significant figures."""


def numbers(text: str) -> list[str]:
    """The numbers of a sentence as they are printed, without those that are no results."""
    return [found.rstrip(",") for found in NUMBER.findall(NO_RESULT.sub("", text))]


def unsupported(text: str, pool: Iterable[float]) -> list[str]:
    """Numbers of a sentence that no value gives, rounded as they are printed."""
    values = np.array(sorted({value for value in pool if np.isfinite(value)}))
    given = np.abs(np.concatenate([values, 100 * values]))
    found = []
    for printed in numbers(text):
        half = 0.5 * 10.0 ** -len(printed.partition(".")[2])
        if not (np.abs(given - abs(float(printed.replace(",", "")))) <= half * (1 + 1e-6)).any():
            found.append(printed)
    return found


def _floats(thing) -> Iterator[float]:
    """All numbers in a value, a list, a mapping or a text."""
    if isinstance(thing, dict):
        for part in thing.values():
            yield from _floats(part)
    elif isinstance(thing, str):
        yield from (float(found.rstrip(",").replace(",", "")) for found in NUMBER.findall(thing))
    elif isinstance(thing, (list, tuple, np.ndarray)):
        for part in thing:
            yield from _floats(part)
    elif isinstance(thing, (int, float, np.number)) and not isinstance(thing, bool):
        yield float(thing)


def _held(records: list[dict]) -> Iterator[float]:
    """What rows hold: their numbers, how many rows and kinds there are, and the sums of each kind."""
    yield float(len(records))
    columns = {key: [record.get(key) for record in records] for key in dict.fromkeys(k for r in records for k in r)}
    yield from _floats(list(columns.values()))
    kinds = [column for column in columns.values() if all(isinstance(entry, str) for entry in column)]
    amounts = [
        np.array([float(entry or 0) for entry in column])
        for column in columns.values()
        if all(entry is None or type(entry) in (int, float) for entry in column)
    ]
    yield from (float(amount.sum()) for amount in amounts)
    for column in kinds:
        here = {kind: np.array([entry == kind for entry in column]) for kind in dict.fromkeys(column)}
        yield float(len(here))
        for mask in here.values():
            yield float(mask.sum())
            yield from (float(amount[mask].sum()) for amount in amounts)


# Sentences of models -----------------------------------------------------------------------------------------------


def _results(result) -> Iterator[float]:
    """Fields and properties of what a model returns."""
    found = [name for name in dir(type(result)) if isinstance(getattr(type(result), name), property)]
    for name in {*found, *getattr(result, "__dataclass_fields__", ()), *getattr(result, "_fields", ())}:
        yield from _floats(getattr(result, name))


def behind(evaluation: Evaluation) -> set[float]:
    """All that a sentence of a model may name."""
    ends = [end for output in evaluation.bands for end in evaluation.bands[output]]
    rows = charts.view_of(evaluation.model.function).rows(evaluation)
    results = {*_results(evaluation.result), *_results(evaluation.baseline.result)}
    return {*results, *evaluation.values.values(), *ends, *_held(rows_of(rows)), *_rounded(evaluation)}


def _rounded(evaluation: Evaluation) -> Iterator[float]:
    """Results and ends of bands that are said with few significant figures, as they are said."""
    for output in evaluation.model.outputs:
        if output.digits < 0:
            found = [getattr(result, output.id) for result in (evaluation.result, evaluation.baseline.result)]
            yield from (significant(float(x), -output.digits) for x in (*found, *evaluation.bands[output.id]))


def sentence(model: Model, scenario: str) -> tuple[str, set[float]]:
    """What a model says in a scenario, and what it may name."""
    low = {id: row.low for id, row in inputs(model.function).items() if row.varied}
    evaluation = evaluation_of(model.function, low if scenario == "all at P5" else {})
    return charts.view_of(model.function).sentence(evaluation), behind(evaluation)


@pytest.mark.parametrize("scenario", ["course", "all at P5"])
@pytest.mark.parametrize("name", MODELS)
def test_a_sentence_agrees_with_its_model(name, scenario):
    text, pool = sentence(MODELS[name], scenario)
    allowed, why = BESIDE.get(name, (0, ""))
    found = unsupported(text, pool)
    assert len(found) <= allowed, (
        f"{text!r} says {', '.join(found)}, which no result, band, assumption or row of its chart gives: mend the "
        f"sentence, or count what it adds from elsewhere in BESIDE, now {allowed} ({why or 'nothing'})"
    )


# Charts in the notebooks -------------------------------------------------------------------------------------------


def _tables(spec) -> Iterator[list[dict]]:
    """The data of a chart and of all its parts."""
    if isinstance(spec, dict):
        for key, part in spec.items():
            if key == "datasets":
                yield from part.values()
            elif key == "values" and isinstance(part, list) and all(isinstance(row, dict) for row in part):
                yield part
            else:
                yield from _tables(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from _tables(part)


def _title(spec: dict) -> str:
    title = spec["title"]
    text = title if isinstance(title, str) else title["text"]
    return " ".join([text] if isinstance(text, str) else text)


def stored() -> dict[str, dict]:
    """Every chart that a notebook stores, by its lesson and title."""
    found = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                if spec := output.get("data", {}).get(CHART):
                    found[f"{path.stem[:2]}: {_title(spec)}"] = spec
    return found


STORED = stored()


def chart_faults(spec: dict, figures: int | None = None) -> list[str]:
    """Numbers in the description of a chart that its data do not give, as they are or with so many figures."""
    held = {value for table in _tables(spec) for value in _held(table) if np.isfinite(value)}
    return unsupported(
        spec["description"], held | ({significant(value, figures) for value in held} if figures else set())
    )


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    """What the models say at the course's values; the figures in the notebooks say the same."""
    return {sentence(model, "course")[0] for model in MODELS.values()}


@pytest.mark.parametrize("name", STORED)
def test_a_description_agrees_with_its_chart(name, sentences):
    if STORED[name]["description"] in sentences:
        return  # held against its model above
    allowed, why = next((found for part, found in BESIDE.items() if part in name), (0, ""))
    found = chart_faults(STORED[name], 2 if name.startswith(FEW_FIGURES) else None)
    assert len(found) == allowed, (found, why, STORED[name]["description"])


def test_what_comes_from_elsewhere_is_still_there():
    names = [*MODELS, *STORED]
    assert [part for part in BESIDE if not any(part in name for name in names)] == []


# A wrong number is found -------------------------------------------------------------------------------------------


def slips(text: str) -> Iterator[str]:
    """A sentence with one number wrong by one in its last digit, for each of its numbers."""
    for found in NUMBER.finditer(NO_RESULT.sub(lambda left_out: "_" * len(left_out[0]), text)):
        printed = found[0].rstrip(",")
        end = found.start() + len(printed)
        yield f"{text[: end - 1]}{(int(printed[-1]) + 1) % 10}{text[end:]}"


def test_slips_in_sentences_are_found():
    """Not every one: a wrong number may be another number of the same model. Four in five are found."""
    told = [sentence(model, "course") for model in MODELS.values()]
    found = [len(unsupported(slip, pool)) > len(unsupported(text, pool)) for text, pool in told for slip in slips(text)]
    assert len(found) > 100
    assert sum(found) / len(found) > 0.75


def test_a_wrong_number_in_a_stored_chart_is_found():
    spec = next(spec for name, spec in STORED.items() if name.startswith("22: A year costs"))
    found = [chart_faults({**spec, "description": slip}) for slip in slips(spec["description"])]
    assert len(found) == 4 and all(found)
