"""A graph of numbers as a list of operations for the page: what each does, and what it takes.

Numbers are counted: constants first, then inputs, then results. What depends on nothing that is varied is computed once
for a scenario; all else for a block of draws at a time.
"""

import math

from .forks import Untraceable
from .symbols import Node
from .trace import Traced, needed

TAKEN = 3
"""How many numbers an operation takes at the most; places that it does not need are zero."""
NEAR = 100
"""How far back a number is counted from where it is needed, and not from the first."""


def counted(args: list[int], here: int) -> list[int]:
    """Which numbers are taken ``here``: those that lie near by how far back, as a number below zero.

    What a model does for each of many months is then written alike each time, and packs well.
    """
    return [arg - here if here - arg <= NEAR else arg for arg in args]


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
    constants = [node for node in order if node.op == "const"]
    results = [node for node in order if node.op not in ("const", "input")]
    results.sort(key=lambda node: node.id in moving)
    first = len(constants) + len(traced.inputs)
    places = {node.id: place for place, node in enumerate(constants)}
    places |= {node.id: len(constants) + traced.inputs.index(node.value) for node in order if node.op == "input"}
    places |= {node.id: place for place, node in enumerate(results, first)}
    operations: list[list] = []
    known: dict[tuple, int] = {}
    parts: dict[bool, list[int]] = {False: [], True: []}
    for here, node in enumerate(results, first):
        args = [places[arg.id] for arg in node.args]
        operation = _operation(node, args)
        key = tuple(map(repr, operation))
        if key not in known:
            known[key] = len(operations)
            operations.append(operation)
        taken = [] if node.op == "step" else counted(args, here)
        parts[node.id in moving] += [known[key], *taken, *[0] * (TAKEN - len(taken))]
    return {
        "inputs": list(traced.inputs),
        "constants": [number_of(float(node.value)) for node in constants],
        "operations": operations,
        "once": parts[False],
        "drawn": parts[True],
        "tables": {name: [number_of(x) for x in table.tolist()] for name, table in traced.graph.tables.items()},
        "outputs": {id: places[node.id] for id, node in traced.outputs.items()},
    }


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
