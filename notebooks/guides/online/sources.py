"""What Sphinx reads: the texts of the course in one folder, with links that hold there, and what is told of each page.

The folder has the order of ``notebooks/``, so the address of a lesson is the name of its file. README.md gives the
first page and one on ways in. The answers for teachers are left out: a class would find them.
"""

import json
import os
import re
import shutil
from pathlib import Path, PurePosixPath

import nbformat
import pages
import scan
from sovereign_compute.browser import page
from sovereign_compute.display import drawing
from sovereign_compute.inputs import data, profile
from sovereign_compute.lessons.course import of_class

from . import live, told
from .cells import other_notebook, site_notebook
from .tables import raw, table_pages

ROOT = pages.NOTEBOOKS.parent
DASHBOARD = "facilitator_dashboard"
FILES = PurePosixPath("files")
"""Where files lie that a page offers as they are."""
FENCE = re.compile(r"^( *)(`{3,}|~{3,}).*?^ *\2", re.M | re.S)
LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<path>[^)#:\s]*)(?P<anchor>#[^)\s]*)?\)")
PARTICIPANTS = "guides/room/participants.md"
"""The page that learners get before they come; a code on it leads to the site."""
OWN = {
    "README.md": "about.md",
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "data/README.md": "data/index.md",
    "data/facts_by_age.md": "data/facts_by_age.md",
}
FIRST = ("The notebooks", "What comes out", "For whom")
"""Sections of README.md that the first page has; all others are on the page *About the course*."""
FOLDERS = {
    "guides": "Guides to the lessons",
    "guides/paths": "Paths",
    "guides/room": "Room kit",
    "guides/university": "University kit",
}
"""Folders of guides without a page that lists them, and how that page is called."""


class Sources:
    """The folder that Sphinx reads, while it is filled."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.told: dict[str, dict] = {}
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "_static").mkdir(parents=True)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")

    def page(self, name: str, text: str, origin: str, **more) -> None:
        """A page of Markdown that was at ``origin`` in the course; ``more`` is what is told of it."""
        self.write(name, self.linked(text, origin, name))
        self.told[name.rpartition(".")[0]] = told.of_page(text, **more)

    def keep(self, there: str) -> str:
        """Copy a file of the course that a page offers as it is; where it lies then."""
        target = FILES / there
        (self.folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / there, self.folder / target)
        return str(target)

    def own(self, name: str, more: str = "") -> None:
        """A text of the course that has a page by another name, with what the page has below it."""
        self.page(OWN[name], f"{(ROOT / name).read_text(encoding='utf-8')}{more}", name)

    def linked(self, text: str, origin: str, name: str) -> str:
        """A text with its links as they are here: to pages, to files that are copied beside them, or none."""

        def led(link: re.Match) -> str:
            if not link["path"]:
                return link[0]
            there = os.path.normpath(f"{PurePosixPath(origin).parent}/{link['path']}").replace(os.sep, "/")
            if left_out(there):
                return f"{link['text']} (not in your class)"
            target = place(there, link["anchor"] or "")
            if target is None:
                if not (ROOT / there).is_file():
                    return link["text"]
                target = self.keep(there)
            way = os.path.relpath(target, PurePosixPath(name).parent).replace(os.sep, "/")
            return f"{link['image']}[{link['text']}]({way}{link['anchor'] or ''})"

        parts, end = [], 0
        for fence in FENCE.finditer(text):
            parts += [LINK.sub(led, text[end : fence.start()]), fence[0]]
            end = fence.end()
        return "".join([*parts, LINK.sub(led, text[end:])])


def place(there: str, anchor: str = "") -> str | None:
    """The page of a file of the course; None if it has none."""
    path = PurePosixPath(there)
    if there == "README.md" and anchor.removeprefix("#") in ("", *map(slug, FIRST)):
        return "index.md"
    if there in OWN:
        return OWN[there]
    if path.suffix == ".csv" and path.parts[0] == "data":
        return str(path.with_suffix(".md"))
    if path.parts[0] == "notebooks" and path.suffix in (".ipynb", ".md") and "answers" not in path.parts:
        return str(path.relative_to("notebooks"))
    return None


def left_out(there: str) -> bool:
    """Whether a file of the course is the notebook or the guide of a lesson that the class does not have."""
    found = re.fullmatch(r"notebooks/(?:guides/)?(\d\d)_\w+\.(?:ipynb|md)", there)
    return bool(found) and not profile.current().has(int(found[1]))


def slug(heading: str) -> str:
    """The address of a heading within its page."""
    return re.sub(r"[^\w-]", "", heading.lower().replace(" ", "-"))


def fill(folder: Path, address: str | None = None) -> None:
    """Write all that Sphinx reads; ``address`` is where the site will be."""
    sources = Sources(folder)
    for row in pages.lessons():
        notebook, _ = site_notebook(row)
        _notebook(sources, row["notebook"], notebook)
        sources.told[row["notebook"]] = told.of_lesson(row, notebook)
    dashboard = other_notebook(DASHBOARD)
    _notebook(sources, DASHBOARD, dashboard)
    sources.told[DASHBOARD] = told.of_page(dashboard.cells[1].source)
    for path in _texts():
        _text(sources, path, address)
    for name, title in FOLDERS.items():
        there = [p for p in sorted((pages.NOTEBOOKS / name).glob("*.md")) if not left_out(f"notebooks/{name}/{p.name}")]
        listed = [p.stem for p in there if re.match(r"\d\d_", p.name) or name != "guides"]
        sources.page(f"{name}/index.md", f"# {title}\n\n{toctree(listed)}", f"notebooks/{name}/index.md")
    _data(sources)
    _first(sources)
    for path in (*sorted((pages.GUIDES / "online").glob("*.[cj]s*")), *drawing.FACES):
        shutil.copy(path, sources.folder / "_static" / path.name)
    sources.write("_static/course.css", page.style())
    sources.write("_static/course.js", page.site_script())
    sources.write("_static/print.js", pages.PRINTING)
    sources.write("told.json", json.dumps(sources.told, ensure_ascii=False))


def _notebook(sources: Sources, name: str, notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = sources.linked(cell.source, f"notebooks/{name}.ipynb", f"{name}.ipynb")
    sources.write(f"{name}.ipynb", nbformat.writes(notebook))


def _texts() -> list[Path]:
    """The texts beside the lessons, but for the answers."""
    found = [path for path in sorted(pages.GUIDES.rglob("*.md")) if "answers" not in path.parts]
    kept = [path for path in found if not left_out(f"notebooks/{path.relative_to(pages.NOTEBOOKS).as_posix()}")]
    return [pages.NOTEBOOKS / "glossary.md", *kept]


def _text(sources: Sources, path: Path, address: str | None) -> None:
    text, name = path.read_text(encoding="utf-8"), str(path.relative_to(pages.NOTEBOOKS).as_posix())
    text = re.sub(r'^(#+ )<a id="([^"]+)"></a>(.+)$', _anchored, text, flags=re.M)
    if name == PARTICIPANTS and address:
        title, rest = text.split("\n", 1)
        text = f"{title}\n\n{raw(scan.code(scan.page(address), 'All lessons, live'))}\n{rest}"
    if name == "guides/projects/overview.md":
        text += f"\n\n{toctree(sorted(p.stem for p in path.parent.glob('*.md') if p != path), hidden=True)}"
    sources.page(name, text, f"notebooks/{name}")


def _anchored(heading: re.Match) -> str:
    """A heading with its anchor before it, as it would be part of its name; Sphinx or MyST makes most by themselves."""
    from docutils.nodes import make_id

    above = "" if heading[2] in (make_id(heading[3]), slug(heading[3])) else f'<a id="{heading[2]}"></a>\n\n'
    return f"{above}{heading[1]}{heading[3]}"


def _data(sources: Sources) -> None:
    tables = table_pages()
    sources.own("data/README.md", f"\n\n{toctree(['facts_by_age', *tables], hidden=True)}")
    sources.own("data/facts_by_age.md")
    for name, text in tables.items():
        about = data.resource(name)
        sources.keep(f"data/{about['path']}")
        sources.page(f"data/{name}.md", text, f"{FILES}/data/{name}.md", table=about)


def _first(sources: Sources) -> None:
    """The first page and the one about the course, from README.md; what people change is Markdown as well."""
    lead, *parts = re.split(r"^(?=## )", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.M)
    first = [part for part in parts if part.splitlines()[0].removeprefix("## ") in FIRST]
    rest = [part for part in parts if part not in first]
    title, said, *_ = lead.split("\n\n")
    place = raw(page.places([live.panel("gpu_hour_cost")])[0])
    whole = [title, *of_class(0), said, place, *first, _trees()]
    sources.page("index.md", "\n\n".join(whole), "README.md", course=True)
    sources.page("about.md", "\n\n".join(["# About the course", *rest]), "README.md")
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        sources.own(name)


def _trees() -> str:
    """The order of the pages, as the menu and *previous* and *next* have it."""
    found: dict[str, list[str]] = {}
    for row in pages.lessons():
        found.setdefault(row["part"], []).append(f"{row['notebook'][:2]}: {row['question']} <{row['notebook']}>")
    found["Teach"] = ["about", *(f"{name}/index" for name in FOLDERS), "guides/projects/overview", "guides/python"]
    found["Teach"] += ["guides/class", "guides/adopting", "guides/hosting", DASHBOARD]
    found["Look up"] = ["glossary", "data/index", "contributing", "changelog"]
    return "\n\n".join(toctree(entries, caption, hidden=True) for caption, entries in found.items())


def toctree(entries: list[str], caption: str = "", hidden: bool = False) -> str:
    """Sphinx's list of pages."""
    options = [f":caption: {caption}"] * bool(caption) + [":hidden:"] * hidden + [":maxdepth: 1"]
    return "\n".join(["```{toctree}", *options, "", *entries, "```"])
