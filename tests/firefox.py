"""A real Firefox for the browser tests, driven by WebDriver BiDi: a tab that opens files and evaluates functions."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import lab
import websocket

FIREFOX = next((found for name in ("firefox-esr", "firefox") if (found := shutil.which(name))), None)
HOW_TO_GET_ONE = "no Firefox on this machine: install the system package 'firefox-esr' to run these tests"
LONGEST = 60  # seconds for one answer
LISTENS = "WebDriver BiDi listening on "
# JSON has no number that is infinite or none.
TELL = "(_, x) => (typeof x === 'number' && !Number.isFinite(x) ? { number: String(x) } : x)"


class Tab:
    """One tab. ``evaluate`` gives what a function of JavaScript returns for an argument, as in Playwright."""

    def __init__(self, address: str):
        self._socket = websocket.create_connection(f"{address}/session", timeout=LONGEST, suppress_origin=True)
        self._sent = 0
        self.ask("session.new", capabilities={})
        self._context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params) -> dict:
        """Send a command and wait for its answer; RuntimeError has what Firefox says instead."""
        self._sent += 1
        self._socket.send(json.dumps({"id": self._sent, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._sent:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def goto(self, address: str) -> None:
        """Open an address and wait until it is loaded."""
        self.ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, function: str, argument=None):
        """What a function gives for an argument, both as JSON."""
        told = f"Promise.resolve(({function})({json.dumps(argument)})).then((x) => JSON.stringify(x ?? null, {TELL}))"
        found = self.ask("script.evaluate", expression=told, target={"context": self._context}, awaitPromise=True)
        if found["type"] == "exception":
            raise RuntimeError(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"], object_hook=_number)

    def close(self) -> None:
        """Let Firefox go; what it was asked last need not be answered."""
        with contextlib.suppress(Exception):
            self.ask("browser.close")
        self._socket.close()


def _number(entry: dict):
    return float(entry["number"].replace("Infinity", "inf")) if entry.keys() == {"number"} else entry


@contextlib.contextmanager
def tab():
    """A headless Firefox with a profile of its own, and its only tab."""
    if FIREFOX is None:
        raise RuntimeError(HOW_TO_GET_ONE)
    with tempfile.TemporaryDirectory() as profile:
        command = [FIREFOX, "--headless", "--no-remote", "--profile", profile]
        command += ["--remote-debugging-port", str(lab.free_port())]
        environment = {**os.environ, "MOZ_DISABLE_AUTO_SAFE_MODE": "1"}
        said = Path(profile, "said.txt")
        with said.open("w") as log:
            running = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            found = Tab(_address(said, running))
            yield found
            found.close()
        finally:
            running.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(20)
            running.kill()


def _address(said: Path, running: subprocess.Popen) -> str:
    """Where Firefox listens, as soon as it says so."""
    for _ in range(40 * LONGEST):
        text = said.read_text(errors="replace")
        if LISTENS in text and "\n" in (rest := text.partition(LISTENS)[2]):
            return rest.split()[0]
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(0.025)
            raise RuntimeError(f"Firefox ended at once: {text}")
    raise RuntimeError(f"Firefox did not listen within a minute: {text}")
