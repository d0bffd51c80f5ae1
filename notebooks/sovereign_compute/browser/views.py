"""What a view shows, as a graph: the rows of its chart and its sentence, from an evaluation that is not known yet.

Views are written for numbers. While one is traced, what writes a number (``number``, ``signed``) leaves its place in
the text, and each function of a view is run once for each answer to what it asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType

from ..analysis import evaluation as evaluations
from ..analysis import simulation
from ..analysis.settings import inputs
from ..controls import headline as headlines
from ..controls import panel_rows
from ..display.charts import ALL, OWN, view_of
from ..errors import CourseError
from ..inputs import wording
from ..models.registry import find
from ..models.results import signatures
from . import bins
from .evaluation import SCENARIO, SymbolicSimulation, evaluated
from .joining import joining, node_of
from .symbols import Graph, Node, Symbol
from .trace import MODELS, modules, needed, seen_by

ROOT = MODELS.partition(".")[0]
VIEWS = f"{ROOT}.display.views."
SEEN = (VIEWS, MODELS, *(f"{ROOT}.{name}" for name in ("inputs.wording", "inputs.assumptions", "analysis.evaluation")))
"""Modules whose names have other values while a view is traced."""


FORKED = 5
"""How many things are put in order by asking which of two comes first."""


@dataclass(frozen=True)
class TracedView:
    """Rows of a chart by column, sentence and headline as nodes; ``why`` says which of them there is not."""

    graph: Graph
    parts: dict[str, Node]
    why: dict[str, str]

    def order(self) -> list[Node]:
        """All nodes, each after what it takes."""
        return needed(self.parts.values())


def trace_view(function: Callable, shown: str = OWN) -> TracedView:
    """One of the ways to show a model, traced as far as it can be."""
    view, graph = view_of(function, shown), Graph()
    own = [*(names for prefix in SEEN for names in modules(prefix)), vars(headlines)]
    one = None if shown in (OWN, ALL) else shown
    shows = {
        "rows": view.rows,
        "sentence": view.sentence,
        "headline": lambda reading: headlines.headline(reading, one, {}),
    }
    found: dict[str, Node] = {}
    why: dict[str, str] = {}
    with seen_by(graph, own, instead=lambda: _instead(graph, own), also={"sorted": _sorted(graph)}):
        reading = evaluated(graph, function)
        for part, show in shows.items():
            try:
                found[part] = node_of(graph, lambda show=show: show(reading))
            except CourseError as error:
                why[part] = str(error)
            except (TypeError, ValueError, AttributeError, IndexError, KeyError) as error:
                why[part] = signatures.told(getattr(view, part, headlines.headline), error)
    return TracedView(graph, found, why)


def trace_shares(function: Callable, whose: tuple[str, tuple[str, ...]]) -> TracedView:
    """A sum and what is paid from it, as the panel shows them, in the place of the parts of a view."""
    graph = Graph()
    seen = [vars(panel_rows), *modules(wording.__name__)]
    with seen_by(graph, seen, instead=lambda: writing(graph)):
        values = {id: graph.symbol("input", value=f"{SCENARIO} {id}") for id in find(function).inputs}
        node = node_of(graph, lambda: panel_rows.shared(whose, inputs(function), values))
    return TracedView(graph, {"shares": node}, {})


def _instead(graph: Graph, seen: list[dict]) -> dict[Callable, Callable]:
    """What functions see in the place of those that write numbers, and of all that views and wording define."""
    instead = {}
    for names in seen:
        where = names.get("__name__", "")
        if where.startswith(VIEWS) or where == wording.__name__:
            instead |= joined(graph, names)
    instead |= writing(graph) | bins.instead(graph)
    instead[evaluations.ranged] = joining(graph, evaluations.ranged)
    instead[simulation.simulate] = lambda function, values: SymbolicSimulation(graph, find(function), values)
    return instead


def joined(graph: Graph, names: dict) -> dict[Callable, Callable]:
    """The functions that a module defines, each of which answers its questions itself."""
    own = [f for f in names.values() if isinstance(f, FunctionType) and f.__module__ == names["__name__"]]
    return {function: joining(graph, function) for function in own}


def writing(graph: Graph) -> dict[Callable, Callable]:
    """What is seen in the place of the functions that write numbers."""
    return {
        wording.number: _written(graph, "number", wording.number, None),
        wording.signed: _written(graph, "signed", wording.signed, 1),
    }


def _written(graph: Graph, op: str, plain: Callable, usual: int | None) -> Callable:
    """What writes a number, or leaves its place in the text where it is not known yet."""

    def place(value, digits: int | None = usual) -> str:
        if not isinstance(value, Symbol):
            return plain(value, digits)
        return graph.words(graph.make(op, value.node, value=digits))

    return place


def _sorted(graph: Graph) -> Callable:
    """sorted, which asks no questions where there are many answers: each place has what belongs there, by its rank."""

    def in_order(items, *, key=None, reverse: bool = False) -> list:
        items = list(items)
        keys = [key(item) if key else item for item in items]
        if len(items) <= FORKED or reverse or not any(isinstance(one, Symbol) for one in keys):
            return sorted(items, key=key, reverse=reverse)
        nodes = [graph.node(one) for one in keys]
        return [_picked(graph, graph.make("ranked", *nodes, value=place), items) for place in range(len(items))]

    return in_order


def _picked(graph: Graph, which: Node, items: list):
    """One of several, which is not known yet; of several tuples, a tuple of such."""
    if all(isinstance(item, tuple) for item in items):
        return tuple(_picked(graph, which, list(parts)) for parts in zip(*items, strict=True))
    return graph.back(graph.make("pick", which, *map(graph.node, items)))
