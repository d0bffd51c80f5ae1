"""Pack the course for a room without a network: all packages for one kind of computer, the course, and a start script.

    uv run --frozen --with pip python binder/offline_kit.py --platform windows --python 3.11 FOLDER

The packages are those of ``requirements.txt``, wheels only, each with the hash that stands there. On the other
computer only Python itself must be installed. Nothing is built or run here, so a kit for any platform can be packed on
any.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement
from packaging.tags import mac_platforms

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "binder" / "requirements.txt"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
COURSE = ("notebooks", "data", "binder", "README.md", "LICENSE", "LICENSE-CC-BY", "CITATION.cff")
# The answers are for teachers, and the kit is what learners get.
LEFT_OUT = shutil.ignore_patterns("__pycache__", "my_course", ".ipynb_checkpoints", "answers")


def _linux(processor: str) -> list[str]:
    """Wheels for Linux say which glibc they need at least: 2.28 is in every distribution since 2019."""
    names = [f"manylinux_2_{minor}" for minor in range(28, 4, -1)] + ["manylinux2014", "manylinux2010", "manylinux1"]
    return [f"{name}_{processor}" for name in [*names, "linux"]]


def _macos(processor: str) -> list[str]:
    """macOS 14 is there since 2023."""
    return list(mac_platforms((14, 0), processor))


PLATFORMS = {
    "linux": (_linux("x86_64"), "linux", "Linux", "x86_64"),
    "linux-arm": (_linux("aarch64"), "linux", "Linux", "aarch64"),
    "windows": (["win_amd64"], "win32", "Windows", "AMD64"),
    "macos": (_macos("arm64"), "darwin", "Darwin", "arm64"),
    "macos-intel": (_macos("x86_64"), "darwin", "Darwin", "x86_64"),
}
"""By name: the tags of wheels that run there, best first, and what Python calls the system and its processor."""


def machine(platform: str, python: str) -> dict[str, str]:
    """What the markers of requirements ask about a computer; ``python`` with its patch number, as 3.11.2."""
    _, sys_platform, system, processor = PLATFORMS[platform]
    return {
        "python_version": python.rpartition(".")[0],
        "python_full_version": python,
        "sys_platform": sys_platform,
        "platform_system": system,
        "platform_machine": processor,
        "os_name": "nt" if sys_platform == "win32" else "posix",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "extra": "",
    }


def pins(platform: str, python: str) -> list[str]:
    """The requirements that apply to a computer, each with its hashes and without its marker.

    pip asks the markers about the computer it runs on, so they are answered here.
    """
    found = []
    for line in PINS.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        spec, *hashes = line.split(" --hash=")
        requirement = Requirement(spec.strip())
        if requirement.marker is None or requirement.marker.evaluate(machine(platform, python)):
            found.append(
                f"{requirement.name}{requirement.specifier} " + " ".join(f"--hash={h.strip()}" for h in hashes)
            )
    return found


def command(platform: str, python: str, wheels: Path, requirements: Path) -> list[str]:
    """What is asked of pip. Every package is pinned, so none may bring another."""
    words = [sys.executable, "-m", "pip", "download", "--only-binary=:all:", "--no-deps", "--require-hashes"]
    words += [f"--dest={wheels}", f"--requirement={requirements}", "--implementation=cp", f"--python-version={python}"]
    words += [f"--abi={abi}" for abi in ("cp" + "".join(python.split(".")[:2]), "abi3", "none")]
    return words + [f"--platform={tag}" for tag in PLATFORMS[platform][0]]


def download(platform: str, python: str, wheels: Path) -> None:
    """The wheels for every patch number: one dependency is another before 3.11.5, and Debian 12 has 3.11.2."""
    done = set()
    with tempfile.TemporaryDirectory() as place:
        for patch in (f"{python}.0", f"{python}.99"):
            wanted = [line for line in pins(platform, patch) if line not in done]
            done.update(wanted)
            requirements = Path(place, "requirements.txt")
            requirements.write_text("\n".join(wanted) + "\n", encoding="utf-8")
            if wanted and subprocess.run(command(platform, patch, wheels, requirements)).returncode:
                sys.exit("the packages could not be downloaded; what pip says about it stands above")


SHELL = """\
#!/bin/sh
# Makes an environment beside this file on first use, from the folder wheels alone, and opens the course.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-pythonPYVERSION}
command -v "$python" >/dev/null || python=python3
if ! "$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "PYVERSION")' 2>/dev/null; then
    echo "This kit needs Python PYVERSION. Install it, or say where it is: PYTHON=... sh start.sh" >&2
    exit 1
fi
if [ ! -e .venv/ready ]; then
    echo "First start: installing from the folder wheels, which takes a minute or two."
    "$python" -m venv --clear .venv
    PIP_CONFIG_FILE=/dev/null .venv/bin/python -m pip --isolated install --quiet --no-index \\
        --find-links wheels --require-hashes --requirement course/binder/requirements.txt
    touch .venv/ready
fi
exec .venv/bin/python -m jupyterlab --config=course/binder/jupyter_server_config.py "$@" \\
    course/notebooks/00_start_here.ipynb
"""

BATCH = """\
@echo off
rem Makes an environment beside this file on first use, from the folder wheels alone, and opens the course.
setlocal
cd /d "%~dp0"
if exist .venv\\ready goto open
echo First start: installing from the folder wheels, which takes some minutes.
py -PYVERSION -m venv --clear .venv
if errorlevel 1 goto python
set PIP_CONFIG_FILE=nul
.venv\\Scripts\\python -m pip --isolated install --quiet --no-index ^
    --find-links wheels --require-hashes --requirement course\\binder\\requirements.txt
if errorlevel 1 goto failed
type nul > .venv\\ready
:open
.venv\\Scripts\\python -m jupyterlab --config=course\\binder\\jupyter_server_config.py %* ^
    course\\notebooks\\00_start_here.ipynb
goto :eof
:python
echo This kit needs Python PYVERSION for Windows, 64 bit, with its launcher py.
pause
exit /b 1
:failed
echo The packages were not installed. Is every file of the kit there? A short path such as C:\\course helps.
pause
exit /b 1
"""

README = """\
Sovereign Compute, for {platform} with Python {python}, without a network
{line}

What is needed: this folder, copied to the computer's own disk, and Python {python}. Nothing else, and no network.

To open the course: {start}
The first start installs the packages from the folder wheels into the folder .venv beside this file; later ones open
at once. JupyterLab then opens in the browser. It is reachable from this computer only.

To stop: close the window in which it was started, or press Control-C there twice.
What you save in the course is in course/notebooks/my_course. Deleting this folder removes everything.
The hash of every package is in course/binder/requirements.txt and is checked during the installation.
"""
STARTS = {"windows": "double-click start.bat."}


def pack(platform: str, python: str, folder: Path) -> None:
    """Fill a new or empty folder. Ends the program in words where that cannot be done."""
    if folder.exists() and any(folder.iterdir()):
        sys.exit(f"{folder} is not empty: name a new folder for the kit")
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    download(platform, python, wheels)
    for name in COURSE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / "course" / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder / "course" / name)
    write_scripts(platform, python, folder)
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    print(f"{folder}: {len(list(wheels.iterdir()))} packages, {size / 1e6:.0f} MB in all")


def write_scripts(platform: str, python: str, folder: Path) -> None:
    """The start script of the platform, and a page that says what to do with the kit."""
    if platform == "windows":
        (folder / "start.bat").write_text(BATCH.replace("PYVERSION", python), newline="\r\n")
    else:
        script = folder / "start.sh"
        script.write_text(SHELL.replace("PYVERSION", python), newline="\n")
        script.chmod(0o755)
    start = STARTS.get(platform, "run  sh start.sh  in a terminal, in this folder.")
    first = README.partition("\n")[0].format(platform=platform, python=python)
    text = README.format(platform=platform, python=python, line="=" * len(first), start=start)
    ending = "\r\n" if platform == "windows" else "\n"
    (folder / "README.txt").write_text(text, encoding="utf-8", newline=ending)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--platform", choices=PLATFORMS, required=True)
    parser.add_argument("--python", choices=PYTHONS, default="3.11")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    pack(given.platform, given.python, given.folder)
