"""Every command that a text names works from a fresh clone: read out of the texts, and run as far as a test may.

A command of ours is started and reads the words that stand in the text, and nothing more (``tests/dry.py``). Its
imports must come with the groups that ``uv run`` is told, which a machine that has all of them would not show. A
program that a package brings must be one of theirs. What needs a network, root or another system: ``ELSEWHERE``.
"""

import ast
import importlib.metadata
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name
from test_environment import MACHINES, _closure, _lock
from tree import ROOT, files

ELSEWHERE = {
    "pip": "needs a package index",
    "pipx": "needs a package index",
    "conda": "needs conda and its channels",
    "apt-get": "needs root and Debian's packages",
    "sudo": "needs root",
    "systemctl": "needs root and systemd",
    "unshare": "needs a kit, which needs a package index",
    "jupyter-repo2docker": "needs Docker",
    "printf": "writes where only root may",
    "nmcli": "needs a radio",
    "python3": "serves until somebody ends it",
    "install": "writes where only root may",
    "rm": "writes where only root may; test_university.py runs it on a sample folder",
    "chown": "writes where only root may",
    "find": "writes where only root may",
    "cp": "writes where only root may",
    "mkdir": "writes where only root may",
    "cd": "is a folder of the reader's",
    "export": "sets a variable of the reader's shell",
    "git": "asks the place that the course came from",
}
"""Programs that no test runs, and why. Files of the course among their words must exist all the same."""

COURSE = "/opt/sovereign-compute/"  # where the hosting page has the course
TOOL = re.compile(r"(?:tests/tools|binder|notebooks/guides)/\w+\.py")
FILE = re.compile(r"(?:[\w.-]+/)*[\w.-]+\.(?:py|ipynb|md|csv|yml|yaml|txt|service|conf)")
FOLDERS = ("tests/tools", "notebooks/guides", "tests", "tests/browser", "tests/inputs", "notebooks", "binder")
LOCAL = [ROOT / name for name in FOLDERS]
MACHINE = MACHINES["Python 3.11.14 on linux"]


@dataclass(frozen=True)
class Command:
    """One command as a text has it, with the groups that ``uv sync`` installed on its page before."""

    where: str
    words: tuple[str, ...]
    groups: frozenset[str] = frozenset()
    conda: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {shlex.join(self.words)}"


def split(line: str) -> list[tuple[str, ...]]:
    """The commands of a line of a shell, without variables set before them and what is written to a file.

    What may be left out, as in ``[--check]``, is there; a number is 2.
    """
    line = re.sub(r"\[([^\]]*)\]", r"\1", line).replace(" ...", "")
    words = shlex.shlex(line, posix=True, punctuation_chars=True)
    words.whitespace_split = True
    found: list[list[str]] = [[]]
    for word in words:
        if set(word) <= set("&|;"):
            found.append([])
        elif found[-1] or not re.fullmatch(r"\w+=.*", word):
            found[-1].append("2" if word == "N" else word)
    return [tuple(part[: part.index(">")] if ">" in part else part) for part in found if part]


CODE = re.compile(r"^ *```(?:bash|sh|console)\n(?P<block>.*?)^ *```|(?<!`)`(?P<span>[^`\n]+)`(?!`)", flags=re.M | re.S)
PROGRAMS = {"uv", "python", "pytest", "jupyter", *ELSEWHERE}


def commands(name: str, text: str) -> list[Command]:
    """The commands of a page: in blocks of a shell, and in code inside a line that begins with a known program.

    An option alone, as in “`--check` says so”, belongs to the command before it in the same paragraph.
    """
    found, groups, end = [], set(), 0
    for code in CODE.finditer(text):
        block, span, conda = code["block"], code["span"] or "", False
        first = re.sub(r"^(?:\w+=(?:\"[^\"]*\"|\S+) +)*", "", span).partition(" ")[0]
        if span.startswith("--") and found and "\n\n" not in text[end : code.start()]:
            span = shlex.join(found[-1].words) + " " + span
        elif not block and not (TOOL.fullmatch(first) or (" " in span and first in PROGRAMS)):
            continue
        if span.endswith(" python"):  # the head of a table whose cells go on
            continue
        end = code.end()
        for line in (block or span).replace("\\\n", " ").splitlines():
            for words in split(line.strip()):
                if words[:2] == ("uv", "sync"):
                    groups |= after("--group", words)
                conda |= bool(block) and words[:2] == ("conda", "activate")
                found.append(Command(name, words, frozenset(groups), conda))
    return found


def after(option: str, words: tuple[str, ...]) -> set[str]:
    return {word for before, word in pairwise(words) if before == option}


def pages(root: Path = ROOT) -> dict[str, str]:
    """The texts for learners, lecturers and contributors, and what each of our commands says about itself."""
    found = {}
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if path.suffix == ".md":
            found[name] = path.read_text(encoding="utf-8")
        elif TOOL.fullmatch(name) and (about := ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))):
            about = about.replace("``", "`")
            found[name] = re.sub(r"^ {4}((?:uv|python) .*?)(?:  .*)?$", r"`\1`", about, flags=re.M)
        elif path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            found[name] = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return found


# What a command needs ------------------------------------------------------------------------------------------------


@cache
def installed(groups: frozenset[str]) -> frozenset[str]:
    """Names of the packages that ``uv run`` brings with these groups."""
    lock = _lock(ROOT)
    return frozenset(canonicalize_name(name) for name, _ in _closure(lock, MACHINE, groups))


@cache
def brought() -> dict[str, list[str]]:
    """The packages that bring a module; it takes a second to find out."""
    return importlib.metadata.packages_distributions()


def packages(module: str) -> set[str]:
    return {canonicalize_name(name) for name in brought().get(module, [module])}


def beside(name: str) -> list[Path]:
    """The files of a module of ours: one, or those of a folder."""
    folders = [folder / name for folder in LOCAL if (folder / name / "__init__.py").exists()]
    one = [folder / f"{name}.py" for folder in LOCAL if (folder / f"{name}.py").exists()]
    # What Sphinx reads for itself is imported by nobody.
    return one + [file for folder in folders for file in sorted(folder.glob("*.py")) if file.name != "conf.py"]


def first_names(path: Path, whole: bool) -> set[str]:
    """First names of the modules that a file imports, in functions too or where it begins."""
    tree, found = ast.parse(path.read_text(encoding="utf-8")), set()
    for node in ast.walk(tree) if whole else tree.body:
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(node.module.partition(".")[0])
    return found - sys.stdlib_module_names - {"sovereign_compute"}


@cache
def imports(path: Path) -> frozenset[str]:
    """First names of the modules from elsewhere that a script imports, itself or by one of ours beside it."""
    found, seen, waiting = set(), set(), [path]
    while waiting:
        seen.add(file := waiting.pop())
        for name in first_names(file, whole=file == path):
            ours = beside(name)
            waiting += [other for other in ours if other not in seen]
            found |= set() if ours else {name}
    return frozenset(found)


@cache
def offers(program: str) -> frozenset[str]:
    """The packages that bring a program."""
    return frozenset(
        canonicalize_name(found.name)
        for found in importlib.metadata.distributions()
        if any(Path(file).stem == program and "bin" in Path(file).parts[:-1] for file in found.files or ())
    )


def unwrapped(command: Command) -> tuple[list[str], frozenset[str] | None, str]:
    """What is started, the groups it finds, and what is wrong with the way it is started."""
    words, groups = [word.removeprefix(COURSE) for word in command.words], None
    if words[:2] == ["uv", "run"]:
        words, groups, options = words[2:], set(), set()
        while words and words[0].startswith("-"):
            option = words.pop(0)
            options.add(option)
            if option in ("--group", "--with", "--python"):
                value = words.pop(0)
                groups |= {value} if option != "--python" else set()
                if option == "--group" and value not in known_groups():
                    return words, None, f"there is no group {value}"
            elif option not in ("--frozen", "--isolated"):
                return words, None, f"the test does not know uv's {option}"
        if "--frozen" not in options:
            return words, None, "without --frozen uv would look for newer packages"
    elif words and words[0].startswith(".venv/bin/"):
        words[0], groups = words[0].removeprefix(".venv/bin/"), command.groups
    elif command.conda and words[0] != "conda":
        groups = set()
    elif TOOL.fullmatch(words[0]) or (words[0] == "python" and TOOL.fullmatch(command.where)):
        words, groups = ["python", *words] if words[0] != "python" else words, {"test"}
    return words, None if groups is None else frozenset(groups), ""


@cache
def known_groups() -> frozenset[str]:
    return frozenset(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"])


def missing_files(words: list[str]) -> str:
    """Words that look like a file of the course and are none."""
    for word in words:
        name = word.rpartition("=")[2].removeprefix(COURSE)
        if FILE.fullmatch(name) and not (ROOT / name).exists():
            return f"there is no {name}"
    return ""


def fault(command: Command, runs: dict | None = None) -> str:
    """What is wrong with a command, as far as it can be seen without running it; notes in ``runs`` what to run."""
    if command.words[:2] in (("uv", "sync"), ("uv", "lock"), ("uv", "build"), ("uv", "pip")):
        unknown = after("--group", command.words) - known_groups()
        return f"there is no group {', '.join(unknown)}" if unknown else ""
    words, groups, wrong = unwrapped(command)
    if wrong or not words or (wrong := missing_files(words)):
        return wrong
    if groups is None:
        if words[0] not in ELSEWHERE:
            return (
                f"{words[0]} is not there in a fresh clone: begin with `uv run --frozen`, or say in ELSEWHERE why not"
            )
        return ""
    extra = groups - known_groups()
    there = installed(groups & known_groups()) | {canonicalize_name(name) for name in extra}
    if words[0] == "python":
        if len(words) < 2 or not TOOL.fullmatch(words[1]):
            return "python is given no script of the course"
        lacking = sorted(name for name in imports(ROOT / words[1]) if packages(name).isdisjoint(there))
        if lacking:
            return f"{words[1]} imports {', '.join(lacking)}, which comes with none of the groups"
        if words[1].startswith("notebooks/guides/"):
            rows = {path.name[:2] for path in (ROOT / "notebooks").glob("*.ipynb")}
            if unknown := [word for word in words[2:] if word.isdigit() and word not in rows]:
                return f"there is no lesson {', '.join(unknown)}"
        if runs is not None and (len(words) > 2 or len(command.words) > 1):
            runs.setdefault(words[1], []).append(words[2:])
        return ""
    program = f"{words[0]}-{words[1]}" if words[0] == "jupyter" else words[0]
    if program in extra:  # as with uvx: a package that brings a program of its own name
        return ""
    return f"no package of the groups brings {program}" if offers(program).isdisjoint(there) else ""


def bare() -> dict[str, str]:
    """The environment without a path to our modules; what refuses a network there has no other module beside it."""
    return {**os.environ, "PYTHONPATH": str(ROOT / "tests" / "offline")}


def fails(name: str, asked: list[list[str]]) -> str:
    """Start a script of ours up to its command line, with nothing of the tests on its path; its last words if that ends
    in anything but its help.
    """
    words = [sys.executable, "tests/dry.py", name]
    done = subprocess.run(words, input=json.dumps(asked), cwd=ROOT, env=bare(), capture_output=True, text=True)
    if done.returncode == 0 and not done.stderr and done.stdout.startswith("usage: "):
        return ""
    return (done.stderr or done.stdout or "it says nothing").strip().splitlines()[-1]


# The texts -----------------------------------------------------------------------------------------------------------


@cache
def found() -> tuple[list[Command], dict[str, list[list[str]]], list[str]]:
    """The commands of all texts, the words that each script of ours is given, and what is wrong."""
    all_of_them = [command for name, text in pages().items() for command in commands(name, text)]
    runs: dict[str, list[list[str]]] = {}
    faults = [f"{command}: {wrong}" for command in all_of_them if (wrong := fault(command, runs))]
    return all_of_them, runs, faults


TOOLS = [
    name
    for path in files(ROOT)
    if TOOL.fullmatch(name := path.relative_to(ROOT).as_posix()) and "__main__" in path.read_text(encoding="utf-8")
]


def test_every_command_of_the_texts_can_start_in_a_fresh_clone():
    assert found()[2] == []


def test_the_texts_name_every_tool_and_no_reason_is_left_over():
    named = {word.removeprefix(COURSE) for command in found()[0] for word in command.words}
    assert set(TOOLS) - named == set()
    assert set(ELSEWHERE) - {command.words[0] for command in found()[0]} == set()


@pytest.mark.parametrize("name", TOOLS)
def test_a_command_takes_the_words_of_the_texts_and_does_nothing_before(name):
    assert fails(name, found()[1].get(name, [])) == ""


@pytest.mark.parametrize("words", [("tests/tools/benchmark_engine.py", "--rounds=1")])
def test_a_tool_that_nothing_else_tries_works(words):
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=bare(), capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 10


# Each check turns red ------------------------------------------------------------------------------------------------

SOUND = "uv run --frozen --group test python tests/tools/teach.py NOTEBOOK"
WRONG = {
    "uv run --frozen --group test python tests/tools/teech.py 21": "there is no tests/tools/teech.py",
    "uv run --frozen --group tests python tests/tools/teach.py 21": "there is no group tests",
    "uv run --group test python tests/tools/teach.py 21": "without --frozen",
    "uv run --frozen python tests/tools/benchmark_engine.py": "imports SALib",
    "uv run --frozen python tests/tools/picture.py": "imports PIL",
    "uv run --frozen python binder/offline_kit.py --platform linux data/kit.csv": "there is no data/kit.csv",
    "uv run --frozen python notebooks/guides/worksheets.py 21 99": "there is no lesson 99",
    "uv run --frozen pytest": "brings pytest",
    "uv run --frozen jupyter lib notebooks/00_start_here.ipynb": "brings jupyter-lib",
    "uv run --frozen --with pip nbgrader autograde": "brings nbgrader",
    "uv sync --frozen --group hubs": "there is no group hubs",
    "python tests/tools/datapackage.py --check": "not there in a fresh clone",
    "pytest tests/inputs/test_data.py": "not there in a fresh clone",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_command_that_cannot_start_is_found(line):
    assert [fault(command) for command in commands("page.md", f"Run\n\n```bash\n{SOUND}\n```\n")] == [""]
    for text in (f"Run `{line}`.", f"```bash\n{line} && {SOUND}\n```\n"):
        assert WRONG[line] in "".join(fault(command) for command in commands("page.md", text))


def test_an_option_that_a_tool_does_not_know_is_found():
    runs = {}
    for text in (
        "`tests/tools/kept.py` and `tests/tools/lessons.py --check`.",
        "Run `tests/tools/lessons.py` with `--all`.",
    ):
        assert [fault(command, runs) for command in commands("page.md", text) if fault(command, runs)] == []
    assert runs["tests/tools/lessons.py"][-1] == ["--all"]
    assert "unrecognized arguments: --check" in fails("tests/tools/lessons.py", runs["tests/tools/lessons.py"])


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("import argparse, os\nos.mkdir('x')\nargparse.ArgumentParser().parse_args()", "does os.mkdir('x',) before"),
        ("import subprocess\nsubprocess.run(['true'])", "does subprocess.Popen('true',) before"),
        ("print(len('words'))", "reads no command line"),
        ("import sovereign_compute", "No module named 'sovereign_compute'"),
        ("import argparse, lab\nargparse.ArgumentParser().parse_args()", "No module named 'lab'"),
    ],
)
def test_a_tool_that_works_before_it_reads_or_finds_no_module_is_found(script, says, tmp_path):
    (tmp_path / "tool.py").write_text(script)
    assert says in fails(str(tmp_path / "tool.py"), [])
