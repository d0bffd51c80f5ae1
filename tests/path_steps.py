"""The steps of a path, carried out in a room as its page says: minutes that each has and needs, and what goes wrong.

What a step asks for is read in its words. What the machine takes is measured; all else follows from ``teaching.py``.
"""

import re
import time
from pathlib import Path

import classes
import classroom
import teaching
from sovereign_compute.inputs import data, profile
from sovereign_compute.lessons.course import lessons
from sovereign_compute.models.registry import all_models
from sovereign_compute.surroundings import of_lesson

TALKED_ABOUT = ("first", "opening", "panel", "form", "elsewhere", "statement", "prompts")
"""Slides that nobody reads from top to bottom, or that have a time of their own."""
PAUSE = re.compile(r"^(Break|Lunch|Stand up|\[Survey\])")
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "nine": 9}
NUMBER = rf"\b({'|'.join(NUMBERS)})"
TEAMS = ("Owls", "Foxes", "Bears", "Hares")
TASKS = (
    (r"moves a slider|one slider|[Ff]irst panel", "slider"),
    (r"[Oo]pening question", "opening"),
    (r"[Gg]uess again|(?<!the )([Tt]wo|[Tt]hree) guesses|more guesses|[Pp]redictions$|; predictions", "guess"),
    (r"guess codes?\b|new code", "collect"),
    (r"histogram|[Ss]econd vote", "histogram"),
    (r"convince", "convince"),
    (r"source|[Tt]ier of one", "source"),
    (r"code to (the|a) neighbour|its code", "share"),
    (r"sets its own", "set_it"),
    (r"\b[Mm]oves?\b(?! a slider)", "moves"),
    (r"[Ee]xercises? \d\d\.\d|one exercise", "exercise"),
    (r"[Vv]erdicts?\b(?! in the break)|judges\b", "judge"),
    (r"the lab\b", "lab"),
    (r"prompt(?! to take along)|defend themselves|guesses of the day", "discuss"),
    (r"[Ee]ach team (says|names)", "each_team"),
    (r"codes side by side", "side_by_side"),
)
"""What people do in a step, by the words of its page or guide."""
SPOKEN = {"opening": teaching.OPENING, "convince": teaching.CONVINCE, "discuss": teaching.DISCUSSION}
"""Seconds of the tasks that are talk alone."""
HAVE_THEIR_TIME = {"guess", "moves", "exercise", "judge", "lab", "discuss"}
"""Tasks beside which a row of a guide's timetable asks for no further talk."""


class Course:
    """A path while it is taught; ``rows`` are steps with the minutes that they needed."""

    def __init__(self, text: str, room: classroom.Room, clock, pictures: Path | None):
        # A class may have left lessons out: their steps are for something else then.
        here = {row["notebook"] for row in lessons()}
        self.steps = [step for step in teaching.steps(text) if not step.lesson or step.lesson in here]
        self.room, self.clock, self.pictures = room, clock, pictures
        self.order = list(dict.fromkeys(step.lesson for step in self.steps if step.lesson))
        self.faults: list[str] = []
        self.rows: list[tuple] = []
        self.votes: list[list[str]] = [[], []]
        self.at = ""  # the lesson that all have open
        self.forms = 0  # of it that were filled in
        self.known = False  # its panel

    # The clock --------------------------------------------------------------------------------------------------------

    def spend(self, kind: str, seconds: float) -> None:
        self.clock.spend(kind, seconds)

    def read(self, *texts: str) -> None:
        self.spend("reading", sum(map(teaching.reading, texts)))

    def lead(self, act):
        """Something that whoever leads does at the machine, while all wait."""
        with self.clock.machine():
            return act()

    def everybody(self, act) -> list:
        """All do it, each at a machine of their own: the slowest counts. What it gave each of them."""
        took, found = [], []
        for one in self.room.learners:
            began = time.monotonic()
            found.append(act(one))
            took.append(time.monotonic() - began)
        self.clock.spent[self.clock.section]["machine"] += max(took)
        return found

    # Steps ------------------------------------------------------------------------------------------------------------

    def teach(self, until: int) -> None:
        for step in (part for whole in self.steps if whole.minute < until for part in teaching.whole(whole)):
            self.step, self.clock.section = step, f"{step.minute} {step.what}"
            try:
                self.take()
            except Exception as problem:  # an hour of teaching is worth its account
                self.fault(f"stopped: {problem}")
            self.end()

    def fault(self, what: str) -> None:
        self.faults.append(f"minute {self.step.minute}, {self.step.what!r}: {what.splitlines()[0]}")

    def end(self) -> None:
        """Wait for the next step, and tell of this one."""
        step, spent = self.step, self.clock.spent[self.clock.section]
        used = step.minutes if PAUSE.search(step.what) else spent.total() / 60
        self.rows.append((step, used))
        self.clock.rest(60 * max(step.minutes - used, 0))
        kinds = "".join(f"{spent[kind]:10.0f}" for kind in ("reading", "talking", "moves", "exercises", "machine"))
        slack = step.minutes - used
        print(f"{step.minute:4} {step.minutes:4} {used:6.1f} {slack:6.1f}{kinds}  {step.what[:70]}", flush=True)
        for one in self.room.learners:
            for what in one.faults:
                self.fault(f"{one.name}: {what}")
            one.faults.clear()

    def take(self) -> None:
        what = self.step.what
        named = re.search(r"opens lesson (\d\d)", what)
        lesson = next((stem for stem in self.order if named and stem.startswith(named[1])), self.step.lesson)
        if lesson and lesson != self.at:
            self.enter(lesson)
        shown = self.project()
        if PAUSE.search(what):
            return
        self.spend("talking", teaching.TURN)
        tasks = [name for words, name in TASKS if re.search(words, what)]
        for name in tasks:
            if name in SPOKEN:
                self.spend("talking", SPOKEN[name])
            else:
                getattr(self, name)(what)
        self.look(shown)
        if self.step.places and not HAVE_THEIR_TIME & {*tasks} and "to take along" not in what:
            self.spend("talking", teaching.TASK)
        if not tasks and not shown and not self.step.places:
            self.fault("nobody knows what to do")

    def enter(self, lesson: str) -> None:
        """Everybody opens a lesson, which is there as it should be."""
        self.everybody(lambda one: one.open(lesson))
        self.at, self.forms, self.known = lesson, 0, False
        words = profile.current().words if self.of_class(lesson) else ""
        for one in self.room.learners:
            if one.too_wide():
                self.fault(f"{one.name}: the page scrolls sideways")
            if words and one.page.locator(classroom.PANEL).count() and words not in one.panel.inner_text():
                self.fault(f"{one.name}: the panel does not say {words!r}")

    def of_class(self, lesson: str) -> bool:
        """Whether the panel of a lesson has something that the class sets."""
        known = of_lesson(lesson[:2], "moves")
        models = [all_models()[name] for name in known.MOVES][:1] if known else []
        return any(profile.current().assumptions.keys() & {*model.inputs} for model in models)

    def project(self) -> list[tuple]:
        """What the page says is on the wall: slides with their texts; the dashboard is shown when it is used."""
        shown = []
        for place in (part.strip() for part in self.step.wall.split(";")):
            if place in ("–", "dashboard"):
                continue
            stack = 0 if place == "Title" else self.order.index(self.step.lesson) + 1
            found = self.room.wall.named(stack, place)
            if not found and not self.step.places:  # a guide names a section, and learners have it before them
                self.fault(f"no slide is called {place!r}")
            for h, v, slide in found:
                shown.append((slide, self.lead(lambda h=h, v=v: self.room.wall.show(h, v))))
                self.picture(self.room.wall.page, slide.kind)
        return shown

    def look(self, shown: list[tuple]) -> None:
        """Read the figures, answers, tables and formulas on the wall."""
        read = [one for one in shown if one[0].kind not in TALKED_ABOUT]
        if re.search(r"\bfirst (figure|chart)\b", self.step.what.lower()):
            read = [one for one in read if one[0].kind == "figure"][:1]
        for slide, text in read:
            self.spend("reading", teaching.scanning(text) if slide.kind == "table" else teaching.reading(text))
            self.spend("reading", {"figure": teaching.FIGURE, "formula": teaching.FORMULA}.get(slide.kind, 0))
        if "figure" in self.step.what and any(slide.kind == "panel" for slide, _ in shown):
            self.spend("reading", teaching.FIGURE)
            self.read(self.room.learners[0].sentence())

    def picture(self, page, name: str) -> None:
        if self.pictures:
            page.screenshot(
                path=self.pictures / f"{self.step.minute:03}-{name}-{len(list(self.pictures.iterdir())):03}.png"
            )

    # What a step asks for ---------------------------------------------------------------------------------------------

    def guess(self, what: str) -> None:
        """The next form of the lesson, or the first one again; the others' guesses come with the learners'."""
        again = "again" in what.lower()
        place = 0 if again else self.forms
        given = self.everybody(lambda one: one.guess(place, again))
        self.forms += not again
        text, count, code = given[0]
        self.read("" if again else text)
        self.spend("moves", teaching.PREDICTION * count)
        mine = [f"{one.name}: {code}" for one, (_, _, code) in zip(self.room.learners, given, strict=True)]
        spread = classroom.CALM if again else 1
        self.given = mine + classes.votes(self.room.others, classes.asked(code), self.step.minute, spread)
        self.again = again

    def collect(self, what: str) -> None:
        """The class sends the codes of what it has just guessed."""
        self.spend("talking", teaching.SEND)
        self.votes[self.again] = self.given
        if not self.again:
            self.votes[1] = []

    def histogram(self, what: str) -> None:
        """Paste the votes that there are; the answer, if the step says so."""
        self.spend("talking", teaching.PASTE)
        first, again = self.votes
        asked = [row for row in data.records("predictions") if row["id"] in classes.asked(first[0])]
        question = next((row for row in asked if row["notebook"] == self.at), asked[0])["question"]
        said = self.lead(lambda: self.room.dashboard.vote(first, again, question))
        self.spend("reading", teaching.FIGURE)
        self.read(question, said)
        self.picture(self.room.dashboard.page, "vote")
        if "answer" in what:
            self.read(self.lead(self.room.dashboard.answer))
            self.picture(self.room.dashboard.page, "answer")

    def slider(self, what: str) -> None:
        self.find_the_way()
        self.read(self.everybody(lambda one: one.slide())[0])

    def find_the_way(self) -> None:
        """Around a panel, the first time."""
        self.spend("moves", 0 if self.known else teaching.PANEL)
        self.known = True

    def moves(self, what: str) -> None:
        numbers = re.search(r"\bmoves? (\d(?:(?:, | and )\d)*)", what, flags=re.I)
        wanted = re.findall(r"\d", numbers[1]) if numbers else teaching.named(what) if "The moves" in what else []
        self.find_the_way()
        for text in self.everybody(lambda one: one.moves(wanted))[0]:
            self.spend("moves", teaching.MOVE)
            self.read(text)

    def source(self, what: str) -> None:
        self.read(self.everybody(lambda one: one.source())[0])
        self.spend("moves", teaching.FIND)
        if "report" in what:
            few = re.search(NUMBER + " pairs", what)
            self.spend("talking", teaching.SAID * (NUMBERS[few[1]] if few else self.room.pairs))

    def share(self, what: str) -> None:
        """A scenario is noted down, or opened by a neighbour."""
        code = self.everybody(lambda one: one.code())[0]
        if "neighbour" in what:
            self.everybody(lambda one: one.take(code))
        self.spend("talking", teaching.SEND)

    def set_it(self, what: str) -> None:
        self.everybody(lambda one: one.slide())
        self.spend("moves", teaching.MOVE)

    def exercise(self, what: str) -> None:
        for id in re.findall(r"\b\d\d\.\d\b", what) or [f"{self.at[:2]}.1"]:
            texts = self.everybody(lambda one, id=id: one.exercise(id))[0]
            self.spend("exercises", sum(map(teaching.reading, texts)) + teaching.EXERCISE + teaching.AGAIN)

    def judge(self, what: str) -> None:
        """Each statement on the wall is judged before its card is turned; a step may name some, or their number."""
        named, counted = re.findall(r"\bC\d\d\b", what), re.search(NUMBER + " statements", what)
        shown = [one for one in self.room.wall.slides if one[0] == self.order.index(self.at) + 1]
        shown = [one for one in shown if one[2].kind == "statement"]
        if counted and NUMBERS[counted[1]] != len(shown):
            self.fault(f"it speaks of {counted[1]} statements, and there are {len(shown)}")
        if named:
            shown = [one for one in shown if any(f" {id} ·" in one[2].body for id in named)]
        if not shown or (named and len(shown) != len(named)):
            self.fault(f"{len(shown)} of the statements are on slides")
        for h, v, _ in shown:
            self.read(self.lead(lambda h=h, v=v: self.room.wall.show(h, v)))
            self.spend("moves", teaching.VERDICT)
        self.spend("talking", teaching.TASK if "disputed" in what else 0)

    def lab(self, what: str) -> None:
        """Weights and portfolios, where there is a kernel."""
        texts = list(filter(None, self.everybody(lambda one: one.lab())))
        if not texts:
            self.fault("nobody has the lab")
        self.spend("moves", teaching.PANEL + teaching.MOVE)
        self.spend("reading", teaching.scanning(texts[0]))

    def each_team(self, what: str) -> None:
        self.spend("talking", teaching.SAID * self.room.teams)

    def side_by_side(self, what: str) -> None:
        """The scenarios of the teams in the dashboard."""
        self.everybody(lambda one: one.slide(self.room.learners.index(one)))
        codes = [f"{name} {one.code()}" for name, one in zip(TEAMS, self.room.learners, strict=True)]
        self.spend("talking", teaching.PASTE)
        self.read(self.lead(lambda: self.room.dashboard.teams(codes)))
        self.spend("reading", teaching.FIGURE)
        self.picture(self.room.dashboard.page, "teams")
