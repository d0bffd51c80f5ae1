"""The chart of a lesson on paper: as it is, and as empty axes, into which one sketches what one expects."""

import re
from xml.etree import ElementTree

import pages
from deck.charts import untitled
from online.cells import drawn

LINED = {"grid": True, "tickBand": "extent"}
"""Lines between the rows of an axis of names, as a hand needs them."""
SIZE = re.compile(r' width="[\d.]+" height="[\d.]+"')
SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", SVG)


def main_chart(lesson) -> dict:
    """The first chart that a lesson's notebook marks for a slide: the one with what it found."""
    outputs = (output for cell in filter(pages.is_slide, lesson.cells) for output in cell.get("outputs", []))
    return next(output.data[pages.CHART] for output in outputs if pages.CHART in output.get("data", {}))


def chart(spec: dict) -> str:
    """A chart without its title, which is the text above it, as large as there is room."""
    return SIZE.sub("", drawn(untitled(spec)), count=1)


def empty(spec: dict) -> str:
    """The axes and the legend of a chart: nothing that its rows would draw is in it, so nobody can read it there."""
    bare = untitled(spec)
    config = bare.get("config", {})
    bare["config"] = {**config, "axisDiscrete": {**config.get("axisDiscrete", {}), **LINED}}
    bare["description"] = "Empty axes of the chart on the other side"
    picture = ElementTree.fromstring(chart(bare))
    for parent in list(picture.iter()):
        for part in list(parent):
            if "role-mark" in part.get("class", "").split():
                parent.remove(part)
    return ElementTree.tostring(picture, encoding="unicode")
