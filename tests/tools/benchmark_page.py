"""Measure how fast a page without a kernel opens and answers: ``benchmark_page.py [--presses N] [NAME ...]``.

For each model its page from the disk, in Chromium, as the processor is and throttled fourfold: how long it takes until
the chart is there, from a key press to the first frame with another picture, and to the last one, which has the band.
Blocked is the longest time in which the page could not answer. For a lesson, by the two digits of its number: how long
the file with all of it takes until its first chart is there. Nothing is asserted: a timing tells of a machine.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.append(str(Path(__file__).resolve().parents[2] / "notebooks" / "guides"))
import handouts
import lab
from sovereign_compute.browser.page import page
from sovereign_compute.models.registry import all_models

SLIDER = ".sc-live input[type=range]"
AIMS = {1: "aims: chart 1 s, key 16 ms", 4: "aims: chart 2.5 s, key 60 ms, 250 ms with the band"}
# When the first chart was there.
FIRST = """new MutationObserver((changes, observer) => {
  if (!document.querySelector(".sc-chart svg path")) return;
  globalThis.drawnAt = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true });"""
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


def opened(chromium, address: str, throttled: int) -> tuple:
    """A page that has drawn its first chart, and the milliseconds that this took."""
    tab = chromium.new_page()
    tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": throttled})
    tab.add_init_script(FIRST)
    tab.goto(address)
    return tab, tab.wait_for_function("() => globalThis.drawnAt").json_value()


def opening(chromium, address: str, throttled: int, times: int) -> float:
    """Milliseconds until the first chart of a page is there, as a median."""
    taken = []
    for _ in range(times):
        tab, there = opened(chromium, address, throttled)
        taken.append(there)
        tab.close()
    return statistics.median(taken)


def measured(chromium, address: str, throttled: int, presses: int) -> dict[str, float]:
    """Milliseconds until a page is drawn, and, as medians over presses, until what follows a key is."""
    tab, there = opened(chromium, address, throttled)
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
    parser.add_argument("--presses", type=int, default=9, metavar="N", help="how often a key is pressed, a file opened")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a model, or the number of a lesson; if none, all models"
    )
    wanted = parser.parse_args()
    names = wanted.names or list(all_models())
    with tempfile.TemporaryDirectory() as folder, lab.browser() as chromium:
        files = {name: Path(folder, f"{name}.html") for name in names}
        for name, file in files.items():
            lesson = name.isdigit() and handouts.handout(*handouts.pages.chosen([name]))
            file.write_text(lesson or page(all_models()[name].function), encoding="utf-8")
        for throttled, aims in AIMS.items():
            print(
                f"processor throttled {throttled} times ({aims}); milliseconds: chart, key to picture, to band, blocked"
            )
            for name, file in files.items():
                if name.isdigit():
                    row = [opening(chromium, file.as_uri(), throttled, wanted.presses)]
                else:
                    row = measured(chromium, file.as_uri(), throttled, wanted.presses).values()
                print(f"  {name:<24}" + "".join(f"{value:8.0f}" for value in row), flush=True)
