"""The results of a function for each answer to a question, put together to one result."""

from collections.abc import Callable
from copy import copy
from functools import partial, wraps
from itertools import takewhile

import numpy as np

from .symbols import Graph, Node, Symbol
from .words import OPEN, Words, is_text

TABLES = ("list", "dict", "one result", "octaves", "stacked")
"""Operations whose result is no number and no text."""
PLAIN = (int, float, str, np.generic)


class Apart(Exception):
    """Results that Python code cannot go on with as one: lists of different lengths, something and nothing."""


def chosen(graph: Graph, asked: Node, results: dict) -> Node:
    """The node that is one of several, by the answer to what was asked."""
    if set(results) == {True, False} and all(isinstance(answer, bool) for answer in results):
        return _either(graph, asked, graph.node(results[True]), graph.node(results[False]))
    nodes = [graph.node(results[answer]) for answer in sorted(results)]
    if all(node is nodes[0] for node in nodes):
        return nodes[0]
    if any(_kind(node) != "number" for node in nodes):
        return graph.make("pick", asked, *nodes)
    found = nodes[-1]
    for answer in reversed(range(len(nodes) - 1)):
        found = graph.make("where", graph.make("eq", asked, graph.const(float(answer))), nodes[answer], found)
    return found


def node_of(graph: Graph, function: Callable) -> Node:
    """The node of what a function returns, by the answers to all that it asks."""
    return graph.forks.all_ways(lambda: graph.node(function()), partial(chosen, graph))


def _kind(node: Node) -> str:
    if is_text(node):
        return "text"
    return (
        "other" if node.op in TABLES or node.op == "pick" or (node.op == "const" and node.value is None) else "number"
    )


def _either(graph: Graph, asked: Node, yes: Node, no: Node) -> Node:
    """One node or the other; of two texts only where they differ, of two lists entry by entry."""
    if yes is no:
        return yes
    if yes.op == no.op in ("list", "dict") and len(yes.args) == len(no.args) and yes.value == no.value:
        return graph._node(
            yes.op, tuple(_either(graph, asked, *pair) for pair in zip(yes.args, no.args, strict=True)), yes.value
        )
    if is_text(yes) and is_text(no):
        return _either_text(graph, asked, yes, no)
    return graph.make("where", asked, yes, no)


def _either_text(graph: Graph, asked: Node, yes: Node, no: Node) -> Node:
    ours, theirs = (list(node.args) if node.op == "join" else [node] for node in (yes, no))
    first = _shared(graph, ours, theirs, 0)
    last = _shared(graph, ours, theirs, -1)[::-1]
    middle = graph.make("where", asked, graph.joined(ours), graph.joined(theirs))
    return graph.joined([*first, middle, *last])


def _shared(graph: Graph, ours: list[Node], theirs: list[Node], end: int) -> list[Node]:
    """Take off two texts what both begin with, or end with (-1), in whole words."""
    found = []
    while ours and theirs and ours[end] is theirs[end]:
        found.append(ours.pop(end))
        theirs.pop(end)
    if not (ours and theirs and ours[end].op == theirs[end].op == "const"):
        return found
    texts = [parts[end].value for parts in (ours, theirs)]
    if end:
        alike = _alike(*(text[::-1] for text in texts))[::-1]
        common = "".join(alike.partition(" ")[1:])
        rest = [text[: len(text) - len(common)] for text in texts]
    else:
        common = "".join(_alike(*texts).rpartition(" ")[:2])
        rest = [text[len(common) :] for text in texts]
    for parts, text in zip((ours, theirs), rest, strict=True):
        parts[end] = graph.const(text)
    return [*found, graph.const(common)]


def _alike(one: str, other: str) -> str:
    """The letters with which both begin."""
    return "".join(letter for letter, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def together(graph: Graph, asked: Node, results: dict):
    """The same for Python code that goes on: lists entry by entry, one and the same object as it is."""
    values = list(results.values())
    one = values[0]
    if all(value is one for value in values):
        return one
    if all(isinstance(value, (Symbol, *PLAIN)) or value is None for value in values):
        return graph.back(chosen(graph, asked, results))
    if isinstance(one, dict) and all(isinstance(value, dict) and list(value) == list(one) for value in values):
        return {key: together(graph, asked, {answer: v[key] for answer, v in results.items()}) for key in one}
    if all(
        type(value) is type(one) and isinstance(value, (list, tuple)) and len(value) == len(one) for value in values
    ):
        entries = [together(graph, asked, {a: v[place] for a, v in results.items()}) for place in range(len(one))]
        return type(one)(*entries) if hasattr(one, "_fields") else type(one)(entries)
    raise Apart


def _key(x):
    """What tells what a function is given apart: numbers and texts by what they are, all else by where it lies."""
    if isinstance(x, Symbol):
        return "symbol", x.node.id
    if isinstance(x, PLAIN) or x is None:
        return type(x).__name__, str.__str__(x) if isinstance(x, str) else repr(x)
    if isinstance(x, dict):
        return "dict", tuple((key, _key(value)) for key, value in x.items())
    if isinstance(x, (list, tuple)):
        return type(x).__name__, tuple(map(_key, x))
    return "object", id(x)


def joining(graph: Graph, function: Callable) -> Callable:
    """A function whose questions are answered inside of it, so that who calls it has one result to go on with.

    Where the results cannot be one, its questions are those of its caller. It must change nothing outside of itself:
    what it gave once for something, it gives again.
    """
    known: dict = {}

    @wraps(function)
    def joined(*args, **given):
        if len(args) == 1 and not given and isinstance(args[0], Words):
            node = graph.node(args[0])
            if node.op == "pick" and all(option.op == "const" for option in node.args[1:]):
                options = [graph.node(joined(option.value)) for option in node.args[1:]]
                return graph.back(graph.make("pick", node.args[0], *options))
        key = _key((args, given))
        if key not in known:
            try:
                found = graph.forks.all_ways(
                    lambda: function(*args, **given), lambda asked, results: together(graph, asked, results)
                )
            except Apart:
                return function(*args, **given)
            # A text that was put together from others knows its places only now. What is known by where it lies
            # must not go away.
            found = graph.words(graph.text(found)) if isinstance(found, str) and OPEN in found else found
            known[key] = found, args, given
        found = known[key][0]
        return copy(found) if isinstance(found, (dict, list)) else found

    return joined
