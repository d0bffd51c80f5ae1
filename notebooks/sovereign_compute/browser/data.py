"""What the page needs to know of a model: its operations, its assumptions and their direction numbers."""

from collections.abc import Callable, Mapping

from scipy.special import betaln

from ..analysis import distributions, draws
from ..analysis.settings import inputs
from ..analysis.simulation import DRAWS
from ..inputs.assumptions import Assumption, in_place, registry
from ..inputs.own_assumptions import Own
from ..inputs.start import of_class
from ..models import framework
from ..models.parts import offer
from .evaluation import COURSE_DRAWS, DRAWN
from .forks import Untraceable
from .program import counted, number_of, program
from .sealed import sealed
from .symbols import Graph, Node
from .trace import trace
from .views import TracedView


def model_data(function: Callable, own: Mapping[str, Own] | None = None) -> dict:
    """A model as `engine.js` takes it; Untraceable says why there is none.

    ``own`` are in the place of the course's assumptions, those of the class if none are given.
    """
    with in_place(of_class() if own is None else own):
        known = inputs(function)
    varied = {id for id, a in known.items() if a.varied or (_replaces(a) and registry()[id].varied)}
    traced = trace(function)
    found = {"assumptions": [_row(a) for a in known.values()], "program": program(traced, varied)}
    return {**found, "scores": _scores()} if traced.graph.steps.keys() & {"ranks", "grids"} else found


def _scores() -> dict:
    """Points of the services of lesson 12, and what of them an offer moves, as `steps.js` takes them."""
    return {
        "points": framework.POINTS.tolist(),
        "own": offer.OWN,
        "rented": offer.RENTED,
        "supply": offer.SUPPLY,
        "technology": offer.TECHNOLOGY,
        "room": [offer.ROOM[offer.TECHNOLOGY], offer.ROOM[offer.SUPPLY]],
        "cells": list(offer.CELLS),
    }


def view_data(view: TracedView, model: str) -> dict:
    """The graph of a view as `told.js` takes it; Untraceable if it is not whole, or asks for draws of another model."""
    if view.why:
        raise Untraceable("; ".join(f"its {part}: {why}" for part, why in view.why.items()))
    order = view.order()
    for node in order:
        if node.op in (DRAWN, COURSE_DRAWS) and node.value != model:
            raise Untraceable(f"it asks for draws of {node.value}")
    places = places_of(order)
    return {**graph_data(view.graph, order), "parts": {part: places[node.id] for part, node in view.parts.items()}}


def places_of(order: list[Node]) -> dict[int, int]:
    """Where each node of a graph lies."""
    return {node.id: place for place, node in enumerate(order)}


def graph_data(graph: Graph, order: list[Node], hidden: Callable[[Node], bool] = lambda node: False) -> dict:
    """Nodes as `told.js` computes with them, each after what it takes; ``hidden`` constants are not in clear text.

    What a node takes is written as in `program.counted`.
    """
    places = places_of(order)
    return {
        "nodes": [_node(node, places, hidden) for node in order],
        "tables": {name: [number_of(x) for x in table.tolist()] for name, table in graph.tables.items()},
    }


def _node(node: Node, places: dict[int, int], hidden: Callable[[Node], bool]):
    """A constant as it is; of all else the operation, what it takes by place, and what else belongs to it."""
    if node.op == "const":
        if hidden(node):
            return ["sealed", sealed(node.value)]
        if not isinstance(node.value, float):
            return node.value
        shown = number_of(node.value)
        return ["constant", [], shown] if isinstance(shown, str) else shown
    args = counted([places[arg.id] for arg in node.args], places[node.id])
    if node.op == "gather" and not node.value:
        return ["entry", args]
    return [node.op, args] if node.value is None else [node.op, args, node.value]


def _row(a: Assumption) -> dict:
    """An assumption, and where it is in the place of one of the course's, that one."""
    return _assumption(a) | ({"course": _assumption(registry()[a.id])} if _replaces(a) else {})


def _replaces(a: Assumption) -> bool:
    return isinstance(a, Own) and not a.added


def _assumption(a: Assumption) -> dict:
    told = {
        "id": a.id,
        "distribution": a.distribution,
        "varied": a.varied,
        "value": a.value,
        "low": a.low,
        "high": a.high,
        "min": a.hard_min,
        "max": a.hard_max,
    }
    if not a.varied:
        return told
    told["directions"] = draws.directions(a.code - 1, DRAWS)
    if a.distribution == "beta":
        first, second = distributions.beta_shape(a)
        told["shape"] = {"a": first, "b": second, "log": float(betaln(first, second))}
    if (name := draws.group_of(a)) is not None:
        place, strength = draws.correlations()[name]
        told["group"] = {
            "name": name,
            "strength": strength,
            "negative": a.correlation_group.startswith("-"),
            "directions": draws.directions(draws.dimensions() - 1 - place, DRAWS),
        }
    return told
