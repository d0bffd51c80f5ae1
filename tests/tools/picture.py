"""Make the README's picture of the live panel from the real thing: ``python tests/tools/picture.py``."""

import argparse
import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import lab

PICTURE = lab.ROOT / "notebooks" / "pictures" / "panel.png"
NOTEBOOK = "notebooks/21_what_does_a_gpu_hour_cost.ipynb"
PRESET = "Expensive power, full Linpack load"
COLOURS = 96


def take() -> bytes:
    """The panel of notebook 21 in JupyterLab, 1280 pixels wide, with a preset that differs from the course's values."""
    with tempfile.TemporaryDirectory() as name:
        folder = lab.course(Path(name))
        with lab.jupyter(folder) as address, lab.browser() as chromium:
            tab = lab.Page(chromium, address)
            tab.open(NOTEBOOK)
            tab.run_all(".sc-panel .sc-chart svg")
            tab.lay_out_all()
            panel = tab.page.locator(".sc-panel", has=tab.page.locator(".sc-chart"))
            panel.get_by_label("Preset").select_option(label=PRESET)
            panel.locator(".sc-notice").filter(has_text="Linpack").wait_for()
            tab.page.wait_for_function("() => !document.querySelector('.sc-figure[aria-busy]')")
            tab.page.evaluate("() => document.activeElement.blur()")
            return panel.screenshot()


def main() -> None:
    argparse.ArgumentParser(description=__doc__.partition("\n")[0]).parse_args()
    picture = Image.open(io.BytesIO(take())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    PICTURE.parent.mkdir(exist_ok=True)
    picture.save(PICTURE, optimize=True)
    print(f"{PICTURE.name}: {picture.width} x {picture.height} pixels, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
