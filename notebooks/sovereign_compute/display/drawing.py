"""Charts as pictures, where no browser draws them: with the font of the course, so that they look alike everywhere."""

import base64
from functools import cache
from pathlib import Path

FONT = "Course Sans"
"""The family in ``fonts``; no system has one of this name."""
WIDE = 760
"""Pixels of a whole chart, with its labels, where nothing around it says how wide it may be."""
FONTS = Path(__file__).parent / "fonts"
FACES = [FONTS / f"CourseSans-{style}.woff2" for style in ("Regular", "Bold")]
"""Its letters as a browser takes them, packed; in the TrueType files beside them vl-convert finds the same."""


@cache
def _converter():
    """vl-convert with the font of the course; large, so it comes when there is something to draw."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def png(spec: dict, scale: float) -> bytes:
    """A Vega-Lite 5 chart as a PNG file, ``scale`` pixels for a pixel of its size."""
    return _converter().vegalite_to_png(vl_spec=_on_paper(spec), vl_version="5.8", scale=scale)


def svg(spec: dict) -> str:
    """A Vega-Lite 5 chart as an SVG file; its letters stay text and need the font where it is shown."""
    return _converter().vegalite_to_svg(vl_spec=_on_paper(spec), vl_version="5.8")


def address(spec: dict) -> str:
    """The same inside an address, which a page shows without asking for a file."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(spec).encode()).decode()}"


def _on_paper(spec: dict) -> dict:
    """A chart as a picture has it: on white."""
    config = spec.get("config", {})
    white = {"background": "white"} if config.get("background") == "transparent" else {}
    return {**spec, "config": {**config, **white}}
