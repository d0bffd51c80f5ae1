"""How the claims are decided: by a function that computes the word, by one that computes numbers only, or by a row.

Read from the code without running it, as in ``dependants``. A word is fixed if every verdict that a function can return
has one and the same word, written out or under a name that is given once.
"""

import ast
from collections.abc import Iterator

import dependants


def _given(body: list[ast.stmt], name: str) -> ast.expr | None:
    """What a name stands for in a piece of code that gives it a value once; else None."""
    found = [
        part.value
        for statement in body
        for part in ast.walk(statement)
        if isinstance(part, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in part.targets)
    ]
    return found[0] if len(found) == 1 else None


def _words(module: str, function: ast.FunctionDef) -> Iterator[str | None]:
    """The word of each verdict that a function, or one of its module that it calls, makes; None if it is computed."""
    known = dependants.modules()[module]
    for part in ast.walk(function):
        if not (isinstance(part, ast.Call) and isinstance(part.func, ast.Name)):
            continue
        helper = known.defines.get(part.func.id)
        if part.func.id == "Verdict":
            word = part.args[0] if part.args else next(pair.value for pair in part.keywords if pair.arg == "word")
            if isinstance(word, ast.Name):
                word = _given(function.body, word.id) or _given(known.body, word.id)
            yield word.value if isinstance(word, ast.Constant) else None
        elif isinstance(helper, ast.FunctionDef) and helper is not function:
            yield from _words(module, helper)


def is_fixed(module: str, function: ast.FunctionDef) -> bool:
    """Whether a function of a module of the package returns the same word whatever it finds."""
    words = set(_words(module, function))
    return len(words) == 1 and None not in words


def reads_nothing(module: str, function: ast.FunctionDef) -> bool:
    """Whether the word is fixed and no number stands beside it: neither a table nor an assumption is read."""
    read = dependants.follow(module, function)
    return is_fixed(module, function) and not (read.tables or read.assumptions)


def functions() -> dict[str, tuple[str, ast.FunctionDef]]:
    """The functions that decide claims: claim to module and code."""
    return {name: (module, node) for kind, name, module, node in dependants.roots() if kind == "verdicts"}


def told() -> str:
    """How many statements are decided in which way, as a sentence for README.md."""
    fixed = sum(is_fixed(*function) for function in functions().values())
    computed, rows = len(functions()) - fixed, len(dependants.judged())
    return (
        f"A function computes {computed} of these verdicts from the facts and models as they are now. For {fixed} more "
        f"it computes the numbers, and the word is our judgement. The other {rows} are judged in words: they are rows "
        "of `data/verdicts.csv`."
    )
