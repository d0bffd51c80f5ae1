"""What depends on a row of ``data/``: the verdicts, models, exercises and panels whose code reads it.

Read from the code without running it: from the function that decides a claim, a model, an exercise or a view, all
functions and constants that it names are followed. A row counts as read if its id is named on the way and its table is
read there; where a table is read and none of its ids is named, all its rows count. A model reads the assumptions of its
signature. A verdict that is a row of ``data/verdicts.csv`` reads the rows that it rests on.
"""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "notebooks" / "sovereign_compute"
KINDS = ("verdicts", "models", "exercises", "panels")
READERS = {"records", "row", "table"}
SHARED = ("inputs.data", "inputs.assumptions", "inputs.presets")
"""What reads the tables for everybody."""

Place = tuple[str, str]
"""A module of the package, as models.lists, and a name at its top level."""


@dataclass
class Module:
    """What a module defines at its top level, and what its names from elsewhere mean (a whole module has no name)."""

    defines: dict[str, ast.AST] = field(default_factory=dict)
    imports: dict[str, Place] = field(default_factory=dict)
    body: list[ast.stmt] = field(default_factory=list)


@dataclass
class Reads:
    """What is read on the way: words, tables as a whole or by id, assumptions; and the names to follow."""

    words: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    assumptions: set[str] = field(default_factory=set)
    names: set[Place] = field(default_factory=set)


@cache
def modules() -> dict[str, Module]:
    """The modules of the package by name."""
    paths = {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in PACKAGE.rglob("*.py")}
    found = {name: Module(body=ast.parse(path.read_text(encoding="utf-8")).body) for name, path in paths.items()}
    for name, module in found.items():
        for statement in module.body:
            if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                module.defines[statement.name] = statement
            elif isinstance(statement, ast.Assign | ast.AnnAssign):
                targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
                for target in (part for whole in targets for part in ast.walk(whole)):
                    if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store):
                        module.defines[target.id] = statement
            elif isinstance(statement, ast.ImportFrom) and statement.level:
                package = name.split(".")[: -statement.level]
                origin = ".".join([*package, *(statement.module or "").split(".")]).strip(".")
                for alias in statement.names:
                    whole = f"{origin}.{alias.name}".strip(".")
                    at = (whole, "") if whole in found else (origin, alias.name)
                    module.imports[alias.asname or alias.name] = at
    return found


def reads(name: str, node: ast.AST) -> Reads:
    """What a piece of a module reads and names."""
    module, found = modules()[name], Reads()
    decorators = getattr(node, "decorator_list", [])
    if any(isinstance(made, ast.Call) and getattr(made.func, "id", "") == "model" for made in decorators):
        found.assumptions |= {argument.arg for argument in node.args.kwonlyargs}
    texts = {id(part.value) for part in ast.walk(node) if isinstance(part, ast.Expr)}  # docstrings
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and id(part) not in texts:
            found.words.add(part.value)
        elif isinstance(part, ast.Name | ast.Attribute) and (place := _place(module, name, part)):
            found.names.add(place)
        elif isinstance(part, ast.Call) and part.args and isinstance(part.args[0], ast.Constant):
            called = _place(module, name, part.func)
            if called and called[0] == "inputs.data" and called[1] in READERS:
                found.tables.add(part.args[0].value)
            elif called == ("inputs.assumptions", "get"):
                found.assumptions.add(part.args[0].value)
    return found


def _place(module: Module, name: str, part: ast.AST) -> Place | None:
    """Where a name, or an attribute of an imported module, is defined."""
    if isinstance(part, ast.Name):
        if part.id in module.defines:
            return name, part.id
        at = module.imports.get(part.id)
        return at if at and at[1] else None
    if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name):
        at = module.imports.get(part.value.id)
        return (at[0], part.attr) if at and not at[1] else None
    return None


@cache
def _of(place: Place) -> Reads:
    """What one definition reads; nothing for what reads the tables for everybody."""
    node = modules()[place[0]].defines.get(place[1]) if place[0] in modules() else None
    return Reads() if node is None or place[0] in SHARED else reads(place[0], node)


def follow(name: str, node: ast.AST) -> Reads:
    """What a piece of a module reads, together with all that it names."""
    found = reads(name, node)
    seen: set[Place] = set()
    while waiting := found.names - seen:
        seen |= waiting
        for more in map(_of, waiting):
            found.words |= more.words
            found.tables |= more.tables
            found.assumptions |= more.assumptions
            found.names |= more.names
    return found


@cache
def panels() -> dict[str, str]:
    """The models that lessons open a panel on, each with the number of the first lesson that does.

    Lesson 00 does not count: it borrows its panel from a later one.
    """
    found = {}
    for path in sorted(PACKAGE.parent.glob("[1-9]*.ipynb")):
        for name in re.findall(r"\b(?:sc\.explore|lesson\.play)\(lesson\.(\w+)", path.read_text(encoding="utf-8")):
            found.setdefault(name, path.name[:2])
    return found


def roots() -> Iterator[tuple[str, str, str, ast.AST]]:
    """Kind, name, module and code of every verdict, model, exercise and panel."""
    for name, module in modules().items():
        for statement in module.body:
            for made in getattr(statement, "decorator_list", []):
                called = made.func.id if isinstance(made, ast.Call) and isinstance(made.func, ast.Name) else ""
                if called == "judges":
                    yield "verdicts", made.args[0].value, name, statement
                elif called == "model":
                    yield "models", statement.name, name, statement
            if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]).startswith("VIEWS["):
                view = statement.targets[0].slice.value
                if view in panels():
                    yield "panels", view, name, statement
            for part in ast.walk(statement) if name.startswith("lessons.") else ():
                if isinstance(part, ast.Call) and getattr(part.func, "id", "") == "Exercise":
                    id = next(word.value.value for word in part.keywords if word.arg == "id")
                    yield "exercises", id, name, part


@cache
def judged() -> dict[str, Reads]:
    """The verdicts that are rows of ``data/verdicts.csv``, by claim, and what they rest on."""
    with (ROOT / "data" / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        cited = {row["claim"]: [at.split("/", 1) for at in row["rests_on"].split()] for row in csv.DictReader(file)}
    return {id: Reads(words={row for _, row in rows}, tables={name for name, _ in rows}) for id, rows in cited.items()}


@cache
def readers() -> tuple[tuple[str, str, Reads], ...]:
    """Kind and name of verdicts, models, exercises and panels, and what each reads; a panel reads as its model does."""
    found = [(kind, name, follow(module, node)) for kind, name, module, node in roots()]
    found += [("verdicts", claim, read) for claim, read in judged().items()]
    models = {name: read for kind, name, read in found if kind == "models"}
    for kind, name, read in found:
        if kind == "panels":
            for part in ("words", "tables", "assumptions"):
                getattr(read, part).update(getattr(models[name], part))
    return tuple(found)


def dependants(table: str, ids: Iterable[str]) -> dict[str, Counter]:
    """Id of a row to the number of what reads it, by kind; ``ids`` are all ids of the table."""
    found = {id: Counter() for id in ids}
    for kind, _, read in readers():
        used = read.assumptions.intersection(found) if table == "assumptions" else set()
        if table in read.tables:
            used = read.words.intersection(found) or set(found)
        for id in used:
            found[id][kind] += 1
    return found
