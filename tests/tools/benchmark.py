"""Measure how fast the course answers a learner: ``python tests/tools/benchmark.py [--presses N] [--rounds N]``.

The live panel and the usual pattern (ipywidgets' ``interact`` that draws into an ``Output``) show the same model with
the same chart in the same browser, taking turns, so that a busy machine slows both. What counts is the ratio. Nothing
is asserted: a timing says something about a machine, not about right or wrong.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lab

MODEL = "sc.lesson(21).gpu_hour_cost"
INPUT = "electricity_price"  # it stands free in the panel
PANEL = f"sc.explore({MODEL})"
INTERACT = f"""import ipywidgets as widgets

a = assumptions.get("{INPUT}")
slider = widgets.FloatSlider(a.value, min=a.hard_min, max=a.hard_max, step=a.step)
_ = widgets.interact(lambda {INPUT}: display(sc.figure({MODEL}, {INPUT}={INPUT})), {INPUT}=slider)"""
SETUP = "import sovereign_compute as sc\nfrom sovereign_compute.inputs import assumptions"

# How each pattern is found on the page: what is moved, what is drawn.
PATTERNS = {
    "panel": (PANEL, f".sc-panel input[type=range][id$='-{INPUT}-range']", ".sc-chart svg path"),
    "interact": (INTERACT, ".noUi-handle", ".vega-embed svg path"),
}

# Time from the key's arrival in the browser to the first frame with another picture, by polling every frame.
WATCH = """([control, marks]) => {
  const drawn = () => [...document.querySelectorAll(marks)].map((mark) => mark.getAttribute("d")).join();
  const node = document.querySelector(control);
  window.bench = { times: [], last: 0, changed: 0, drawn };
  node.addEventListener("keydown", (event) => {
    const before = drawn();
    const poll = () => {
      const now = drawn();
      if (now && now !== before) window.bench.times.push(performance.now() - event.timeStamp);
      else requestAnimationFrame(poll);
    };
    requestAnimationFrame(poll);
  }, true);
  document.addEventListener("pointermove", (event) => { window.bench.last = event.timeStamp; }, true);
  let before = drawn();
  const follow = () => {
    const now = drawn();
    if (now && now !== before) { window.bench.changed = performance.now(); before = now; }
    requestAnimationFrame(follow);
  };
  requestAnimationFrame(follow);
  node.scrollIntoView({ block: "center" });
  node.focus();
}"""


class Bench:
    """One pattern in a tab of its own."""

    def __init__(self, chromium, address: str, name: str):
        self.name = name
        _, self.control, self.marks = PATTERNS[name]
        self.tab = lab.Page(chromium, address)
        self.tab.open(f"notebooks/{name}.ipynb")
        self.tab.run_all(self.marks.removesuffix(" path"))
        self.tab.page.wait_for_timeout(1500)
        self.tab.page.evaluate(WATCH, [self.control, self.marks])

    def press(self, presses: int) -> None:
        """Press the right arrow key; each press waits for its picture."""
        self.tab.page.bring_to_front()
        self.tab.page.focus(self.control)
        for _ in range(presses):
            done = self.tab.page.evaluate("() => bench.times.length")
            self.tab.page.keyboard.press("ArrowRight")
            self.tab.page.wait_for_function(f"() => bench.times.length > {done}", timeout=10_000)
            self.tab.page.wait_for_timeout(60)

    def times(self) -> list[float]:
        return self.tab.page.evaluate("() => bench.times")

    def bytes_per_move(self, presses: int = 10) -> tuple[float, float]:
        self.tab.received.clear()
        self.tab.sent.clear()
        self.press(presses)
        return tuple(sum(map(len, frames)) / presses for frames in (self.tab.received, self.tab.sent))

    def settle(self, steps: int = 60) -> float:
        """Milliseconds from the last step of a drag of about a second to the last change of the picture."""
        page = self.tab.page
        page.bring_to_front()
        box = page.locator(self.control).first.bounding_box()
        y, span = box["y"] + box["height"] / 2, 90
        x = box["x"] + box["width"] / 2 if self.name == "interact" else box["x"] + 20
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, steps + 1):
            # Up and nearly all the way back, so that the next keys find room above the value.
            page.mouse.move(x + span * min(step, 1.9 * steps - 1.8 * step) / steps, y)
            page.wait_for_timeout(12)
        page.wait_for_timeout(1500)
        settled = page.evaluate("() => bench.changed - bench.last")
        page.mouse.up()
        return settled


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def browser_figures(presses: int, rounds: int) -> None:
    """Key press to picture, drag and bytes, both patterns taking turns."""
    with tempfile.TemporaryDirectory() as name:
        folder = lab.course(Path(name))
        for pattern, (cell, _, _) in PATTERNS.items():
            lab.write(folder / "notebooks" / f"{pattern}.ipynb", SETUP, cell)
        with lab.jupyter(folder) as address, lab.browser() as chromium:
            benches = [Bench(chromium, address, pattern) for pattern in PATTERNS]
            settled = {bench.name: [] for bench in benches}
            for bench in benches:
                bench.press(5)  # warm
                bench.tab.page.evaluate("() => { bench.times.length = 0; }")
            for _ in range(rounds):
                for bench in benches:
                    bench.press(presses)
                    settled[bench.name].append(bench.settle())
            print(f"{'':44}{'panel':>10}{'interact':>10}{'ratio':>8}")
            all_times = [bench.times() for bench in benches]
            for label, share in (("median", 0.5), ("95th percentile", 0.95)):
                line(f"key press to picture, {label}", *(percentile(times, share) for times in all_times), "ms")
            line("drag of 60 steps, settled after", *(statistics.median(s) for s in settled.values()), "ms")
            moved = [bench.bytes_per_move() for bench in benches]
            line("received per move", *(received for received, _ in moved), "B")
            line("sent per move", *(sent for _, sent in moved), "B")
            print(f"  ({len(all_times[0])} presses each; settled, each round: {settled})")


def line(label: str, ours: float, theirs: float, unit: str) -> None:
    print(f"{label + ' (' + unit + ')':44}{ours:>10.0f}{theirs:>10.0f}{theirs / ours if ours > 0 else 0:>8.1f}")


KERNEL = f"""
import statistics, time
started = time.perf_counter()
import sovereign_compute as sc
print(f"import sovereign_compute (s)          {{time.perf_counter() - started:10.3f}}")
panel = sc.explore({MODEL})
print(f"and the first panel (s)               {{time.perf_counter() - started:10.3f}}")
for on in (False, True):
    panel._receive(panel, {{"kind": "band", "on": on, "seq": 0}}, None)
    times = []
    for step in range(60):
        started = time.perf_counter()
        panel._receive(panel, {{"kind": "set", "values": {{"{INPUT}": 0.2 + step / 1000}}, "seq": step}}, None)
        times.append(1000 * (time.perf_counter() - started))
    print(f"kernel per move, band {{'on ' if on else 'off'}} (ms)        {{statistics.median(times):10.2f}}")
"""


def kernel_figures(folder: Path) -> None:
    """What the kernel alone needs, in a process of its own (run twice: the first one fills caches of bytecode)."""
    environment = {**os.environ, "PYTHONPATH": str(lab.ROOT / "notebooks"), "SOVEREIGN_COMPUTE_FOLDER": str(folder)}
    for output in (subprocess.DEVNULL, None):
        subprocess.run([sys.executable, "-c", KERNEL], env=environment, stdout=output, check=True)


def notebook_figures(folder: Path) -> None:
    """Each notebook from a cold start: kernel, imports, every cell."""
    from nbclient import NotebookClient

    os.environ["SOVEREIGN_COMPUTE_FOLDER"] = str(folder)
    for path in sorted((lab.ROOT / "notebooks").glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        started = time.perf_counter()
        resources = {"metadata": {"path": path.parent}}
        NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()
        print(f"{path.stem[:30] + ', cold (s)':38}{time.perf_counter() - started:10.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--presses", type=int, default=20, help="key presses per round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; both patterns take turns")
    parser.add_argument("--only", choices=("browser", "kernel", "notebooks"), help="one part of the measurements")
    wanted = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start")
    with tempfile.TemporaryDirectory() as folder:
        if wanted.only in (None, "kernel"):
            kernel_figures(Path(folder))
        if wanted.only in (None, "notebooks"):
            notebook_figures(Path(folder))
    if wanted.only in (None, "browser"):
        if lab.CHROMIUM is None:
            print(lab.HOW_TO_GET_ONE)
        else:
            browser_figures(wanted.presses, wanted.rounds)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
