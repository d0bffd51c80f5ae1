"""The cells of a notebook as the site shows them: live panels, charts as SVG, and code only where it is to be read.

A cell becomes one that MyST-NB can read without a kernel. What the handouts say of a control without a kernel,
``pages`` says here as well.
"""

import ast
import html
import re
from itertools import count

import nbformat
import pages
from sovereign_compute.browser.page import places
from sovereign_compute.display import drawing
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.lessons.course import ANOTHER_DAY

from . import live

INK = "currentColor"
INKED = {
    "axis": ("gridColor", "labelColor", "titleColor", "domainColor", "tickColor"),
    "title": ("color", "subtitleColor"),
    "legend": ("labelColor", "titleColor"),
    "text": ("color",),
    "rule": ("color",),
}
"""What of a chart is drawn in the colour of the page's text, so that it can be read on a dark page as well."""
SHOWN = ("lesson", "sc", "display")
"""What a cell calls that only shows something: its code says nothing to a reader."""
UNSAID = re.compile(
    r' (?:(?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"'
    r'|(?:opacity|stroke-width|stroke-opacity|fill-opacity)="1"|pointer-events="none")'
)
"""Of a part of a chart: descriptions beside that of the whole, and what is so without being said."""
FINE = re.compile(r"(?<=\.\d\d)\d+(?=[^<>]*>)")
"""Of a place in a chart: what is less than a hundredth of a pixel."""
MARK = re.compile(r"<!-- control \d+ -->")
_charts = count()


def site_notebook(row: dict) -> tuple[nbformat.NotebookNode, list[dict]]:
    """A lesson as a page shows it, with the places of its controls among the outputs, and these controls."""
    lesson, controls = pages.notebook(row), []
    lesson.cells = [_cell(row["notebook"][:2], cell, controls) for cell in lesson.cells]
    lesson.metadata["language_info"] = {"name": "python", "pygments_lexer": "python"}
    # Controls of one page share what they compute with, so they are made together.
    ready = {_mark(n): made for n, made in enumerate(places(controls))}
    for output in (output for cell in lesson.cells for output in cell.get("outputs", [])):
        if "text/html" in output.data:
            output.data["text/html"] = MARK.sub(lambda mark: ready[mark[0]], output.data["text/html"])
    return lesson, controls


def other_notebook(name: str) -> nbformat.NotebookNode:
    """A notebook that is no lesson."""
    found = nbformat.read(pages.NOTEBOOKS / f"{name}.ipynb", as_version=4)
    found.cells = [_cell("", cell, []) for cell in found.cells]
    return found


def _cell(number: str, cell, controls: list):
    if cell.cell_type == "markdown":
        return nbformat.v4.new_markdown_cell(cell.source, id=cell.id)
    shown = nbformat.v4.new_code_cell(cell.source, id=cell.id, outputs=_outputs(number, cell, controls))
    if not _to_be_read(cell.source):
        shown.metadata["tags"] = ["remove-input"]
    return shown


def _to_be_read(source: str) -> bool:
    """Whether the code of a cell does more than to show something of the course."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # a line for IPython
        return True
    return not all(isinstance(s, ast.Import | ast.Expr | ast.Assign) and _shows(s) for s in statements)


def _shows(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Import):
        return [name.name for name in statement.names] == ["sovereign_compute"]
    if isinstance(statement, ast.Assign):
        return ast.unparse(statement).startswith("lesson = ") or isinstance(statement.value, ast.Constant | ast.Tuple)
    root = statement.value
    while isinstance(root, ast.Call | ast.Attribute):
        root = root.func if isinstance(root, ast.Call) else root.value
    return isinstance(root, ast.Name) and root.id in SHOWN


def _outputs(number: str, cell, controls: list) -> list:
    """What a cell shows, each control where the notebook has the text of one."""
    waiting, parts = live.calls(cell.source), []
    for output in cell.outputs:
        if waiting and set(output.get("data", {})) == {"text/plain"}:
            parts.append(_widget(number, cell, *waiting.pop(0), output, controls))
        else:
            parts.append(_shown(output))
    return [nbformat.v4.new_output("display_data", data={kind: text}) for kind, text in parts if text]


def _shown(output) -> tuple[str, str]:
    content = output.get("data", {})
    if pages.CHART in content:
        return "text/html", chart(content[pages.CHART])
    if "text/html" in content:
        return "text/html", output_html(content["text/html"])
    if "text/markdown" in content:
        return "text/markdown", content["text/markdown"].replace(f"*{ANOTHER_DAY}*", "")
    return "text/plain", pages.to_be_run(content.get("text/plain", output.get("text", "")), "Live, in the notebook.")


def output_html(text: str) -> str:
    """HTML that a notebook has stored, each table of it in a place of its own to scroll in."""
    found = re.sub(r"<table.*?</table>", lambda table: pages.table(table[0]), text, flags=re.S)
    return f'<div class="jp-OutputArea-output">{found}</div>'


def _widget(number: str, cell, kind: str, call: ast.Call, output, controls: list) -> tuple[str, str]:
    found = live.control(number, kind, call) if number else None
    if found:
        controls.append(found)
        # What a page says of a panel without scripts.
        still = "" if kind not in ("explore", "play") else f"<noscript>{pages.card(kind, cell)}</noscript>"
        return "text/html", f"{_mark(len(controls) - 1)}{still}"
    return ("text/html", pages.card(kind, cell)) if kind in pages.LIVE else _shown(output)


def _mark(place: int) -> str:
    """What is written where a control will be."""
    return f"<!-- control {place} -->"


def chart(spec: dict) -> str:
    """A chart as part of a page: in the ink and the letters of the page, and described as it is in the notebook."""
    return f'<figure class="sc-still">{pages.scrolling(drawn(spec), "Chart")}</figure>'


def drawn(spec: dict) -> str:
    """A chart as the element of a page, which may have others beside it."""
    prefix = f"chart{next(_charts)}"
    said = html.escape(unparted(spec.get("description", "Chart")))
    found = re.sub(r'\b(id="|url\(#|href="#)', rf"\g<1>{prefix}-", drawing.svg(inked(spec)))
    found = re.sub(r"<svg ", f'<svg role="img" aria-label="{said}" ', found, count=1)
    # Its parts have descriptions of their own, which would be read one by one, and say what holds without being said.
    head, body = found.split(">", 1)
    families = set(re.findall(r' font-family="[^"]*"', body))
    family = families.pop() if len(families) == 1 else ""
    return f"{head}{family}>{FINE.sub('', UNSAID.sub('', body.replace(family, '') if family else body))}"


def inked(spec: dict) -> dict:
    """A chart without paper, whose words and lines have the colour of the text around it."""
    config = {**spec.get("config", {}), "background": "#0000"}
    for part, keys in INKED.items():
        config[part] = {**config.get(part, {}), **dict.fromkeys(keys, INK)}
    config["axis"] |= {"gridOpacity": 0.15}
    return {**spec, "config": config}
