"""What holds for all files together: README and CI say the same, links lead somewhere, imports run downward, style.

Each check reads the files of a root folder and returns its findings as sentences; each is then run on a planted fault.
"""

import ast
import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import badge
import lessons
import marked
import pytest
import yaml
from tree import MACHINE_PATH, ROOT, texts

OPEN = (
    "pip install uv && "
    "uv run --frozen jupyter lab --config=binder/jupyter_server_config.py notebooks/00_start_here.ipynb"
)
TEST = "pip install uv && uv run --frozen --group test pytest"
PACKAGE = "notebooks/sovereign_compute/"
MOST_LINES = 400

# From the ground up: what a room imports lies in itself or in one before it. Modules that register themselves (views,
# lessons) are loaded by name when they are asked for. Two modules lie outside, below all of them.
ROOMS = ("errors", "surroundings", "inputs", "models", "analysis", "display", "controls", "browser", "lessons")

# A colour such as #123456 is no number of a ticket: a bare number sign counts only in prose and comments.
TICKET = re.compile(
    r"\b(?:issues?|ticket|bug|PR|pull request)\s+(?:no\. ?|number )?#?\d+\b|(?<=[\s(])#\d{1,4}(?![\w;])", re.IGNORECASE
)


# The checks ---------------------------------------------------------------------------------------------------------


def path_faults(root: Path) -> list[str]:
    """No file holds a path of the machine it was made on."""
    return [
        f"{name} holds the path {found[0]!r}"
        for name, text in texts(root).items()
        if name != "uv.lock" and not name.endswith(".min.js") and (found := MACHINE_PATH.search(text))
    ]


def ticket_faults(root: Path) -> list[str]:
    """Texts stand for themselves and send nobody to a ticket."""
    return [
        f"{name} speaks of {found[0]!r}"
        for name, text in texts(root).items()
        if Path(name).suffix in (".md", ".py", ".ipynb", ".yml", ".toml", ".cff", "") and (found := TICKET.search(text))
    ]


def command_faults(root: Path) -> list[str]:
    """The two commands of README.md, and CI ends with the second."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    blocks = [block.strip() for block in re.findall(r"```bash\n(.*?)```", readme, re.DOTALL)]
    faults = [f"README.md has no block with just: {command}" for command in (OPEN, TEST) if command not in blocks]
    ci = (root / ".ci/run").read_text(encoding="utf-8").rstrip().splitlines()
    if ci[-1] != TEST:
        faults.append(f".ci/run ends with {ci[-1]!r}, not with the test command of README.md")
    return faults


def _markdown(root: Path) -> dict[str, str]:
    """All texts in Markdown: files, and the text cells of notebooks."""
    found = {}
    for name, text in texts(root).items():
        if name.endswith(".md"):
            found[name] = text
        elif name.endswith(".ipynb"):
            cells = [cell["source"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "markdown"]
            found[name] = "\n\n".join("".join(source) for source in cells)
    return found


def link_faults(root: Path) -> list[str]:
    """Links and pictures that do not lead to the web lead to a file."""
    faults = []
    for name, text in _markdown(root).items():
        for target in re.findall(r"\]\(([^()\s]+)\)", text):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (root / name).parent.joinpath(unquote(target.partition("#")[0])).exists():
                faults.append(f"{name} links to {target}, which does not exist")
    return faults


def _module(name: str) -> str:
    """``models/ownership.py`` as ``models.ownership``; the file of a folder's own name is the folder."""
    return name.removeprefix(PACKAGE).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _level(module: str) -> int | None:
    room = module.partition(".")[0]
    return ROOMS.index(room) if room in ROOMS else None


def _imports(module: str, is_package: bool, code: str) -> set[str]:
    """Modules of the package that a module imports, also inside functions."""
    parent = module.split(".") if is_package else module.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = parent[: len(parent) - node.level + 1]
            base += node.module.split(".") if node.module else []
            inside = {".".join([*base, alias.name]) for alias in node.names}
            # Either the names are modules of a folder, or they are names in a module.
            found |= {name for name in inside if _level(name) is not None} or {".".join(base)}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sovereign_compute"):
            found.add(node.module.partition(".")[2] or node.names[0].name)
        elif isinstance(node, ast.Import):
            found |= {a.name.partition(".")[2] for a in node.names if a.name.startswith("sovereign_compute.")}
    return found - {"", "__version__"}  # the version stands in the package itself


def layer_faults(root: Path) -> list[str]:
    """Imports in the package run downward, and every module lies in one of the ROOMS."""
    faults = []
    for name, text in texts(root).items():
        if not name.startswith(PACKAGE) or not name.endswith(".py"):
            continue
        is_package = name.endswith("/__init__.py")
        module, imported = _module(name), _imports(_module(name), is_package, text)
        if is_package:
            # A folder's own file sits with what it holds; that of the whole package loads everything by name.
            faults += [f"{name} imports {other}: keep it empty" for other in sorted(imported)]
            continue
        level = _level(module)
        if level is None:
            faults.append(f"{module} lies in none of the rooms: {', '.join(ROOMS[2:])}")
            continue
        found = {other: _level(other) for other in sorted(imported)}
        faults += [f"{module} imports {o}, which lies above it" for o, at in found.items() if at is None or at > level]
    return faults


def length_faults(root: Path) -> list[str]:
    """Modules of the package stay short."""
    return [
        f"{name} has {count} lines; {MOST_LINES} is the most"
        for name, text in texts(root).items()
        if name.startswith(PACKAGE) and name.endswith(".py") and (count := len(text.splitlines())) > MOST_LINES
    ]


def version_faults(root: Path) -> list[str]:
    """The version of the course is the same wherever a tool needs it written."""
    package = (root / PACKAGE / "__init__.py").read_text(encoding="utf-8")
    said = {
        "pyproject.toml": tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"],
        "the package": re.search(r'^__version__ = "(.+)"$', package, re.MULTILINE)[1],
        "CITATION.cff": yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))["version"],
        "CHANGELOG.md": re.search(r"^## (\d\S*)", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)[1],
    }
    return [] if len(set(said.values())) == 1 else [f"versions differ: {said}"]


def readme_faults(root: Path) -> list[str]:
    """The written parts of README.md: the table of notebooks as it is now, a badge or the sentence in its place."""
    readme = (root / "README.md").read_text(encoding="utf-8")
    faults = []
    if marked.read(readme, "lessons") != lessons.table(root):
        faults.append("README.md: the table of notebooks is out of date; run tests/tools/lessons.py")
    shown = marked.read(readme, "binder")
    link = re.fullmatch(r"\[!\[[^\]]+\]\([^)]+\)\]\((\S+)\)", shown)
    form = re.escape(badge.BINDER) + r"/v2/(gh/[^/?]+/[^/?]+|gl/[^/?]+|git/[^/?]+)/[^/?]+\?urlpath=(\S+)"
    target = link and re.fullmatch(form, link[1])
    if shown != badge.PLACEHOLDER and (not target or unquote(target[2]) != f"lab/tree/{badge.FIRST}"):
        faults.append(f"README.md: {shown!r} is no badge that tests/tools/badge.py would write")
    return faults


def order_faults(root: Path) -> list[str]:
    """Equal values keep their order on every processor. By several columns pandas always sorts so."""
    faults = []
    for name, text in texts(root).items():
        if not (name.startswith(PACKAGE) and name.endswith(".py")):
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            several = bool(node.args) and isinstance(node.args[0], ast.List)
            stable = any(word.arg == "kind" and ast.unparse(word.value) == "'stable'" for word in node.keywords)
            if node.func.attr in ("sort_values", "argsort") and not several and not stable:
                faults.append(f"{name}:{node.lineno} sorts without kind='stable'")
    return faults


def sleep_faults(root: Path) -> list[str]:
    """Tests wait for what has to come, never for a time; only a function ``until`` sleeps between two looks."""
    faults = []
    for path in sorted((root / "tests").rglob("*.py")):
        if path.name == "lab.py" or path.parent.name == "tools":  # they have such loops of their own
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        polling = [n for n in ast.walk(tree) if getattr(n, "name", "") == "until"]
        allowed = {id(node) for function in polling for node in ast.walk(function)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or id(node) in allowed:
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            nothing = [ast.unparse(argument) for argument in node.args] == [
                "0"
            ]  # lets others run, and waits for nothing
            if called in ("sleep", "wait_for_timeout") and not nothing:
                faults.append(f"tests/{path.name}, line {node.lineno}: wait for a condition, not for a time")
    return faults


def style_faults(root: Path) -> list[str]:
    """ruff finds nothing to say and nothing to move, in modules, tests and notebooks."""
    faults = []
    for command in (["check", "--quiet", "--output-format=concise"], ["format", "--check", "--quiet"]):
        words = [sys.executable, "-m", "ruff", *command, "--no-cache", "--config", ROOT / "pyproject.toml", "."]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True)
        if done.returncode:
            # The first lines are enough to see what it is about; ruff itself tells the rest.
            faults.append("\n".join([f"ruff {command[0]}:", *f"{done.stdout}{done.stderr}".splitlines()[:15]]))
    return faults


CHECKS = (
    path_faults,
    ticket_faults,
    command_faults,
    link_faults,
    layer_faults,
    length_faults,
    version_faults,
    readme_faults,
    order_faults,
    sleep_faults,
    style_faults,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_repository_is_in_order(check):
    assert check(ROOT) == []


# Each check turns red ------------------------------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    """A repository in which every check finds nothing: the papers, and a package of three modules."""
    for name in ("pyproject.toml", "CITATION.cff", "CHANGELOG.md", ".ci/run", "data/lessons.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    version = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    for name, text in {
        "__init__.py": f'__version__ = "{version}"\n',
        "errors.py": "",
        "inputs/__init__.py": "",
        "inputs/data.py": "from ..errors import __doc__ as words\n\nWORDS = words\n",
        "models/__init__.py": "",
        "models/ownership.py": "from ..errors import __doc__ as words\n\nWORDS = words\n",
        "display/__init__.py": "",
        "display/charts.py": "from ..inputs import data\nfrom ..models import ownership\n\nUSED = (data, ownership)\n",
    }.items():
        write(PACKAGE + name, text)(tmp_path)
    blocks = "".join(f"```bash\n{command}\n```\n" for command in (OPEN, TEST))
    parts = {"binder": badge.PLACEHOLDER, "lessons": lessons.table(tmp_path)}
    marks = "".join(f"<!-- {name}:start -->\n{body}\n<!-- {name}:end -->\n" for name, body in parts.items())
    write("README.md", f"# Course\n\n{blocks}\n{marks}\n[Changes](CHANGELOG.md#top), [web](https://example.org)\n")(
        tmp_path
    )
    return tmp_path


def write(name: str, text: str):
    """A fault: a file with this text."""

    def plant(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")

    return plant


def notebook(kind: str, source: str):
    """A fault: a notebook with one cell."""
    cell = {"cell_type": kind, "id": "a", "metadata": {}, "source": [source]}
    cell |= {"execution_count": 1, "outputs": []} if kind == "code" else {}
    metadata = {"language_info": {"name": "python"}}
    content = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return write("notebooks/11_x.ipynb", json.dumps(content, indent=1) + "\n")


def change(name: str, old: str, new: str):
    """A fault: one text becomes another."""

    def plant(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}: nothing would change"
        write(name, text.replace(old, new))(root)

    return plant


def slash(path: str) -> str:
    """A path for a plant, which this file itself must not hold."""
    return path.replace("|", "/")


def sign(text: str) -> str:
    """A mention of a ticket for a plant, which this file itself must not hold."""
    return text.replace("N", "12")


PLANTS = {
    "path in a notebook's output": (
        path_faults,
        write("notebooks/11_x.ipynb", slash('{"text": "saved in |tmp|x.csv"}')),
    ),
    "path in a module": (path_faults, write(PACKAGE + "x.py", slash('FOLDER = "|work|course"\n'))),
    "path of a home": (path_faults, write("notes.md", slash("See |home|ada|course\n"))),
    "path at the end of a line": (path_faults, write("notes.md", slash("Everything lies in |root\n"))),
    "path of Windows": (path_faults, write("notes.md", "C:\\" + "Users\\ada\\course\n")),
    "ticket in a comment": (ticket_faults, write("tests/test_x.py", sign("# Guards against issue N\n"))),
    "ticket with a number sign": (ticket_faults, write("notes.md", sign("Corrected (#N).\n"))),
    "README with another test command": (command_faults, change("README.md", TEST, "pytest")),
    "README with another first notebook": (command_faults, change("README.md", "00_start_here", "00_begin")),
    "CI with another command": (command_faults, change(".ci/run", TEST, f"{TEST} -x")),
    "CI that swallows the result": (command_faults, change(".ci/run", TEST, f"{TEST} || true")),
    "link to nothing": (link_faults, write("notes.md", "[Guide](notebooks/guides/99_x.md)\n")),
    "link in a notebook to nothing": (link_faults, notebook("markdown", "[Next](99_x.ipynb)")),
    "picture that is missing": (link_faults, write("notes.md", "![A chart](chart.png)\n")),
    "model that knows a chart": (layer_faults, change(PACKAGE + "models/ownership.py", "..errors", "..display.charts")),
    "import inside a function": (
        layer_faults,
        change(
            PACKAGE + "inputs/data.py",
            "WORDS = words",
            "def f():\n    from ..display import charts\n\n    return charts",
        ),
    ),
    "import by full name": (
        layer_faults,
        change(PACKAGE + "inputs/data.py", "from ..errors", "from sovereign_compute.display.charts"),
    ),
    "module without a room": (layer_faults, write(PACKAGE + "helpers.py", "")),
    "room without a name": (layer_faults, write(PACKAGE + "helpers/words.py", "")),
    "folder that imports": (
        layer_faults,
        write(PACKAGE + "models/__init__.py", "from ..display import charts\n"),
    ),
    "long module": (length_faults, write(PACKAGE + "x.py", "X = 1\n" * (MOST_LINES + 1))),
    "version raised in one place": (version_faults, change("CITATION.cff", "version: 0", "version: 7")),
    "notebook not in the table": (readme_faults, write("notebooks/00_start_here.ipynb", "{}")),
    "lesson renamed": (readme_faults, change("data/lessons.csv", "42_policy_lab", "42_budget_lab")),
    "badge of another make": (
        readme_faults,
        change("README.md", badge.PLACEHOLDER, "[![B](b.svg)](https://example.org)"),
    ),
    "order left to the processor": (
        order_faults,
        write(PACKAGE + "x.py", "def f(frame):\n    return frame.sort_values('a')\n"),
    ),
    "a test that sleeps": (sleep_faults, write("tests/test_x.py", "import time\n\ntime.sleep(0.5)\n")),
    "a test that lets the page sleep": (sleep_faults, write("tests/looks.py", "page.wait_for_timeout(500)\n")),
    "unused import": (style_faults, write("tests/test_x.py", "import os\n")),
    "unformatted code": (style_faults, write("tests/test_x.py", "x = {  'a':1 }\n")),
    "unused import in a notebook": (style_faults, notebook("code", "import os")),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_small_repository_is_in_order(check, small):
    assert check(small) == []


@pytest.mark.parametrize(("check", "plant"), PLANTS.values(), ids=PLANTS)
def test_a_fault_is_found(check, plant, small):
    plant(small)
    assert check(small) != []


def test_a_right_badge_is_accepted(small):
    shown = badge.badge("git@github.com:ada/course.git", "v1.0")
    change("README.md", badge.PLACEHOLDER, shown)(small)
    assert readme_faults(small) == []


# The badge -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("remote", "address"),
    {
        "https://github.com/ada/course.git": "https://github.com/ada/course",
        "https://github.com/ada/course\n": "https://github.com/ada/course",
        "https://ada:secret@github.com/ada/course.git": "https://github.com/ada/course",
        "https://token@gitlab.com/group/sub/course.git": "https://gitlab.com/group/sub/course",
        "ssh://git@github.com/ada/course.git": "https://github.com/ada/course",
        "ssh://git@git.example.org:2222/ada/course.git": "https://git.example.org/ada/course",
        "git@github.com:ada/course.git": "https://github.com/ada/course",
        "git@git.example.org:ada/course": "https://git.example.org/ada/course",
        "http://git.example.org:8443/ada/course/": "https://git.example.org:8443/ada/course",
        "git://git.example.org/course.git": "https://git.example.org/course",
        slash("|srv|git|course.git"): None,
        slash("file:|||srv|git|course.git"): None,
        "../course": None,
        "C:\\git\\course": None,
        "https://localhost/ada/course": None,
        "http://127.0.0.1:3000/ada/course": None,
        "https://example.org": None,
        "https://[broken/ada": None,
        "": None,
    }.items(),
)
def test_every_spelling_of_a_remote_gives_its_public_address(remote, address):
    assert badge.public_address(remote) == address


@pytest.mark.parametrize(
    ("remote", "where"),
    {
        "git@github.com:ada/course.git": "gh/ada/course/HEAD",
        "https://gitlab.com/group/sub/course.git": "gl/group%2Fsub%2Fcourse/HEAD",
        "https://user:secret@git.example.org/ada/course": "git/https%3A%2F%2Fgit.example.org%2Fada%2Fcourse/HEAD",
    }.items(),
)
def test_the_badge_opens_the_first_notebook(remote, where):
    url = f"https://mybinder.org/v2/{where}?urlpath=lab%2Ftree%2Fnotebooks%2F00_start_here.ipynb"
    assert badge.badge(remote).endswith(f"]({url})")
    assert "secret" not in badge.badge(remote)


def test_a_branch_with_a_slash_stays_one_part_of_the_address():
    assert "/v2/gh/ada/course/term%2F2026?" in badge.badge("git@github.com:ada/course.git", "term/2026")


def test_without_a_public_address_a_sentence_takes_the_place_of_the_badge():
    assert badge.badge(None) == badge.badge("../course") == badge.PLACEHOLDER


def test_the_address_comes_from_ci_or_from_git(monkeypatch, tmp_path):
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    monkeypatch.setattr(marked, "ROOT", tmp_path)
    monkeypatch.delenv("GITHUB_REPOSITORY", raising=False)
    monkeypatch.delenv("GITHUB_SERVER_URL", raising=False)
    assert badge.remote() is None
    subprocess.run(["git", "-C", tmp_path, "remote", "add", "origin", "git@github.com:ada/course.git"], check=True)
    assert badge.public_address(badge.remote()) == "https://github.com/ada/course"
    monkeypatch.setenv("GITHUB_REPOSITORY", "grace/course")
    assert badge.public_address(badge.remote()) == "https://github.com/grace/course"


def test_a_part_is_written_between_its_markers_only(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("above\n<!-- x:start -->\nold\n<!-- x:end -->\nbelow\n", encoding="utf-8")
    marked.write("x", r"new \1", readme)
    marked.write("x", r"new \1", readme)
    assert readme.read_text(encoding="utf-8") == "above\n<!-- x:start -->\nnew \\1\n<!-- x:end -->\nbelow\n"


def test_missing_markers_are_said_in_words(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text("no markers\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="needs the markers"):
        marked.write("x", "new", readme)
    assert readme.read_text(encoding="utf-8") == "no markers\n"
