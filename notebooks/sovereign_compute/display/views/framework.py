"""How the ranks of the services are shown: as probabilities, and with the weights that turn them."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...analysis.settings import inputs
from ...inputs.wording import number
from ...models.framework import WEIGHTS, rank_of_services, ranks
from ...models.parts.services import FIELDS, SHORT
from .. import kinds
from ..charts import VIEWS, View
from ..prose import the

PLACES = ("first", "second", "third", "fourth", "last")


def ranks_of_services(values: dict):
    """Rank probabilities in percent, shape (services, ranks)."""
    weights = [value for id, value in values.items() if id in WEIGHTS]
    return 100 * ranks(weights, values["weight_concentration"])


def _level(values: dict) -> str:
    return inputs(rank_of_services)["minimum_level"].told(values["minimum_level"])


def _passes(result) -> dict[str, float]:
    return {name: getattr(result, f"{id}_passes") for id, name in FIELDS.items()}


def _rank_rows(evaluation: Evaluation) -> dict[str, list]:
    """For each service five places and, in a column of its own, whether it reaches the level asked for."""
    rows = {"service": [], "place": [], "percent": [], "course": []}
    for key, scenario in (("percent", evaluation), ("course", evaluation.baseline)):
        passes = _passes(scenario.result)
        for name, chances in zip(SHORT.values(), ranks_of_services(scenario.values), strict=True):
            rows[key] += [*chances.tolist(), passes[name]]
    places = (*PLACES, "level reached")
    rows["service"] = [name for name in SHORT.values() for _ in places]
    rows["place"] = list(places) * len(SHORT)
    return rows


def _rank_chart(rows) -> alt.LayerChart:
    return kinds.titled(
        kinds.heat_map(
            rows,
            x="place",
            y="service",
            value="percent",
            course="course",
            title="Probability (%)",
            x_title="Probability (%) of place",
        ),
        "Which service comes first, if people disagree",
        [
            "% of the draws of weights and evidence. Right: the level asked for is reached everywhere.",
            f"In brackets, where it differs: {COURSE}.",
        ],
    )


def _start(words: str) -> str:
    return words[0].upper() + words[1:]


def _chances(values: dict) -> dict:
    return dict(zip(SHORT.values(), ranks_of_services(values), strict=True))


def _first_two(chances: dict) -> str:
    first, second, *_ = sorted(chances, key=lambda name: -chances[name][0])
    return (
        f"{_start(the(first))} comes first in {number(chances[first][0], 0)} % of the draws, {the(second)} in "
        f"{number(chances[second][0], 0)} %"
    )


def _last(chances: dict) -> str:
    last = max(chances, key=lambda name: chances[name][-1])
    return f"{the(last)} comes last in {number(chances[last][-1], 0)} %"


def _gate(values: dict, result) -> str:
    passes = _passes(result)
    most, level = max(passes, key=passes.get), _level(values)
    if passes[most]:
        return f"{_start(the(most))} reaches {level} in every objective most often, in {number(passes[most], 0)} %."
    return f"None reaches {level} in every objective, in any draw."


def _leader(values: dict) -> str:
    chances = _chances(values)
    leader = max(chances, key=lambda name: chances[name][0])
    return f"{the(leader)} comes first in {number(chances[leader][0], 0)} %"


def _rank_sentence(evaluation: Evaluation) -> str:
    chances, before = _chances(evaluation.values), evaluation.baseline
    moved = f" {before.within} {_leader(before.values)}." if evaluation.differs else ""
    return f"{_first_two(chances)}; {_last(chances)}. {_gate(evaluation.values, evaluation.result)}{moved}"


VIEWS["rank_of_services"] = View(
    _rank_chart,
    _rank_rows,
    _rank_sentence,
    {"service": "Service", "place": "Place", "percent": "% of the draws", "course": COURSE_HEAD},
    band=False,
)


# What stands behind it ----------------------------------------------------------------------------------------------
