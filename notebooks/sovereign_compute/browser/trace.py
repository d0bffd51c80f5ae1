"""What a function computes, as a graph: it is run once with symbols in the place of its numbers.

``trace(model)`` gives the graph of a model with its outputs. While a function runs, a few names of the modules that it
calls are others: what Python itself does only with numbers that are known (``math.exp``, ``float``, ``max``) is done by
numpy, which hands a symbol on.
"""

import builtins
import math
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock, get_ident
from types import FunctionType, ModuleType

import numpy as np
import scipy.special

from ..analysis.settings import inputs
from ..errors import CourseError
from ..models import results
from ..models.registry import Model, find
from .forks import Untraceable
from .joining import chosen
from .symbols import ARITHMETIC, SPECIAL, Graph, Node, Symbol

MODELS = f"{__package__.rpartition('.')[0]}.models."


@dataclass(frozen=True)
class Traced:
    """A model as a graph: its inputs by id, and the node of each output."""

    model: Model
    graph: Graph
    inputs: tuple[str, ...]
    outputs: dict[str, Node]

    def order(self) -> list[Node]:
        """The nodes that the outputs need, each after what it takes."""
        return needed(self.outputs.values())

    def numpy(self, values: Mapping[str, float | np.ndarray]) -> dict[str, np.ndarray]:
        """The outputs for numbers, or arrays of one shape, as numpy computes them from the graph."""
        found: dict[int, object] = {}
        with np.errstate(all="ignore"):
            for node in self.order():
                args = [found[arg.id] for arg in node.args]
                found[node.id] = _computed(self.graph, node, args, values)
        return {id: found[node.id] for id, node in self.outputs.items()}


def _computed(graph: Graph, node: Node, args: list, values: Mapping):
    if node.op == "const":
        return node.value
    if node.op == "input":
        return values[node.value]
    if node.op == "where":
        return np.where(*args)
    if node.op == "gather":
        at = np.asarray(args[0]).astype(int)
        table = graph.tables[node.value] if node.value else args[1]
        return table[at] if table.ndim == 1 else table[np.arange(len(table)), at]
    if node.op == "step":
        return _in_one_step(*graph.steps[node.value], args)
    if node.op == "round":
        return np.round(args[0], node.value)
    if node.op in SPECIAL:
        return getattr(scipy.special, node.op)(*args)
    return ARITHMETIC[node.op](*(np.asarray(arg, dtype=float) if node.op == "reciprocal" else arg for arg in args))


def _in_one_step(function: Callable, lengths: list[int], args: list):
    """What a function of the course gives that is one operation, row by row: shape (entries,) or (rows, entries)."""

    def once(row: list):
        rest = iter(row)
        return np.ravel(function(*([next(rest) for _ in range(n)] if n else next(rest) for n in lengths)))

    rows = np.broadcast_arrays(*args)
    found = np.array([once(list(row)) for row in zip(*map(np.ravel, rows), strict=True)])
    found = found[:, 0] if found.shape[1] == 1 else found
    return found if rows[0].ndim else found[0]


def needed(wanted) -> list[Node]:
    """Some nodes and all that they take, each once and after what it takes."""
    seen: set[int] = set()
    order: list[Node] = []
    stack = [(node, False) for node in reversed(list(wanted))]
    while stack:
        node, done = stack.pop()
        if done:
            order.append(node)
        elif node.id not in seen:
            seen.add(node.id)
            stack.append((node, True))
            stack.extend((arg, False) for arg in reversed(node.args))
    return order


def trace(function: Callable) -> Traced:
    """The graph of a model, or of a function of a learner's; Untraceable says why there is none."""
    model = find(function)
    if model.untraced:
        raise Untraceable(f"{model.name} is not traced: {model.untraced}")
    graph, known = Graph(), inputs(function)
    graph.choices.update({id: int(a.hard_max) for id, a in known.items() if a.words})
    symbols = {id: graph.symbol("input", value=id) for id in known}

    def once() -> dict[str, Node]:
        found = model.call(**symbols)
        parts = results.parts(found) if model.own else {o.id: getattr(found, o.id) for o in model.outputs}
        return {output.id: graph.node(parts[output.id]) for output in model.outputs}

    def join(asked: Node, by_answer: dict) -> dict[str, Node]:
        first = next(iter(by_answer.values()))
        return {id: chosen(graph, asked, {a: outputs[id] for a, outputs in by_answer.items()}) for id in first}

    try:
        with seen_by(graph, modules(MODELS), globals_of(model)):
            outputs = graph.forks.all_ways(once, join)
    except CourseError as error:
        raise Untraceable(f"{model.name} is not traced: {error}") from None
    except (TypeError, ValueError, AttributeError, IndexError, KeyError) as error:
        raise Untraceable(f"{model.name} is not traced: {results.signatures.told(model.function, error)}") from None
    return Traced(model, graph, tuple(known), outputs)


def modules(prefix: str) -> list[dict]:
    """The names of the modules of the course that are loaded and whose own name begins so."""
    return [vars(module) for name, module in list(sys.modules.items()) if name.startswith(prefix) and module]


def globals_of(model: Model) -> list[dict]:
    """The names that a learner's function sees."""
    return [model.function.__globals__] if model.own and isinstance(model.function, FunctionType) else []


# What functions see while they are traced ---------------------------------------------------------------------------

ONE_AT_A_TIME = RLock()


@contextmanager
def seen_by(
    graph: Graph,
    *groups: list[dict],
    instead: Callable[[], Mapping[Callable, Callable]] = dict,
    also: Mapping[str, Callable] | None = None,
) -> Iterator[None]:
    """Names of modules have other values for the time of a ``with``: numpy, math, a few of Python's own functions.

    ``instead`` gives others for functions of the course, whatever the name under which a module has them, and ``also``
    others for Python's own functions. A kernel answers a panel while a cell runs: threads that trace wait for one
    another, so ``instead`` is called when modules are as they are written, and to those that compute meanwhile every
    function is what it was.
    """
    modules_seen = {id(np): _Numpy(), id(math): _Math()}
    saved: list[tuple[dict, str, object]] = []
    with ONE_AT_A_TIME:
        by_identity = {id(old): _here(new, old) for old, new in instead().items()}
        try:
            for names in (names for group in groups for names in group):
                found = {name: new for name, old in names.items() if (new := modules_seen.get(id(old)))}
                found |= {name: new for name, old in names.items() if (new := by_identity.get(id(old)))}
                found |= {name: new for name, new in {**BUILTINS, **(also or {})}.items() if name not in names}
                saved += [(names, name, names.get(name, saved)) for name in found]
                names.update(found)
            yield
        finally:
            for names, name, old in reversed(saved):
                if old is saved:
                    del names[name]
                else:
                    names[name] = old


def _here(new: Callable, old: Callable) -> Callable:
    """A function that is another one to the thread that traces."""
    here = get_ident()

    def seen(*args, **given):
        return (new if get_ident() == here else old)(*args, **given)

    seen.in_place_of = old
    return seen


def meant(function: Callable) -> Callable:
    """A function of the course, where another one is seen in its place."""
    return getattr(function, "in_place_of", function)


class _Numpy(ModuleType):
    """numpy, but for the two functions that make a plain array of everything."""

    def __init__(self):
        super().__init__("numpy")

    def __getattr__(self, name: str):
        return getattr(np, name)

    def asarray(self, x, *args, **given):
        return x if isinstance(x, Symbol) else np.asarray(x, *args, **given)

    def array(self, x, *args, **given):
        return Symbol(x.node) if isinstance(x, Symbol) else np.array(x, *args, **given)


OTHERWISE = {"pow": "power", "fabs": "absolute", "atan": "arctan"}
"""Functions of math that numpy calls otherwise."""


class _Math(ModuleType):
    """math, whose functions numpy carries out where they meet a symbol."""

    def __init__(self):
        super().__init__("math")

    def __getattr__(self, name: str):
        known = getattr(math, name)
        if not callable(known):
            return known

        def done(*args, **given):
            if not any(isinstance(x, Symbol) for x in args):
                return known(*args, **given)
            carried_out = getattr(np, OTHERWISE.get(name, name), None)
            if carried_out is None:
                raise Untraceable(f"math.{name} of a number that is not known yet")
            return carried_out(*args)

        return done


class _IsFloat(type):
    def __instancecheck__(cls, x) -> bool:
        return isinstance(x, builtins.float)


class _Float(builtins.float, metaclass=_IsFloat):
    """float, which leaves a symbol as it is."""

    dtype = np.dtype(builtins.float)

    def __new__(cls, x=0.0):
        return x if isinstance(x, Symbol) else builtins.float(x)


def _extreme(plain: Callable, ufunc: Callable) -> Callable:
    def found(*args, **given):
        among = list(args[0]) if len(args) == 1 else args
        if given or not any(isinstance(x, Symbol) for x in among):
            return plain(*(among if len(args) > 1 else [among]), **given)
        first, *rest = among
        for other in rest:
            first = ufunc(first, other)
        return first

    return found


BUILTINS = {"float": _Float, "max": _extreme(max, np.maximum), "min": _extreme(min, np.minimum)}
"""What a module sees in the place of Python's own functions."""
