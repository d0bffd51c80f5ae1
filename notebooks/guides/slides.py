"""Make slides from the cells that a notebook marks for them.

``uv run --frozen python notebooks/guides/slides.py [NN ...]`` writes one page per lesson to ``build/slides/``; it opens
offline. Arrow keys, space or scrolling go on; *Notes* under a slide holds what the speaker says, such as the moves of
the panel; printing gives one sheet per slide. A lesson has four: the question, the panel, the figure and the prompts.
"""

import html
import re
import sys

import pages

CONTROLS, ROWS = 6, 2  # of a panel, of a long table: what fits on a slide
STYLE = """
:root { scroll-snap-type: y mandatory; font-size: clamp(0.9rem, 0.5rem + 1.1vw, 1.7rem); }
body { max-width: none; padding: 0; }
/* Where more stands on a slide than fits, the script makes its text and its picture smaller together. */
section { font-size: calc(1rem * var(--fit, 1)); min-height: 100vh; box-sizing: border-box; padding: 3vh 6vw;
  scroll-snap-align: start; display: flex; flex-direction: column; justify-content: center; }
h1 { font-size: 2.6em; margin-top: auto; } h2 { font-size: 1.8em; margin: 0 0 0.5em; }
table, .live { font-size: 0.9em; }
figure { margin: 0.5em 0; }
.wide img, img { max-width: 100%; width: auto; max-height: calc(62vh * var(--fit, 1)); margin: auto; }
.panel { display: grid; grid-template-columns: repeat(auto-fit, minmax(20em, 1fr)); gap: 2em; align-items: center; }
ol li { margin-bottom: 1.2em; }
section:not(:first-of-type) > ol { font-size: 1.4em; }
.place { color: #595959; font-size: 0.8em; margin-top: auto; }
.notes { font-size: 0.9em; }
@page { size: A4 landscape; margin: 10mm; }
@media print {
  :root { font-size: 13pt; } .notes { display: none; }
  section { --fit: 1 !important; min-height: 0; padding: 0; break-after: page; }
}
"""
SCRIPT = """
const slides = [...document.querySelectorAll("section")];
const SMALLEST = 50; // percent of the intended size
function fit() {
  for (const slide of slides) {
    const set = (percent) => slide.style.setProperty("--fit", percent / 100);
    set(100);
    const over = () => slide.getBoundingClientRect().height > innerHeight + 0.5;
    for (let part = 100; part > SMALLEST && over(); set(part)) part -= 2;
  }
}
addEventListener("resize", fit);
addEventListener("load", fit);
const steps = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };
addEventListener("keydown", (event) => {
  // Within a table, a link or the notes the keys keep their own meaning.
  if (!steps[event.key] || event.target.closest("summary, a, [tabindex]")) return;
  event.preventDefault();
  const now = slides.findIndex((slide) => slide.getBoundingClientRect().bottom > innerHeight / 2);
  slides[Math.min(Math.max(now + steps[event.key], 0), slides.length - 1)].scrollIntoView();
});
"""


def kind(cell) -> str:
    """Which part a cell has in the slides: slide (begins one), - (goes on), notes or skip."""
    return cell.metadata.get("slideshow", {}).get("slide_type", "skip")


def panel(cell, lesson) -> str:
    """A picture of the panel as it opens: its first controls, and the chart beside them."""
    title, controls = pages.panel(cell, CONTROLS)
    figure = f"sc.figure(lesson.{found[1]})" if (found := pages.MODEL.search(cell.source)) else cell.source
    drawn = [c for c in lesson.cells if figure in c.source]
    chart = pages.picture(drawn[0], wide=False) if drawn else ""
    return f'<h2>{html.escape(title)}</h2><div class="panel"><div>{controls}</div>{chart}</div>'


def heading(cell, lesson) -> str:
    """The heading under which a figure stands, for a slide that begins with it."""
    before = [c.source for c in lesson.cells[: lesson.cells.index(cell)] if c.cell_type == "markdown"]
    return html.escape(re.findall(r"^#+ (.+)$", "\n".join(before), flags=re.M)[-1])


def shown(cell, lesson) -> str:
    """One cell as it stands on a slide."""
    if cell.source.startswith("## Discuss"):
        items = "".join(f"<li>{pages.markdown(text)}</li>" for text in pages.prompts(lesson))
        return f"<h2>Discuss</h2><ol>{items}</ol>"
    if cell.source.startswith(("sc.explore(", "lesson.play(")):
        return panel(cell, lesson)
    if picture := pages.kept_picture(cell.source):
        title = re.search(r"^## (.+)$", cell.source, flags=re.M)[1]
        return f"<h2>{html.escape(title)}</h2>{picture}"
    body = pages.first_picture(cell) or pages.cell_html(cell, ROWS)
    return body if cell.cell_type == "markdown" or kind(cell) == "-" else f"<h2>{heading(cell, lesson)}</h2>{body}"


def slides(row: dict) -> str:
    """All slides of a lesson as one page."""
    lesson = pages.notebook(row)
    found: list[dict[str, list[str]]] = []
    for cell in lesson.cells:
        if kind(cell) == "slide":
            found.append({"body": [], "notes": []})
        if kind(cell) == "notes":
            found[-1]["notes"].append(pages.cell_html(cell))
        elif kind(cell) != "skip":
            found[-1]["body"].append(shown(cell, lesson))
            found[-1]["notes"] += filter(None, [pages.moves(cell)])
    parts = []
    for place, slide in enumerate(found, start=1):
        notes = "".join(slide["notes"])
        notes = f'<details class="notes"><summary>Notes</summary>{notes}</details>' if notes else ""
        where = f'<p class="place">{html.escape(row["question"])} · {place} of {len(found)}</p>'
        parts.append(
            f'<section aria-label="Slide {place} of {len(found)}">{"".join(slide["body"])}{notes}{where}</section>'
        )
    return pages.page(row["question"], "<main>\n" + "\n".join(parts) + "\n</main>", STYLE, SCRIPT)


def main(words: list[str] | None = None) -> int:
    wanted = pages.options(__doc__).parse_args(words)
    pages.of_class.begin(wanted.profile)
    return pages.make(wanted.lessons, wanted.to or pages.BUILD / "slides", slides)


if __name__ == "__main__":
    sys.exit(main())
