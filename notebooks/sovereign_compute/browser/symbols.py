"""Symbols: the kind of number with which a function is run once to see what it computes.

A model takes floats, arrays, quantities with units and uncertain numbers; a symbol is the fifth kind. It stands for a
number that is not known yet and notes every operation in a graph. A symbol is an array to numpy, so a model takes the
way that it takes with arrays (``np.where`` instead of ``if``), and nothing in a model has to be written for it.

Where a function asks a symbol a question all the same (``if``, ``int``), it is run once for each answer, and the
results are joined by ``where``; see `Forks`. A text into which a symbol is written keeps its place; see `Words`.
"""

import math
from collections.abc import Callable

import numpy as np

from .forks import MOST_WAYS, Forks, Untraceable
from .words import CLOSE, OPEN, Words, is_text, parted

ARITHMETIC: dict[str, Callable] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "pow": np.power,
    "neg": np.negative,
    "min": np.minimum,
    "max": np.maximum,
    "log": np.log,
    "exp": np.exp,
    "sqrt": np.sqrt,
    "abs": np.absolute,
    "lt": np.less,
    "le": np.less_equal,
    "gt": np.greater,
    "ge": np.greater_equal,
    "eq": np.equal,
    "ne": np.not_equal,
    "and": np.logical_and,
    "or": np.logical_or,
    "not": np.logical_not,
    "trunc": np.trunc,
    "floor": np.floor,
    "ceil": np.ceil,
    "square": np.square,
    "reciprocal": np.reciprocal,
    "expm1": np.expm1,
    "log1p": np.log1p,
    "log10": np.log10,
    "log2": np.log2,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "tanh": np.tanh,
    "arctan": np.arctan,
    "isfinite": np.isfinite,
    "isnan": np.isnan,
    "isinf": np.isinf,
}
"""Operations on numbers, each as numpy does it; the names of the page's kernels."""
SPECIAL = ("ndtr", "ndtri", "erfcx", "gammaln", "betaincinv", "betainc")
"""Functions of scipy.special that a model may use."""
ALSO = {"bitwise_and": "and", "bitwise_or": "or", "invert": "not", "float_power": "pow", "fmin": "min", "fmax": "max"}
UFUNCS = {ufunc.__name__: name for name, ufunc in ARITHMETIC.items()} | dict(zip(SPECIAL, SPECIAL, strict=True)) | ALSO
TESTS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "isfinite", "isnan", "isinf", "same", "is"})
"""Operations whose result is yes or no."""


class Node:
    """One operation: its name, the nodes that it takes, what else belongs to it, and its number in the graph."""

    __slots__ = ("args", "graph", "id", "op", "value")

    def __init__(self, graph: "Graph", op: str, args: tuple, value, id: int):
        self.graph, self.op, self.args, self.value, self.id = graph, op, args, value, id

    def __repr__(self) -> str:
        return f"{self.op}{'' if self.value is None else f' {self.value!r}'}"


class Graph:
    """Operations that a function has carried out on symbols; the same one on the same nodes is one node."""

    def __init__(self, most_ways: int = MOST_WAYS):
        self.nodes: list[Node] = []
        self.forks = Forks(most_ways)
        self.tables: dict[str, np.ndarray] = {}
        self.choices: dict[str, int] = {}
        self.steps: dict[str, tuple[Callable, list[int]]] = {}
        self.shapes: dict[str, tuple[int, ...]] = {}
        self._known: dict[tuple, Node] = {}

    def make(self, op: str, *args: Node, value=None) -> Node:
        """The node of an operation: a constant if all that it takes are constants."""
        if op in ARITHMETIC and all(a.op == "const" and isinstance(a.value, (int, float)) for a in args):
            with np.errstate(all="ignore"):
                return self.const(ARITHMETIC[op](*(float(a.value) for a in args)))
        if (short := self._shorter(op, args)) is not None:
            return short
        return self._node(op, args, value)

    def _shorter(self, op: str, args: tuple[Node, ...]) -> Node | None:
        """The few identities that hold for every number, infinite ones too."""
        if op == "where":
            if args[0].op == "const":
                return args[1] if args[0].value else args[2]
            return args[1] if args[1] is args[2] else None
        if op == "mul" or op == "and":
            for one, other in (args, args[::-1]):
                if one.op == "const" and one.value == 1:
                    return other
                if op == "and" and one.op == "const":
                    return one
        if op == "or":
            for one, other in (args, args[::-1]):
                if one.op == "const":
                    return one if one.value else other
        if op == "pow" and args[1].op == "const":  # as numpy does where it is given a plain exponent
            named = {2.0: "square", 0.5: "sqrt", -1.0: "reciprocal"}.get(args[1].value)
            return args[0] if args[1].value == 1 else self.make(named, args[0]) if named else None
        return None

    def _node(self, op: str, args: tuple[Node, ...], value) -> Node:
        key = op, tuple(a.id for a in args), type(value), repr(value)
        if key not in self._known:
            self._known[key] = Node(self, op, args, value, len(self.nodes))
            self.nodes.append(self._known[key])
        return self._known[key]

    def const(self, value) -> Node:
        """A number, a text or nothing, known now."""
        if isinstance(value, (np.ndarray, np.generic)):
            value = value.item()
        if isinstance(value, bool):
            value = int(value)
        if not (value is None or isinstance(value, (int, float, str))):
            raise Untraceable(f"a symbol meets {type(value).__name__}")
        return self._node("const", (), value)

    def table(self, array: np.ndarray) -> str:
        """The name of a table whose entries are looked up."""
        flat = np.ascontiguousarray(array, dtype=float).ravel()
        for name, known in self.tables.items():
            if np.array_equal(known, flat):
                return name
        name = f"table {len(self.tables) + 1}"
        self.tables[name] = flat
        return name

    def node(self, x) -> Node:
        """The node of a symbol, of words, of a constant, or of a list or dict of such."""
        if isinstance(x, Node):
            return x
        if isinstance(x, Symbol):
            return x.node
        if isinstance(x, str):
            return self.text(x)
        if isinstance(x, dict):
            return self._node("dict", tuple(map(self.node, x.values())), tuple(x))
        if isinstance(x, (list, tuple)):
            return self._node("list", tuple(map(self.node, x)), None)
        if isinstance(x, np.ndarray) and x.ndim:
            raise Untraceable(f"an array of shape {x.shape} meets a symbol")
        return self.const(x)

    def symbol(self, op: str, *args, value=None) -> "Symbol":
        """The result of an operation on symbols and constants."""
        return Symbol(self.make(op, *map(self.node, args), value=value))

    def text(self, written: str) -> Node:
        """The node of a text in which symbols have their places."""
        parts = [self.nodes[int(part)] if place % 2 else part for place, part in enumerate(parted(written))]
        return self.joined([self.const(part) if isinstance(part, str) else part for part in parts if part != ""])

    def joined(self, parts: list[Node]) -> Node:
        """Texts one after the other, as one node."""
        flat: list[Node] = []
        for part in parts:
            for one in part.args if part.op == "join" else (part,):
                if one.op == "const" and one.value == "":
                    continue
                if flat and one.op == "const" and flat[-1].op == "const":
                    flat[-1] = self.const(flat[-1].value + one.value)
                else:
                    flat.append(one)
        return flat[0] if len(flat) == 1 else self._node("join", tuple(flat), None) if flat else self.const("")

    def words(self, node: Node) -> str:
        """A text as Python code goes on with it."""
        if node.op == "const":
            return node.value
        parts = node.args if node.op == "join" else (node,)
        return Words(self, "".join(p.value if p.op == "const" else f"{OPEN}{p.id}{CLOSE}" for p in parts))

    def back(self, node: Node):
        """What Python code goes on with: a constant as it is, words as a text, all else as a symbol."""
        if node.op == "const":
            return node.value
        return self.words(node) if is_text(node) else Symbol(node)


class Symbol(np.ndarray):
    """A number that is not known yet. To numpy it is an array; what is asked of it goes into the graph."""

    def __new__(cls, node: Node):
        made = np.ndarray.__new__(cls, (), float)
        made.node = node
        return made

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, where=True, **more):
        if ufunc.__name__ == "positive":
            return Symbol(inputs[0].node)
        if method != "__call__" or ufunc.__name__ not in UFUNCS or more.keys() - {"dtype", "casting"}:
            raise Untraceable(f"np.{ufunc.__name__} of a number that is not known yet")
        graph = self._graph(inputs)
        found = graph.symbol(UFUNCS[ufunc.__name__], *inputs)
        if out is None:
            return found
        base = out[0]
        base.node = found.node if where is True else graph.symbol("where", where, found, base).node
        return base

    def __array_function__(self, function, types, args, given):
        done = FUNCTIONS.get(function)
        if done is None:
            raise Untraceable(f"np.{function.__name__} of a number that is not known yet")
        return done(self.node.graph, *args, **given)

    def _graph(self, inputs) -> Graph:
        return next(x.node.graph for x in inputs if isinstance(x, Symbol))

    def __bool__(self) -> bool:
        node = self.node
        return bool(node.value) if node.op == "const" else node.graph.forks.answer(node, (True, False))

    def __int__(self) -> int:
        node = self.node
        if node.op == "const":
            return int(node.value)
        if node.op in TESTS:
            return int(bool(self))
        if node.op == "input" and (most := node.graph.choices.get(node.value)) is not None:
            return node.graph.forks.answer(node, tuple(range(most + 1)))
        raise Untraceable("int() of a number that varies")

    __index__ = __int__

    def __float__(self) -> float:
        if self.node.op == "const":
            return float(self.node.value)
        raise Untraceable("float() or math of a number that is not known yet")

    def __round__(self, digits=None):
        return self.node.graph.symbol("round", self, value=digits or 0)

    def __format__(self, how: str) -> str:
        raise Untraceable("a number that is not known yet is written without number()")

    __str__ = __repr__ = lambda self: f"Symbol({self.node})"

    def __iter__(self):
        raise TypeError("a symbol is one number")

    def __iadd__(self, other):  # a number is not changed where it lies, as an array is
        return self + other

    def __isub__(self, other):
        return self - other

    def __imul__(self, other):
        return self * other

    def __itruediv__(self, other):
        return self / other

    def astype(self, kind, *_, **__):
        return self.node.graph.symbol("trunc", self) if np.dtype(kind).kind in "iu" else Symbol(self.node)

    def item(self):
        return self

    def looked_up(self, table: np.ndarray, choices: tuple):
        """The entry of a table at whole numbers, some of which are not known yet."""
        graph, flat = self.node.graph, 0
        for size, choice in zip(table.shape, choices, strict=True):
            flat = flat * size + choice
        return graph.symbol("gather", flat, value=graph.table(table))

    def in_one_step(self, function: Callable, args: tuple, shape: tuple[int, ...]):
        """What a function returns that is one operation: a number, or an array of this shape."""
        graph = self.node.graph
        plain = [one for arg in args for one in (arg if isinstance(arg, (list, tuple)) else [arg])]
        found = graph.make("step", *map(graph.node, plain), value=function.__name__)
        graph.shapes[function.__name__] = shape
        graph.steps[function.__name__] = function, [len(a) if isinstance(a, (list, tuple)) else 0 for a in args]
        return Entries(found, np.arange(math.prod(shape)).reshape(shape)) if shape else Symbol(found)


class Several(list):
    """Symbols one after the other, or rows of such, which are computed with one by one."""

    def __truediv__(self, other):
        return Several([one / other for one in self])

    def __rmul__(self, other):
        return Several([other * one for one in self])

    def tolist(self) -> list:
        return list(self)


class Entries:
    """An array that one operation gives; its entries are symbols."""

    def __init__(self, node: Node, places: np.ndarray):
        self._node, self._places = node, places
        self.shape = places.shape

    def __len__(self) -> int:
        return self.shape[0]

    def __iter__(self):
        return (self[place] for place in range(len(self)))

    def __getitem__(self, at):
        graph = self._node.graph
        if isinstance(at, Symbol):
            return graph.symbol("gather", at, self._node)
        found = self._places[at]
        return Entries(self._node, found) if found.ndim else graph.symbol("gather", float(found), self._node)

    def __rmul__(self, other) -> Several:
        return other * Several(self)

    def ravel(self) -> "Entries":
        return Entries(self._node, self._places.ravel())


def _any(graph: Graph, x, *_, **__):
    return True  # it may be so, and a model then takes the way that holds for both


FUNCTIONS: dict[Callable, Callable] = {
    np.where: lambda graph, *args: graph.symbol("where", *args),
    np.clip: lambda graph, x, low, high: graph.symbol("min", graph.symbol("max", x, low), high),
    np.broadcast_arrays: lambda graph, *args: [Symbol(graph.node(arg)) for arg in args],
    np.copy: lambda graph, x: Symbol(x.node),
    np.any: _any,
    np.ndim: lambda graph, x: 0,
    np.size: lambda graph, x: 1,
    np.shape: lambda graph, x: (),
    np.sum: lambda graph, x: x,
}
"""What a function of numpy that is no ufunc does with a symbol."""
