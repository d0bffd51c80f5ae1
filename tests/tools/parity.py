"""Hold pages without a kernel against the kernel: ``tests/tools/parity.py [--scenarios N] [--firefox] [NAME ...]``.

For every model and each of its views so many random scenarios, within its ranges and within its hard limits: sentences
to the letter, rows to more digits than are drawn. For every panel as many messages of a restless learner (moves, typed
values and their refusals, presets, codes, comparisons, views), and each code that was once given out. The tests do a
slice of this. Every difference is printed, and makes the exit code 1.
"""

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import firefox
import lab
import numpy as np
import test_browser_firefox_views as in_firefox
import test_browser_page as answers
import test_browser_views as views
from sovereign_compute.controls.widgets import script
from sovereign_compute.display.charts import OWN, views_of
from sovereign_compute.inputs import scenarios

MODULES = {"engine.js": "Engine", "told.js": "Told, inputsOf", "page_kernel.js": "PageKernel"}
READY = "() => Boolean(globalThis.Engine && globalThis.Told && globalThis.PageKernel)"


@contextlib.contextmanager
def opened(another: bool) -> Iterator:
    """A page with the engine and the kernel of a panel, in Chromium or in Firefox; it can ``evaluate``."""
    made = "".join(
        f'<script type="module">{script(name, views.FOLDER)}\nObject.assign(globalThis, {{ {shared} }});</script>'
        for name, shared in MODULES.items()
    )
    with tempfile.TemporaryDirectory() as folder, firefox.browser() if another else lab.browser() as browser:
        file = Path(folder, "parity.html")
        file.write_text(f"<!doctype html><meta charset=utf-8>{made}", encoding="utf-8")
        if another:
            tab = firefox.Tab(browser)
            tab.open(file.as_uri())
            tab.until(READY)
            yield in_firefox.Engine(tab)
        else:
            tab = browser.new_page()
            tab.goto(file.as_uri())
            tab.wait_for_function(READY)
            yield tab


def compared(tab, name: str, count: int) -> list[str]:
    """Where page and kernel differ for a model, in any of its views and in its panel."""
    function = views.MODELS[name].function
    shown = [one for one in views_of(function) if (name, one) not in {(model, OWN) for model in views.SIMULATE}]
    found = views.differences(tab, function, dict.fromkeys(shown), count)
    if name in views.SIMULATE:  # its panel in the page lacks a view
        return found
    scenarios.current.clear()
    asked = [*answers.messages(function, np.random.default_rng(5), count), *answers.given_out(count + 1)]
    return [*found, *answers.differences(tab, function, asked)]


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--scenarios", type=int, default=200, metavar="N", help="for each view, and messages for each panel"
    )
    parser.add_argument("--firefox", action="store_true", help="in Firefox, whose powers and logarithms are its own")
    parser.add_argument("models", nargs="*", metavar="NAME", help="names of models; all if none is given")
    wanted = parser.parse_args(words)
    wrong = 0
    with tempfile.TemporaryDirectory() as kept, opened(wanted.firefox) as tab:
        scenarios.MY_COURSE = Path(kept)
        for name in wanted.models or views.MODELS:
            found = compared(tab, name, wanted.scenarios)
            wrong += len(found)
            print(f"{name}: {len(found)} differences", *found[:5], sep="\n  ", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
