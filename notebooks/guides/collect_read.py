"""What one learner handed in: downloads of one's work, notebooks, memos, written work, codes.

It is text from strangers: nothing is executed, unpacked to a disk or followed. Whatever cannot be read is named in one
sentence, and all else counts.
"""

import ast
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import collect_parts
from pages import NOTEBOOKS
from sovereign_compute.controls import guess_lists, memo, my_work, progress, writing
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.controls.written import TITLE
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import guess_codes, scenarios, share_codes
from sovereign_compute.inputs.own_assumptions import OfClass
from sovereign_compute.inputs.scenarios import printable
from sovereign_compute.inputs.wording import listed, sentence

LARGEST = 20_000_000  # bytes of a file; a notebook with its pictures has less
MOST_CODES = 50  # of one learner
LESSON = re.compile(r"(\d\d)_\w+")
LINE = re.compile(r"(\d{4}-\d\d-\d\d)\. Scenario code: (\S+)")
READ = {".zip", ".json", ".ipynb", ".md", ".html", ".htm", ".txt", ".csv"}


@dataclass
class Work:
    """All that one learner handed in; ``problems`` has a sentence for whatever could not be read or does not fit."""

    files: list[str] = field(default_factory=list)
    days: set[str] = field(default_factory=set)
    cases: set[int] = field(default_factory=set)
    exercises: dict[str, dict] = field(default_factory=dict)
    fits: dict[str, bool | None] = field(default_factory=dict)
    guesses: dict[str, dict] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    assumed: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    own_cells: int = 0
    cells_run: int = 0
    problems: list[str] = field(default_factory=list)

    def take(self, name: str, content: bytes) -> None:
        """Read one file, whatever it is."""
        self.files.append(name)
        try:
            self._take(name, content)
        except CourseError as error:
            self.problems.append(f"{printable(name)}: {sentence(str(error))}")

    def _take(self, name: str, content: bytes) -> None:
        ending = name[name.rfind(".") :].lower() if "." in name else ""
        base = re.split(r"[/\\]", name)[-1]
        if ending not in READ:
            raise CourseError(f"a file of this kind is not read; these are: {listed(sorted(READ))}")
        if not content:
            raise CourseError("the file is empty")
        if len(content) > LARGEST:
            raise CourseError(f"the file has {len(content):,} bytes; at most {LARGEST:,} are read")
        if ending == ".zip":
            self._zip(content)
            return
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise CourseError("the file is no text in UTF-8") from None
        if ending == ".ipynb":
            self._notebook(base, text)
        elif ending == ".json":
            self._json(base, text)
        elif ending in (".md", ".html", ".htm"):
            self._written(collect_parts.of_html(text) if ending != ".md" else collect_parts.of_markdown(text), text)
        else:
            self._codes(text, True)

    def _zip(self, content: bytes) -> None:
        """A download of one's work, or several files packed together: each is read by itself."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
                if len(entries) > my_work.MOST_FILES:
                    raise CourseError(f"it holds {len(entries):,} files; at most {my_work.MOST_FILES:,} are read")
                if not entries:
                    raise CourseError("it holds no file")
                for entry in entries:
                    if entry.filename.lower().endswith(".zip"):
                        self.problems.append(f"{printable(entry.filename)}: a zip inside a zip is not read.")
                        continue
                    with archive.open(entry) as file:
                        self.take(entry.filename, file.read(LARGEST + 1))
        except my_work.DAMAGED as error:
            if isinstance(error, CourseError):
                raise
            raise CourseError("it is no zip, or it was damaged on the way") from None

    # The learner's own files -------------------------------------------------------------------------------------

    def _json(self, name: str, text: str) -> None:
        if name.startswith("scenario-"):
            called, scenario = scenarios.named(text, name)
            self._scenario(scenario)
            self.problems += [f"{printable(name)}, {called}: {sentence(why)}" for why in scenario.problems.values()]
            return
        content = my_work.progress_in(text)
        if not any(section in content for section in progress.FIELDS):
            raise CourseError("it is neither progress.json nor a saved scenario")
        unsound = 0
        for section in progress.FIELDS:
            known, others = my_work.known_of(section, content)
            unsound += others
            self.days |= {entry[day] for entry in known.values() for day in ("on", "solved") if day in entry}
            self._section(section, known)
        if unsound:
            entries = "1 entry is" if unsound == 1 else f"{unsound} entries are"
            self.problems.append(
                f"{printable(name)}: {entries} none of this version of the course: an older one, or changed."
            )

    def _section(self, section: str, known: dict[str, dict]) -> None:
        if section == "cases":
            self.cases |= {entry["number"] for entry in known.values()}
        elif section == "predictions":
            self.guesses |= known
        elif section == "texts":
            self.texts |= {id: entry["text"] for id, entry in known.items() if entry.get("text", "").strip()}
        elif section == "exercises":
            self.exercises |= known
            for id, entry in known.items():
                if "solved" in entry:
                    self._judge(id, entry)

    def _judge(self, id: str, entry: dict) -> None:
        """Whether an answer that counted as right is the answer to its case."""
        self.fits[id] = None
        if "given" not in entry:
            return  # a task of Your turn, or a file from before answers were kept
        try:
            exercise = find_exercise(id)
            case = entry.get("case")
            right = exercise.fits(entry["given"], entry.get("unit", ""), case, entry.get("scenario", "")) and (
                not exercise.vary or case is not None
            )
        except CourseError:
            right = False
        self.fits[id] = right
        if not right:
            of = f"case {entry['case']}" if "case" in entry else "its values"
            self.problems.append(f"Exercise {id} is marked as solved, but the answer that was kept does not fit {of}.")

    def _scenario(self, scenario: scenarios.Scenario) -> None:
        self.codes.append(scenario.code())
        own = [a for a in scenario.own.values() if not isinstance(a, OfClass)]  # all have what the class has
        self.assumed += [f"{a.id} = {a.value:g} ({a.low:g} to {a.high:g}); {printable(a.source)}" for a in own]

    # What was written ------------------------------------------------------------------------------------------------

    def _written(self, parts: list[tuple[int, str, str]], text: str) -> None:
        """A memo or *My written work*, by its headings."""
        title = parts[0][1] if parts and parts[0][0] == 1 else ""
        if found := LINE.search(text):
            self.days.add(found[1])
            self._codes(re.sub(r"\\(?=[-_])", "", found[2]), False)
        pieces = {name: piece for piece, name in writing.PIECES.items()}
        piece, taken = "memo" if title == memo.TITLE else "", 0
        for level, heading, body in parts:
            if title == TITLE and level == 2:
                piece = pieces.get(heading, heading)
            wanted = 2 if title == memo.TITLE else 3
            if level != wanted or not body.strip() or body == memo.NONE:
                continue
            known = {f.heading: f.id for f in writing.template(piece)} if piece in writing.PIECES else {}
            if heading in known:
                self.texts.setdefault(known[heading], body)
                taken += 1
            elif (lesson := re.match(r"Lesson (\d\d)", piece)) and title == TITLE:
                self.texts.setdefault(f"{lesson[1]}: {printable(heading)}", body)
                taken += 1
        if not taken and title not in (memo.TITLE, TITLE):
            self._codes(text, True)  # a text of one's own, as a platform keeps what was typed into it

    def _codes(self, text: str, alone: bool) -> None:
        """Scenario codes and guess codes out of a text; ``alone`` if the file should hold nothing else."""
        found = 0
        starts = [start.start() for start in share_codes.START.finditer(text)][:MOST_CODES]
        for begin, end in pairwise([*starts, len(text)]):
            try:
                self.codes.append(scenarios.read(text[begin : min(end, begin + share_codes.LONGEST)])[0].code())
                found += 1
            except CourseError as error:
                self.problems.append(sentence(str(error)))
        if guess_codes.GUESSES.start.search(text):
            people, problems = guess_lists.read_guesses(text[: guess_lists.LONGEST])
            found += len(people)
            self.problems += problems
            for guesses in people[:MOST_CODES]:
                self.guesses |= guesses
        if alone and not found and not starts:
            raise CourseError("nothing in it is a code, a memo or written work of this course")

    # Notebooks -------------------------------------------------------------------------------------------------------

    def _notebook(self, name: str, text: str) -> None:
        """Cells of one's own and assumptions of one's own; what widgets hold is not in a notebook."""
        try:
            cells = json.loads(text)["cells"]
            sources = [_source(cell) for cell in cells if cell["cell_type"] == "code"]
        except (ValueError, RecursionError, KeyError, TypeError):
            raise CourseError("it is no notebook, or it is damaged") from None
        known = _of_the_course(found[0]) if (found := LESSON.match(name)) else frozenset()
        own = [source for source in sources if source.strip() and source not in known]
        self.own_cells += len(own)
        self.cells_run += sum(bool(cell.get("execution_count")) for cell in cells if cell["cell_type"] == "code")
        for source in own:
            self.assumed += _assumed(source)
            self._codes(source, False)


@cache
def _of_the_course(name: str) -> frozenset[str]:
    path = next(NOTEBOOKS.glob(f"{name[:2]}_*.ipynb"), None)
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"] if path else []
    return frozenset(_source(cell) for cell in cells if cell["cell_type"] == "code")


def _source(cell: dict) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(map(str, source))


def _assumed(source: str) -> list[str]:
    """Calls of ``sc.assume`` with plain values in a cell: read as a text, never run."""
    try:
        tree = ast.parse(re.sub(r"^[%!].*$", "", source, flags=re.M))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "assume":
            given = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            named = {k.arg: k.value.value for k in node.keywords if k.arg and isinstance(k.value, ast.Constant)}
            if given:
                ends = f" ({named['low']} to {named['high']})" if {"low", "high"} <= named.keys() else ""
                value = f" = {given[1]}" if len(given) > 1 else ""
                found.append(f"{printable(given[0])}{value}{ends}; {printable(named.get('source', 'no source'))}")
    return found
