"""The notebooks as files: their grammar, and what they may hold.

That regenerating them changes nothing is asked where nbval runs them, in conftest.py at the root; the way by which the
tool itself runs one is tried here.

Pictures are not compared: what is asked of one is that it belongs to its chart, has the chart's size and is not blank.
"""

import base64
import json
import re
from pathlib import Path

import nbformat
import pytest
import teaching
from PIL import Image, ImageFont
from sovereign_compute.display import charts, drawing
from sovereign_compute.inputs import data
from sovereign_compute.surroundings import of_lesson
from tools import notebooks as tool
from tools.notebooks import running
from tree import MACHINE_PATH, ROOT

PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in PATHS]
LESSONS = [path for path in PATHS if path.stem[:2].isdigit()]
"""All but the facilitator's dashboard, which is no lesson."""
PARTS = (
    "Your guess",
    "Try it",
    "What we found",
    "Why",
    "What this",
    "Exercises",
    "Discuss",
    "Next",
)
"""Headings every lesson has, in this order; each may go on in its own words."""
OWN = "51"
"""The lesson whose code is a learner's own: longer cells, and a chart that it draws itself."""
LONGEST_CELL, LONGEST_OWN_CELL = 8, 28
MOST_CELLS = 32
WORDS_BEFORE = 250
"""Words before the first thing to move: a learner should be able to play on the second screen."""
OPEN_CHARTS, OPEN_ROWS = 5, 12
"""Most charts, and most rows of tables, that are open in a lesson: more would make it too long to read on a screen."""
PLAYS = re.compile(r"\b(?:lesson\.play|sc\.explore|sc\.slider|lesson\.fact_check|lesson\.founder_game)\(|interact")
GUESSES, REVEALS = "lesson.predictions(", "lesson.reveal("
LONG = re.compile(r"(?<![\w.])-?(?=[\d.]*\.)(?:[0.]*)[1-9](?:\.?\d){10,}|\de-1[3-9]\b")
"""A number of more than ten digits, or one that is zero but for rounding."""


def complaints(notebook: dict, name: str) -> list[str]:
    """What is wrong with a notebook's text, code or outputs; empty if nothing is."""
    cells, found = notebook["cells"], []
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    headings = re.findall(r"^(#+) (.+)$", "\n".join(texts), flags=re.M)
    levels = [len(marks) for marks, _ in headings]
    if levels.count(1) != 1 or levels[0] != 1 or not headings[0][1].endswith("?"):
        found.append("it needs one title, a question, before all other headings")
    if name[:2].isdigit() and not name.startswith("00"):
        wanted = iter([title for _, title in headings])
        missing = [part for part in PARTS if not any(title.startswith(part) for title in wanted)]
        found += [f"the section {part!r} is missing or out of order" for part in missing]
    if len(cells) > MOST_CELLS:
        found.append(f"{len(cells)} cells are too many for one lesson: {MOST_CELLS} are the most")
    if name[:2].isdigit() and name[:2] not in ("00", OWN):
        found += first_control_faults(cells) + length_faults(cells)
    for cell in code:
        source = "".join(cell["source"])
        if len(source.splitlines()) > (LONGEST_OWN_CELL if name.startswith(OWN) else LONGEST_CELL):
            found.append(f"code that long belongs in the package: {source[:40]!r}")
        if source.rstrip().endswith(";"):
            found.append("a trailing semicolon hides nothing here")
        if cell["execution_count"] is None:
            found.append(f"a cell was never run: {source[:40]!r}; run tests/tools/notebooks.py {name}")
        if any(output["output_type"] == "error" for output in cell["outputs"]):
            found.append(f"a cell ended in an error: {source[:40]!r}")
    if "widgets" in notebook["metadata"]:
        found.append("widget state is stored")
    if any(running.WIDGET in output.get("data", {}) for cell in code for output in cell["outputs"]):
        found.append("a dead widget is stored")
    everything = json.dumps(notebook, ensure_ascii=False)
    if path := MACHINE_PATH.search(everything):
        found.append(f"a path of the machine is stored: {path[0]}")
    for cell in code:
        for output in cell["outputs"]:
            if tool.CHART in output.get("data", {}):
                found += picture_faults(output["data"])
            if long := LONG.search(json.dumps(output.get("data", {}).get(tool.CHART))):
                found.append(f"digits that differ between machines are stored: {long[0]}")
    return found


def first_control_faults(cells: list[dict]) -> list[str]:
    """What stands between a learner and the first thing to move, and a guess that comes after it or never back."""
    sources = ["".join(cell["source"]) if cell["cell_type"] == "code" else "" for cell in cells]
    place = {
        what: next((n for n, source in enumerate(sources) if re.search(pattern, source)), None)
        for what, pattern in (("play", PLAYS), ("guess", re.escape(GUESSES)), ("reveal", re.escape(REVEALS)))
    }
    if place["play"] is None:
        return ["there is nothing to move"]
    found = []
    before = [cell for cell in cells[: place["play"]] if cell["cell_type"] == "markdown"]
    if (count := sum(teaching.words("".join(cell["source"])) for cell in before)) > WORDS_BEFORE:
        found.append(f"{count} words stand before the first control: {WORDS_BEFORE} are the most")
    if place["guess"] is not None and not place["guess"] < place["play"]:
        found.append("the guess comes after the first control")
    if place["guess"] is not None and (place["reveal"] or 0) < place["play"]:
        found.append("the guess does not come back after the first control")
    return found


def length_faults(cells: list[dict]) -> list[str]:
    """Charts and rows of tables that are open when the notebook is, beyond the most that a lesson may have."""
    charts = rows = closed = 0
    for cell in cells:
        if cell["cell_type"] == "markdown" and (heading := re.match(r"(#+) ", "".join(cell["source"]))):
            level = len(heading[1])
            if cell["metadata"].get(tool.CLOSED) and not 0 < closed < level:
                closed = level
            elif level <= closed:
                closed = 0
        for output in cell.get("outputs", []) if not closed else ():
            shown = re.sub(
                r"<details.*?</details>", "", "".join(output.get("data", {}).get("text/html", "")), flags=re.S
            )
            charts += tool.CHART in output.get("data", {})
            rows += shown.count("<tr>") - shown.count("<thead>")
    counted = ((charts, OPEN_CHARTS, "charts"), (rows, OPEN_ROWS, "rows of tables"))
    return [f"{many} {what} are open: {most} are the most" for many, most, what in counted if many > most]


def picture_faults(data: dict) -> list[str]:
    """What is wrong with the picture of a chart, for readers that draw no charts."""
    if "image/png" not in data:
        return ["a chart has no picture for readers that draw no charts"]
    picture, spec, found = tool.opened("".join(data["image/png"])), data[tool.CHART], []
    title = spec.get("title")
    if picture.info.get(tool.BELONGS) != tool.key(spec):
        found.append(f"the picture belongs to another state of the chart {title!r}: regenerate the notebook")
    drawn = re.search(r'<svg[^>]* width="([\d.]+)" height="([\d.]+)"', drawing.svg(spec))
    if any(
        abs(float(length) * tool.SCALE - side) > 2 for length, side in zip(drawn.groups(), picture.size, strict=True)
    ):
        found.append(
            f"the picture of the chart {title!r} is {picture.size} pixels large, not {drawn.groups()} times 1.5"
        )
    if len(picture.convert("RGB").getcolors(maxcolors=tool.COLOURS)) < 3:
        found.append(f"the picture of the chart {title!r} is blank")
    return found


def load(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PATHS, ids=NAMES)
def test_a_notebook_keeps_the_grammar(path):
    assert complaints(load(path), path.stem) == []


def test_the_tool_runs_a_notebook_as_nbval_does():
    """This one has outputs of all kinds: text that is printed, results, displays, widgets and charts."""
    path = PATHS[0]
    stored, now = (tool.without_pictures(text) for text in (path.read_text(encoding="utf-8"), tool.regenerated(path)))
    assert now == stored, f"run tests/tools/notebooks.py {path.name} and read the difference"
    cells = [cell for cell in json.loads(stored)["cells"] if cell["cell_type"] == "code"]
    kinds = {output["output_type"] for cell in cells for output in cell["outputs"]}
    shown = set().union(*(output.get("data", {}) for cell in cells for output in cell["outputs"]))
    assert kinds == {"stream", "execute_result", "display_data"} and {tool.CHART, "text/html"} <= shown


def test_every_notebook_is_a_lesson_of_the_course():
    known = {row["notebook"]: row["question"] for row in data.records("lessons")}
    titles = {path.stem: "".join(load(path)["cells"][0]["source"]) for path in LESSONS}
    wanted = {name: f"# {question}" for name, question in known.items()}
    assert titles == wanted, "each notebook has its row in data/lessons.csv, with its title as the question"


def test_a_lesson_checks_at_least_four_exercises_and_tests_its_claims():
    claimed = {row["notebook"] for row in data.records("claims")}
    for path in LESSONS[1:]:
        code = "\n".join("".join(cell["source"]) for cell in load(path)["cells"] if cell["cell_type"] == "code")
        assert "lesson.exercises()" in code
        assert len(of_lesson(path.stem[:2], "exercises").EXERCISES) >= 4
        assert ("lesson.verdicts()" in code) == (path.stem in claimed)


def slides(notebook: dict) -> dict[str, list[str]]:
    """The cells of a notebook by their place in the slides, each with its first line."""
    found: dict[str, list[str]] = {}
    for cell in notebook["cells"]:
        place = cell["metadata"].get("slideshow", {}).get("slide_type", "unmarked")
        found.setdefault(place, []).append("".join(cell["source"]).partition("\n")[0])
    return found


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_a_lesson_has_four_slides(path):
    """The question, the panel, the figure, the prompts; the speaker's notes hold aims and guesses."""
    found = slides(load(path))
    assert set(found) <= {"slide", "-", "notes", "skip"}
    question, panel, figure, prompts = found["slide"]
    assert question.startswith("# ")
    assert PLAYS.match(panel)
    assert re.match(r"display\(lesson\.reveal\(|lesson\.verdict_chart|sc\.figure\(", figure)
    assert prompts == "## Discuss"
    assert found["-"][0].startswith("import sovereign_compute as sc")
    assert any(line.startswith("lesson.predictions(") for line in found["notes"])


def test_a_lesson_without_its_slides_is_found():
    assert slides(planted(lambda n: n["cells"][0].update(metadata={})))["unmarked"]


def planted(change) -> dict:
    notebook = load(ROOT / "notebooks" / "21_what_does_a_gpu_hour_cost.ipynb")
    change(notebook)
    return notebook


def _text(notebook, text):
    notebook["cells"][2]["source"] = [text]


def _output(notebook, output):
    cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    cell["outputs"].append(output)


def _taken(notebook, source: str) -> dict:
    """The code cell with this source, taken out."""
    at = next(n for n, cell in enumerate(notebook["cells"]) if source in "".join(cell["source"]))
    return notebook["cells"].pop(at)


STREAM = {"name": "stdout", "output_type": "stream", "text": ["saved to " + "/".join(("", "home", "anna", "course"))]}
ERROR = {"output_type": "error", "ename": "ValueError", "evalue": "", "traceback": []}
DEAD = {"output_type": "display_data", "metadata": {}, "data": {running.WIDGET: {"model_id": "x"}}}
BARE = {"output_type": "display_data", "metadata": {}, "data": {tool.CHART: {}}}
CHART = {"mark": "bar", "data": {"values": [{"a": 3}]}, "encoding": {"x": {"field": "a", "type": "quantitative"}}}
OTHER = {**CHART, "width": 300, "title": "Another"}


def drawn(spec: dict, picture: str) -> dict:
    """An output with a chart and a picture."""
    return {"output_type": "display_data", "metadata": {}, "data": {tool.CHART: spec, "image/png": picture}}


def blank(spec: dict) -> str:
    """A picture with the size of a chart and the word that it belongs to it, and nothing on it."""
    return tool.stored(Image.new("RGB", tool.opened(tool.picture(spec)).size, "white"), spec)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda n: _text(n, "# Second title?"), "one title"),
        (lambda n: n["cells"].extend(n["cells"]), "too many"),
        (lambda n: n["cells"][2]["source"].append("word " * WORDS_BEFORE), "before the first control"),
        (lambda n: n["cells"].insert(0, _taken(n, "lesson.play")), "guess comes after"),
        (lambda n: _taken(n, "lesson.reveal"), "does not come back"),
        (lambda n: [_output(n, drawn(CHART, tool.picture(CHART))) for _ in range(OPEN_CHARTS)], "charts are open"),
        (lambda n: [cell["metadata"].pop(tool.CLOSED, None) for cell in n["cells"]], "rows of tables are open"),
        (lambda n: n["cells"][1].update(execution_count=None), "never run"),
        (lambda n: n["cells"][1].update(source=["a = 1\n"] * 9), "belongs in the package"),
        (lambda n: n["metadata"].update(widgets={}), "widget state"),
        (lambda n: _output(n, STREAM), "path of the machine"),
        (lambda n: _output(n, ERROR), "ended in an error"),
        (lambda n: _output(n, DEAD), "dead widget"),
        (lambda n: _output(n, BARE), "no picture"),
        (lambda n: _output(n, drawn({**CHART, "x": 0.1 + 0.2}, tool.picture(CHART))), "differ between machines"),
        (lambda n: _output(n, drawn(OTHER, tool.picture(CHART))), "belongs to another state"),
        (lambda n: _output(n, drawn(OTHER, tool.stored(tool.opened(tool.picture(CHART)), OTHER))), "pixels large"),
        (lambda n: _output(n, drawn(CHART, blank(CHART))), "is blank"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_planted_fault_is_found(change, says):
    assert any(says in complaint for complaint in complaints(planted(change), "21_what_does_a_gpu_hour_cost"))


def test_a_stored_notebook_is_cleaned_the_same_way_twice():
    path = ROOT / "notebooks" / "00_start_here.ipynb"
    once = nbformat.read(path, as_version=4)
    tool.clean(once, nbformat.read(path, as_version=4))
    assert nbformat.writes(once).rstrip("\n") + "\n" == path.read_text(encoding="utf-8")


def charts_of(notebook: nbformat.NotebookNode) -> list:
    return [o.data for cell in notebook.cells for o in cell.get("outputs", []) if tool.CHART in o.get("data", {})]


def test_one_changed_chart_gets_one_new_picture():
    """The others keep theirs, in whatever order their specification comes."""
    path = ROOT / "notebooks" / "21_what_does_a_gpu_hour_cost.ipynb"
    before, now = nbformat.read(path, as_version=4), nbformat.read(path, as_version=4)
    first, *others = charts_of(now)
    first[tool.CHART]["title"] = "Another finding"
    for other in others:
        other[tool.CHART] = nbformat.from_dict(json.loads(json.dumps(other[tool.CHART], sort_keys=True)))
    tool.clean(now, before)
    was, kept = charts_of(before), charts_of(now)
    assert tool.opened(kept[0]["image/png"]).info[tool.BELONGS] == tool.key(first[tool.CHART])
    assert kept[0]["image/png"] != was[0]["image/png"]
    assert [other["image/png"] for other in kept[1:]] == [other["image/png"] for other in was[1:]]


def letters(value) -> set[str]:
    """All letters that a chart may show."""
    if isinstance(value, dict):
        return set().union(*map(letters, value.values()))
    if isinstance(value, list):
        return set().union(*map(letters, value))
    return set(value) if isinstance(value, str) else set()


def test_the_font_of_the_charts_comes_with_the_course():
    """What no system has is drawn, with all the letters that charts need; a family that nobody has is not."""
    text = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "fontSize": 30},
        "encoding": {"text": {"value": "Jülich"}},
    }
    inked = {}
    for family in (drawing.FONT, "A family that nobody has"):
        png = drawing.png({**text, "config": {"font": family, "background": "white", "view": {"stroke": None}}}, 1)
        inked[family] = len(tool.opened(base64.b64encode(png).decode()).convert("RGB").getcolors())
    assert inked[drawing.FONT] > 2 and inked["A family that nobody has"] == 1
    assert charts.CONFIG.to_dict()["font"].startswith(drawing.FONT)
    needed = set().union(*(letters(chart[tool.CHART]) for path in PATHS for chart in charts_of(nbformat.read(path, 4))))
    for face in drawing.FACES:
        font, drawn = (ImageFont.truetype(str(file), 30) for file in (face, face.with_suffix(".ttf")))
        assert font.getname() == drawn.getname()
        missing = bytes(font.getmask("\U0001f9ff"))
        for letter in filter(str.strip, needed):
            shape = bytes(font.getmask(letter))
            assert shape != missing and shape == bytes(drawn.getmask(letter)), f"{letter} in {face.name}"
