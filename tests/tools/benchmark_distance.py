"""Measure a panel of JupyterLab from far away: ``tests/tools/benchmark_distance.py [--presses N] [--model NAME]``.

From a key press to the chart that is drawn anew, with ways of 0, 80 and 150 ms to the kernel and back: as it is, and
with a kernel that gives the page nothing to answer with. Both have a tab of their own and take turns. Nothing is
asserted: a timing tells of a machine.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import benchmark
import distant
import lab

WAYS = (0, 80, 150)
NEVER = """from sovereign_compute.controls.panel import Panel
from sovereign_compute.controls.widgets import CourseWidget

Panel._hand_over = lambda self, name: CourseWidget._hand_over(self, name) if "." in name else self.send(
    {"kind": "file", "name": name}, [b""]
)"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--presses", type=int, default=16, metavar="N", help="key presses in each of three rounds")
    parser.add_argument("--model", default=benchmark.MODEL, help="an expression that gives the model")
    parser.add_argument("--input", default=benchmark.INPUT, help="the assumption that is moved")
    wanted = parser.parse_args()
    cell, control, marks = benchmark.PATTERNS["panel"]
    cell, control = (
        text.replace(benchmark.MODEL, wanted.model).replace(benchmark.INPUT, wanted.input) for text in (cell, control)
    )
    benchmark.PATTERNS = {"at-once": (cell, control, marks), "kernel-alone": (f"{NEVER}\n{cell}", control, marks)}
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; key press to picture, milliseconds: median, p95")
    with tempfile.TemporaryDirectory() as name:
        folder = lab.course(Path(name))
        for pattern, (code, _, _) in benchmark.PATTERNS.items():
            lab.write(folder / "notebooks" / f"{pattern}.ipynb", benchmark.SETUP, code)
        with lab.jupyter(folder) as server, distant.line(server) as way, lab.browser() as chromium:
            benches = [benchmark.Bench(chromium, way.address, pattern) for pattern in benchmark.PATTERNS]
            for way.milliseconds in WAYS:
                for bench in benches:
                    bench.press(8)  # so far it is found out how far away the kernel is
                    bench.tab.page.evaluate("() => { bench.times.length = 0; }")
                for _ in range(3):
                    for bench in benches:
                        bench.press(wanted.presses)
                for bench in benches:
                    told = [benchmark.percentile(bench.times(), share) for share in (0.5, 0.95)]
                    drag = bench.settle()
                    print(
                        f"{way.milliseconds:6} ms {bench.name:14}{told[0]:8.0f}{told[1]:8.0f}   drag {drag:6.0f}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
