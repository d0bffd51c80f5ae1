"""Cells of a notebook as HTML that needs no network: what handouts, slides and the site share.

Everything shown is stored in the notebook, except the panel's controls, which the package computes at the course's
values. Formulas become MathML, which browsers draw themselves.
"""

import argparse
import html
import re
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

GUIDES = Path(__file__).resolve().parent
NOTEBOOKS = GUIDES.parent
BUILD = NOTEBOOKS.parent / "build"
sys.path.insert(0, str(NOTEBOOKS))

import of_class  # noqa: E402
from sovereign_compute.analysis.settings import inputs  # noqa: E402
from sovereign_compute.display.tables import at_start  # noqa: E402
from sovereign_compute.errors import CourseError  # noqa: E402
from sovereign_compute.inputs.prompts import numbered, section  # noqa: E402
from sovereign_compute.inputs.wording import number  # noqa: E402
from sovereign_compute.lessons.course import lessons  # noqa: E402
from sovereign_compute.models.registry import all_models, find  # noqa: E402
from sovereign_compute.surroundings import RUN_ALL, of_lesson  # noqa: E402

LIVE = {
    "explore": "Live, in the notebook: the controls move, and sentence, chart and 90 % band follow at once.",
    "play": "Live, in the notebook: the controls move, sentence and chart follow, and each move has its answer.",
    "exercises": "Live, in the notebook: your answer is checked, and you hear what is wrong with it.",
    "predictions": "Live, in the notebook: you keep your guesses, and they come back under “What we found”.",
    "reveal": "Live, in the notebook: here your guess comes back beside what the course finds.",
    "portfolio_lab": "Live, in the notebook: you weigh the goals, and thousands of portfolios are tried.",
    "memo": "Live, in the notebook: you write your decision here and get it as two pages with charts and sources.",
    "write": "Live, in the notebook: you write here, and your text is kept.",
    "founder_game": "Live, in the notebook: you lead the firm for twelve quarters, and can play the same luck again.",
    "interact": "Live, in the notebook: you choose above, and what stands here follows.",
}
CHART = "application/vnd.vegalite.v5+json"
MODEL = re.compile(r"\b(?:sc\.explore|sc\.figure|lesson\.play)\(lesson\.(\w+)")

STYLE = """
:root { color: #1a1a1a; background: #fff; font: 100%/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 0 1rem 3rem; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.2; text-wrap: balance; }
a { color: #0645ad; }
figure { margin: 1rem 0; }
img { display: block; max-width: 100%; height: auto; }
.wide { overflow-x: auto; margin: 1rem 0; }
.wide img { max-width: none; width: max(100%, 34rem); }
:focus-visible { outline: 3px solid #0072b2; outline-offset: 2px; }
table { border-collapse: collapse; font-size: 0.9rem; }
caption { text-align: left; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.7rem 0.2rem 0; border-bottom: 1px solid #ccc; }
td { min-width: 4rem; }
.card { border: 1px solid #8d8d8d; border-radius: 4px; padding: 0.2rem 0.9rem 0.6rem; margin: 1rem 0; }
.live { border-left: 4px solid #0072b2; padding-left: 0.6rem; font-size: 0.9rem; }
summary { cursor: pointer; padding: 0.3rem 0; }
pre { overflow-x: auto; }
"""
PRINTING = """
// On paper nothing can be opened: print what is folded, and fold it again afterwards.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => folded.forEach((part) => { part.open = false; }));
"""


def has_exercises(row: dict) -> bool:
    """Whether a lesson has exercises: one on the learner's own question has none."""
    return of_lesson(row["notebook"][:2], "exercises") is not None


def chosen(numbers: list[str]) -> list[dict]:
    """The lessons with these numbers (``21``) or names; all if none is given."""
    rows = {row["notebook"]: row for row in lessons()}
    known = {**rows, **{name[:2]: row for name, row in rows.items()}}
    unknown = [text for text in numbers if Path(text).stem not in known]
    if unknown:
        raise CourseError(f"there is no lesson {', '.join(unknown)}; choose from {', '.join(n[:2] for n in rows)}")
    return [known[Path(text).stem] for text in numbers] or list(rows.values())


def notebook(row: dict) -> nbformat.NotebookNode:
    """The notebook of a lesson, as the class finds it."""
    return of_class.notebook(NOTEBOOKS / f"{row['notebook']}.ipynb")


class Offline(IPythonRenderer):
    """Markdown without what a page would fetch: formulas drawn by the browser, pictures inside, links to handouts."""

    def __init__(self):
        super().__init__(escape=True, embed_images=True, exclude_anchor_links=True, path=str(NOTEBOOKS))

    def block_math(self, body: str) -> str:
        # Of the names for lines below each other the converter knows one.
        lines = re.sub(r"\\\\\[\w+\]", r"\\\\", body).replace("{aligned}", "{align*}")
        return scrolling(convert(lines, display="block"), "Formula")

    def inline_math(self, body: str) -> str:
        return convert(body)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        target = _target(url)
        if not target.endswith(".html") and "://" not in target:
            return text  # a file that stands beside the notebooks, not beside the handouts
        return f'<a href="{html.escape(target)}">{text}</a>'

    def table(self, text: str) -> str:
        return scrolling(f"<table>{text}</table>", "Table")


def _target(url: str) -> str:
    """Between notebooks, a handout leads to a handout."""
    return re.sub(r"^(\d\d_\w+)\.ipynb", r"\1.html", url)


def markdown(text: str) -> str:
    """Markdown as HTML."""
    return MarkdownWithMath(renderer=Offline()).render(text)


def scrolling(inside: str, name: str) -> str:
    """Something that may be wider than a phone: it scrolls by itself, also with the keyboard."""
    return f'<div class="wide" tabindex="0" role="group" aria-label="{html.escape(name)}">{inside}</div>'


def page(title: str, body: str, style: str = "", script: str = "") -> str:
    """A whole page in one file."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<link rel="icon" href="data:,">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n"
        f"<body>\n{body}\n<script>{PRINTING}{script}</script></body>\n</html>\n"
    )


def moves(cell) -> str:
    """The moves that stand beside a panel, as a list; empty for a panel without any."""
    if "lesson.play(" not in cell.source:
        return ""
    texts = [output.data["text/plain"] for output in cell.outputs if set(output.get("data", {})) == {"text/plain"}]
    blocks = (_blocks(text)[-1] for text in texts)
    return "".join(markdown(block) for block in blocks if RUN_ALL not in block)  # a button beside it is no move


def card(kind: str, cell) -> str:
    """What a reader without a kernel has of a control."""
    return f'<div class="card">{_widget(kind, cell)}<p class="live">{LIVE[kind]}</p></div>'


def table(text: str) -> str:
    """The HTML of a table as a page has it."""
    name = re.search(r"<caption[^>]*>(.*?)</caption>", text, flags=re.S)
    text = re.sub(r' style="[^"]*"', "", text)
    text = re.sub(r"<th( [^>]*)?></th>", r"<td\1></td>", text)  # above the index of a data frame stands nothing
    text = re.sub(r'href="([^"]*)"', lambda found: f'href="{_target(found[1])}"', text)
    return scrolling(text, html.unescape(name[1]) if name else "Table")


def _widget(kind: str, cell) -> str:
    text = next((o.data["text/plain"] for o in cell.outputs if set(o.get("data", {})) == {"text/plain"}), "")
    if kind in ("explore", "play"):
        title, listed = panel(cell)
        blocks = _blocks(text)
        said = html.escape(blocks[1]) if kind == "explore" else ""
        return (
            f"<p><strong>{html.escape(title)}.</strong> {said}</p>"
            f"<details><summary>Controls and where they stand</summary>{scrolling(listed, 'Controls')}</details>"
            f"{moves(cell)}"
        )
    return "" if kind in ("interact", "write") else f"<p>{html.escape(to_be_run(text).strip())}</p>"


def to_be_run(text: str, instead: str = "") -> str:
    """What a notebook stores of a control, with other words where it asks to run the cells: here there are none."""
    return re.sub(rf"{RUN_ALL}[^.\n]*\.", instead, text)


def _blocks(text: str) -> list[str]:
    """The parts of what a notebook stores of a panel: its name, its sentence, its controls."""
    return text.split("\n\n")


def panel(cell) -> tuple[str, str]:
    """The title of a cell's panel, and its controls as a table."""
    if found := MODEL.search(cell.source):
        function = all_models()[found[1]].function
        return find(function).title, controls(function)
    # A learner's function is in the notebook only, which stores what its panel said.
    name, *_, listed = _blocks(cell.outputs[-1].data["text/plain"])[: 2 if "lesson.play(" in cell.source else 3]
    rows = re.findall(r"^(.+?) {2,}(.+?) {2,}\(P5 to P95: (.+?)\)", listed, flags=re.M)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(part)}</td>" for part in row) + "</tr>" for row in rows)
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Assumption", "Value", "P5 to P95"))
    title = name.removeprefix("Panel: ").partition(". Choose")[0]
    return title, f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def controls(function) -> str:
    """The controls of a panel as a table, each slider drawn where it stands; the band is its P5 to P95."""
    rows = []
    for a in map(at_start, inputs(function).values()):
        at = [100 * a.position(value) / max(a.positions - 1, 1) for value in (a.low, a.value, a.high)]
        slider = (
            '<svg width="120" height="16" viewBox="-6 0 112 16" aria-hidden="true">'
            '<path d="M0 8H100" stroke="#8d8d8d" stroke-width="2"/>'
            f'<path d="M{at[0]:.1f} 8H{at[2]:.1f}" stroke="#56b4e9" stroke-width="6"/>'
            f'<circle cx="{at[1]:.1f}" cy="8" r="5" fill="#0072b2"/></svg>'
        )
        ends = f"{number(a.low)} to {number(a.high)}" if a.varied else "–"
        rows.append(
            f"<tr><td>{html.escape(a.label)}</td><td>{'' if a.words else slider}</td>"
            f"<td>{html.escape(a.told(a.value))}</td><td>{ends}</td></tr>"
        )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Assumption", "Slider", "Value", "P5 to P95"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def prompts(lesson: nbformat.NotebookNode) -> list[str]:
    """The three questions of a lesson's discussion."""
    text = next(cell.source for cell in lesson.cells if cell.source.startswith("## Discuss"))
    return numbered(section(text, "Discuss"))


def is_slide(cell) -> bool:
    """Whether a notebook marks a cell for a slide."""
    return cell.metadata.get("slideshow", {}).get("slide_type") == "slide"


def shown(folder: Path) -> str:
    """A folder as it is told: from the root of the course, where it lies in it."""
    folder, root = folder.resolve(), NOTEBOOKS.parent
    return str(folder.relative_to(root) if folder.is_relative_to(root) else folder)


def write(folder: Path, name: str, text: str) -> Path:
    """Write one page; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def options(about: str) -> argparse.ArgumentParser:
    """The command line of a module with this docstring: which lessons, and where to write them."""
    parser = argparse.ArgumentParser(description=about.split("\n")[0])
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to write; else a folder of its own in build/")
    parser.add_argument("lessons", nargs="*", metavar="NN", help="numbers of lessons; all if none is given")
    of_class.add_option(parser)
    return parser


def make(numbers: list[str], folder: Path, one: Callable[[dict], str]) -> int:
    """Write one page for each of these lessons and say where they are; the exit code."""
    try:
        rows = chosen(numbers)
    except CourseError as error:
        print(error)
        return 1
    for row in rows:
        write(folder, f"{row['notebook']}.html", one(row))
    print(f"{len(rows)} pages written; open or print them from {shown(folder)}")
    return 0
