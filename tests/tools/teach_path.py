"""Teach a path through, by the clock, in a room that this machine plays: ``python tests/tools/teach_path.py PATH SITE``.

Goes through the steps of the path's own page. Whoever leads has the slides and the dashboard at the size of a
projector; of the learners four have a screen, three with a page of SITE (a phone and a laptop from the laptop's
server, one from the disk as from a memory stick) and one with a notebook. The others are guess codes. A whole lesson
goes by the timetable of its guide. Prints the minutes that each step has and needs: the machine's are measured, those
of people follow from the speeds of ``tests/teaching.py``.

``--pace 60``, the usual, waits a sixtieth of what people need and of the slack, and accounts for all of it;
``--pace 1`` really waits.
``--until MINUTE`` stops there, ``--pictures FOLDER`` keeps the wall of each step and the screens of the learners.
``--profile FILE`` is for a class; make SITE with the same. The command fails if anything went wrong in the room.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT / "notebooks" / "guides", ROOT / "notebooks", ROOT / "tests"):
    sys.path.insert(0, str(folder))

import classroom
import lab
import pages
import room
import teaching
from deck import path as deck_path
from deck.show import show
from sovereign_compute.inputs import data, profile
from teach import Clock

TALKS = ("first", "opening", "panel", "form", "elsewhere")  # slides that are talked about, or worked with, not read
NO_LESSON = re.compile(r"^(Break|Lunch|Stand up|Arrive|\[Survey\])")
WHOLE = re.compile(r"^The whole lesson")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "nine": 9}
FIRST_PAGE = "00_start_here"


class Lesson:
    """What a path has done of one lesson so far."""

    def __init__(self, stem: str, stack: int):
        self.stem, self.stack = stem, stack
        self.forms = 0
        self.questions: list[str] = []


class Course:
    """The path while it is taught."""

    def __init__(self, text: str, stacks, room, clock: Clock, pictures: Path | None):
        self.text, self.room, self.clock, self.pictures = text, room, clock, pictures
        self.order = list(dict.fromkeys(step.lesson for step in teaching.steps(text) if step.lesson))
        self.stacks = stacks
        self.faults: list[str] = []
        self.rows: list[tuple] = []
        self.votes: dict[str, list[str]] = {}
        self.lesson: Lesson | None = None
        self.step: teaching.Step | None = None
        self.opened = False

    # The clock --------------------------------------------------------------------------------------------------

    def spend(self, kind: str, seconds: float) -> None:
        self.clock.spend(kind, seconds)

    def read(self, texts) -> None:
        self.spend("reading", sum(map(teaching.reading, [texts] if isinstance(texts, str) else texts)))

    def lead(self, act):
        """Something that whoever leads does at the machine, while all wait."""
        seconds, found = classroom.timed(act)
        self.clock.spent[self.clock.section]["machine"] += seconds
        return found

    def everybody(self, act):
        """Each learner does it at a machine of their own; the slowest counts. Gives what the first one has."""
        done = [classroom.timed(lambda one=one: act(one)) for one in self.room.learners]
        self.clock.spent[self.clock.section]["machine"] += max(seconds for seconds, _ in done)
        return done[0][1], [found for _, found in done]

    # Steps ------------------------------------------------------------------------------------------------------

    def teach(self, until: int) -> None:
        for step in teaching.steps(self.text):
            if step.minute >= until:
                return
            for part in whole(step) if WHOLE.search(step.what) else [step]:
                self.clock.section = f"{part.minute} {part.what}"
                self.step = part
                try:
                    self.take(part)
                except Exception as problem:  # an hour of teaching is worth its account
                    self.fault(f"stopped: {str(problem).splitlines()[0]}")
                self.end(part)

    def fault(self, what: str) -> None:
        self.faults.append(f"minute {self.step.minute}, {self.step.what!r}: {what}")

    def end(self, part: teaching.Step) -> None:
        spent = self.clock.spent[self.clock.section]
        used = part.minutes if NO_LESSON.search(part.what) and "Arrive" not in part.what else spent.total() / 60
        self.rows.append((part.minute, part.minutes, used, part.minutes - used, spent["machine"], part.what))
        self.room.wall.page.wait_for_timeout(60_000 * max(part.minutes - used, 0) / self.clock.pace)
        kinds = "".join(f"{spent[kind]:9.0f}" for kind in ("reading", "talking", "moves", "exercises", "machine"))
        print(f"{part.minute:4} {part.minutes:4} {used:6.1f} {part.minutes - used:6.1f} {kinds}  {part.what[:70]}", flush=True)
        for one in self.room.learners:
            self.faults += [f"minute {part.minute}, {one.name}: {fault}" for fault in one.faults]
            one.faults.clear()

    def take(self, step: teaching.Step) -> None:
        self.spend("talking", teaching.TURN)
        if step.lesson and (self.lesson is None or self.lesson.stem != step.lesson):
            self.enter(step.lesson)
        if step.what.startswith("Arrive"):
            self.arrive()
        shown = self.project(step)
        if NO_LESSON.search(step.what):
            if "opens lesson" in step.what and not step.what.startswith("Arrive"):
                number = re.search(r"opens lesson (\d\d)", step.what)[1]
                self.enter(next(stem for stem in self.order if stem.startswith(number)))
            return
        done = [name for words, name in TASKS if re.search(words, step.what)]
        for name in dict.fromkeys(done):
            getattr(self, name)(step.what)
        self.look(step, shown)
        if not done and not shown:
            self.fault("nobody knows what to do")

    def enter(self, stem: str) -> None:
        """Everybody opens the lesson."""
        self.lesson = Lesson(stem, self.order.index(stem) + 1)
        self.opened = False
        if not (self.clock.section.startswith("5 ") and stem == FIRST_PAGE and self.room.at == stem):
            self.everybody(lambda one: one.open(stem))
        self.room.at = stem
        words = profile.current().words
        for one in self.room.learners:
            if one.too_wide():
                self.fault(f"{one.name}: the page scrolls sideways")
            if words and one.page.locator(classroom.PANEL).count() and words not in one.panel.inner_text():
                self.fault(f"{one.name}: the panel does not say {words!r}")

    def arrive(self) -> None:
        self.everybody(lambda one: one.open(FIRST_PAGE))
        self.room.at = FIRST_PAGE
        self.everybody(lambda one: one.slide())
        self.spend("moves", teaching.FIND)

    def project(self, step: teaching.Step) -> list[tuple]:
        """What the page says is on the wall: the slides with their texts."""
        shown = []
        for place in filter(None, (part.strip() for part in step.wall.split(";"))):
            if place == "–":
                continue
            if place == "dashboard":
                self.picture(self.room.dashboard.page, "dashboard")
                continue
            stack = self.lesson.stack if self.lesson and place != "Title" else 0
            found = self.room.wall.named(stack, place)
            if not found:
                self.fault(f"no slide is called {place!r}")
            for h, v, slide in found:
                shown.append((slide, self.lead(lambda h=h, v=v: self.room.wall.show(h, v))))
                self.picture(self.room.wall.page, f"wall-{slide.kind}")
        return shown

    def look(self, step: teaching.Step, shown: list[tuple]) -> None:
        """Read what is on the wall: figures, answers, tables, formulas."""
        figures = [one for one in shown if one[0].kind not in (*TALKS, "statement", "prompts")]
        if re.search(r"\bfirst (figure|chart)\b", step.what.lower()):
            figures = [one for one in figures if one[0].kind == "figure"][:1]
        if "figure" in step.what and any(slide.kind == "panel" for slide, _ in shown):
            self.spend("reading", teaching.FIGURE + teaching.reading(self.room.learners[0].sentence()))
        for slide, text in figures:
            self.spend("reading", teaching.scanning(text) if slide.kind == "table" else teaching.reading(text))
            if slide.kind == "figure":
                self.spend("reading", teaching.FIGURE)
            if slide.kind == "formula":
                self.spend("reading", teaching.FORMULA)
        if step.wall == WHOLE_WALL or isinstance(step, Part):
            talk = not any(teaching.within(place, title) for place in step.places for title in teaching.HAVE_THEIR_TIME)
            self.spend("talking", teaching.TASK * talk)

    def picture(self, page, name: str) -> None:
        if self.pictures:
            page.screenshot(path=self.pictures / f"{self.step.minute:03}-{name}-{time.monotonic_ns() % 10**9:09}.png")

    # What a step asks for ---------------------------------------------------------------------------------------

    def opening(self, what: str) -> None:
        self.spend("talking", teaching.OPENING)

    def guess(self, what: str) -> None:
        again = "again" in what.lower()
        place = self.lesson.forms - again if self.lesson.forms else 0
        if again and not self.lesson.forms:
            place = 0
        (text, count, code), found = self.everybody(lambda one: one.guess(place, again))
        if not again:
            self.lesson.forms += 1
        self.read(text if not again else "")
        self.spend("moves", teaching.PREDICTION * count)
        vote = "again" if again else "first"
        self.votes[vote] = [f"{one.name}: {given[2]}" for one, given in zip(self.room.learners, found, strict=True)]
        ids = classroom.asked(found[0][2])
        self.votes[vote] += classroom.codes(self.room.others, ids, 10 * len(self.clock.spent), again)

    def collect(self, what: str) -> None:
        self.spend("talking", teaching.SEND)

    def histogram(self, what: str) -> None:
        """Paste the votes that there are; the answer, if the step says so."""
        first, again = self.votes.get("shown", self.votes.get("first", [])), self.votes.get("again", [])
        self.votes["shown"] = first
        self.spend("talking", teaching.PASTE)
        question = self.question(first)
        said = self.lead(lambda: self.room.dashboard.vote(first, again if "econd vote" in what else [], question))
        self.read([question, said])
        self.spend("reading", teaching.FIGURE)
        self.picture(self.room.dashboard.page, "vote")
        if "answer" in what:
            self.read(self.lead(self.room.dashboard.answer))
            self.picture(self.room.dashboard.page, "answer")

    def question(self, codes: list[str]) -> str:
        """Of what a vote asks the question that the lesson is about."""
        ids = classroom.asked(codes[0])
        rows = [row for row in data.records("predictions") if row["id"] in ids]
        return next((row for row in rows if row["notebook"] == self.lesson.stem), rows[0])["question"]

    def convince(self, what: str) -> None:
        self.spend("talking", teaching.CONVINCE)

    def slider(self, what: str) -> None:
        sentence, _ = self.everybody(lambda one: one.slide())
        self.get_around()
        self.read(sentence)

    def get_around(self) -> None:
        """The first time somebody has to find the way around a panel."""
        if not self.opened:
            self.spend("moves", teaching.PANEL)
        self.opened = True

    def moves(self, what: str) -> None:
        numbers = re.search(r"\bmoves? (\d(?:(?:, | and )\d)*)", what, flags=re.I)
        wanted = re.findall(r"\d", numbers[1]) if numbers else teaching.named(what) if "The moves" in what else []
        self.get_around()
        texts, _ = self.everybody(lambda one: one.moves(wanted))
        for text in texts:
            self.spend("moves", teaching.MOVE)
            self.read(text)

    def source(self, what: str) -> None:
        self.read(self.everybody(lambda one: one.source())[0])
        if "report" in what:
            self.spend("moves", teaching.FIND)
            few = re.search(r"\b(two|three|four) pairs", what)
            self.spend("talking", teaching.SAID * (NUMBERS[few[1]] if few else self.room.pairs))

    def share(self, what: str) -> None:
        """A scenario goes to the neighbour, who opens it."""
        code, _ = self.everybody(lambda one: one.code())
        if "neighbour" in what:
            self.everybody(lambda one: one.take(code))
        self.spend("talking", teaching.SEND)

    def exercise(self, what: str) -> None:
        for id in re.findall(r"\b\d\d\.\d\b", what):
            texts, _ = self.everybody(lambda one, id=id: one.exercise(id))
            self.spend("exercises", sum(map(teaching.reading, texts)) + teaching.EXERCISE + teaching.AGAIN)

    def judge(self, what: str) -> None:
        """Each statement on the wall, judged before its card is turned; the step may name some."""
        named, shown = re.findall(r"\bC\d\d\b", what), self.room.wall.named(self.lesson.stack, "Which statements")
        shown = [one for one in shown if one[2].kind == "statement"]
        counted = re.search(rf"\b({'|'.join(NUMBERS)}) statements", what)
        if counted and NUMBERS[counted[1]] != len(shown):
            self.fault(f"the step speaks of {counted[1]} statements, {len(shown)} are on slides")
        if named:
            missing = [id for id in named if not any(f"· {id}" in one[2].body for one in shown)]
            if missing:
                self.fault(f"no slide has {', '.join(missing)}")
            shown = [one for one in shown if any(f"· {id}" in one[2].body for id in named)]
        if not shown:
            self.fault("there is no statement on a slide")
        for h, v, _ in shown:
            self.read(self.lead(lambda h=h, v=v: self.room.wall.show(h, v)))
            self.spend("moves", teaching.VERDICT)
        if "disputed" in what:
            self.spend("talking", teaching.TASK)

    def lab(self, what: str) -> None:
        """Weights and portfolios, in the notebook; a page says that they are there."""
        _, found = self.everybody(lambda one: one.lab())
        texts = [text for text in found if text]
        if not texts:
            self.fault("nobody has the lab")
        self.spend("moves", teaching.PANEL + (teaching.MOVE if "eights" in what else 0))
        self.spend("reading", teaching.scanning(texts[0]))

    def discuss(self, what: str) -> None:
        self.spend("talking", teaching.DISCUSSION if "each team" not in what.lower() else teaching.TASK)

    def each(self, what: str) -> None:
        """What each team or pair says."""
        self.spend("talking", teaching.SAID * (self.room.teams if "team" in what else self.room.pairs))

    def set_it(self, what: str) -> None:
        self.everybody(lambda one: one.slide())
        self.spend("moves", teaching.MOVE)

    def teams(self, what: str) -> None:
        codes = [f"{name} {code}" for name, code in zip(("Owls", "Foxes", "Bears", "Hares"), self.team_codes(), strict=False)]
        self.spend("talking", teaching.PASTE)
        self.read(self.lead(lambda: self.room.dashboard.teams(codes)))
        self.spend("reading", teaching.FIGURE)
        self.picture(self.room.dashboard.page, "teams")

    def team_codes(self) -> list[str]:
        for place, one in enumerate(self.room.learners):
            one.slide(place)
        return [one.code() for one in self.room.learners]


TASKS = (
    (r"[Oo]pening question", "opening"),
    (r"([Gg]uess again|[Tt]wo guesses|[Tt]hree guesses|more guesses|[Pp]redictions$|; predictions)", "guess"),
    (r"guess codes?\b|new code", "collect"),
    (r"histogram|[Ss]econd vote", "histogram"),
    (r"convince", "convince"),
    (r"one slider", "slider"),
    (r"source|[Tt]ier of one", "source"),
    (r"code to the neighbours|send the code|its code", "share"),
    (r"sets its own", "set_it"),
    (r"\b[Mm]oves?\b(?! a slider)", "moves"),
    (r"[Ff]irst panel", "slider"),
    (r"[Ee]xercises? \d\d\.\d", "exercise"),
    (r"[Vv]erdicts?\b(?! in the break)|judges?\b", "judge"),
    (r"the lab\b", "lab"),
    (r"prompt", "discuss"),
    (r"[Ee]ach team (says|names)", "each"),
    (r"codes side by side", "teams"),
)
"""What people do in a step, by the words of its page or guide, in this order."""
WHOLE_WALL = "its slides"


class Part(teaching.Step):
    """A row of a guide's timetable within a path that takes the whole lesson."""

    places: tuple[str, ...] = ()


def whole(step: teaching.Step) -> list[teaching.Step]:
    """The rows of the guide of a lesson that a path takes whole, on the clock of the path."""
    rows, found = teaching.timetable(step.lesson), []
    ends = [*(row.minute for row in rows[1:]), step.minutes]
    for row, end in zip(rows, ends, strict=True):
        wall = "; ".join((*(["Opening question"] if "Opening" in row.what else []), *row.where))
        part = Part(step.minute + row.minute, end - row.minute, row.what, wall or "–", step.lesson)
        object.__setattr__(part, "places", row.where)
        found.append(part)
    return found


class Room:
    """Everybody who is there, each at a screen."""

    def __init__(self, stack: ExitStack, site: Path, slides: Path, stacks, size: int):
        self.size, self.at = size, ""
        self.pairs, self.teams = -(-size // 2), -(-size // 4)
        folder = lab.course(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        server = stack.enter_context(lab.jupyter(folder))
        web = stack.enter_context(room.site(site))
        chromium = stack.enter_context(lab.browser())
        self.wrong: list[str] = []
        wide = dict(zip(("width", "height"), classroom.PROJECTED, strict=True))
        self.wall = classroom.Wall(self._tab(chromium, wide, "the wall"), slides, stacks)
        self.dashboard = classroom.Dashboard(lab.Page(chromium, server, *classroom.PROJECTED))
        notebook = lab.Page(chromium, server)
        screens = {"phone": (web, 360, 740), "laptop": (web, 1280, 800), "memory stick": (site.resolve().as_uri(), 1280, 800)}
        self.learners = [
            classroom.Learner("notebook", notebook.page, lambda lesson: in_notebook(notebook, lesson), 1)
        ]
        for seed, (name, (start, width, height)) in enumerate(screens.items(), 2):
            page = self._tab(chromium, {"width": width, "height": height}, name)
            self.learners.insert(-1, classroom.Learner(name, page, on_page(page, start), seed))
        self.others = size - len(self.learners)

    def _tab(self, chromium, viewport, name: str):
        page = chromium.new_context(viewport=viewport).new_page()
        page.set_default_timeout(lab.PATIENCE)
        page.set_default_navigation_timeout(lab.LONGEST)
        page.on("pageerror", lambda error: self.wrong.append(f"{name}: {error}"))
        page.on("console", lambda told: self._note(name, told))
        return page

    def _note(self, name: str, told) -> None:
        if told.type == "error" and not told.location["url"].endswith("/favicon.ico"):  # each browser asks for one
            self.wrong.append(f"{name}: {told.text} ({told.location['url']})")


def on_page(page, start: str):
    def goes(lesson: str) -> None:
        page.goto(f"{start}/{lesson}.html")
        page.wait_for_function(classroom.DRAWN)

    return goes


def in_notebook(tab: lab.Page, lesson: str) -> None:
    name = f"notebooks/{lesson}.ipynb"
    tab.open(name) if tab.page.url == "about:blank" else tab.turn_to(name)
    tab.run_all()
    tab.lay_out_all()
    tab.page.wait_for_function(lab.ALL_READY, timeout=lab.LONGEST)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = [place.stem for place in deck_path.paths()]
    parser.add_argument("path", choices=[name for name in known if name not in ("self_study", "term_of_thirteen_weeks")])
    parser.add_argument("site", type=Path, metavar="SITE", help="the folder that website.py writes")
    parser.add_argument("--pace", type=float, default=60, help="times faster than people; 1 really waits")
    parser.add_argument("--size", type=int, default=25, help="how many learners")
    parser.add_argument("--until", type=int, default=10_000, metavar="MINUTE", help="stop there")
    parser.add_argument("--pictures", type=Path, help="folder for the pictures")
    pages.of_class.add_option(parser)
    asked = parser.parse_args()
    if not (asked.site / f"{FIRST_PAGE}.html").exists():
        parser.error(f"{asked.site} has no {FIRST_PAGE}.html: make the site with notebooks/guides/website.py first")
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    pages.of_class.begin(asked.profile)
    place = teaching.PATHS / f"{asked.path}.md"
    controls: list[dict] = []
    stacks = deck_path.stacks(place, controls)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        slides = pages.write(folder, "slides.html", show(deck_path.title(place), stacks, controls))
        there = Room(stack, asked.site, slides, stacks, asked.size)
        course = Course(place.read_text(encoding="utf-8"), stacks, there, Clock(there.wall.page, asked.pace), asked.pictures)
        print(f"{asked.path}\nfrom plan   used  slack   reading  talking    moves exercises machine  step", flush=True)
        began = time.monotonic()
        course.teach(asked.until)
        course.faults += dict.fromkeys(there.wrong)
        ran = time.monotonic() - began
    planned, used = (sum(row[n] for row in course.rows) for n in (1, 2))
    over = [f"{row[0]} {row[5]}: {-row[3]:.1f}" for row in course.rows if row[3] < 0]
    result = {"path": asked.path, "planned": planned, "used": round(used, 1), "over": over, "pace": asked.pace}
    result |= {"machine": round(sum(row[4] for row in course.rows)), "ran": round(ran), "faults": course.faults}
    print(json.dumps(result, ensure_ascii=False, indent=1), flush=True)
    return int(bool(course.faults))


if __name__ == "__main__":
    sys.exit(main())
