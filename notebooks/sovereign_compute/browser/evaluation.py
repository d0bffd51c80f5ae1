"""An evaluation that is not known yet: what a view is given while it is traced.

It has the values of the scenario and of what that is compared with, the results of both, and simulations of which
quantiles, means and shares are asked.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, reduce

import numpy as np

from ..analysis.evaluation import Baseline, Evaluation
from ..analysis.settings import complete, inputs
from ..analysis.simulation import DRAWS, Simulation
from ..inputs.assumptions import placed
from ..models.registry import Model, find
from .forks import Untraceable
from .joining import joining
from .symbols import Graph, Node, Several, Symbol

SCENARIO, OTHER = "scenario", "other"
"""Whose a number is: of the scenario, or of what it is compared with."""
DRAWN, COURSE_DRAWS = "draws", "course draws"
"""Draws from the ranges that a page starts from, and from the course's where a class has others."""
VALUES = "values"
"""All values of a scenario, or of what it is compared with, by their ids: shorter than each of them."""


class Evaluated(Evaluation):
    """An evaluation whose numbers are symbols."""

    @property
    def asked(self):
        """Whether a band was asked for: yes, no, or not known yet."""
        return self.bands.asked

    @property
    def differs(self) -> Symbol:
        pairs = [[getattr(one, o.id) for one in (self.result, self.baseline.result)] for o in self.model.outputs]
        return reduce(np.logical_or, [own != other for own, other in pairs])


class Compared(Baseline):
    """What an evaluation is compared with; whether it has a name is not known yet, either."""

    def __getattribute__(self, attribute: str):
        found = super().__getattribute__
        kind = type(self).__mro__[1].__dict__.get(attribute)
        if isinstance(kind, property) or attribute == "named":
            graph = found("bands").graph
            if attribute == "named":
                return joining(graph, found(attribute))
            return joining(graph, lambda: kind.fget(self))()
        return found(attribute)


def evaluated(graph: Graph, function: Callable) -> Evaluated:
    """The evaluation of a model with symbols in the place of all numbers."""
    model = find(function)
    values, other = (
        {id: _value(graph, whose, id, a) for id, a in inputs(function).items()} for whose in (SCENARIO, OTHER)
    )
    band = graph.symbol("input", value="band")
    compared = Compared(
        graph.words(graph.make("name", value="name")),
        {},
        other,
        _result(graph, model, OTHER),
        SymbolicBands(graph, model, other, True, course=True),
        bool(model.made),
    )
    return Evaluated(
        model, values, _result(graph, model, SCENARIO), compared, SymbolicBands(graph, model, values, band)
    )


def _value(graph: Graph, whose: str, id: str, assumption) -> Symbol:
    name = f"{whose} {id}"
    if assumption.words:
        graph.choices[name] = int(assumption.hard_max)
    return graph.symbol("input", value=name)


def _result(graph: Graph, model: Model, whose: str):
    """What the model returns, of its own type, so that views may go through it."""
    return of_its_type(model, {o.id: graph.symbol("input", value=f"{whose} result {o.id}") for o in model.outputs})


def of_its_type(model: Model, parts: dict[str, Symbol]):
    """Outputs by name as the model returns them."""
    with suppress(TypeError, AttributeError):
        return _returned(model.function)(**parts)
    raise Untraceable(f"{model.name} returns no NamedTuple")


@cache
def _returned(function: Callable) -> type:
    """The type of what a model returns; it is computed once, as a lesson asks for a thousand results of one model."""
    return type(find(function).run(**complete(function)))


class SymbolicBands(Mapping):
    """P5 and P95 by output; whether they were asked for may not be known yet."""

    def __init__(self, graph: Graph, model: Model, values: dict, asked, course: bool = False):
        self.graph, self._model, self.asked = graph, model, asked
        self.simulation = SymbolicSimulation(graph, model, values, course)

    def __bool__(self) -> bool:
        return bool(self.asked)

    def __getitem__(self, output: str) -> tuple[Symbol, Symbol]:
        if output not in list(self) or not self:
            raise KeyError(output)
        return self.simulation.quantile(output, (0.05, 0.95))

    def __iter__(self):
        return iter([output.id for output in self._model.outputs])

    def __len__(self) -> int:
        return len(self._model.outputs)


class SymbolicSimulation(Simulation):
    """The draws around values that are not known yet; ``course`` where their ranges are the course's in any class."""

    def __init__(self, graph: Graph, model: Model, values: dict, course: bool = False):
        op = COURSE_DRAWS if course and any(id in placed() for id in model.inputs) else DRAWN
        node = graph.make(op, *_around(graph, [graph.node(values[id]) for id in model.inputs], model), value=model.name)
        object.__setattr__(self, "_graph", graph)
        object.__setattr__(self, "node", node)
        super().__init__(model.name, {output.id: SymbolicDraws(self, output.id) for output in model.outputs})

    def asked(self, op: str, *value) -> Symbol:
        """What is asked of the draws, with what it takes besides them."""
        return Symbol(self._graph.make(op, self.node, value=value))

    def table(self, edges) -> str:
        """The name of the edges of bins."""
        return self._graph.table(np.asarray(edges))

    def quantile(self, output: str, q):
        self._of(output)
        return (
            self.asked("quantile", output, float(q))
            if np.isscalar(q)
            else tuple(self.quantile(output, one) for one in q)
        )

    def mean(self, output: str) -> Symbol:
        self._of(output)
        return self.asked("mean", output)

    def probability(self, output: str, *, above: float | None = None, below: float | None = None) -> Symbol:
        self._of(output)
        return self.asked("probability", output, above, below)

    def least(self, outputs) -> dict[str, Symbol]:
        return {output: self.asked("least", tuple(outputs), place) for place, output in enumerate(outputs)}


def _around(graph: Graph, nodes: list[Node], model: Model) -> list[Node]:
    """The values that draws lie around, in one node where they are all those of a scenario."""
    for whose in (SCENARIO, OTHER):
        if [(node.op, node.value) for node in nodes] == [("input", f"{whose} {id}") for id in model.inputs]:
            return [graph.make(VALUES, value=whose)]
    return nodes


class SymbolicDraws:
    """The draws of one output, between two ends if they are cut there."""

    def __init__(self, simulation: SymbolicSimulation, output: str, ends: tuple = (None, None)):
        self.simulation, self.output, self._ends = simulation, output, ends

    def __len__(self) -> int:
        return DRAWS

    def __array_function__(self, function, types, args, given):
        if function is np.clip:
            return SymbolicDraws(self.simulation, self.output, (float(args[1]), float(args[2])))
        if function is np.histogram and not given and np.ndim(args[1]) == 1:
            edges = self.simulation.table(args[1])
            bins = range(len(args[1]) - 1)
            return Several(
                [self.simulation.asked("bin", self.output, edges, *self._ends, place) for place in bins]
            ), edges
        raise Untraceable(f"np.{function.__name__} of the draws")

    def __getattr__(self, name: str):
        raise Untraceable(f"{name} of the draws")
