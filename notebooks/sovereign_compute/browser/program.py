"""A graph of numbers as a list of operations for the page: what each does, where it lies, and what it takes.

Numbers lie in places: constants first, then inputs, then results. What depends on nothing that is varied is computed
once for a scenario; all else for a block of draws at a time. A place is used again as soon as nobody needs what lies
there.
"""

import math

from .forks import Untraceable
from .symbols import Node
from .trace import Traced, needed

WIDTH = 5
"""Numbers for one operation: which, the place of its result, and the places of what it takes, three at the most."""


def program(traced: Traced, varied: set[str]) -> dict:
    """The operations of a model as numbers; ``varied`` are the inputs that differ from draw to draw."""
    order = needed(traced.outputs.values())
    moving: set[int] = set()
    for node in order:
        if (node.op == "input" and node.value in varied) or any(arg.id in moving for arg in node.args):
            moving.add(node.id)
    for node in order:
        if node.op == "step" and node.id in moving and traced.graph.shapes[node.value]:
            raise Untraceable(f"{node.value} takes numbers that are varied")
    places = _Places(order, traced.inputs)
    operations: list[list] = []
    known: dict[tuple, int] = {}
    parts: dict[bool, list[int]] = {False: [], True: []}
    last = {arg.id: place for place, node in enumerate(order) for arg in node.args}
    kept = {node.id for node in traced.outputs.values()}
    for place, node in enumerate(order):
        if node.op in ("const", "input"):
            continue
        args = [places.of(arg) for arg in node.args]
        varies = node.id in moving
        if varies:
            for arg in {arg.id: arg for arg in node.args}.values():
                if arg.id in moving and arg.op != "input" and last[arg.id] == place and arg.id not in kept:
                    places.free(arg)
        operation = _operation(node, args)
        key = tuple(map(repr, operation))
        if key not in known:
            known[key] = len(operations)
            operations.append(operation)
        taken = [] if node.op == "step" else args
        parts[varies] += [known[key], places.new(node, varies), *taken, *[0] * (WIDTH - 2 - len(taken))]
    shared = {places.of(arg) for node in order if node.id in moving for arg in node.args if arg.id not in moving}
    shared |= {places.of(node) for node in traced.outputs.values() if node.id not in moving}
    return {
        "inputs": list(traced.inputs),
        "varied": [id for id in traced.inputs if id in varied],
        "constants": [number_of(value) for value in places.constants],
        "places": places.count,
        "operations": operations,
        "once": parts[False],
        "drawn": parts[True],
        "shared": sorted(shared),
        "tables": {name: [number_of(x) for x in table.tolist()] for name, table in traced.graph.tables.items()},
        "outputs": {id: places.of(node) for id, node in traced.outputs.items()},
    }


class _Places:
    """Where each number of a graph lies."""

    def __init__(self, order: list[Node], inputs: tuple[str, ...]):
        values = [node for node in order if node.op == "const"]
        self.constants = [float(node.value) for node in values]
        self._of = {node.id: place for place, node in enumerate(values)}
        first = len(values)
        self._of |= {node.id: first + inputs.index(node.value) for node in order if node.op == "input"}
        self.count = first + len(inputs)
        self._free: list[int] = []

    def of(self, node: Node) -> int:
        return self._of[node.id]

    def free(self, node: Node) -> None:
        self._free.append(self._of[node.id])

    def new(self, node: Node, again: bool) -> int:
        """A place for a result; one that is free may be used ``again``, as an operation reads before it writes."""
        if again and self._free:
            self._of[node.id] = self._free.pop()
        else:
            self._of[node.id] = self.count
            self.count += 1
        return self._of[node.id]


def _operation(node: Node, args: list[int]) -> list:
    """The name of an operation, and what else it needs: a table, decimals, the places of more than three numbers."""
    if node.op == "gather":
        return ["gather", node.value] if node.value else ["entry"]
    if node.op == "step":
        return ["step", node.value, args]
    return [node.op] if node.value is None else [node.op, node.value]


def number_of(value: float):
    """A number as JSON has it; what it has none for as a text."""
    if math.isfinite(value):
        return int(value) if value == int(value) and abs(value) < 2**53 and math.copysign(1, value) > 0 else value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
