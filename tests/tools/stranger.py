"""README.md, followed by a stranger: ``python3 tests/tools/stranger.py``, as root, on Debian or Ubuntu.

Makes a bare system in a folder: Python with venv and pip, git and certificates; no font, no browser, nothing of the
course; German, on the other side of the world, with an ordinary user. It is a Debian with another Python than most
machines that run this, or the release of this machine where no such Debian is to be had, which a line says. Clones
HEAD there into a folder with a space and an umlaut, and follows the two commands of README.md to the letter, in a
virtual environment, as its hint for Debian says: the first until the page is served, the second to its end. Ends with 1
if something failed. The folder is removed, and nothing else of the machine is changed. Needs debootstrap, the package
mirror that apt uses here, and a package index; of this machine the system gets what leads to these (name server,
certificates, settings of pip and uv).
``--package fonts-noto-core``, repeated as needed, adds packages: other fonts, or a browser.
"""

import argparse
import contextlib
import json
import os
import platform
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).resolve().parents[2]
RELEASE = "trixie"
"""Debian 13, with Python 3.13: the tests of this machine are often run on an older one."""
PACKAGES = ("python3", "python3-venv", "python3-pip", "ca-certificates", "git", "locales", "tzdata")
USER, COURSE = "gast", "Mein Kurs für alle"
LANGUAGE, ZONE = "de_DE", "Pacific/Auckland"
NEEDED = ("debootstrap", "unshare", "chroot", "git")
# As README.md says where pip refuses to install: uv comes into a virtual environment.
HINT = "[ -d venv ] || python3 -m venv venv; . venv/bin/activate"
# What leads to a package index, and what an older processor lacks: nothing else of the environment.
PASSED = re.compile(
    r"NPY_DISABLE_CPU_FEATURES|(PIP_(INDEX|EXTRA_INDEX|TRUSTED|CERT|PROXY|DEFAULT_TIMEOUT)|UV_(INDEX|DEFAULT_INDEX|EXTRA_INDEX|NATIVE_TLS|HTTP)"
    r"|SSL_CERT|REQUESTS_CA|CURL_CA)\w*|\w+_proxy",
    re.I,
)
INDEX = re.compile(r"(index-url|extra-index-url|trusted-host|proxy|cert|timeout)\b")
SERVED = re.compile(r"http://(?:localhost|127\.0\.0\.1):\d+/\S*token=\w+")
# Its own mounts and processes end with the command, whatever happens to it: nothing is left to be unmounted or stopped.
APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c")
INSIDE = """
mount -t proc proc "$0/proc" && mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm" && mount -t devpts devpts "$0/dev/pts"
chroot "$@"
exit $?
"""
Start = Callable[..., subprocess.Popen]


def commands(readme: str) -> tuple[str, str]:
    """The two commands of README.md: the first two blocks under "Ways in"."""
    section = re.search(r"^## Ways in\n(.*?)(?=^## |\Z)", readme, re.M | re.S)
    blocks = re.findall(r"^```bash\n(.*?)^```", section[1], re.M | re.S) if section else []
    if len(blocks) < 2:
        sys.exit("README.md has no section 'Ways in' with two commands in it")
    return blocks[0].strip(), blocks[1].strip()


def lacking() -> str:
    """What keeps this machine from making a system, as a sentence; empty if nothing does."""
    if os.geteuid() != 0:
        return "stranger.py makes a whole system, which only root may: run it as root."
    gone = [name for name in NEEDED if not shutil.which(name)]
    return f"stranger.py needs {' and '.join(gone)}: apt-get install {' '.join(gone)}." if gone else ""


def mirror(release: str, listed: str) -> tuple[str, str]:
    """The components of a release and the address they come from, out of what apt lists of its sources."""
    rows = [line.split() for line in listed.splitlines() if line.startswith(f"{release} ")]
    address = next((place for _, component, place in rows if component == "main"), None)
    if address is None:
        sys.exit(f"apt of this machine has no source of its own release, {release}.")
    components = sorted({component for _, component, place in rows if place == address})
    if address.startswith("mirror+file:"):  # a list of mirrors, the best one first
        address = Path(address.removeprefix("mirror+file:")).read_text(encoding="utf-8").split()[0]
    return ",".join(components), address


def system(folder: Path, packages: Iterable[str]) -> str:
    """Make a bare system in this folder; which release it is."""
    own = platform.freedesktop_os_release()["VERSION_CODENAME"]
    form = "$(RELEASE) $(COMPONENT) $(REPO_URI)"
    asked = ["apt-get", "indextargets", "--format", form, "Created-By: Packages"]
    components, address = mirror(own, subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
    # Without a key for a release debootstrap would take what it is given.
    wanted = ["--variant=minbase", "--force-check-gpg", f"--components={components}"]
    wanted.append(f"--include={','.join((*PACKAGES, *packages))}")
    for release in dict.fromkeys((RELEASE, own)):
        command = [*APART, '"$@"; exit $?', "sh", "debootstrap", *wanted, release, folder, address]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if not done.returncode:
            return release
        said = done.stdout.strip()
        shutil.rmtree(folder, ignore_errors=True)
        if release != own:
            print(f"No {release} is to be had here, so {own} is made: {said.rpartition(chr(10))[2]}", flush=True)
    sys.exit(f"debootstrap made no system:\n{said[-2000:]}")


def made(folder: Path, packages: Iterable[str]) -> str:
    """A bare system in this folder, with the user and the user's clone of the course; its release and its Python."""
    release = system(folder, packages)
    # What leads to the package index from this machine leads there from the new system, too.
    ways = [value for name, value in os.environ.items() if PASSED.fullmatch(name) and value.startswith("/etc/")]
    for name in ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt", *ways):
        if Path(name).is_file():
            target = folder / name.lstrip("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(name, target)
    (folder / "etc/hosts").write_text("127.0.0.1 localhost\n::1 localhost\n")
    (folder / "etc/pip.conf").write_text("\n".join(["[global]", *index_settings(), ""]))
    home = folder / "home" / USER
    for line in (
        f"localedef -i {LANGUAGE} -f UTF-8 {LANGUAGE}.UTF-8",
        f"ln -sf /usr/share/zoneinfo/{ZONE} /etc/localtime && echo {ZONE} >/etc/timezone",
        f"useradd --create-home --shell /bin/bash {USER}",
    ):
        subprocess.run(["chroot", folder, "sh", "-c", line], check=True, env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, home / COURSE], check=True)
    subprocess.run(["chroot", folder, "chown", "-R", f"{USER}:{USER}", f"/home/{USER}"], check=True)
    python = subprocess.run(["chroot", folder, "/usr/bin/python3", "--version"], stdout=subprocess.PIPE, text=True)
    return f"{release}, {python.stdout.strip()}"


def index_settings() -> list[str]:
    """pip's settings on this machine that lead to a package index elsewhere."""
    pip = shutil.which("pip")
    listed = subprocess.run([pip, "config", "list"], capture_output=True, text=True).stdout if pip else ""
    found = [line.partition(".")[2].replace("'", "") for line in listed.split("\n") if line.startswith("global.")]
    return [line for line in found if INDEX.match(line) and "file:" not in line]


def entered(folder: Path, command: str, **how) -> subprocess.Popen:
    """Start a line of bash in the system in this folder, as the user would: in the clone, in a virtual environment."""
    environment = {name: value for name, value in os.environ.items() if PASSED.fullmatch(name)}
    environment |= {"HOME": f"/home/{USER}", "USER": USER, "LANG": f"{LANGUAGE}.UTF-8", "PATH": "/usr/bin:/bin"}
    lines = f"{HINT}\ncd {shlex.quote(COURSE)}\n{command}"
    inside = ["env", "-i", *(f"{name}={value}" for name, value in environment.items()), "bash", "-c", f"cd\n{lines}"]
    command = [*APART, INSIDE, folder, f"--userspec={USER}:{USER}", folder, *inside]
    return subprocess.Popen(command, **how)


@contextlib.contextmanager
def running(start: Start, command: str, **how):
    """A command while it runs; at the end it is stopped, with all that it has started."""
    how |= {"stderr": subprocess.STDOUT, "stdin": subprocess.DEVNULL, "start_new_session": True}
    process = start(command, **how)
    try:
        yield process
    finally:
        stopped(process)


def stopped(process: subprocess.Popen) -> None:
    """Stop a command that has a session of its own."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)


def serves(start: Start, command: str, longest: float = 600) -> str:
    """What is wrong with a command that should show a page, as a sentence; empty if the page is served."""
    with tempfile.TemporaryFile("w+") as log, running(start, command, stdout=log) as process:
        overdue, address = time.monotonic() + longest, None
        while address is None:
            if process.poll() is not None:
                return f"ended with {process.returncode} instead of serving a page:\n{tail(log)}"
            if time.monotonic() > overdue:
                return f"served no page in {longest:.0f} s:\n{tail(log)}"
            time.sleep(0.25)
            address = SERVED.search(tail(log))
        # JupyterLab takes the folder of the file that it is told to open for its own.
        return page_fault(address[0], Path(re.search(r"\S+\.ipynb", command)[0]).name)


def tail(log) -> str:
    """The last of what a command has written."""
    log.seek(0)
    return log.read()[-4000:]


def page_fault(address: str, notebook: str) -> str:
    """What is wrong with JupyterLab at this address, or with the notebook that its page should open."""
    query = urlsplit(address).query
    page = urljoin(address, f"/lab/tree/{notebook}?{query}")
    content = urljoin(address, f"/api/contents/{notebook}?content=0&{query}")
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    try:
        with ask(page, timeout=60) as shown, ask(content, timeout=60) as there:
            whole = b"jupyter-config-data" in shown.read() and json.load(there)["type"] == "notebook"
    except (OSError, ValueError, KeyError, TypeError) as problem:
        return f"serves no page with {notebook}: {problem}"
    return "" if whole else f"serves another page than JupyterLab with {notebook}"


def ends(start: Start, command: str, longest: float = 2400) -> str:
    """What is wrong with a command that should succeed, as a sentence; prints what the command says."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        stopped(process)

    with running(start, command, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        overdue = threading.Timer(longest, stop)
        overdue.start()
        for line in process.stdout:
            print(f"    {line}", end="", flush=True)
        failed = process.wait()
        overdue.cancel()
    return f"did not end in {longest:.0f} s" if late.is_set() else f"ended with {failed}" if failed else ""


def follow(start: Start, readme: str) -> int:
    """Follow both commands of README.md; 1 if one of them failed, 0 otherwise."""
    failed = 0
    for check, command in zip((serves, ends), commands(readme), strict=True):
        began = time.monotonic()
        fault = check(start, command)
        failed += bool(fault)
        took = f"({time.monotonic() - began:.0f} s)"
        print(f"FAILED  {command} {took}: {fault}" if fault else f"ok      {command} {took}", flush=True)
    return int(bool(failed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--package", action="append", default=[], help="a package that the system has, too")
    packages = parser.parse_args().package
    if sentence := lacking():
        sys.exit(sentence)
    if subprocess.run(["git", "diff", "--quiet", "HEAD"], cwd=ROOT).returncode:
        print("Changes that are not committed are not in the clone.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # the folder is removed then, too
    with tempfile.TemporaryDirectory(prefix="stranger-") as name:
        folder, began = Path(name, "system"), time.monotonic()
        what = made(folder, packages)
        took = f"({time.monotonic() - began:.0f} s)"
        print(f"ok      a bare system, {what}, {LANGUAGE}, {ZONE}, user {USER} {took}", flush=True)
        readme = (folder / "home" / USER / COURSE / "README.md").read_text(encoding="utf-8")
        return follow(partial(entered, folder), readme)


if __name__ == "__main__":
    sys.exit(main())
