"""All texts that people read: their words are explained, and their form serves everybody.

How they read is a report, not a test: ``tests/tools/readability.py``.

Each check reads the files of a root folder and returns its findings as sentences; each is then run on a planted fault.
"""

import ast
import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import glossary
import nbformat
import pytest
from bs4 import BeautifulSoup
from marked_up import of_kind, parse, seen
from tree import ROOT, texts

GLOSSARY = f"notebooks/{glossary.PAGE}"
CHART = "application/vnd.vegalite.v5+json"

# Written out, these would be harder to read: places, currencies, sizes and forms of files, licences.
EVERYDAY = {
    "A4",
    "BSD",
    "BY",
    "CC",
    "CSV",
    "ECTS",
    "EU",
    "EUR",
    "GIFT",
    "HTML",
    "IT",
    "MB",
    "PDF",
    "QTI",
    "SA",
    "TOML",
    "US",
    "USD",
    "XML",
}
# Machines, chips, models and firms are called so; what they are stands in the text or in a table of data/.
NAMES = {
    "ARCHER2",
    "ASML",
    "AT",  # AT&T
    "BITV",  # as a law is called, and the next two as standards are; pages of the university kit say what they are
    "EN",
    "LTI",
    "DAEDALUS",
    "IONOS",
    "BLOOM",
    "JARVIS",
    "JUPITER",
    "JUWELS",
    "KAIROS",
    "KISTI",
    "LUMI",
    "NVIDIA",
    "OPT",
    "RSC",
    "STACKIT",
    "A100",
    "B200",
    "GH200",
    "H100",
    "H200",
    "HPC6",
    "V3",
}
FILES = {"CHANGELOG", "CITATION", "CONTRIBUTING", "LICENSE", "README"}
SHORT = re.compile(r"(?<!\w)[A-Z][A-Z0-9]+(?=s?(?!\w))")
NUMBERED = re.compile(r"C\d\d|T\d")  # claims, and tasks as in 21.T1
# Columns of data/ that learners read as they stand.
SHOWN = ("label", "question", "statement", "why", "meaning", "description", "case", "found", "reading", "because")
# Modules that hold exercises, and sentences beside charts.
SPOKEN = (
    "notebooks/sovereign_compute/lessons/",
    "notebooks/sovereign_compute/display/views/",
    "notebooks/sovereign_compute/controls/",
)
# The list of documents there holds titles that others have written.
OTHERS = {"data/facts_by_age.md"}
EMPTY_WORDS = {"", "here", "click here", "link", "this", "this link", "more", "read more", "page"}

# Reading ------------------------------------------------------------------------------------------------------------


@cache  # a root is looked at once it is as it should be
def _pages(root: Path) -> dict[str, list[dict]]:
    """The tokens of every page in Markdown; the text cells of a notebook are one page."""
    pages = {}
    for name, text in texts(root).items():
        if name.endswith(".md"):
            pages[name] = parse(text)
        elif name.endswith(".ipynb"):
            cells = json.loads(text)["cells"]
            pages[name] = [t for c in cells if c["cell_type"] == "markdown" for t in parse("".join(c["source"]))]
    return pages


def _outputs(root: Path) -> Iterator[tuple[str, dict]]:
    """All stored outputs of notebooks with data, by the notebook's name."""
    for name, text in texts(root).items():
        if name.endswith(".ipynb"):
            for cell in json.loads(text)["cells"]:
                yield from ((name, output["data"]) for output in cell.get("outputs", []) if "data" in output)


def _slug(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


# The checks ---------------------------------------------------------------------------------------------------------


def heading_faults(root: Path) -> list[str]:
    """One title comes first, no level is skipped, and no two headings of a page have one address."""
    faults = []
    for name, page in _pages(root).items():
        headings = list(of_kind(page, "heading"))
        levels = [heading["attrs"]["level"] for heading in headings]
        if levels.count(1) != 1 or levels[0] != 1:
            faults.append(f"{name} needs one title, before all other headings")
        faults += [f"{name}: a heading skips a level" for above, below in pairwise(levels) if below > above + 1]
        counts = Counter(_slug(seen(heading)) for heading in headings)
        faults += [f"{name} has {count} headings {slug!r}" for slug, count in counts.items() if count > 1]
    return faults


def picture_faults(root: Path) -> list[str]:
    """Every picture in a text says in words what it shows."""
    faults = []
    for name, page in _pages(root).items():
        shown = [(seen(image), image["attrs"]["url"]) for image in of_kind(page, "image")]
        for token in of_kind(page, "block_html", "inline_html"):
            found = BeautifulSoup(token["raw"], "html.parser").find_all("img")
            shown += [(image.get("alt", ""), image.get("src")) for image in found]
        faults += [f"{name}: the picture {target} is not told in words" for words, target in shown if not words.strip()]
    return faults


def link_text_faults(root: Path) -> list[str]:
    """A link says where it leads, read alone; no address stands bare in a text."""
    faults = []
    for name, page in _pages(root).items():
        for link in of_kind(page, "link"):
            words = "".join(token.get("raw", "") for token in of_kind([link], "text", "codespan"))
            picture = any(seen(image) for image in of_kind([link], "image"))
            if (words.strip(" .").lower() in EMPTY_WORDS and not picture) or "://" in words:
                faults.append(f"{name}: the link {words!r} does not say where it leads")
        bare = [token["raw"] for token in of_kind(page, "text") if re.search(r"https?://|www\.", token["raw"])]
        faults += [f"{name} shows an address: {raw.strip()}" for raw in bare]
    return faults


def table_faults(root: Path) -> list[str]:
    """Every table has a row of headings, each with words; in outputs each says for which cells it is."""
    faults = []
    for name, page in _pages(root).items():
        for table in of_kind(page, "table"):
            heads = list(of_kind(next(of_kind([table], "table_head"))["children"], "table_cell"))
            if not all(seen(head).strip() for head in heads):
                faults.append(f"{name}: a table has a column without a heading")
        loose = [token for token in of_kind(page, "paragraph") if seen(token).lstrip().startswith("|")]
        faults += [f"{name}: a table has no row of headings" for _ in loose]
    for name, shown in _outputs(root):
        for table in BeautifulSoup("".join(shown.get("text/html", "")), "html.parser").find_all("table"):
            if "dataframe" in table.get("class", []):
                continue  # as pandas shows a learner's own everywhere
            heads = table.find_all("th")
            if not heads or not all(head.get("scope") in ("col", "row") for head in heads):
                faults.append(f"{name}: a table in an output has headings without scope")
            if not (table.find("caption") or table.get("aria-label")):
                faults.append(f"{name}: a table in an output has neither a caption nor, in a fold, a name")
    return faults


def _told(spec) -> Iterator[str]:
    """Titles, labels and descriptions of a chart."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key in ("title", "subtitle", "text", "description") and isinstance(value, str):
                yield value
            elif key != "datasets":
                yield from _told(value)
    elif isinstance(spec, list):
        for part in spec:
            yield from _told(part)


def _read(root: Path) -> Iterator[tuple[str, str]]:
    """Where a short form must be explained: texts, charts, exercises, and columns of data/ that are shown."""
    for name, page in _pages(root).items():
        if name not in OTHERS:
            yield from ((name, seen(token)) for token in page)
    for name, shown in _outputs(root):
        yield from ((f"a chart in {name}", words) for words in _told(shown.get(CHART)))
    for name, text in texts(root).items():
        if name.startswith(SPOKEN) and name.endswith(".py"):
            yield from ((name, words) for words in _sentences(text))
    for path in sorted((root / "data").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield from ((f"data/{path.name}", row[column]) for column in SHOWN if row.get(column))


def _sentences(code: str) -> Iterator[str]:
    """The texts of a module that have more than one word, without its docstrings."""
    tree = ast.parse(code)
    about = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in about:
            yield from [node.value] if " " in node.value else []


def _explained(root: Path) -> set[str]:
    words = glossary.entries((root / GLOSSARY).read_text(encoding="utf-8"))
    spelt = {spelling for entry in words for spelling in (entry.heading, *entry.also)}
    return {short for spelling in spelt for short in SHORT.findall(spelling)}


def short_form_faults(root: Path) -> list[str]:
    """Every word in capitals is in the glossary, a name, or known from everyday life."""
    known = _explained(root) | EVERYDAY | NAMES | FILES
    faults = {
        f"{name}: {short} is not in {GLOSSARY}"
        for name, text in _read(root)
        for short in SHORT.findall(text)
        if short not in known and not NUMBERED.fullmatch(short)
    }
    return sorted(faults)


def glossary_faults(root: Path) -> list[str]:
    """The glossary: in order, every entry with an address of its own, short, and leading to a lesson."""
    words, faults = glossary.entries((root / GLOSSARY).read_text(encoding="utf-8")), []
    order = [re.sub(r"[^a-z0-9 ]", "", word.heading.lower().replace("–", " ")) for word in words]
    faults += [f"{after!r} stands after {before!r}" for before, after in pairwise(order) if after < before]
    spelt = Counter(spelling.lower() for word in words for spelling in {word.heading, *word.also})
    faults += [f"{spelling!r} stands in two entries" for spelling, count in spelt.items() if count > 1]
    for word in words:
        meaning, _, lesson = word.meaning.partition(" See [lesson ")
        if not re.fullmatch(r"(\d\d)\]\(\1_\w+\.ipynb\)\.", lesson):
            faults.append(f"{word.heading!r} names no lesson")
        if not 1 <= len(re.findall(r"[.!?](?=\s|$)", meaning)) <= 2:
            faults.append(f"{word.heading!r} takes more than two sentences")
        if word.anchor != re.sub(r"[^a-z0-9]+", "-", word.heading.lower().replace("'", "")).strip("-"):
            faults.append(f"{word.heading!r} has the address {word.anchor!r}")
    return faults


def glossary_link_faults(root: Path) -> list[str]:
    """Every notebook links the words of the glossary where it uses them first."""
    words = glossary.entries((root / GLOSSARY).read_text(encoding="utf-8"))
    return [
        f"{path.name}: run tests/tools/glossary.py"
        for path in sorted((root / "notebooks").glob("*.ipynb"))
        if glossary.filled(path, words) != path.read_text(encoding="utf-8")
    ]


CHECKS = (
    heading_faults,
    picture_faults,
    link_text_faults,
    table_faults,
    short_form_faults,
    glossary_faults,
    glossary_link_faults,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_texts_are_in_order(check):
    assert check(ROOT) == []


def test_the_lists_hold_nothing_that_is_not_used():
    used = {short for _, text in _read(ROOT) for short in SHORT.findall(text)}
    assert sorted((EVERYDAY | NAMES | FILES) - used) == []


# Each check turns red ------------------------------------------------------------------------------------------------

ENTRY = '## <a id="gpu"></a>GPU\n\n*Also: graphics chip.*\n\nA chip. It is fast. See [lesson 11](11_x.ipynb).\n'


def write(name: str, text: str):
    """A fault: a file with this text."""

    def plant(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8", newline="\n")

    return plant


def notebook(text: str, outputs: dict | None = None):
    """A fault: a notebook with this text, and with a cell that shows something."""
    cells = [nbformat.v4.new_markdown_cell(text, id="a")]
    if outputs:
        shown = [nbformat.v4.new_output("display_data", data=outputs)]
        cells.append(nbformat.v4.new_code_cell("show()", id="b", execution_count=1, outputs=shown))
    return write("notebooks/11_x.ipynb", nbformat.writes(nbformat.v4.new_notebook(cells=cells)) + "\n")


def entry(old: str, new: str):
    """A fault: the glossary with something else in its entry."""
    assert old in ENTRY
    return write(GLOSSARY, f"# Glossary\n\n{ENTRY.replace(old, new)}")


def html(table: str):
    return notebook("# What?", {"text/html": f"<table><caption>Costs</caption>{table}</table>"})


@pytest.fixture
def small(tmp_path):
    """Texts in which every check finds nothing."""
    write(GLOSSARY, f"# Glossary\n\n{ENTRY}")(tmp_path)
    write("README.md", "# Course\n\n[Words](notebooks/glossary.md)\n\n| GPU | EUR |\n| --- | --- |\n| a | 1 |\n")(
        tmp_path
    )
    write("data/claims.csv", "id,statement\nC01,A GPU is fast.\n")(tmp_path)
    write(
        f"{SPOKEN[0]}l11/exercises.py",
        '"""XQZ stands where nobody learns."""\n\nQUESTION = "Which GPU is it?"\n',
    )(tmp_path)
    text = "# Which GPU?\n\nOne [GPU](glossary.md#gpu) of many GPUs. ![A bar](a.png)"
    notebook(text, {"text/html": '<table><caption>Costs</caption><th scope="col">EUR</th></table>'})(tmp_path)
    return tmp_path


PLANTS = {
    "two titles": (heading_faults, write("notes.md", "# One\n\n# Two\n")),
    "no title": (heading_faults, write("notes.md", "Only words.\n")),
    "title that comes late": (heading_faults, notebook("## First\n\n# Second?")),
    "skipped level": (heading_faults, notebook("# What?\n\n### Deep")),
    "two headings of one address": (heading_faults, write("notes.md", "# One\n\n## Next\n\n## Next!\n")),
    "picture without words": (picture_faults, write("notes.md", "# N\n\n![](chart.png)\n")),
    "picture in a notebook without words": (picture_faults, notebook("# What?\n\n![ ](chart.png)")),
    "picture as a tag without words": (picture_faults, write("notes.md", '# N\n\n<img src="chart.png">\n')),
    "link without words": (link_text_faults, notebook("# What?\n\nRead [here](00_start_here.ipynb).")),
    "link that shows its address": (link_text_faults, write("notes.md", "# N\n\n<https://example.org>\n")),
    "bare address": (link_text_faults, write("notes.md", "# N\n\nSee https://example.org for more.\n")),
    "table without a row of headings": (table_faults, write("notes.md", "# N\n\n| a | b |\n| c | d |\n")),
    "column without a heading": (table_faults, notebook("# What?\n\n| a | |\n| --- | --- |\n| c | d |")),
    "output table without headings": (table_faults, html("<tr><td>1</td></tr>")),
    "output table without scope": (table_faults, html("<tr><th>EUR</th></tr>")),
    "output table without a caption": (
        table_faults,
        notebook("# What?", {"text/html": '<table><th scope="col">EUR</th></table>'}),
    ),
    "short form in a text": (short_form_faults, notebook("# What?\n\nThe XQZ is low.")),
    "short form in a table of a text": (short_form_faults, write("notes.md", "# N\n\n| XQZ |\n| --- |\n| 1 |\n")),
    "short form in the plural": (short_form_faults, write("notes.md", "# N\n\nMany XQZs.\n")),
    "short form in a chart": (short_form_faults, notebook("# What?", {CHART: {"mark": {"title": "Cost (XQZ)"}}})),
    "short form in a label": (short_form_faults, write("data/assumptions.csv", "id,label\na,Mean XQZ\n")),
    "short form in an exercise": (
        short_form_faults,
        write(f"{SPOKEN[0]}l11/exercises.py", 'QUESTION = "Which XQZ?"\n'),
    ),
    "short form taken out of the glossary": (short_form_faults, entry("GPU", "Chip")),
    "entry out of order": (glossary_faults, entry("", ENTRY.replace("GPU", "Zeta").replace("gpu", "zeta"))),
    "spelling of two entries": (glossary_faults, entry("graphics chip", "graphics chip, gpu")),
    "entry without a lesson": (glossary_faults, entry(" See [lesson 11](11_x.ipynb).", "")),
    "long entry": (glossary_faults, entry("It is fast.", "It is fast. It is hot.")),
    "entry at another address": (glossary_faults, entry('id="gpu"', 'id="chip"')),
    "first use without a link": (glossary_link_faults, notebook("# Which GPU?\n\nOne GPU.")),
    "second use with a link": (
        glossary_link_faults,
        notebook("# Which GPU?\n\nOne [GPU](glossary.md#gpu), two [GPUs](glossary.md#gpu)."),
    ),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_small_course_is_in_order(check, small):
    assert check(small) == []


@pytest.mark.parametrize(("check", "plant"), PLANTS.values(), ids=PLANTS)
def test_a_fault_is_found(check, plant, small):
    plant(small)
    assert check(small) != []


# The links to the glossary -------------------------------------------------------------------------------------------

WORDS = glossary.entries(f"# Glossary\n\n{ENTRY}")
LINK = "[GPU](glossary.md#gpu)"


@pytest.mark.parametrize(
    ("text", "after"),
    {
        "A GPU.": f"A {LINK}.",
        f"A GPU, and a {LINK}.": f"A {LINK}, and a GPU.",
        "Graphics chips": "[Graphics chips](glossary.md#gpu)",
        "## GPU\n\nA GPU": f"## GPU\n\nA {LINK}",
        "`GPU` or $GPU$ or GPU": f"`GPU` or $GPU$ or {LINK}",
        "$$GPU$$\n\nGPU": f"$$GPU$$\n\n{LINK}",
        "[A GPU](a.md), a GPU": f"[A GPU](a.md), a {LINK}",
        "**GPU** *On a GPU* *GPU*": f"**GPU** *On a GPU* *{LINK}*",
        "| GPU |\n| --- |\n| GPU |": f"| GPU |\n| --- |\n| {LINK} |",
        "GPU-hours, HGPU, gpu": "GPU-hours, HGPU, gpu",
    }.items(),
)
def test_what_is_linked(text, after):
    assert glossary.linked([text], WORDS) == [after]
    assert glossary.linked([after], WORDS) == [after]


def test_a_word_is_linked_once_in_a_notebook():
    assert glossary.linked(["No word.", "A GPU.", "A GPU."], WORDS) == ["No word.", f"A {LINK}.", "A GPU."]
