"""What an exercise asks, judges and explains, as a graph: its functions are run once with the values of nobody's case.

The judge of ``controls/exercises.py`` itself is run with a number that is not known yet, so that its sentences are
those of the kernel.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np

from ..analysis.settings import complete, evaluate
from ..analysis.simulation import simulate
from ..controls import cases, exercises
from ..controls.exercises import Exercise
from ..errors import CourseError
from ..models.registry import Model, all_models, find
from ..models.results import signatures
from .evaluation import SymbolicSimulation, of_its_type
from .forks import Untraceable
from .joining import node_of
from .symbols import Graph, Node, Symbol
from .trace import MODELS, meant, modules, needed, seen_by
from .views import ROOT, writing

SEEN = (
    MODELS,
    *(f"{ROOT}.{name}" for name in ("lessons.", "display.views.", "analysis.", "inputs.wording", "controls.exercises")),
)
"""Modules whose names have other values while an exercise is traced."""
POOL = tuple(range(2101, 10_000, 400))
"""The numbers of the cases of an exercise whose cases are told one by one, as it computes with more than numbers."""
MOST_WAYS = 800
"""How many ways an exercise may go; where there are more, its cases are told one by one."""


@dataclass(frozen=True)
class TracedExercise:
    """The parts of an exercise as nodes: ``question``, ``fair``, ``judge``, ``truth``, ``ends``, ``solution``.

    ``pooled`` are the numbers of its cases where these are told one by one.
    """

    exercise: Exercise
    parts: dict[str, Node]
    pooled: tuple[int, ...] = ()


def trace_exercise(graph: Graph, exercise: Exercise) -> TracedExercise:
    """An exercise in a graph, which those of a lesson share; Untraceable says why it cannot be."""
    why = ""
    if exercise.follows or (exercise.vary and all(map(_numbers, exercise.vary.values()))):
        try:
            return TracedExercise(exercise, _parts(graph, exercise, partial(dict, _symbols(graph, exercise)), True))
        except CourseError as error:
            why = str(error)
        except (TypeError, ValueError, AttributeError, IndexError, KeyError) as error:
            why = signatures.told(exercise.answer, error)
    if exercise.follows:
        raise Untraceable(f"exercise {exercise.id} is not traced: {why}")
    pool = POOL if exercise.vary else ()
    told = [exercise.case(number) for number in pool] or [exercise.values()]
    return TracedExercise(exercise, _parts(graph, _computed_once(exercise), partial(_one_of, graph, told), False), pool)


def _numbers(between) -> bool:
    """Whether what is drawn is a number, whichever it is."""
    return isinstance(between, tuple) or all(isinstance(x, int | float) for x in between)


def _parts(graph: Graph, exercise: Exercise, values: Callable[[], dict], unknown: bool) -> dict[str, Node]:
    """The parts for values of which some may be ``unknown`` yet."""
    groups = [names for prefix in SEEN for names in modules(prefix)]
    with seen_by(graph, groups, instead=lambda: _instead(graph, unknown, exercise.follows)):

        def of(told: Callable[[dict], object]) -> Node:
            return node_of(graph, lambda: told(values()))

        found = {"question": of(exercise.text), "solution": of(exercise.solved)}
        if exercise.vary and unknown:
            found["fair"] = of(lambda v: (not exercise.fair or exercise.fair(v)) and exercise._tells_slips(v))
        found["judge"] = graph.node(list(map(of, _judged(graph, exercise))))
        if exercise.kind == "ranking":
            found["truth"] = of(exercise.answer)
        if exercise.kind == "range":
            found["truth"], found["ends"] = of(exercise.answer), of(lambda v: list(exercise.band(v)))
    return found


def _judged(graph: Graph, exercise: Exercise) -> list[Callable]:
    """What is said of each kind of answer: for each unit, or for each option; a ranking is judged in the page."""
    given = {"number": graph.symbol("input", value="given")}
    given["range"] = [graph.symbol("input", value=f"given {end}") for end in ("low", "high")]
    if exercise.kind == "choice":
        return [lambda v, option=option: exercise.judge(option, values=v) for option in exercise.options()]
    if exercise.kind in given:
        return [lambda v, u=unit: exercise.judge(given[exercise.kind], u, v) for unit in exercise.units or [""]]
    return []


def _symbols(graph: Graph, exercise: Exercise) -> dict:
    """The values of a case: numbers that are drawn, or the panel's, are not known yet."""
    if exercise.follows:
        return {id: _value(graph, id) for id in find(exercise.model).inputs}
    values = exercise.case(cases.EXAMPLE)
    return values | {name: _value(graph, name) for name in exercise.vary}


def _one_of(graph: Graph, told: list[dict]) -> dict:
    """The values of one case after the other, or of the only one."""
    if len(told) == 1:
        return told[0]
    return told[graph.forks.answer(graph.make("input", value="place"), tuple(range(len(told))))]


def _computed_once(exercise: Exercise) -> Exercise:
    """The same exercise, which computes its numbers once for each case that it is given."""

    def once(function: Callable | None) -> Callable | None:
        known = {}

        def found(v: dict):
            if id(v) not in known:
                known[id(v)] = function(v)
            return known[id(v)]

        return function and found

    slips = tuple(replace(mistake, value=once(mistake.value)) for mistake in exercise.mistakes)
    parts = {name: once(getattr(exercise, name)) for name in ("answer", "solution", "reasons", "band")}
    return replace(exercise, mistakes=slips, **parts)


def _value(graph: Graph, name: str) -> Symbol:
    return graph.symbol("input", value=f"value {name}")


# What is seen in the place of functions of the course ---------------------------------------------------------------


def _instead(graph: Graph, unknown: bool, follows: bool) -> dict[Callable, Callable]:
    told = {
        **writing(graph),
        exercises._near: _near,
        exercises.as_number: lambda given, *_: given,
        exercises.range_in: lambda given, *_: given,
    }
    if not unknown:
        return told

    def plain(computed: Callable) -> Callable:
        """What is told which function it is about, and not what is seen in its place."""
        return lambda function, *args, **given: computed(meant(function), *args, **given)

    return {
        **told,
        **{model.function: _called(graph, model) for model in all_models().values()},
        find: plain(find),
        complete: plain(_complete),
        evaluate: lambda function, **changes: function(**_complete(meant(function), changes)),
        simulate: plain(_simulated(graph, not follows)),
    }


def _called(graph: Graph, model: Model) -> Callable:
    """A model that is computed as a whole where a number that it takes is not known yet.

    Where all are known, each way of an exercise asks for the same results again: they are computed once.
    """
    once = cache(model.function)

    def called(**values):
        if all(isinstance(value, float) for value in values.values()):
            return once(**values)
        if not any(isinstance(value, Symbol) for value in values.values()):
            return model.function(**values)
        nodes = [graph.node(values[id]) for id in model.inputs]
        parts = {o.id: Symbol(graph.make("result", *nodes, value=(model.name, o.id))) for o in model.outputs}
        return of_its_type(model, parts)

    return called


def _complete(function: Callable, changes: dict | None = None) -> dict:
    """The values of a model where some are not known yet; those that are known are checked."""
    changes = changes or {}
    unknown = {id: value for id, value in changes.items() if isinstance(value, Symbol)}
    return complete(function, {id: v for id, v in changes.items() if id not in unknown}) | unknown


def _simulated(graph: Graph, course: bool) -> Callable:
    def simulated(function: Callable, changes: dict | None = None, n: int | None = None):
        if not any(isinstance(value, Symbol) for value in (changes or {}).values()):
            return simulate(function, changes, n)
        return SymbolicSimulation(graph, find(function), _complete(function, changes), course)

    return simulated


def _near(a, b, tolerance: float):
    """math.isclose of two numbers, of which one is not known yet."""
    larger = np.maximum(np.abs(a), np.abs(b))
    return (a == b) | ((np.abs(a - b) <= tolerance * larger) & np.isfinite(larger))


def nodes(traced: list[TracedExercise]) -> list[Node]:
    """All that the parts of some exercises need, each after what it takes."""
    return needed(node for one in traced for node in one.parts.values())
