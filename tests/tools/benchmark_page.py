"""Measure how fast a panel without a kernel answers a key: ``tests/tools/benchmark_page.py [--presses N] [NAME ...]``.

For each model its page from the disk, in Chromium, as the processor is and throttled fourfold: how long it takes until
the chart is there, from a key press to the first frame with another picture, and to the last one, which has the band.
Blocked is the longest time in which the page could not answer. Nothing is asserted: a timing tells of a machine.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lab
from sovereign_compute.browser.page import page
from sovereign_compute.models.registry import all_models

SLIDER = ".sc-live input[type=range]"
AIMS = {1: "aim 16 ms", 4: "aim 60 ms, 250 ms with the band"}
# From the key's arrival in the browser to frames with another picture or sentence, by looking at every frame.
WATCH = """(slider) => {
  const shown = () => [...document.querySelectorAll(".sc-chart svg path, .sc-sentence")]
    .map((node) => node.getAttribute("d") ?? node.textContent).join();
  window.bench = { presses: [], blocked: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) bench.blocked = Math.max(bench.blocked, duration);
  }).observe({ type: "longtask" });
  let before = shown();
  const look = () => {
    const now = shown(), press = bench.presses.at(-1);
    if (now !== before) {
      before = now;
      if (press) {
        press.last = performance.now() - press.at;
        press.first ??= press.last;
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const node = document.querySelector(slider);
  node.addEventListener("keydown", (event) => bench.presses.push({ at: event.timeStamp }), true);
  node.focus();
}"""


def measured(chromium, address: str, throttled: int, presses: int) -> dict[str, float]:
    """Milliseconds until a page is drawn, and, as medians over presses, until what follows a key is."""
    tab = chromium.new_page()
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": throttled})
    tab.goto(address)
    tab.wait_for_selector(".sc-chart svg path", state="attached")
    there = tab.evaluate("performance.now()")
    tab.wait_for_timeout(500 * throttled)
    tab.evaluate(WATCH, SLIDER)
    for number in range(presses):
        tab.keyboard.press("ArrowRight" if number % 4 < 2 else "ArrowLeft")
        tab.wait_for_function("() => bench.presses.at(-1)?.first", timeout=20_000)
        tab.wait_for_timeout(300 * throttled)
    found = tab.evaluate("bench")
    tab.close()
    first, last = (statistics.median(press[key] for press in found["presses"][1:]) for key in ("first", "last"))
    return {"there": there, "first": first, "last": last, "blocked": found["blocked"]}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--presses", type=int, default=9, metavar="N", help="how often a key is pressed")
    parser.add_argument("models", nargs="*", metavar="NAME", help="names of models; all if none is given")
    wanted = parser.parse_args()
    for throttled, aim in AIMS.items():
        print(f"processor throttled {throttled} times ({aim}); milliseconds: chart, key to picture, to band, blocked")
        with tempfile.TemporaryDirectory() as folder, lab.browser() as chromium:
            for name in wanted.models or all_models():
                file = Path(folder, f"{name}.html")
                file.write_text(page(all_models()[name].function), encoding="utf-8")
                row = measured(chromium, file.as_uri(), throttled, wanted.presses)
                print(f"  {name:<24}" + "".join(f"{value:8.0f}" for value in row.values()), flush=True)
