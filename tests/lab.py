"""A real JupyterLab and a real Chromium for the browser tests, the pictures and the benchmark."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

import tree

ROOT = tree.ROOT
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
HOW_TO_GET_ONE = "no Chromium on this machine: install the system package 'chromium' to run the browser tests"


def excused(environment=os.environ) -> bool:
    """Whether the browser tests may be skipped: there is no Chromium, and this is not the CI."""
    return CHROMIUM is None and environment.get("CI") != "true"


# Chromium itself would look up its maker's servers at every start; a sandbox needs rights that root in CI has not.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--proxy-server=127.0.0.1:9",  # nobody is there, and all that is on another machine is asked of it
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
    tree.compiled(folder)
    return folder


# Without the grammar of international addresses, which the server builds at each start and never asks.
JUPYTERLAB = "import sys; sys.modules['rfc3987_syntax'] = None; from jupyterlab.labapp import main; main()"


@contextlib.contextmanager
def jupyter(folder: Path, bare: bool = False, **environment):
    """A JupyterLab over a folder, reachable from this machine only; yields its address.

    It runs with the configuration of the course unless it is to be ``bare``, and with settings of its own inside
    ``folder``: nothing of the person at this machine is read or changed.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", JUPYTERLAB, "--no-browser", f"--port={port}", "--ServerApp.port_retries=0"]
    command += [] if bare else [f"--config={ROOT / 'binder' / 'jupyter_server_config.py'}"]
    command += ["--IdentityProvider.token=", f"--ServerApp.root_dir={folder}"]
    command += [f"--{app}.expose_app_in_browser=True" for app in ("LabApp", "JupyterNotebookApp")]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    own = folder / ".jupyter"
    places = {
        "JUPYTER_CONFIG_DIR": own / "config",
        "JUPYTER_CONFIG_PATH": own / "config",
        "JUPYTER_DATA_DIR": own / "data",
        "JUPYTERLAB_SETTINGS_DIR": own / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": own / "workspaces",
        "IPYTHONDIR": own / "ipython",
        "SOVEREIGN_COMPUTE_FOLDER": folder / "notebooks" / "my_course",
    }
    environment = {**os.environ, **{name: str(path) for name, path in places.items()}, **environment}
    # Each page would have the server ask Node.js whether JupyterLab itself is to be built anew.
    page = own / "config" / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text('{"buildCheck": false}')
    with Path(folder, "jupyter.log").open("w") as log:
        server = subprocess.Popen(
            command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment
        )
    try:
        for _ in range(480):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            if server.poll() is not None:
                raise RuntimeError(f"JupyterLab ended at once: {Path(folder, 'jupyter.log').read_text()}")
            time.sleep(0.25)
        else:
            raise RuntimeError("JupyterLab did not answer within two minutes")
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


@contextlib.contextmanager
def browser():
    """A headless Chromium."""
    from playwright.sync_api import expect, sync_playwright  # the hub's load is measured where only its library is

    expect.set_options(timeout=PATIENCE)
    if CHROMIUM is None:
        raise RuntimeError(HOW_TO_GET_ONE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


# Long enough for a machine that has ten other things to do; what comes at once is not waited for.
PATIENCE = 30_000
NOTEBOOK = "jupyterapp.shell.currentWidget.content"
LONGEST = 90_000  # milliseconds for a cell, or for all of them

# A stored notebook has its counts already, and one that is run again those of before.
FORGET_COUNTS = f"() => {{ for (const cell of {NOTEBOOK}.widgets) cell.model.executionCount = null; }}"

# A cell has run, and what draws itself afterwards has been drawn.
READY = f"""(number) => {{
  const cell = {NOTEBOOK}.widgets[number];
  if (cell.model.type !== 'code') return cell.rendered;
  const drawn = (output) => output.querySelector('svg, canvas, img');
  return cell.model.executionCount && !cell.node.querySelector('.jp-InputPrompt').textContent.includes('*')
    && [...cell.node.querySelectorAll('[class*=jp-RenderedVega], .sc-chart')].every(drawn)
    && !cell.node.querySelector('.sc-figure[aria-busy]');
}}"""


# What is not there yet: a cell that made a control and shows none, a panel that has not drawn what it was told.
MISSING = f"""() => {{
  const control = ({{ data }}) => data?.["application/vnd.jupyter.widget-view+json"];
  const makes = (cell) => cell.model.toJSON().outputs?.some(control);
  const shows = ({{ node }}) => node.querySelector(".sc-panel, .jupyter-widgets");
  const drawn = (figure) => figure.querySelector(".sc-chart svg") && !figure.hasAttribute("aria-busy");
  const open = (cell) => !cell.isHidden; // what a closed heading folds away is not drawn
  const named = (figure) => figure.closest("[aria-label]").ariaLabel;
  const cells = {NOTEBOOK}.widgets.filter((cell) => open(cell) && makes(cell) && !shows(cell));
  const figures = [...document.querySelectorAll(".sc-figure")].filter((figure) => !drawn(figure));
  return [
    ...cells.map(({{ node }}) => `no control below ${{node.innerText.slice(0, 300)}}`),
    ...figures.map((figure) => `no ${{figure.ariaBusy ? "answer" : "chart"}} in ${{named(figure)}}`),
  ];
}}"""
ALL_READY = f"() => !({MISSING})().length"


# All controls of a page without a kernel are there.
OPENED = (
    "() => [...document.querySelectorAll('.sc-embedded')].every((place) => place.querySelector('.sc-panel, .sc-card'))"
)


# Five frames in which nothing changes and no kernel is awaited: what follows from the last move has been drawn.
STILL = """() => new Promise((resolve) => {
  let frames = 0;
  const moved = () => { frames = 0; };
  const changed = new MutationObserver(moved), resized = new ResizeObserver(moved);
  changed.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  for (const node of document.querySelectorAll('.jp-OutputArea-output')) resized.observe(node);
  const next = () => {
    frames += 1;
    if (frames < 5 || document.querySelector('.sc-figure[aria-busy]')) return requestAnimationFrame(next);
    changed.disconnect();
    resized.disconnect();
    resolve(true);
  };
  requestAnimationFrame(next);
})"""


def still(page) -> None:
    """Wait until a page has come to rest."""
    page.wait_for_function(STILL, timeout=30_000)


def until(page, condition, what: str):
    """What ``condition()`` gives once that is true, at most half a minute later: for files, which no page shows."""
    for _ in range(600):
        if found := condition():
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"not within half a minute: {what}")


CONTEXTS = WeakKeyDictionary()
"""The contexts of a browser that its pages of JupyterLab share, by the address of the server and the zoom."""


def shared(chromium, address: str, zoom: int):
    """The context for all tabs of one JupyterLab, as in a learner's browser: what they load is fetched once."""
    known = CONTEXTS.setdefault(chromium, {})
    if (address, zoom) not in known:
        known[address, zoom] = chromium.new_context(device_scale_factor=zoom)
    return known[address, zoom]


class Page:
    """One notebook in one tab: open, run, read; requests for another machine are listed. Chromium has no way to one."""

    def __init__(self, chromium, address: str, width: int = 1280, height: int = 1000, zoom: int = 1):
        self.address = address
        self.page = shared(chromium, address, zoom).new_page()
        self.page.set_viewport_size({"width": width // zoom, "height": height // zoom})
        self.page.set_default_timeout(PATIENCE)
        # By its own choice it looks at each frame, so that a page draws sixty of them a second while a kernel works.
        self.page.wait_for_function = partial(self.page.wait_for_function, polling=50)
        self.page.set_default_navigation_timeout(LONGEST)
        self.outside: list[str] = []
        self.console: list[str] = []
        self.sent: list[bytes] = []
        self.received: list[bytes] = []
        self.page.on("request", lambda request: self._see(request.url))
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.console.append(str(error)))
        self.page.on("websocket", self._listen)

    def _see(self, url: str) -> None:
        if not url.startswith((self.address, self.address.replace("http", "ws"), "blob:", "data:")):
            self.outside.append(url)

    def _note(self, message) -> None:
        if message.type == "error":  # the text does not say which request failed, the place does
            self.console.append(f"{message.text} ({message.location['url']})")

    def _listen(self, socket) -> None:
        def keep(where: list[bytes]):
            return lambda frame: where.append(frame if isinstance(frame, bytes) else frame.encode())

        self._see(socket.url)
        socket.on("framesent", keep(self.sent))
        socket.on("framereceived", keep(self.received))

    def open(self, notebook: str, query: str = "", route: str = "doc/workspaces/test/tree") -> None:
        """Open a notebook alone (no side bar) and wait until its kernel is ready; ``route="notebooks"``: Notebook 7."""
        reset = "reset" if "workspaces" in route else ""
        self.page.goto(f"{self.address}/{route}/{notebook}?{'&'.join(filter(None, (reset, query)))}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=LONGEST)
        # Running before the kernel is there would open JupyterLab's kernel dialogue.
        self.wait_for_kernel()

    def turn_to(self, notebook: str) -> None:
        """Leave the notebook that is open, and its kernel, and open another in the JupyterLab that is loaded."""
        # Not by the menu, which would ask whether to save what was done.
        self.page.evaluate("""async () => {
          const left = jupyterapp.shell.currentWidget;
          await left.sessionContext.shutdown();
          left.dispose();
        }""")
        self.command("docmanager:open", path=notebook)
        self.page.wait_for_function(
            "(path) => jupyterapp.shell.currentWidget?.context?.path === path", arg=notebook, timeout=LONGEST
        )
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=LONGEST)
        self.wait_for_kernel()

    def wait_for_kernel(self) -> None:
        self.page.wait_for_function(
            "() => jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'",
            timeout=LONGEST,
        )

    def run_all(self, wait_for: str | None = None) -> None:
        """Menu: Run, Run All Cells; then wait until the kernel is idle again."""
        self.page.evaluate(FORGET_COUNTS)
        self.page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        self.page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
        if wait_for:
            self.page.wait_for_selector(wait_for, timeout=LONGEST)
        self.page.wait_for_function(
            f"""() => {NOTEBOOK}.widgets.some((cell) => cell.model.executionCount)
            && ![...document.querySelectorAll('.jp-InputPrompt')].some(p => p.textContent.includes('*'))""",
            timeout=LONGEST,
        )

    def wait_for_controls(self) -> None:
        """Wait until each cell that made a control shows it, with its chart; else say which do not."""
        from playwright.sync_api import TimeoutError

        try:
            self.page.wait_for_function(ALL_READY, timeout=LONGEST)
        except TimeoutError:
            raise AssertionError(f"{self.page.evaluate(MISSING)}; {self.console}") from None

    def cells_that_ran(self) -> int:
        """How many cells have run; all of them did, one after the other, and none wrote an error."""
        assert self.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        # Not the numbers beside the cells: a cell whose code is closed shows none.
        counts = self.page.evaluate(f"() => {NOTEBOOK}.widgets.map((cell) => cell.model.executionCount ?? null)")
        ran = [count for count in counts if count is not None]
        assert ran == list(range(1, self.page.locator(".jp-CodeCell").count() + 1))
        return len(ran)

    def unfold(self) -> None:
        """Open all headings that are stored closed, such as *Your turn*."""
        self.page.evaluate("() => jupyterapp.commands.execute('notebook:expand-all-headings')")

    def run_cell(self, number: int) -> None:
        """Shift+Enter in the cell of this number, which is the active one; then wait until all of it is there."""
        self.page.evaluate(FORGET_COUNTS)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(READY, arg=number, timeout=LONGEST)

    def run_again(self, number: int) -> None:
        """Click into the code of this cell and press Control+Enter; then wait until all of it is there."""
        self.page.evaluate(FORGET_COUNTS)
        self.page.locator(".jp-Cell").nth(number).locator(".jp-InputArea-editor").click()
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(READY, arg=number, timeout=LONGEST)

    def save(self) -> None:
        """Save the notebook, and wait until it is stored."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('docmanager:save')")

    def lay_out_all(self) -> None:
        """JupyterLab lays out only what is near the screen; from here on everything has its place."""
        self.page.add_style_tag(content=".jp-Cell { content-visibility: visible !important; }")

    def command(self, name: str, **arguments) -> None:
        """Carry out a command of JupyterLab, as its menus do; returns at once."""
        self.page.evaluate("([name, args]) => { window.jupyterapp.commands.execute(name, args); }", [name, arguments])

    def theme(self, dark: bool) -> None:
        """Switch JupyterLab to its dark or light theme."""
        self.command("apputils:change-theme", theme="JupyterLab Dark" if dark else "JupyterLab Light")
        self.page.wait_for_selector(f"body[data-jp-theme-light={'false' if dark else 'true'}]", state="attached")
        still(self.page)  # charts are drawn again in the colours of the theme

    def close(self) -> None:
        self.page.close()

    def close_quiet(self) -> None:
        """Close, and say what of all that was done here asked for another machine or logged an error."""
        self.close()
        self.assert_quiet()

    def assert_quiet(self) -> None:
        """Nothing that was done here asked for another machine or logged an error."""
        assert self.outside == []
        assert self.console == []


def write(path: Path, *cells: str) -> None:
    """A notebook of code cells that were never run."""
    import nbformat

    kernel = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells], metadata=kernel)
    nbformat.write(notebook, path)
