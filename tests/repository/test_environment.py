"""One environment, three doors: what pip and uv, conda and Binder install is one and the same, and nothing drifts.

Each check reads the files of a root folder, needs no network, and returns its findings as sentences. The checks are run
on the project, and then on copies with one fault each.
"""

import ast
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from traitlets.config import PyFileConfigLoader
from tree import ROOT, files, texts

BINDER_PYTHON = "3.11"
PYTHONS = ("3.11.4", "3.11.14", "3.12.9", "3.13.3", "3.14.0")  # one dependency changes at 3.11.5
PLATFORMS = {
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    "mac": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
}
MACHINES = {
    f"Python {python} on {platform}": {
        **names,
        "python_full_version": python,
        "python_version": python.rpartition(".")[0],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": "x86_64",
        "extra": "",
    }
    for (platform, names), python in itertools.product(PLATFORMS.items(), PYTHONS)
}
# What may lie in binder/. Anything else that repo2docker knows (environment.yml, setup.py, Pipfile, install.R, ...)
# would be used instead of, or on top of, the requirements.
BINDER_FILES = {
    "requirements.txt",
    "runtime.txt",
    "postBuild",
    "jupyter_server_config.py",
    "labconfig",
    "offline_kit.py",
    "hub",
}
PINS = "binder/requirements.txt"
SCRIPTS = ("binder/postBuild", ".ci/run")
# The dots are put in afterwards, or this file would be a finding.
REGISTRIES = tuple(
    host.replace(" ", ".")
    for host in ("pypi org", "pythonhosted org", "npmjs org", "npmjs com", "deb debian org", "anaconda org")
)


@pytest.fixture(autouse=True)
def paths_are_put_back(monkeypatch):
    """The configuration of the server, which tests here run, adds to them for good; later tests would hear of it."""
    for name in ("PYTHONPATH", "JUPYTER_CONFIG_PATH"):
        monkeypatch.setenv(name, os.environ.get(name, ""))


@cache
def _marker(text: str) -> Marker:
    return Marker(text)


def _applies(marker: str | None, machine: dict) -> bool:
    return not marker or _marker(marker).evaluate(machine)


def _project(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def _lock(root: Path) -> dict:
    return tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))


def _itself(lock: dict) -> dict:
    return next(package for package in lock["package"] if package["source"] == {"virtual": "."})


# The checks ---------------------------------------------------------------------------------------------------------


def lock_faults(root: Path) -> list[str]:
    """pyproject.toml and uv.lock ask for the same packages and the same Python."""
    project, lock = _project(root), _lock(root)
    metadata = _itself(lock)["metadata"]

    def wanted(lines):
        found = [Requirement(line) for line in lines]
        return {(canonicalize_name(r.name), frozenset(r.extras), str(r.specifier)) for r in found}

    def locked(rows):
        return {(r["name"], frozenset(r.get("extras", ())), r.get("specifier", "")) for r in rows}

    pairs = {"dependencies": (project["project"]["dependencies"], metadata["requires-dist"])}
    groups = project["dependency-groups"]
    for group, asked in groups.items():
        lines = [
            line for entry in asked for line in (groups[entry["include-group"]] if isinstance(entry, dict) else [entry])
        ]
        pairs[f"dependency group {group}"] = (lines, metadata["requires-dev"].get(group, []))
    faults = [
        f"uv.lock does not hold the {name} of pyproject.toml: {sorted(n for n, *_ in wanted(lines) ^ locked(rows))}"
        for name, (lines, rows) in pairs.items()
        if wanted(lines) != locked(rows)
    ]
    asked, held = project["project"]["requires-python"], lock["requires-python"]
    if asked.replace(" ", "") != held.replace(" ", ""):
        faults.append(f"uv.lock is for Python {held}, pyproject.toml for {asked}")
    return faults


def _closure(lock: dict, machine: dict, groups: Iterable[str] = ()) -> set[tuple[str, str]]:
    """Name and version of all that the package and the groups need on a machine; some groups come without asking."""
    packages: dict[str, list[dict]] = {}
    for package in lock["package"]:
        packages.setdefault(package["name"], []).append(package)
    found, seen = set(), set()
    waiting = [
        *_itself(lock)["dependencies"],
        *(
            need
            for name in {*_itself(lock)["default-groups"], *groups}
            for need in _itself(lock)["dev-dependencies"][name]
        ),
    ]
    while waiting:
        need = waiting.pop()
        if not _applies(need.get("marker"), machine):
            continue
        versions = [p for p in packages[need["name"]] if need.get("version") in (None, p["version"])]
        assert len(versions) == 1, f"uv.lock leaves open which {need['name']} is meant"
        package = versions[0]
        found.add((package["name"], package["version"]))
        for extra in ("", *need.get("extra", ())):
            if (key := (package["name"], package["version"], extra)) not in seen:
                seen.add(key)
                waiting += (
                    package.get("optional-dependencies", {}).get(extra, [])
                    if extra
                    else package.get("dependencies", [])
                )
    return found


def requirement_faults(root: Path) -> list[str]:
    """binder/requirements.txt is what uv.lock needs at run time: names, versions, hashes, on every machine."""
    lock, lines, faults = _lock(root), [], []
    hashes = {
        (p["name"], p["version"]): {f["hash"] for f in [*p.get("wheels", ()), *([p["sdist"]] if "sdist" in p else ())]}
        for p in lock["package"]
        if "version" in p
    }
    text = (root / PINS).read_text(encoding="utf-8")
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        spec, *given = re.split(r"\s+--hash=", line.strip())
        pin = re.fullmatch(r"([a-z0-9-]+)==(\S+)(?: ; (.+))?", spec)
        if pin is None:
            faults.append(f"binder/requirements.txt: {spec!r} is no exact version")
            continue
        name, version, marker = pin.groups()
        lines.append((name, version, marker))
        if set(given) != hashes.get((name, version)):
            faults.append(f"binder/requirements.txt: the hashes of {name} {version} are not those of uv.lock")
    for machine, values in MACHINES.items():
        listed = {(name, version) for name, version, marker in lines if _applies(marker, values)}
        if listed != (needed := _closure(lock, values)):
            faults.append(f"binder/requirements.txt differs from uv.lock for {machine}: {sorted(listed ^ needed)}")
    return faults


def door_faults(root: Path) -> list[str]:
    """conda and Binder install that file on the same Python, and nothing else."""
    faults = []
    asked = _project(root)["project"]["requires-python"]
    if not Requirement(f"python{asked}").specifier.contains(f"{BINDER_PYTHON}.0"):
        faults.append(f"Binder and conda use Python {BINDER_PYTHON}, which {asked} excludes")
    runtime = root / "binder/runtime.txt"
    if not runtime.exists() or runtime.read_bytes() != f"python-{BINDER_PYTHON}\n".encode():
        faults.append(f"binder/runtime.txt must be the one line python-{BINDER_PYTHON}")
    conda = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    expected = [f"python={BINDER_PYTHON}", "pip", {"pip": ["-r binder/requirements.txt"]}]
    if conda["dependencies"] != expected:
        faults.append(f"environment.yml must install {expected}, not {conda['dependencies']}")
    ours = {path.relative_to(root).parts for path in files(root)}
    if strays := {parts[1] for parts in ours if parts[0] == "binder"} - BINDER_FILES:
        faults.append(
            f"binder/ holds {', '.join(sorted(strays))}, which repo2docker may use instead of the requirements"
        )
    if (root / ".binder").exists():
        faults.append("repo2docker refuses .binder/ beside binder/")
    return faults


def script_faults(root: Path) -> list[str]:
    """Scripts run where they are copied to: a shebang, LF line ends, executable."""
    faults = []
    for name in SCRIPTS:
        content = (root / name).read_bytes()
        if not content.startswith(b"#!/bin/bash\n"):
            faults.append(f"{name} must begin with #!/bin/bash and a plain line feed")
        if b"\r" in content:
            faults.append(f"{name} has carriage returns")
        if os.name == "posix" and not (root / name).stat().st_mode & 0o100:
            faults.append(f"{name} is not executable")
    return faults


def pair_faults(root: Path) -> list[str]:
    """notebook and jupyterlab belong together: the image of Binder holds an older notebook, which must be replaced."""
    versions = {p["name"]: p["version"] for p in _lock(root)["package"] if p["name"] in ("notebook", "jupyterlab")}
    minors = {name: version.split(".")[1] for name, version in versions.items()}
    if len(minors) != 2 or len(set(minors.values())) != 1:
        return [f"notebook and jupyterlab have different minor versions in uv.lock: {versions}"]
    return []


def _imported(code: str) -> set[str]:
    """First names of all absolute imports of a piece of Python; lines of IPython's own syntax are passed over."""
    code = "\n".join("" if line.lstrip().startswith(("%", "!")) else line for line in code.splitlines())
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module)
    return {name.partition(".")[0] for name in found}


IMPORTED_AS = {"ipython": "IPython", "vl-convert-python": "vl_convert"}


SITE = ("notebooks/guides/website.py", "notebooks/guides/online/")
"""What makes the site, with a group of its own."""


def import_faults(root: Path) -> list[str]:
    """Whatever the package imports is a dependency of it; notebooks and guides have the default groups besides."""
    project = _project(root)
    package = project["project"]["dependencies"]
    beside = [line for group in project["tool"]["uv"]["default-groups"] for line in project["dependency-groups"][group]]

    def modules(lines: list[str]) -> set[str]:
        names = {canonicalize_name(Requirement(line).name) for line in lines}
        return {IMPORTED_AS.get(name, name.replace("-", "_")) for name in names} | sys.stdlib_module_names

    faults = []
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if not name.startswith("notebooks/") or path.suffix not in (".py", ".ipynb"):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".ipynb":
            cells = [cell["source"] for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
            pieces = ["".join(source) for source in cells]
        else:
            pieces = [text]
        if name.startswith("notebooks/sovereign_compute/"):
            known, where = modules(package), "a dependency"
        else:
            beside_it = {path.parent, root / "notebooks" / "guides"} if path.suffix == ".py" else set()
            ours = {file.stem for folder in beside_it for file in folder.glob("*.py")}
            ours |= {file.parent.name for folder in beside_it for file in folder.glob("*/__init__.py")}
            more = project["dependency-groups"]["site"] if name.startswith(SITE) else []
            known = modules([*package, *beside, *more]) | ours | {"sovereign_compute"}
            where = "a dependency or in its groups"
        for missing in sorted(set().union(*map(_imported, pieces)) - known):
            faults.append(f"{name} imports {missing}, which pyproject.toml does not list as {where}")
    return faults


def host_faults(root: Path) -> list[str]:
    """No file names the host of a package registry (uv.lock cannot do without): whose mirror is used is the user's."""
    return [
        f"{name} names the host {host}"
        for name, text in texts(root).items()
        for host in REGISTRIES
        if name != "uv.lock" and host in text.lower()
    ]


def image_faults(root: Path) -> list[str]:
    """What repo2docker itself makes of the folder: pip, the right Python, one install, kept when a notebook changes."""
    render = (
        "import sys\n"
        "from repo2docker.app import Repo2Docker\n"
        "app = Repo2Docker()\n"
        "packs = (kind(base_image=app.base_image) for kind in app.buildpacks)\n"
        "pack = next(pack for pack in packs if pack.detect())\n"
        "pack.platform = app.platform\n"
        "print(type(pack).__name__, pack.python_version, sep='\\n')\n"
        "print(pack.render({'NB_USER': 'learner', 'NB_UID': '1000'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", render], cwd=root, capture_output=True, text=True)
    if done.returncode:
        return [f"repo2docker renders nothing: {done.stderr.strip().splitlines()[-1]}"]
    pack, python, dockerfile = done.stdout.split("\n", 2)
    steps = [line for line in dockerfile.splitlines() if line and not line.startswith("#")]
    installs = [n for n, line in enumerate(steps) if "pip install" in line]
    faults = []
    if pack != "PythonBuildPack":
        faults.append(f"repo2docker takes {pack}, not PythonBuildPack")
    if not python.startswith(BINDER_PYTHON):
        faults.append(f"repo2docker takes Python {python}, not {BINDER_PYTHON}")
    if len(installs) != 1:
        faults.append(f"the image installs with pip {len(installs)} times instead of once")
    if re.search(r"(conda|mamba) env (update|create)", dockerfile):
        faults.append("the image solves a conda environment")
    copied = [line for line in steps[: installs[0] if installs else None] if re.match(r"COPY .*\bsrc/", line)]
    if len(copied) != 1 or "src/binder/requirements.txt " not in copied[0]:
        faults.append(f"the image is installed anew after any edit, since these are copied first: {copied}")
    if not any("postBuild" in line for line in steps):
        faults.append("the image does not run binder/postBuild")
    return faults


CHECKS = (
    lock_faults,
    requirement_faults,
    door_faults,
    script_faults,
    pair_faults,
    import_faults,
    host_faults,
    image_faults,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_environment_has_not_drifted(check):
    assert check(ROOT) == []


def test_the_build_script_of_the_image_runs(tmp_path):
    """binder/postBuild itself, here instead of in the image; what it writes goes to a folder of its own."""
    environment = {
        **os.environ,
        "JUPYTER_DATA_DIR": str(tmp_path / "data"),
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    done = subprocess.run(["bash", "binder/postBuild"], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "EUR per GPU-hour" in done.stdout
    copied = {"jupyter_server_config.py", "labconfig/default_setting_overrides.json"}
    assert all((tmp_path / "config" / name).exists() for name in copied)


def test_the_server_sends_each_message_at_once(monkeypatch):
    """The configuration of all doors: small messages of a kernel do not wait for the browser's confirmation."""
    config = PyFileConfigLoader("jupyter_server_config.py", path=str(ROOT / "binder")).load_config()
    promises = []
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: promises.append("connected"))
    connection = object.__new__(config.ServerApp.kernel_websocket_connection_class)
    handler = SimpleNamespace(set_nodelay=promises.append)
    monkeypatch.setattr(type(connection), "websocket_handler", handler)
    connection.connect()
    assert promises == [True, "connected"]
    assert config.LabApp.extension_manager == "readonly"


# A server in small: a loop that runs until it is stopped, and one request for which a thread is at work.
STOPPED_IN_A_REQUEST = """
import asyncio, sys, threading
from anyio.to_thread import run_sync
from traitlets.config.loader import PyFileConfigLoader

config = PyFileConfigLoader("jupyter_server_config.py", path=sys.argv[1]).load_config()
loop, go_on, answers = asyncio.new_event_loop(), threading.Event(), []

def read():
    loop.call_soon_threadsafe(lambda: answers.append(loop.create_task(stop())))
    return go_on.wait()

async def request():
    answers.append(await run_sync(read))

async def stop():
    loop.call_soon(go_on.set)
    await config.ServerApp.kernel_websocket_connection_class.close_all()
    loop.stop()

requested = loop.create_task(request())
loop.run_forever()
print("answered:", answers[1:])
"""


def test_a_server_that_is_stopped_in_a_request_ends():
    """What is under way is answered first: a thread that outlives the loop would be waited for without end."""
    done = subprocess.run(
        [sys.executable, "-c", STOPPED_IN_A_REQUEST, str(ROOT / "binder")], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "answered: [True]\n"), done.stderr


def test_a_kernel_that_is_just_starting_does_not_spoil_the_list_of_kernels():
    config = PyFileConfigLoader("jupyter_server_config.py", path=str(ROOT / "binder")).load_config()
    kernels = config.ServerApp.kernel_manager_class()
    ready = ServerKernelManager(last_activity=datetime.now(UTC), execution_state="idle")
    kernels._kernels.update({"ready": ready, "starting": ServerKernelManager()})
    assert [kernel["id"] for kernel in kernels.list_kernels()] == ["ready"]


def test_a_lesson_that_was_copied_elsewhere_finds_the_course(tmp_path, monkeypatch):
    """The learner's own, where the server starts in a folder with one; else the one beside the settings."""
    own = tmp_path / "home" / "notebooks" / "sovereign_compute"
    own.mkdir(parents=True)
    (own / "__init__.py").write_text("")
    course = ROOT / "notebooks" / "sovereign_compute"
    for start, package in ((tmp_path, course), (own.parents[1], own)):
        monkeypatch.chdir(start)
        monkeypatch.delenv("PYTHONPATH")
        PyFileConfigLoader("jupyter_server_config.py", path=str(ROOT / "binder")).load_config()
        code = "import sovereign_compute as sc; print(sc.__file__)"
        run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
        assert run.stdout.strip() == str(package / "__init__.py"), run.stderr


# Each check turns red ------------------------------------------------------------------------------------------------


def replace(name: str, old: str, new: str, count: int = 1):
    """A mutation: one text in one file becomes another."""

    def mutate(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text, f"{name} does not hold {old!r}: the mutation would change nothing"
        (root / name).write_text(text.replace(old, new, count), encoding="utf-8", newline="\n")

    return mutate


def substitute(name: str, pattern: str, new: str):
    """A mutation: the first match of a regular expression becomes another text."""

    def mutate(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        changed, count = re.subn(pattern, new, text, count=1)
        assert count == 1 and changed != text, f"{name} has no {pattern!r} that would change"
        (root / name).write_text(changed, encoding="utf-8", newline="\n")

    return mutate


def write(name: str, text: str):
    """A mutation: a file that should not be there, or not so."""

    def mutate(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())

    return mutate


def remove(name: str):
    """A mutation: a file is gone."""
    return lambda root: (root / name).unlink()


def _one_more(root: Path) -> None:
    """A package of the test group, as the lock has it, among those of the notebooks."""
    package = next(p for p in _lock(root)["package"] if p["name"] == "nbval")
    files = [*package.get("wheels", ()), package["sdist"]]
    lines = [f"nbval=={package['version']}", *(f"    --hash={file['hash']}" for file in files)]
    with (root / PINS).open("a", encoding="utf-8", newline="\n") as pins:
        pins.write(" \\\n".join(lines) + "\n")


def _cell(code: str) -> str:
    return json.dumps({"cells": [{"cell_type": "code", "source": [code]}]})


LOCKED_NOTEBOOK = r'(name = "notebook"\nversion = ")\d+\.\d+\.\d+'
MUTATIONS = {
    "dependency only in pyproject.toml": (
        lock_faults,
        replace("pyproject.toml", '"scipy>', '"matplotlib",\n    "scipy>'),
    ),
    "dependency only in uv.lock": (lock_faults, substitute("pyproject.toml", r'    "scipy>.*\n', "")),
    "bound only in pyproject.toml": (lock_faults, substitute("pyproject.toml", '"scipy>=.+"', '"scipy>=1.2"')),
    "test dependency only in pyproject.toml": (
        lock_faults,
        replace("pyproject.toml", '"nbval"', '"nbval",\n    "tox"'),
    ),
    "other Python in pyproject.toml": (lock_faults, replace("pyproject.toml", "<3.15", "<3.16")),
    "other version": (requirement_faults, substitute(PINS, r"pandas==\S+", "pandas==2.0.0")),
    "package left out": (requirement_faults, substitute(PINS, r"traitlets==(?:.*\\\n)+.*\n", "")),
    "package too many": (requirement_faults, _one_more),
    "version left open": (requirement_faults, substitute(PINS, r"pandas==\S+", "pandas")),
    "other hash": (requirement_faults, substitute(PINS, r"sha256:[0-9a-f]{8}", "sha256:00000000")),
    "hash left out": (requirement_faults, substitute(PINS, r" \\\n    --hash=sha256:[0-9a-f]+\n", "\n")),
    "marker left out": (requirement_faults, replace(PINS, " ; sys_platform == 'darwin'", "")),
    "project itself asked for": (requirement_faults, replace(PINS, "altair==", "-e .\naltair==")),
    "lock moved on": (requirement_faults, substitute("uv.lock", r'(name = "altair"\nversion = ")[^"]+', r"\g<1>9.9.9")),
    "Binder on another Python": (door_faults, write("binder/runtime.txt", "python-3.12\n")),
    "Binder on a patch version": (door_faults, write("binder/runtime.txt", "python-3.11.14\n")),
    "Binder's Python left to chance": (door_faults, remove("binder/runtime.txt")),
    "conda on another Python": (door_faults, replace("environment.yml", "python=3.11", "python=3.12")),
    "conda with a pin of its own": (door_faults, replace("environment.yml", "  - pip\n", "  - pip\n  - pandas=3\n")),
    "Python of Binder not supported": (door_faults, replace("pyproject.toml", ">=3.11", ">=3.12")),
    "environment.yml in binder/": (door_faults, write("binder/environment.yml", "dependencies: []\n")),
    "setup.py in binder/": (door_faults, write("binder/setup.py", "")),
    "a second folder": (door_faults, write(".binder/runtime.txt", "python-3.11\n")),
    "carriage returns": (script_faults, replace("binder/postBuild", "\n", "\r\n", -1)),
    "no shebang": (script_faults, replace(".ci/run", "#!/bin/bash\n", "")),
    "not executable": (script_faults, lambda root: (root / ".ci/run").chmod(0o644)),
    "notebook and jupyterlab apart": (pair_faults, substitute("uv.lock", LOCKED_NOTEBOOK, r"\g<1>7.4.7")),
    "undeclared import in the package": (import_faults, write("notebooks/sovereign_compute/x.py", "import requests\n")),
    "what only the lessons have, in the package": (
        import_faults,
        write("notebooks/sovereign_compute/x.py", "import nbformat\n"),
    ),
    "undeclared import inside a function": (
        import_faults,
        write("notebooks/sovereign_compute/x.py", "def f():\n    from yaml import load\n    return load\n"),
    ),
    "undeclared import in a notebook": (
        import_faults,
        write("notebooks/99_x.ipynb", _cell("%time 1\nimport tox")),
    ),
    "host of a registry": (host_faults, write("notes.md", f"From https://{REGISTRIES[0]}/simple\n")),
    "repo2docker: another Python": (image_faults, write("binder/runtime.txt", "python-3.12\n")),
    "repo2docker: no such Python": (image_faults, write("binder/runtime.txt", "python-3.11.14\n")),
    "repo2docker: a conda file": (image_faults, write("binder/environment.yml", "dependencies: [python=3.11]\n")),
    "repo2docker: two folders": (image_faults, write(".binder/runtime.txt", "python-3.11\n")),
    "repo2docker: requirements gone": (image_faults, remove(PINS)),
    "repo2docker: a local package": (image_faults, replace(PINS, "altair==", "-e .\naltair==")),
    "repo2docker: build script gone": (image_faults, remove("binder/postBuild")),
}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """The files that the checks read, without data and tests."""
    folder = tmp_path_factory.mktemp("untouched")
    for path in files(ROOT):
        name = path.relative_to(ROOT)
        if name.parts[0] in ("pyproject.toml", "uv.lock", "environment.yml", "binder", ".ci") or name.suffix == ".py":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / name)
    # As Python leaves it wherever nothing forbids that: no file of the project, and no drift.
    (folder / "binder" / "__pycache__").mkdir()
    (folder / "binder" / "__pycache__" / "offline_kit.cpython-311.pyc").touch()
    return folder


@pytest.fixture(scope="module")
def before(untouched):
    """What a check finds in these files as they are; it is asked once."""
    return cache(lambda check: check(untouched))


@pytest.mark.parametrize(("check", "mutate"), MUTATIONS.values(), ids=MUTATIONS)
def test_a_drift_is_found(check, mutate, before, untouched, tmp_path):
    assert before(check) == []
    copy = shutil.copytree(untouched, tmp_path / "copy")
    mutate(copy)
    assert check(copy) != []
