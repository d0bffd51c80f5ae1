"""Binder, replayed on this machine: ``python tests/tools/binder_replay.py``, on Linux and with Chromium.

Builds what repo2docker would put into the image, from its own frozen list and from ``binder/``; starts the server
with repo2docker's entry point, BinderHub's arguments and an address below ``/user/``; opens notebooks in a browser by
the link that BinderHub makes, runs all of them, moves a control in each, and tells the memory that two open notebooks
take. Then the same server brings an update of the course by an nbgitpuller link into a copy that a learner has
changed. Building needs a package index; nothing after it may leave the machine. Ends with 1 if something failed.
``--small`` opens two notebooks instead of four.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib.resources import files as inside
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import badge
import lab
import memory
import tree
from sovereign_compute.inputs.scenarios import Scenario

ROOT = lab.ROOT
MOST_MEMORY = 450e6 / memory.MEBIBYTE  # MiB; what mybinder.org guarantees to a session
LONGEST_END = 10  # seconds; what a container is given before it is killed
PYTHON = "3.11"
TOKEN = "a-token-of-binderhub"
TOGETHER = ("00_start_here", "21_what_does_a_gpu_hour_cost")
ALONE = ("24_does_a_euro_return_thirty", "43_fact_check")
CHANGED = "notebooks/21_what_does_a_gpu_hour_cost.ipynb"
PULLER = "nbgitpuller==1.3.0"
# conda's names for what Python's index has under another name or not at all.
NAMES = {
    "brotli-python": "brotli",
    "jupyterhub-base": "jupyterhub",
    "nbconvert-core": "nbconvert",
    "python-fastjsonschema": "fastjsonschema",
}
ONLY_CONDA = {
    "bleach-with-css",
    "ca-certificates",
    "jsonschema-with-format-nongpl",
    "jupyterhub-singleuser",
    "python_abi",
    "tzdata",
}

faults: list[str] = []


def check(holds: bool, says: str) -> None:
    """One line of the report."""
    print(f"{'ok    ' if holds else 'FAILED'}  {says}", flush=True)
    if not holds:
        faults.append(says)


def base() -> list[str]:
    """The Python packages of repo2docker's base environment, as pins for Python's own index."""
    lock = inside("repo2docker") / "buildpacks" / "conda" / f"environment.py-{PYTHON}-linux-64.lock"
    found = set()
    for address in re.findall(r"^https://\S+/(?:noarch|linux-64)/\S+", lock.read_text(), re.M):
        name, version, build = re.sub(r"\.(conda|tar\.bz2).*", "", address.rpartition("/")[2]).rsplit("-", 2)
        pure = "/noarch/" in address or f"py{PYTHON.replace('.', '')}" in build
        if pure and name not in ONLY_CONDA:
            found.add(f"{NAMES.get(name, name).replace('_', '-')}=={version}")
    return sorted(found)


def build(folder: Path) -> tuple[Path, dict[str, str]]:
    """The image: base, the course's packages on top, the repository as home, the build script; home and environment."""
    place, home = folder / "env", folder / "home"
    uv = os.environ.get("UV") or shutil.which("uv") or sys.exit("uv is not installed: pip install uv")
    subprocess.run([uv, "venv", "--quiet", f"--python={PYTHON}", place], check=True)
    pins = base()
    install = [uv, "pip", "install", "--quiet", f"--python={place / 'bin' / 'python'}"]
    subprocess.run([*install, "--no-deps", *pins], check=True)
    print(f"base: {len(pins)} packages of repo2docker's list for Python {PYTHON}", flush=True)
    for path in tree.files():
        target = home / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    own = {
        name: value for name, value in os.environ.items() if not re.match("JUPYTER|IPYTHON|PYTHON|VIRTUAL|SOV", name)
    }
    own |= {"HOME": str(home), "REPO_DIR": str(home), "PATH": f"{place / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    pip, began = [str(place / "bin" / "python"), "-m", "pip"], time.monotonic()
    pinned = subprocess.run(
        [*pip, "install", "--quiet", "--no-cache-dir", "-r", "binder/requirements.txt"], cwd=home, env=own
    )
    check(pinned.returncode == 0, f"binder/requirements.txt installs on top, in {time.monotonic() - began:.0f} s")
    agreed = subprocess.run([*pip, "check"], env=own, capture_output=True, text=True)
    check(agreed.returncode == 0, f"pip check: {agreed.stdout.strip()}")
    # For the last part only, and so after the check.
    subprocess.run([*install, PULLER], check=True)
    # From here on no process of Python reaches beyond this machine.
    own["PYTHONPATH"] = str(ROOT / "tests" / "offline")
    script = subprocess.run(["bash", "binder/postBuild"], cwd=home, env=own, capture_output=True, text=True)
    check(script.returncode == 0, f"binder/postBuild: {(script.stdout.strip() or script.stderr).splitlines()[-1]}")
    return home, own


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextlib.contextmanager
def session(home: Path, environment: dict[str, str]):
    """A session as BinderHub starts it; yields its address and process, and looks how it ends."""
    port, below = lab.free_port(), "/user/learner-course-x7k2/"
    entry = inside("repo2docker") / "buildpacks" / "repo2docker-entrypoint"
    command = [sys.executable, str(entry), "jupyter-lab", "--no-browser", "--ip=127.0.0.1", f"--port={port}"]
    given = {"base_url": below, "token": TOKEN, "trust_xheaders": "True", "allow_origin": "*", "allow_origin_pat": ".*"}
    command += [f"--{app}.{name}={value}" for app in ("NotebookApp", "ServerApp") for name, value in given.items()]
    command += ["--LabApp.expose_app_in_browser=True"]  # the one thing Binder does not say: lets this program look in
    command += ["--allow-root"] if os.geteuid() == 0 else []
    address = f"http://127.0.0.1:{port}{below}".rstrip("/")
    with (home / "session.log").open("w") as log:
        process = psutil.Popen(
            command, cwd=home, env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            if process.poll() is not None:
                sys.exit(f"the session ended at once: {(home / 'session.log').read_text()}")
            time.sleep(0.25)
        yield address, process
    finally:
        everything = [process, *process.children(recursive=True)]
        process.terminate()
        began, left = time.monotonic(), everything
        while left and time.monotonic() < began + LONGEST_END:
            time.sleep(0.1)
            left = [each for each in left if alive(each)]
        took = f"after {time.monotonic() - began:.1f} s"
        check(not left, f"the session ends when Binder ends it, with all its kernels; {took} left: {len(left)}")
        for child in left:
            child.kill()


def redirected(address: str, link: str) -> str:
    """Where BinderHub sends a browser that came by this link, once the session is up."""
    path = unquote(link.partition("?urlpath=")[2])
    return f"{address}/{path}{'&' if '?' in path else '?'}token={TOKEN}"


def move(tab: lab.Page) -> str:
    """Move one control of a notebook that was run; what it changed, in words."""
    panel = tab.page.locator(".sc-panel:has(.sc-controls)").first
    if panel.count():
        slider, code = panel.get_by_role("slider").first, panel.locator(".sc-keep .sc-code")
        before, sentence = code.input_value(), panel.locator(".sc-sentence").inner_text()
        slider.press("ArrowLeft" if slider.evaluate("(node) => node.value === node.max") else "ArrowRight")
        tab.page.wait_for_function(
            "([panel, before]) => panel.querySelector('.sc-keep .sc-code').value !== before",
            arg=[panel.element_handle(), before],
        )
        tab.page.wait_for_function(
            "([panel, before]) => panel.querySelector('.sc-sentence').innerText !== before",
            arg=[panel.element_handle(), sentence],
        )
        return f"a slider makes {before} into {code.input_value()}"
    caption = tab.page.locator(".jupyter-widgets caption").first
    before = caption.inner_text()
    tab.page.locator(".widget-dropdown select").first.select_option(index=1)
    tab.page.wait_for_function(
        "(before) => document.querySelector('.jupyter-widgets caption')?.innerText !== before", arg=before
    )
    return f"a choice makes {before!r} into {caption.inner_text()!r}"


def run(tab: lab.Page, notebook: str) -> None:
    """Run all cells of the notebook that is open, and move a control."""
    tab.run_all()
    tab.lay_out_all()
    tab.page.wait_for_function("() => !document.querySelector('.sc-figure[aria-busy]')")
    wrong = tab.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count()
    check(wrong == 0, f"{notebook}: all cells run; {move(tab)}")


def browse(chromium, address: str, process: psutil.Process, alone: tuple[str, ...]) -> None:
    """The notebooks, as somebody who came by the badge sees them: two at once, then others one after the other."""
    tabs = [lab.Page(chromium, address) for _ in TOGETHER]
    first = tabs[0]
    first.page.goto(redirected(address, badge.link("https://github.com/owner/course")))
    first.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    check("token=" not in first.page.url, f"the badge's link opens {badge.FIRST}, and the token leaves the address")
    first.wait_for_kernel()
    code = Scenario({"utilisation": 60}).code()
    second = tabs[1]
    with_scenario = quote(f"doc/tree/notebooks/{TOGETHER[1]}.ipynb?scenario={code}", safe="")
    second.page.goto(redirected(address, f"{badge.BINDER}/v2/gh/owner/course/HEAD?urlpath={with_scenario}"))
    second.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    second.wait_for_kernel()
    second.run_all(".sc-panel .sc-chart svg")
    second.page.wait_for_function(f"() => document.querySelector('.sc-keep .sc-code').value === '{code}'")
    check(True, f"?scenario={code} in a link through BinderHub opens that scenario")
    for tab, notebook in zip(tabs, TOGETHER, strict=True):
        run(tab, notebook)
    two = memory.taken(process)
    check(two < MOST_MEMORY, f"a session with two notebooks open takes {two:.0f} MiB; guaranteed are {MOST_MEMORY:.0f}")
    request = urllib.request.Request(f"{address}/api/sessions", headers={"Authorization": f"token {TOKEN}"})
    for each in json.load(urllib.request.urlopen(request)):
        urllib.request.urlopen(
            urllib.request.Request(f"{request.full_url}/{each['id']}", headers=request.headers, method="DELETE")
        ).close()
    tabs.append(lab.Page(chromium, address))
    tabs[-1].page.goto(f"{address}/lab?token={TOKEN}")
    for notebook in alone:
        tabs[-1].open(f"notebooks/{notebook}.ipynb")
        run(tabs[-1], notebook)
    outside, console = ([entry for tab in tabs for entry in getattr(tab, kind)] for kind in ("outside", "console"))
    check(outside == [], f"requests that left the machine: {outside or 'none'}")
    check(console == [], f"errors in the browser: {console[:3] or 'none'}")
    for tab in tabs:
        tab.close()


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=teacher", "-c", "user.email=teacher@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


def pull(chromium, address: str, home: Path, folder: Path) -> None:
    """An nbgitpuller link twice, with an edit here and an edit there in between."""
    upstream, source = folder / "upstream.git", folder / "source"
    shutil.copytree(home / "notebooks", source / "notebooks", ignore=shutil.ignore_patterns("my_course", "__pycache__"))
    shutil.copytree(home / "data", source / "data")
    git(folder, "init", "--bare", str(upstream))
    for words in (("init",), ("add", "."), ("commit", "-m", "first"), ("push", str(upstream), "HEAD:main")):
        git(source, *words)
    first = f"lab/tree/course/{badge.FIRST}"
    query = urlencode({"repo": upstream.as_uri(), "branch": "main", "targetPath": "course", "urlpath": first})
    tab = lab.Page(chromium, address)

    def follow() -> None:
        tab.page.goto(f"{address}/git-pull?{query}&token={TOKEN}")
        tab.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)

    follow()
    mine = home / "course" / CHANGED
    check(mine.exists(), f"an nbgitpuller link brings the course and opens {badge.FIRST}")
    edited = mine.read_text().replace("JUPITER", "MY MACHINE", 1)
    mine.write_text(edited)
    (mine.parent / "my_course").mkdir()
    (mine.parent / "my_course" / "progress.json").write_text("{}")
    there = source / CHANGED
    there.write_text(there.read_text().replace("GPU-hour", "GPU-HOUR", 3))
    other = source / "notebooks" / "00_start_here.ipynb"
    other.write_text(other.read_text().replace("How do I use", "How can I use", 1))
    (source / "data" / "new.csv").write_text("id\n1\n")
    for words in (("add", "."), ("commit", "-m", "second"), ("push", str(upstream), "HEAD:main")):
        git(source, *words)
    follow()
    came = "How can I use" in (home / "course" / "notebooks" / other.name).read_text()
    came = came and (home / "course" / "data" / "new.csv").exists()
    kept = "MY MACHINE" in mine.read_text() and (mine.parent / "my_course" / "progress.json").exists()
    check(came and kept, "the same link later brings what is new and keeps what the learner has changed")
    tab.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--small", action="store_true", help=f"open {' and '.join(TOGETHER)} only")
    alone = () if parser.parse_args().small else ALONE
    with tempfile.TemporaryDirectory(prefix="binder-") as name:
        folder = Path(name)
        home, environment = build(folder)
        with session(home, environment) as (address, process), lab.browser() as chromium:
            browse(chromium, address, process, alone)
            pull(chromium, address, home, folder)
    print(f"{len(faults)} failed")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
