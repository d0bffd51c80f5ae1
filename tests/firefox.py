"""A real Firefox, driven by its own protocol (WebDriver BiDi): Playwright drives only a Firefox of its own making."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import websocket

FIREFOX = next((found for name in ("firefox-esr", "firefox") if (found := shutil.which(name))), None)
HOW_TO_GET_ONE = "no Firefox on this machine: install the system package 'firefox-esr' to run the tests in Firefox"
PATIENCE = 60  # seconds: as long as a busy machine may take for one thing


def excused(environment=os.environ) -> bool:
    """Whether the tests in Firefox may be skipped: there is none, and this is not the CI."""
    return FIREFOX is None and environment.get("CI") != "true"


# By itself it would ask its maker for updates, lists and experiments, and open pages of its own.
PREFERENCES = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.contentblocking.introCount": 99,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "toolkit.telemetry.server": "",
}
# The codes of WebDriver for keys that write no letter.
KEYS = {
    name: chr(0xE000 + code)
    for name, code in {
        "Backspace": 0x03,
        "Tab": 0x04,
        "Enter": 0x06,
        "Shift": 0x08,
        "Control": 0x09,
        "Escape": 0x0C,
        "End": 0x10,
        "Home": 0x11,
        "ArrowLeft": 0x12,
        "ArrowUp": 0x13,
        "ArrowRight": 0x14,
        "ArrowDown": 0x15,
        "Delete": 0x17,
    }.items()
}


class Refused(AssertionError):
    """Firefox answered a command with an error, or a script in the page threw one."""


class Firefox:
    """One session; ``command`` sends any command of the protocol and returns its result."""

    def __init__(self, port: int):
        # The protocol takes no connection that names where it comes from, as a page's would.
        address = f"ws://127.0.0.1:{port}/session"
        self._socket = websocket.create_connection(address, timeout=PATIENCE, suppress_origin=True)
        self._number = 0
        self._listeners: list[Callable[[str, dict], None]] = []
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def command(self, method: str, **params) -> dict:
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                for listener in self._listeners:
                    listener(message["method"], message["params"])
            elif message["id"] == self._number:
                if message["type"] == "error":
                    raise Refused(f"{method}: {message['error']}: {message['message']}")
                return message["result"]

    def listen(self, listener: Callable[[str, dict], None]) -> None:
        """Call ``listener(method, params)`` for each event from here on; they come in while a command is awaited."""
        self._listeners.append(listener)

    def close(self) -> None:
        with contextlib.suppress(Refused, OSError, websocket.WebSocketException):
            self.command("browser.close")
        self._socket.close()


class Tab:
    """One page: what it asked for is in ``asked``, what went wrong in it in ``wrong``."""

    def __init__(self, firefox: Firefox, width: int = 1200, height: int = 1000):
        self.firefox = firefox
        self.context = firefox.command("browsingContext.create", type="tab")["context"]
        self.asked: list[str] = []
        self.wrong: list[str] = []
        firefox.listen(self._note)
        self.resize(width, height)

    def _note(self, method: str, params: dict) -> None:
        if params.get("context", params.get("source", {}).get("context")) != self.context:
            return
        if method == "network.beforeRequestSent":
            self.asked.append(params["request"]["url"])
        elif method == "log.entryAdded" and params["level"] == "error":
            self.wrong.append(params["text"])

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self.firefox.command("browsingContext.setViewport", context=self.context, viewport=size)

    def open(self, url: str) -> None:
        self.firefox.command("browsingContext.navigate", context=self.context, url=url, wait="complete")

    def run(self, function: str, *arguments):
        """What a JavaScript function in the page returns for these arguments, both as JSON has them."""
        declaration = f"async (given) => JSON.stringify((await ({function})(...JSON.parse(given))) ?? null)"
        answer = self.firefox.command(
            "script.callFunction",
            functionDeclaration=declaration,
            arguments=[{"type": "string", "value": json.dumps(arguments)}],
            target={"context": self.context},
            awaitPromise=True,
        )
        if answer["type"] == "exception":
            raise Refused(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def until(self, function: str, *arguments):
        """What a function in the page returns once that is true, looked at in each frame."""
        waiting = f"""async (patience, given) => {{
          for (const end = performance.now() + patience; performance.now() < end;) {{
            const found = await ({function})(...given);
            if (found) return found;
            await new Promise(requestAnimationFrame);
          }}
        }}"""
        found = self.run(waiting, (PATIENCE - 10) * 1000, arguments)
        assert found, f"not within {PATIENCE - 10} seconds: {function} of {arguments}"
        return found

    def _act(self, kind: str, *actions: dict) -> None:
        source = {"type": kind, "id": kind, "actions": list(actions)}
        self.firefox.command("input.performActions", context=self.context, actions=[source])

    def place(self, selector: str) -> dict:
        """The middle of the first element of this selector, which is brought on the screen."""
        return self.until(
            """(selector) => {
              const node = document.querySelector(selector);
              if (!node?.checkVisibility()) return null;
              node.scrollIntoView({ block: "center", behavior: "instant" });
              const { x, y, width, height } = node.getBoundingClientRect();
              return { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
            }""",
            selector,
        )

    def click(self, selector: str) -> None:
        press = {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}
        self._act("pointer", {"type": "pointerMove", **self.place(selector)}, *press)

    def press(self, *keys: str) -> None:
        """Press one key after the other: a letter, a name of ``KEYS``, or several at once as in Control+a."""
        actions = []
        for key in keys:
            parts = [KEYS.get(part, part) for part in (key.split("+") if len(key) > 1 else [key])]
            actions += [{"type": "keyDown", "value": part} for part in parts]
            actions += [{"type": "keyUp", "value": part} for part in reversed(parts)]
        self._act("key", *actions)

    def type_in(self, selector: str, text: str, *then: str) -> None:
        """Click into a field, type a text in the place of what it holds, and press the keys ``then``."""
        self.click(selector)
        self.press("Control+a", "Delete", *text, *then)

    def wheel(self, selector: str, down: int) -> None:
        """Turn the wheel over an element, by so many pixels."""
        self._act("wheel", {"type": "scroll", **self.place(selector), "deltaX": 0, "deltaY": down})

    def close(self) -> None:
        self.firefox.command("browsingContext.close", context=self.context)


def until(ready: Callable[[], object], process: subprocess.Popen, log: Path) -> None:
    """Wait until a Firefox that was started is ready."""
    end = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"Firefox did not begin to listen: {log.read_text()}")
        time.sleep(0.05)


@contextlib.contextmanager
def browser(language: str = "en-US"):
    """A headless Firefox with an empty profile of its own."""
    if FIREFOX is None:
        raise RuntimeError(HOW_TO_GET_ONE)
    with tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True) as folder:
        chosen = {**PREFERENCES, "intl.accept_languages": language}
        preferences = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in chosen.items()]
        Path(folder, "user.js").write_text("".join(preferences))
        flags = ["--headless", "--no-remote", "--remote-debugging-port=0", "--profile", folder]
        place = Path(folder, "WebDriverBiDiServer.json")
        with Path(folder, "firefox.log").open("w") as log:
            process = subprocess.Popen(
                [FIREFOX, *flags], stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
            )
        try:
            until(lambda: place.exists() and place.read_text(), process, Path(folder, "firefox.log"))
            firefox = Firefox(json.loads(place.read_text())["ws_port"])
            try:
                yield firefox
            finally:
                firefox.close()
        finally:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
