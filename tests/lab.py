"""A real JupyterLab and a real Chromium for the browser tests, the pictures and the benchmark."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
HOW_TO_GET_ONE = "no Chromium on this machine: install the system package 'chromium' to run the browser tests"
# Chromium itself would look up its maker's servers at every start; a sandbox needs rights that root in CI has not.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def course(folder: Path) -> Path:
    """A copy of the course, as a learner has it: notebooks and tables side by side, nothing kept yet."""
    for name in ("notebooks", "data"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "my_course", ".ipynb*")
        )
    return folder


@contextlib.contextmanager
def jupyter(folder: Path, **environment):
    """A JupyterLab over a folder, reachable from this machine only; yields its address.

    It runs with a configuration of its own inside ``folder``: nothing of the person at this machine is read or changed,
    and JupyterLab does not ask whether it may look for news.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    own = folder / ".jupyter"
    settings = own / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}))
    places = {
        "JUPYTER_CONFIG_DIR": own / "config",
        "JUPYTER_DATA_DIR": own / "data",
        "JUPYTERLAB_SETTINGS_DIR": own / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": own / "workspaces",
        "IPYTHONDIR": own / "ipython",
        "SOVEREIGN_COMPUTE_FOLDER": folder / "notebooks" / "my_course",
    }
    log = Path(folder, "jupyter.log").open("w")
    server = subprocess.Popen(
        command,
        cwd=folder,
        stdout=log,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **{name: str(path) for name, path in places.items()}, **environment},
    )
    try:
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            if server.poll() is not None:
                raise RuntimeError(f"JupyterLab ended at once: {Path(folder, 'jupyter.log').read_text()}")
            time.sleep(0.25)
        else:
            raise RuntimeError("JupyterLab did not answer within a minute")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        log.close()


@contextlib.contextmanager
def browser():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


class Page:
    """One notebook in one tab: open, run, read; requests that would leave the machine are refused and listed."""

    def __init__(self, chromium, address: str, width: int = 1280, height: int = 1000, dark: bool = False):
        self.address = address
        self.context = chromium.new_context(viewport={"width": width, "height": height})
        self.page = self.context.new_page()
        self.outside: list[str] = []
        self.console: list[str] = []
        self.dark = dark
        self.page.route("**/*", self._only_here)
        self.page.on("console", lambda message: self.console.append(message.text) if message.type == "error" else None)

    def _only_here(self, route) -> None:
        url = route.request.url
        if url.startswith((self.address, self.address.replace("http", "ws"), "blob:", "data:")):
            route.continue_()
        else:
            self.outside.append(url)
            route.abort()

    def open(self, notebook: str, workspace: str = "test", query: str = "") -> None:
        """Open a notebook alone in JupyterLab (no side bar) and wait until it is drawn."""
        self.page.goto(f"{self.address}/doc/workspaces/{workspace}/tree/{notebook}?reset{query}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        # Running before the kernel is there would open JupyterLab's kernel dialogue.
        self.page.wait_for_selector(".jp-StatusBar-Widget >> text=/\\| Idle/", timeout=60_000)
        if self.dark:
            self.page.evaluate(
                "() => window.jupyterapp?.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
            )

    def run_all(self, wait_for: str | None = None) -> None:
        """Menu: Run, Run All Cells; then wait until the kernel is idle again."""
        self.page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        self.page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
        if wait_for:
            self.page.wait_for_selector(wait_for, timeout=90_000)
        self.page.wait_for_function(
            """() => ![...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('*'))""",
            timeout=90_000,
        )

    def close(self) -> None:
        self.context.close()
