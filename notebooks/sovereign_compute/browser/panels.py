"""What the kernel of a panel in a page works with: the model, its views, and what a learner may set and read."""

from collections.abc import Callable, Sequence

from ..analysis.evaluation import COURSE, COURSE_HEAD
from ..controls import headline, widgets
from ..controls.moves import Move
from ..controls.panel import Panel
from ..display import charts, guesses
from ..display.charts import ALL, OWN, blueprint, view_of, views_of
from ..inputs import share_codes
from ..inputs.assumptions import Assumption, in_place, registry
from ..inputs.start import of_class, start_values
from ..inputs.units import unit_words
from ..inputs.wording import number, quantity
from ..models.registry import Model
from .common import control
from .data import model_data, view_data
from .forks import Untraceable
from .views import trace_shares, trace_view

NOT_HERE = "The picture of the lesson is not part of this page: {why}."
ELSEWHERE = "it is computed in the notebook"
WHY = {"queue_wait": "the notebook lets ten thousand jobs run for it"}
"""Why the own view of a model is not in its page, where that can be said better."""


def panel_control(function: Callable, moves: Sequence[Move] = ()) -> dict:
    """The panel of a model, or of a learner's function, for a page; Untraceable says why there is none."""
    panel = Panel(function, moves=moves)
    known = panel._inputs
    with in_place(of_class()):
        views, left_out = _views(function)
    looks = [view["spec"].pop("config") for view in views.values()]
    setup = widgets.for_page(panel._describe())
    setup["views"] = [view for view in setup["views"] if view["id"] in views]
    if OWN in left_out:
        setup["start"] = " ".join(
            filter(None, [setup["start"], NOT_HERE.format(why=WHY.get(panel._model.name, ELSEWHERE))])
        )
    start = start_values()
    return control(
        "panel",
        name=panel._model.name,
        setup=setup,
        models={panel._model.name: model_data(function)},
        look=looks[0],
        views={
            id: view | ({"look": own} if own != looks[0] else {})
            for (id, view), own in zip(views.items(), looks, strict=True)
        },
        presets=panel._presets,
        start={id: start[id] for id in known if id in start},
        band=panel._first_band,
        fault=Panel._fault,
        guesses=guess_words(panel._model),
        shares=view_data(trace_shares(function, panel._shares), panel._model.name) if panel._shares else None,
        seen=[move.seen() for move in moves],
        words={"course": COURSE, "head": COURSE_HEAD},
        accept=[accepted(a) for a in known.values()],
        **codes(),
    )


def _views(function: Callable) -> tuple[dict[str, dict], dict[str, str]]:
    """The views that are traced, the usual one first, and why the others are not; Untraceable if none is."""
    found, why = {}, {}
    for shown in views_of(function):
        try:
            told = view_data(trace_view(function, shown), charts.find(function).name)
        except Untraceable as error:
            why[shown] = str(error)
            continue
        view = view_of(function, shown)
        description = view.sentence(charts.evaluation_of(function, band=False))
        spec = charts.must_tell({**blueprint(function, shown), "description": description})
        found[shown] = {
            "told": told,
            "band": view.band,
            "columns": view.columns,
            "spec": widgets.for_page(spec),
            "layers": added(spec, guesses.with_guesses(spec)),
            "output": charts.find(function).output(None if shown in (OWN, ALL) else shown).id,
        }
    if not found:
        raise Untraceable("; ".join(why.values()))
    return found, why


def added(before, after) -> dict:
    """What a chart has more than before, by place: layers behind the others."""
    if isinstance(before, list):
        parts = {str(place): added(*pair) for place, pair in enumerate(zip(before, after, strict=False))}
    elif isinstance(before, dict):
        parts = {key: added(before[key], after[key]) for key in before}
        parts |= {"added": after["layer"][len(before["layer"]) :]} if "layer" in before else {}
    else:
        return {}
    return {key: part for key, part in parts.items() if part}


def guess_words(model: Model) -> dict:
    """The predictions that the panel of a model shows, and how it does."""
    return {
        "outputs": {row["id"]: row["output"] for row in headline.asked(model)},
        "digits": {output.id: output.digits for output in model.outputs},
        "label": guesses.LABEL,
        "guessed": headline.GUESSED,
        "within": headline.WITHIN,
    }


def accepted(a: Assumption) -> dict:
    """What a value of an assumption has to be, and what is said where it is not."""
    return {
        "code": a.code,
        "unit": unit_words(a.unit),
        "allowed": f"allowed is {number(a.hard_min)} to {quantity(a.hard_max, a.unit)}",
        "grid": grid(a),
    }


def grid(a: Assumption) -> dict:
    """The values that an assumption can have, as `accept.js` takes them."""
    found = {"min": a.hard_min, "max": a.hard_max, "step": a.step, "decimals": a.decimals, "log": a.scale == "log"}
    return {**found, "digits": len(f"{a.step:.10f}".rstrip("0").partition(".")[2])}


def codes() -> dict:
    """What share codes hold: the size of each grid by number, and what goes on under a second number."""
    continued = {str(second): list(parts) for second, parts in share_codes.CONTINUED.items()}
    known = {a.code: a for a in registry().values()}
    grown = [known[own] for own, *_ in continued.values() if own in known]
    sizes = {str(code): a.positions for code, a in known.items()}
    for second, (own, first, size) in continued.items():
        sizes |= {str(own): first, second: size}
    return {
        "sizes": sizes,
        "continued": continued,
        "grown": {str(a.code): {"places": a.positions, "label": a.label} for a in grown},
    }
