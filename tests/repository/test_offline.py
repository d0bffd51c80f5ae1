"""The kit for a room without a network: every platform finds a wheel for every pin, and the kit holds what it needs.

That a kit installs and opens without a network is tried by hand with the command in CONTRIBUTING.md.
"""

import os
import subprocess
import sys
import tomllib
from types import SimpleNamespace

import pytest
import test_environment
from packaging.specifiers import SpecifierSet
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename
from tree import ROOT

sys.path.insert(0, str(ROOT / "binder"))
import offline_kit

LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
WHEELS = {
    (package["name"], package["version"]): [wheel["url"].rpartition("/")[2] for wheel in package.get("wheels", ())]
    for package in LOCK["package"]
    if "version" in package
}
KITS = [(platform, python) for platform in offline_kit.PLATFORMS for python in offline_kit.PYTHONS]


def missing(platform: str, python: str, wheels: dict) -> list[str]:
    """Pins without a wheel that such a computer can install."""
    version = tuple(int(part) for part in python.split("."))
    plain = offline_kit.PLATFORMS[platform][0]
    tags = {*cpython_tags(version, platforms=plain), *compatible_tags(version, f"cp{version[0]}{version[1]}", plain)}
    pins = {pin.partition(" ")[0] for patch in ("0", "99") for pin in offline_kit.pins(platform, f"{python}.{patch}")}
    assert len(pins) > 100
    return [
        pin
        for pin in sorted(pins)
        if not any(parse_wheel_filename(w)[3] & tags for w in wheels[tuple(pin.split("=="))])
    ]


def test_kits_texts_and_ci_cover_the_pythons_of_the_project():
    wanted = SpecifierSet(
        tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    )
    pythons = [f"3.{minor}" for minor in range(40) if wanted.contains(f"3.{minor}.9")]
    assert (
        list(offline_kit.PYTHONS)
        == pythons
        == sorted({python.rpartition(".")[0] for python in test_environment.PYTHONS})
    )
    for name in ("README.md", "notebooks/guides/hosting.md"):
        assert f"{pythons[0]} to {pythons[-1]}" in (ROOT / name).read_text(encoding="utf-8")
    others = f"3.1[{''.join(python[-1] for python in pythons[1:])}].*"  # the first is that of the environment
    assert f"versions/{others}/bin/python" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize(("platform", "python"), KITS)
def test_every_pin_has_a_wheel(platform, python):
    assert missing(platform, python, WHEELS) == []


def test_a_wheel_that_is_missing_is_found():
    name = next(key for key in WHEELS if key[0] == "pywinpty")
    without = {**WHEELS, name: [wheel for wheel in WHEELS[name] if "win_amd64" not in wheel]}
    assert missing("windows", "3.11", without) == ["==".join(name)]
    assert missing("linux", "3.11", without) == []


def test_markers_are_answered_for_the_other_computer():
    names = {
        platform: {pin.partition("==")[0] for pin in offline_kit.pins(platform, "3.11.2")}
        for platform in offline_kit.PLATFORMS
    }
    assert {"pywinpty", "colorama"} <= names["windows"] - names["linux"]
    assert {"pexpect", "ptyprocess"} <= names["linux"] & names["macos"] - names["windows"]
    assert "appnope" in names["macos"] - names["windows"]
    old, new = (
        next(pin for pin in offline_kit.pins("linux", v) if pin.startswith("soupsieve")) for v in ("3.11.2", "3.11.9")
    )
    assert old != new
    assert "--hash=sha256:" in old


@pytest.fixture
def pip(monkeypatch):
    """A pip that writes down what it was asked for, and one wheel."""
    asked = []

    def run(words):
        asked.append(words)
        wheels = next(word.partition("=")[2] for word in words if word.startswith("--dest="))
        (offline_kit.Path(wheels) / f"made-{len(asked)}-py3-none-any.whl").write_bytes(b"x")
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(offline_kit.subprocess, "run", run)
    return asked


@pytest.mark.parametrize("platform", offline_kit.PLATFORMS)
def test_a_kit_holds_packages_course_and_start(platform, pip, tmp_path, capsys):
    kit = tmp_path / "kit"
    offline_kit.pack(platform, "3.11", kit)
    assert {"--only-binary=:all:", "--no-deps", "--require-hashes", "--python-version=3.11.0"} <= set(pip[0])
    start = kit / ("start.bat" if platform == "windows" else "start.sh")
    text = start.read_bytes().decode()
    assert "--no-index" in text and "--require-hashes" in text and "PYVERSION" not in text
    for name in ("README.txt", "course/binder/requirements.txt", "course/notebooks/00_start_here.ipynb", "course/data"):
        assert (kit / name).exists()
    assert not list(kit.rglob("my_course")) and not list(kit.rglob("__pycache__"))
    assert "packages" in capsys.readouterr().out
    if platform == "windows":
        assert text.count("\r\n") == text.count("\n")
    else:
        assert os.access(start, os.X_OK) and "\r" not in text
        assert subprocess.Popen(["sh", "-n", start]).wait() == 0


def test_a_folder_with_something_in_it_is_left_alone(pip, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(SystemExit, match="is not empty"):
        offline_kit.pack("linux", "3.11", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_failed_download_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(offline_kit.subprocess, "run", lambda words: SimpleNamespace(returncode=1))
    with pytest.raises(SystemExit, match="could not be downloaded"):
        offline_kit.pack("linux", "3.11", tmp_path / "kit")


def test_the_start_script_refuses_another_python(pip, tmp_path):
    kit = tmp_path / "kit"
    offline_kit.pack("linux", "3.13", kit)
    done = _started(kit, "#!/bin/sh\nexit 1\n")
    assert done.returncode == 1
    assert "This kit needs Python 3.13" in done.stderr
    assert not (kit / ".venv").exists()


def _started(kit, python: str):
    stub = kit / "python-stub"
    stub.write_text(python)
    stub.chmod(0o755)
    words = ["sh", str(kit / "start.sh")]
    child = subprocess.Popen(
        words, env={**os.environ, "PYTHON": str(stub)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    out, err = child.communicate(timeout=60)
    return SimpleNamespace(returncode=child.returncode, stdout=out, stderr=err)
