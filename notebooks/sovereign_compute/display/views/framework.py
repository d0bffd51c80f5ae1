"""How the ranks of the services are shown: as probabilities, and with the weights that turn them."""

import altair as alt

from ...analysis.evaluation import COURSE, COURSE_HEAD, Evaluation
from ...analysis.settings import inputs
from ...inputs.wording import listed, number
from ...models.framework import WEIGHTS, rank_of_services, ranks
from ...models.parts.services import FIELDS, SHORT
from .. import kinds
from ..charts import CONFIG, VIEWS, View
from ..prose import the

PLACES, GATE = ("first", "second", "third", "fourth", "last"), "level reached"
"""What the rows hold of each service: the chance of each place, and that of passing the gate."""


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
    rows = {"service": [], "place": [], "value": [], "course": []}
    for key, scenario in (("value", evaluation), ("course", evaluation.baseline)):
        passes = _passes(scenario.result)
        for name, chances in zip(SHORT.values(), ranks_of_services(scenario.values), strict=True):
            rows[key] += [*chances.tolist(), passes[name]]
    places = (*PLACES, GATE)
    rows["service"] = [name for name in SHORT.values() for _ in places]
    rows["place"] = list(places) * len(SHORT)
    return rows


def _rank_chart(rows) -> alt.VConcatChart:
    """Two questions, one below the other: who is first, and who passes the gate. All places are in the table."""
    return alt.vconcat(
        _share_of(rows, PLACES[0], "Ranks first (% of the judgements)"),
        _share_of(rows, GATE, "Reaches the level required in every objective (%)"),
        title=alt.Title(
            "Who ranks first, and who passes the gate?",
            subtitle=[
                "A judgement is one set of weights and one reading of the evidence.",
                f"Dashed outline, where it differs: {COURSE}.",
            ],
        ),
        spacing=16,
        config=CONFIG,
    )


def _share_of(rows, place: str, title: str) -> alt.LayerChart:
    bars = kinds.bars(
        rows, category="service", value="value", course="course", title=title, text=".0f", domain=[0, 100]
    )
    return bars.transform_filter(f"datum.place == '{place}'")


def _first_two(chances: dict) -> str:
    first, second = sorted(chances, key=lambda name: -chances[name][0])[:2]
    start = the(first)
    return (
        f"{start[0].upper()}{start[1:]} ranks first in {number(chances[first][0], 0)} % of the judgements and "
        f"{the(second)} in {number(chances[second][0], 0)} %"
    )


def _last(chances: dict) -> str:
    last = max(chances, key=lambda name: chances[name][-1])
    return f"{the(last)} ranks last in {number(chances[last][-1], 0)} %"


def _leader(chances: dict) -> str:
    leader = max(chances, key=lambda name: chances[name][0])
    return f"{the(leader)} ranks first in {number(chances[leader][0], 0)} %"


def _chances(values: dict) -> dict:
    return dict(zip(SHORT.values(), ranks_of_services(values), strict=True))


def _rank_sentence(evaluation: Evaluation) -> str:
    chances, before = _chances(evaluation.values), evaluation.baseline
    moved = f" {before.within} {_leader(_chances(before.values))}." if evaluation.differs else ""
    return f"{_first_two(chances)}; {_last(chances)}. {_gate(evaluation)}{moved}"


def _gate(evaluation: Evaluation) -> str:
    passes, level = _passes(evaluation.result), _level(evaluation.values)
    most = max(passes.values())
    best = [the(name) for name, share in passes.items() if share == most]
    if not (most and best):
        return f"No service reaches {level} in every objective."
    reach = "reaches" if len(best) == 1 else "reach"
    return f"In {number(most, 0)} % of them {listed(best)} {reach} {level} in every objective."


VIEWS["rank_of_services"] = View(
    _rank_chart,
    _rank_rows,
    _rank_sentence,
    {"service": "Service", "place": "Place", "value": "% of the judgements", "course": COURSE_HEAD},
    band=False,
)
