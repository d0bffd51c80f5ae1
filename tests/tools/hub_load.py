"""A class on a real hub: ``python tests/tools/hub_load.py --students N``, on Linux.

Starts the hub of ``binder/hub/jupyterhub_config.py`` on this machine. N students log in at the same moment, start their
servers, run notebooks 00 and 21 one after the other through the websocket, as a page would, and move the panel of
notebook 21 while all others do the same. Then some save a scenario, try to read a neighbour's, and have their server
restarted. Prints times, memory and failures, and ends with 1 if anything failed. Times are not judged.

Students have accounts of their own only where the hub runs as root, with a Python and a course that everybody may read.
"""

import argparse
import asyncio
import contextlib
import json
import math
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx
import psutil
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lab
import memory

CONFIG = lab.ROOT / "binder" / "hub" / "jupyterhub_config.py"
NOTEBOOKS = ("00_start_here", "21_what_does_a_gpu_hour_cost")
SHOWN = ("execute_result", "display_data", "stream")
MOVES = 20
PATIENCE = 300  # seconds for one step of one student
RETRY = 0.5  # seconds
AGAIN = 60  # seconds until the server is asked for once more
READ = "print(open({path!r}).read())"


class Failure(Exception):
    """What a student could not do."""


@contextlib.contextmanager
def hub(folder: Path, *options: str, config: Path = CONFIG, address: str = ""):
    """The hub of the course over an empty folder, with options of JupyterHub; yields its address and its process."""
    address = address or f"http://127.0.0.1:{lab.free_port()}"
    command = [sys.executable, "-m", "jupyterhub", f"--config={config}", f"--JupyterHub.bind_url={address}"]
    command += [f"--JupyterHub.hub_port={lab.free_port()}"]
    command += [f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{lab.free_port()}", *options]
    environment = {**os.environ, "SOVEREIGN_COMPUTE_ONE_ACCOUNT": "1"}
    with (folder / "hub.log").open("a") as log:
        process = psutil.Popen(
            command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment
        )
    try:
        for _ in range(240):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{address}/hub/api").is_success:
                    break
            if process.poll() is not None:
                raise Failure(f"the hub ended at once: {(folder / 'hub.log').read_text()}")
            time.sleep(0.25)
        else:
            raise Failure("the hub did not answer within a minute")
        (folder / "hub.log").write_text("")  # before it was up the proxy knew nobody, and said so
        yield address, process
    finally:
        with contextlib.suppress(psutil.NoSuchProcess):  # it may have ended by itself, with the reason in its log
            for each in [process, *process.children(recursive=True)]:
                with contextlib.suppress(psutil.NoSuchProcess):
                    each.kill()
        process.wait()


class Kernel:
    """One notebook of a student: a kernel and its websocket."""

    def __init__(self, socket, session_id: str):
        self.socket = socket
        self.session_id = session_id
        self.session = uuid.uuid4().hex
        self.panel = None

    async def send(self, kind: str, **content) -> str:
        head = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self.session, "username": "", "version": "5.3"}
        message = {"header": head, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
        await self.socket.write_message(json.dumps(message))
        return head["msg_id"]

    async def next(self) -> dict:
        raw = await asyncio.wait_for(self.socket.read_message(), PATIENCE)
        if raw is None:
            raise Failure("the kernel's connection was closed")
        if isinstance(raw, bytes):  # with buffers: their number and places, then the message itself
            begin, end = (int.from_bytes(raw[at : at + 4], "big") for at in (4, 8))
            raw = raw[begin:end]
        return json.loads(raw)

    async def run(self, code: str) -> float | None:
        """Run a cell; when its first output came, None without one."""
        asked, shown = await self.send("execute_request", code=code, store_history=True), None
        while True:
            message = await self.next()
            kind, content = message["msg_type"], message["content"]
            if kind == "comm_open" and "_saved" in content["data"].get("state", {}):
                self.panel = content["comm_id"]
            if message["parent_header"].get("msg_id") != asked:
                continue
            if kind in SHOWN and shown is None:
                shown = time.monotonic()
            if kind == "error":
                raise Failure(f"{content['ename']}: {content['evalue']}")
            if kind == "status" and content["execution_state"] == "idle":
                return shown

    async def tell_panel(self, **message) -> dict:
        """Send what the panel's page would send; the panel's next state with the same number."""
        message["seq"] = random.randrange(1, 2**31)
        await self.send("comm_msg", comm_id=self.panel, data={"method": "custom", "content": message})
        while True:
            answer = await self.next()
            if answer["msg_type"] == "comm_msg" and answer["content"]["comm_id"] == self.panel:
                state = answer["content"]["data"].get("state", {}).get("_state", {})
                if state.get("seq") == message["seq"]:
                    return state


class Student:
    """One student with a browser's cookies."""

    def __init__(self, address: str, number: int):
        self.name = f"student-{number:02d}"
        self.password = f"secret of {self.name}"
        self.address = address
        self.own = f"{address}/user/{self.name}"
        self.browser = httpx.AsyncClient(follow_redirects=True, timeout=PATIENCE)
        self.kernel: Kernel | None = None
        self.failure = ""
        self.times: dict[str, float] = {}
        self.moves: list[float] = []

    def _cookies(self, path: str) -> dict[str, str]:
        """The cookies for a path: hub and server each have an ``_xsrf`` of their own."""
        return {cookie.name: cookie.value for cookie in self.browser.cookies.jar if path.startswith(cookie.path)}

    async def log_in(self) -> None:
        page = await self.browser.get(f"{self.address}/hub/login")
        xsrf = self._cookies("/hub/")["_xsrf"]
        form = {"username": self.name, "password": self.password, "_xsrf": xsrf}
        page = await self.browser.post(f"{self.address}/hub/login", params={"next": "/hub/home"}, data=form)
        if not page.is_success or "/hub/login" in page.url.path:
            raise Failure(f"no login: {page.status_code}")

    async def start(self) -> None:
        """Open the course, and wait on the hub's page until the server is there."""
        until = time.monotonic() + PATIENCE
        asked = -math.inf
        while time.monotonic() < until:
            page = await self.browser.get(f"{self.own}/lab/tree/notebooks/{NOTEBOOKS[0]}.ipynb")
            if page.is_success and page.url.path.startswith(f"/user/{self.name}/lab"):
                return
            if "Spawn failed" in page.text or page.status_code == 500:
                words = " ".join(re.sub("<[^>]*>", "", page.text).split())
                raise Failure(f"no server: {page.status_code} {words[-300:]}")
            if time.monotonic() > asked + AGAIN:  # as whoever waits presses the button again
                page = await self.browser.get(f"{self.address}/hub/spawn/{self.name}")
                asked = -math.inf if page.status_code == 429 else time.monotonic()  # the hub asks to come again
            await asyncio.sleep(RETRY)
        raise Failure(f"no server within {PATIENCE} s")

    async def ask(self, method: str, path: str, **given) -> httpx.Response:
        url = f"{self.address}{path}"
        answer = await self.browser.request(
            method, url, headers={"X-XSRFToken": self._cookies(path).get("_xsrf", ""), "Referer": url}, **given
        )
        if not answer.is_success:
            raise Failure(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
        return answer

    async def open(self, notebook: str) -> None:
        """Open a notebook: a kernel and its websocket. The one before is closed, with its kernel."""
        await self.close()
        base, path = f"/user/{self.name}", f"notebooks/{notebook}.ipynb"
        wanted = {"path": path, "type": "notebook", "name": notebook, "kernel": {"name": "python3"}}
        session = (await self.ask("POST", f"{base}/api/sessions", json=wanted)).json()
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies(f"{base}/").items())
        where = f"{self.own}/api/kernels/{session['kernel']['id']}/channels?session_id={uuid.uuid4().hex}"
        request = HTTPRequest(where.replace("http", "ws", 1), headers={"Cookie": cookies}, request_timeout=PATIENCE)
        self.kernel = Kernel(await websocket_connect(request, max_message_size=2**26), session["id"])

    async def close(self) -> None:
        if self.kernel:
            self.kernel.socket.close()
            await self.ask("DELETE", f"/user/{self.name}/api/sessions/{self.kernel.session_id}")
            self.kernel = None

    async def run(self, notebook: str) -> None:
        await self.open(notebook)
        file = (await self.ask("GET", f"/user/{self.name}/api/contents/notebooks/{notebook}.ipynb")).json()["content"]
        for cell in file["cells"]:
            if cell["cell_type"] == "code":
                shown = await self.kernel.run(cell["source"])
                if shown is not None:
                    self.times.setdefault("first output", shown)

    async def move(self, times: int) -> None:
        """Move the panel as somebody who reads in between."""
        for _ in range(times):
            await asyncio.sleep(random.uniform(0.5, 1.5))
            began = time.monotonic()
            state = await self.kernel.tell_panel(kind="set", values={"utilisation": random.randint(20, 90)})
            self.moves.append(1000 * (time.monotonic() - began))
            if state["errors"]:
                raise Failure(f"the panel refused a move: {state['errors']}")

    async def save(self) -> None:
        await self.kernel.tell_panel(kind="save", name=f"plan of {self.name}")

    async def saved(self) -> list[str]:
        found = await self.ask("GET", f"/user/{self.name}/api/contents/notebooks/my_course")
        return [entry["name"] for entry in found.json()["content"]]

    async def restart(self) -> None:
        await self.close()
        await self.browser.get(f"{self.address}/hub/home")
        await self.ask("DELETE", f"/hub/api/users/{self.name}/server")
        await self.start()


async def lesson(student: Student) -> None:
    """From the click on the link to the end of the second notebook."""
    began = time.monotonic()
    await student.log_in()
    await student.start()
    student.times["server"] = time.monotonic() - began
    for notebook in NOTEBOOKS:
        await student.run(notebook)
        student.times[notebook] = time.monotonic() - began
    student.times["first output"] -= began
    if student.kernel.panel is None:
        raise Failure(f"{NOTEBOOKS[-1]} opened no panel")


async def keep(student: Student, neighbour: Student, folder: Path) -> list[str]:
    """Save, look at the neighbour's, restart; what went wrong."""
    faults = []
    file = f"scenario-plan-of-{neighbour.name}.json"
    path = folder / "homes" / neighbour.name / "notebooks" / "my_course" / file
    accounts = {path.stat().st_uid for path in (folder / "homes").iterdir()}
    if neighbour is not student and len(accounts) == 1:
        print("one account for all: whether a neighbour's work is closed to others was not tried")
    elif neighbour is not student:
        try:
            await student.kernel.run(READ.format(path=str(path)))
            faults.append(f"{student.name} read the scenario of {neighbour.name}")
        except Failure as refusal:
            if not str(refusal).startswith("PermissionError"):
                faults.append(f"{student.name} could not be kept from reading: {refusal}")
    before = await student.saved()
    await student.restart()
    if f"scenario-plan-of-{student.name}.json" not in before or await student.saved() != before:
        faults.append(f"{student.name} had {before} before the restart and {await student.saved()} after it")
    return faults


async def together(students: list[Student], step) -> None:
    """All students who are still in take a step at once; who fails is out, with the reason."""
    going = [student for student in students if not student.failure]
    for student, end in zip(going, await asyncio.gather(*map(step, going), return_exceptions=True), strict=True):
        if isinstance(end, BaseException):
            student.failure = f"{type(end).__name__}: {end}"


def line(label: str, values: list[float], unit: str) -> None:
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    print(f"{label:40}{statistics.median(ordered):9.1f}{p95:9.1f}{ordered[-1]:9.1f}  {unit}")


def report(students: list[Student], process: psutil.Process) -> None:
    """Times and memory, with all students in the second lesson."""
    well = [student for student in students if not student.failure]
    print(f"{'':40}{'median':>9}{'p95':>9}{'most':>9}")
    for name in ("server", "first output", *NOTEBOOKS):
        line(f"from login to: {name}", [s.times[name] for s in well], "s")
    line("panel, move to answer, all settled", [ms for student in well for ms in student.moves], "ms")
    servers = [child for child in process.children() if "singleuser" in " ".join(child.cmdline())]
    if servers:
        line("memory of a student in a lesson", [memory.taken(server) for server in servers], "MiB")
        kernels = [child for server in servers for child in server.children(recursive=True)]
        line("of which a kernel", [memory.taken(kernel) for kernel in kernels], "MiB")
    print(f"{'memory of everything':40}{memory.taken(process):9.0f}{'':18}  MiB")


async def play(students: list[Student], process: psutil.Process, folder: Path) -> list[str]:
    await together(students, lesson)
    await together(students, lambda student: student.move(MOVES))
    if any(not student.failure for student in students):
        report(students, process)
    await together(students, Student.save)
    faults = []
    for place, student in enumerate(students):
        if not student.failure and place < 3:  # a few are enough: it is the same for all
            faults += await keep(student, students[place - 1], folder)
    return faults + [f"{student.name}: {student.failure}" for student in students if student.failure]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--students", type=int, default=2, help="how many log in at once (at most 100)")
    given, options = parser.parse_known_args()  # further options are JupyterHub's
    count = min(max(given.students, 1), 100)
    print(f"{count} students at once, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    # Short: kernels talk through files in it, whose names are limited.
    with tempfile.TemporaryDirectory(prefix="hub-") as name, hub(Path(name), *options) as (address, process):
        os.chmod(name, 0o711)
        students = [Student(address, number) for number in range(1, count + 1)]
        faults = asyncio.run(play(students, process, Path(name)))
        errors = [text for text in (Path(name) / "hub.log").read_text().splitlines() if re.match(r"\[[EC] ", text)]
    print(f"failed: {sum(bool(student.failure) for student in students)} of {count}")
    for fault in faults + errors[:10]:
        print(f"  {fault}")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
