"""Run all notebooks and store them executed and clean: ``python tests/tools/notebooks.py [--check] [NAME ...]``.

What is stored is what nbval compares: the kernel's own outputs, without widget state, dates of execution, machine paths
or random ids. Of a cell's metadata its tags, its place in the slides and what is closed of it stay. Charts also get a
picture, for readers such as GitHub that draw no Vega-Lite; it says which specification it shows, and is drawn anew only
when that changes, because processors draw a shade differently. Running this twice changes nothing. With ``--check``
nothing is written; notebooks that differ are listed and the exit code is 1.
"""

import argparse
import base64
import configparser
import hashlib
import io
import json
import os
import re
import sys
from pathlib import Path

import kept
import nbformat
from nbclient.exceptions import CellExecutionError
from PIL import Image, PngImagePlugin

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
sys.path[:0] = [str(FOLDER), str(FOLDER / "guides")]
import running  # noqa: E402
from sovereign_compute.display import drawing  # noqa: E402

ROOT = FOLDER.parent

CHART = "application/vnd.vegalite.v5+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CLOSED = "jp-MarkdownHeadingCollapsed"
"""Where JupyterLab keeps that what stands below a heading is folded."""
COLOURS = 64
SCALE = 1.5
BELONGS = "specification"
"""Where a picture says to which chart it belongs."""


def execute(notebook: nbformat.NotebookNode, folder: Path = FOLDER) -> None:
    """Run a notebook in place, at the course's values whatever class there is here."""
    running.execute(notebook, folder, os.devnull)


def clean(notebook: nbformat.NotebookNode, before: nbformat.NotebookNode) -> None:
    """Keep what every machine would store; ``before`` lends the pictures of unchanged charts."""
    pictures = dict(_pictures(before))
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat_minor = 5
    count, known = 0, set()
    for index, cell in enumerate(notebook.cells):
        if not re.fullmatch(r"[a-z0-9-]{1,64}", cell.get("id", "")) or cell.id in known:
            cell.id = hashlib.sha256(f"{index}{cell.source}".encode()).hexdigest()[:8]
        known.add(cell.id)
        # Slides and what is closed are part of the lesson; everything else there is what an editor remembers.
        kept = {key: cell.metadata[key] for key in (CLOSED, "jupyter", "tags", "slideshow") if cell.metadata.get(key)}
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = [_output(output, pictures, count) for output in cell.outputs]


def _output(output: nbformat.NotebookNode, pictures: dict[str, str], count: int) -> nbformat.NotebookNode:
    if "data" in output:
        output.metadata = nbformat.from_dict({})
        output.data.pop(running.WIDGET, None)  # there when nbval has run the notebook
        if CHART in output.data:
            output.data["image/png"] = pictures.get(key(output.data[CHART])) or picture(output.data[CHART])
    if output.output_type == "execute_result":
        output.execution_count = count
    for kind in ("text/plain", "text/html"):
        if kind in output.get("data", {}):
            output.data[kind] = _sanitised(output.data[kind])
    if "text" in output:
        output.text = _sanitised(output.text)
    return output


def _sanitised(text: str) -> str:
    rules = configparser.ConfigParser(interpolation=None)
    rules.read(ROOT / "tests" / "nbval.cfg", encoding="utf-8")
    for section in rules.sections():
        text = re.sub(rules[section]["regex"], rules[section]["replace"], text)
    return text


def key(spec: dict) -> str:
    """What tells a chart from all others, whatever the order in which its specification is written."""
    return hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()


def opened(picture: str) -> Image.Image:
    """A stored picture."""
    return Image.open(io.BytesIO(base64.b64decode(picture)))


def _pictures(notebook: nbformat.NotebookNode):
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if {CHART, "image/png"} <= set(output.get("data", {})):
                stored = output.data["image/png"]
                yield opened(stored).info.get(BELONGS), stored


def picture(spec: dict) -> str:
    """A small PNG of a chart, base64."""
    drawn = Image.open(io.BytesIO(drawing.png(spec, SCALE)))
    return stored(drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE), spec)


def stored(image: Image.Image, spec: dict) -> str:
    """An image as it is kept beside its chart."""
    belongs = PngImagePlugin.PngInfo()
    belongs.add_text(BELONGS, key(spec))
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True, pnginfo=belongs)
    return base64.b64encode(file.getvalue()).decode() + "\n"


def regenerated(path: Path, ran: list | None = None) -> str:
    """The text of a notebook file as it should be stored.

    ``ran`` is what each code cell has put out, where that is known already; otherwise the notebook is run.
    """
    before = nbformat.read(path, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    if ran is None:
        try:
            execute(notebook, path.parent)
        except CellExecutionError as error:  # what the cell says, without how it was run
            raise SystemExit(f"{path.name}: {error}") from None
    else:
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        for cell, outputs in zip(code, ran, strict=True):
            cell.outputs = nbformat.from_dict(outputs)
    clean(notebook, before)
    nbformat.validate(notebook)
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def without_pictures(text: str) -> str:
    """A notebook file as it would be if nothing had been drawn."""
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if CHART in output.get("data", {}):
                output["data"].pop("image/png", None)
    return json.dumps(notebook, indent=1, ensure_ascii=False)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a notebook is out of date")
    parser.add_argument("names", nargs="*", help="file names in notebooks/; all if none is given")
    wanted = parser.parse_args()
    paths = [FOLDER / Path(name).name for name in wanted.names] or sorted(FOLDER.glob("*.ipynb"))
    return kept.keep(((path, regenerated(path)) for path in paths), wanted.check)


if __name__ == "__main__":
    sys.exit(main())
