"""Teach a lesson through in a real JupyterLab, by the clock: ``python tests/tools/teach.py NOTEBOOK``.

Goes from the first cell to the last as a learner does: runs each with Shift+Enter, reads text and output at the speeds
of ``tests/teaching.py``, makes the guided moves, opens a source, predicts, judges each statement, and answers each
exercise once wrong and, after a hint, right. Prints a timetable by section beside that of the guide, and as the last
line the result as JSON.

``--pace 60`` waits a sixtieth of each reading time and accounts for all of it; ``--pace 1``, the usual, really waits.
``--pictures FOLDER`` keeps a picture of each screenful, and one after each guided move.
The command fails if anything went wrong on the page; minutes that differ from the stated ones are for you to judge.
"""

import argparse
import contextlib
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

import nbformat

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "notebooks"))

import forms
import lab
import teaching
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import data

SCREEN = ".jp-WindowedPanel-outer"
BEYOND = ("Further", "Your turn", "Hand in")  # sections, by how their titles begin, that are no part of the 45 minutes
KINDS = ("reading", "talking", "moves", "exercises", "machine")
OVERLAP = 40  # pixels that two pictures share
MOVE, LOAD, SOURCE = re.compile(r"^Move \d"), re.compile("^Load "), re.compile("^Source of ")
SEEN = "What you should have seen"


class Clock:
    """Seconds spent, by section and kind; passes them at its pace."""

    def __init__(self, page, pace: float):
        self.page, self.pace = page, pace
        self.section = ""
        self.spent: dict[str, Counter] = defaultdict(Counter)

    def spend(self, kind: str, seconds: float) -> None:
        self.spent[self.section][kind] += seconds
        self.rest(seconds)

    def rest(self, seconds: float) -> None:
        """Let time pass that nobody needs."""
        self.page.wait_for_timeout(1000 * seconds / self.pace)

    @contextlib.contextmanager
    def machine(self):
        """What the learner waits for the machine."""
        start = time.monotonic()
        yield
        self.spent[self.section]["machine"] += time.monotonic() - start


class Teacher:
    """One lesson, taught in one tab."""

    def __init__(self, tab: lab.Page, stem: str, pace: float, pictures: Path | None):
        self.tab, self.page, self.stem, self.pictures = tab, tab.page, stem, pictures
        self.cells = nbformat.read(lab.ROOT / "notebooks" / f"{stem}.ipynb", as_version=4).cells
        self.clock = Clock(self.page, pace)
        self.plan = teaching.timetable(stem)
        self.in_class = teaching.in_class(self.plan)
        self.asked: set[teaching.Row] = set()
        self.homework: Counter = Counter()
        self.faults: list[str] = []
        self.panel = None
        self.seen = self.taken = 0
        self.source_opened = False

    def teach(self) -> None:
        for number, cell in enumerate(self.cells):
            self.enter(number)
            self.cell = self.page.locator(".jp-Notebook .jp-Cell").nth(number)
            self.text(number, cell) if cell.cell_type == "markdown" else self.code(number)
            self.look(self.cell)
        self.look()
        self.end_section()
        self.faults += [f"left the machine: {url}" for url in self.tab.outside]
        self.faults += [f"console: {text}" for text in self.tab.console]

    # Cells ------------------------------------------------------------------------------------------------------

    def enter(self, number: int) -> None:
        """Go back from a panel to the notebook, as a click on the cell does."""
        self.page.evaluate(f"(n) => {{ {lab.NOTEBOOK}.activeCellIndex = n; {lab.NOTEBOOK}.mode = 'command'; }}", number)
        self.page.evaluate(f"() => {lab.NOTEBOOK}.activate()")
        self.page.wait_for_function(
            f"(n) => {{ const at = document.activeElement; return {lab.NOTEBOOK}.node === at"
            f" || at?.closest('.jp-Cell') === {lab.NOTEBOOK}.widgets[n].node; }}",
            arg=number,
        )

    def run(self, number: int) -> None:
        with self.clock.machine():
            self.tab.run_cell(number)

    def text(self, number: int, cell) -> None:
        self.run(number)
        for title, text in teaching.parts(cell.source):
            if title:
                self.end_section()
                self.clock.section = title
            if number == 0 and self.plan:
                self.clock.spend("talking", teaching.OPENING)
            self.clock.spend("reading", teaching.reading(text))
            self.talk(title)

    def talk(self, title: str) -> None:
        """What the guide asks of a group at this section."""
        asked = {row for row in self.plan if title and row.is_at(title)} - self.asked
        self.asked |= asked
        if title == "Discuss":
            self.clock.spend("talking", teaching.DISCUSSION)
        elif title not in teaching.HAVE_THEIR_TIME:
            self.clock.spend("talking", teaching.TASK * len(asked))

    def code(self, number: int) -> None:
        self.clock.spend("reading", teaching.CODE)
        self.run(number)
        for problem in self.cell.locator("[data-mime-type='application/vnd.jupyter.stderr'], .sc-error").all():
            if problem.inner_text().strip():
                self.faults.append(f"cell {number + 1}: {problem.inner_text().strip()}")
        for text in self.cell.locator(".jp-OutputArea-output:is(.jp-RenderedMarkdown, .jp-RenderedText)").all():
            self.clock.spend("reading", teaching.reading(text.inner_text()))
        figures = self.cell.locator("[class*=jp-RenderedVega]").count()
        self.clock.spend("reading", teaching.FIGURE * figures)
        for table in self.cell.locator(".jp-RenderedHTML table").all():
            self.clock.spend("reading", teaching.scanning(table.inner_text()))
        for form in self.cell.locator("section.sc-panel").all():
            self.use(form, number)

    def use(self, form, number: int) -> None:
        name = form.get_attribute("aria-label")
        if form.locator(".sc-controls").count():
            self.panel = form
            self.explore()
        elif name.startswith("Exercise"):
            for card in form.locator(".sc-check").all() or [form]:
                self.exercise(card, card.get_attribute("aria-label").removeprefix("Exercise "))
        elif name.startswith("What we found"):
            self.reveal(form)
        elif name.startswith("Your predictions"):
            self.predict(form)
        elif form.locator(".sc-judge").count():
            self.judge(form)
        elif name.startswith("Draw again"):
            self.draw_again(form)
        elif form.locator("textarea").count() and name != "Memo":
            pass  # what is written is homework, and takes as long as the learner wants
        elif name == "Policy lab":
            self.lab(form)
        elif name == "Founder game":
            self.play(form)
        elif name == "Memo":
            self.memo(form)
        else:
            self.faults.append(f"cell {number + 1}: nobody knows what to do with {name!r}")

    # Panels -----------------------------------------------------------------------------------------------------

    def explore(self) -> None:
        self.clock.spend("moves", teaching.PANEL)
        for slider in self.panel.get_by_role("slider").all()[:2]:
            self.step(slider)
        if not self.source_opened:
            chip = self.panel.get_by_role("button", name=SOURCE).first
            chip.click()
            source = self.panel.locator(".sc-source:not([hidden])").first
            self.clock.spend("reading", teaching.reading(source.inner_text()))
            self.picture(source, "source")
            chip.click()
            self.source_opened = True
        self.reset()
        self.guided()

    def step(self, slider) -> None:
        """One step of a slider, by key; waits for the answer."""
        with self.clock.machine():
            slider.press("ArrowLeft" if slider.evaluate("(node) => node.value === node.max") else "ArrowRight")
            forms.settle(self.panel)

    def reset(self) -> None:
        self.panel.get_by_role("button", name="Reset all").click()
        forms.settle(self.panel)

    def guided(self) -> None:
        """The moves that stand beside the panel: the preset of each or a slider, and what should have been seen."""
        for number, button in enumerate(
            self.panel.locator(".sc-moves").get_by_role("button", name=MOVE).all(), start=1
        ):
            button.click()
            self.clock.spend("moves", teaching.MOVE)
            load = self.panel.locator(".sc-moves").get_by_role("button", name=LOAD)
            with self.clock.machine():
                if load.count() and load.is_visible():
                    load.click()
                    forms.settle(self.panel)
                else:
                    sliders = self.panel.get_by_role("slider").all()
                    self.step(sliders[(number - 1) % len(sliders)])
            self.clock.spend("reading", teaching.reading(self.panel.locator(".sc-sentence").inner_text()))
            with self.clock.machine():
                self.panel.get_by_role("button", name=SEEN).click()
                forms.settle(self.panel)
            self.clock.spend("reading", teaching.reading(self.panel.locator(".sc-seen").inner_text()))
            self.picture(self.panel, f"move-{number}")
        self.reset()

    def lab(self, form) -> None:
        self.clock.spend("moves", teaching.PANEL)
        with self.clock.machine():
            start = form.get_by_role("button", name="Try the portfolios")
            start.click()
            # A table: it has begun. It may be started again: all were tried.
            form.locator(".sc-table table").wait_for(timeout=lab.LONGEST)
            start.and_(form.locator("button:not([disabled])")).wait_for(timeout=lab.LONGEST)
        self.clock.spend("moves", teaching.scanning(form.inner_text()))
        self.picture(form, "lab")

    def play(self, form) -> None:
        """The game to its end, with what stands in the fields at each quarter."""
        title, decide = form.locator(".sc-title").first, form.get_by_role("button", name="Decide")
        while decide.is_visible():
            self.clock.spend("moves", teaching.QUARTER)
            before = title.inner_text()
            with self.clock.machine():
                decide.click()
                self.page.wait_for_function(
                    "([node, before]) => node.textContent !== before", arg=[title.element_handle(), before]
                )
        self.clock.spend("reading", teaching.reading(form.get_by_role("group", name="Result").inner_text()))
        self.picture(form, "game")

    def memo(self, form) -> None:
        self.clock.spend("exercises", teaching.MEMO)
        self.homework[self.clock.section] += teaching.MEMO
        for label, text in (("Claim", "People first."), ("Evidence", "They were what was missing.")):
            form.get_by_label(label).fill(text)
        with self.clock.machine():
            form.get_by_role("button", name="Write the memo").click()
            form.get_by_role("status").filter(has_text="Written:").wait_for(timeout=lab.LONGEST)
        self.picture(form, "memo")

    # Questions --------------------------------------------------------------------------------------------------

    def predict(self, form) -> None:
        self.clock.spend("reading", teaching.reading(form.inner_text()))
        rows = {row["question"]: row for row in data.records("predictions")}
        # By their labels, the number first: once it is there, the ends of its range bear the same label.
        fields = [(row, form.get_by_label(text, exact=True).first) for text, row in rows.items()]
        fields = [(row, field) for row, field in fields if field.count()]
        for row, field in fields:
            self.clock.spend("moves", teaching.PREDICTION)
            field.fill(f"{(row['minimum'] + row['maximum']) / 2:.0f}")
        with self.clock.machine():
            fields[-1][1].press("Enter")
            form.get_by_role("status").filter(has_text=f"Kept: {len(fields)} of").wait_for()

    def reveal(self, form) -> None:
        """What was guessed is there beside its answer; what was not is asked for."""
        with self.clock.machine():
            lab.still(form.page)
            for ask in form.get_by_role("button", name="Show the answer").all():
                ask.click()
                lab.still(form.page)
        self.clock.spend("reading", teaching.reading(form.inner_text()))

    def judge(self, form) -> None:
        """Each statement that is shown gets the first of the words, and its card is read."""
        for card in form.locator(".sc-card").all():
            self.clock.spend("reading", teaching.reading(card.locator(".sc-statement").inner_text()))
            self.clock.spend("moves", teaching.VERDICT)
            answer = card.get_by_role("group", name="Verdict of the course")
            if answer.is_visible():
                continue  # judged on another card of the same statement, and read there
            with self.clock.machine():
                card.get_by_role("group", name="Your verdict").get_by_role("button").first.click()
                answer.wait_for()
            self.clock.spend("reading", teaching.reading(answer.locator("p").last.inner_text()))
        self.picture(form, "verdicts")

    def draw_again(self, form) -> None:
        self.clock.spend("moves", teaching.VERDICT)
        with self.clock.machine():
            form.get_by_role("button").first.click()
            lab.still(self.page)

    def exercise(self, form, id: str) -> None:
        """Wrong, a hint, right, and the worked solution."""
        exercise = find_exercise(id)
        values = forms.values_of(form, exercise)
        wrong, right = forms.wrong_and_right(exercise, values)
        at_home = self.in_class is not None and id not in self.in_class
        before = self.clock.spent[self.clock.section]["exercises"]
        self.clock.spend("exercises", teaching.reading(form.inner_text()) + teaching.EXERCISE)
        with self.clock.machine():
            says = forms.give(form, exercise, wrong, values)
            form.get_by_role("button", name="Hint", exact=True).click()
            form.get_by_role("listitem").filter(has_text=exercise.hints[0]).wait_for()
        self.clock.spend("exercises", teaching.reading(f"{says} {exercise.hints[0]}") + teaching.AGAIN)
        with self.clock.machine():
            says = forms.give(form, exercise, right, values)
            form.get_by_text("Worked solution").click()
            solution = exercise.solution(values)
            form.get_by_text(solution).wait_for()
        self.clock.spend("exercises", teaching.reading(f"{says} {solution}"))
        if at_home:
            self.homework[self.clock.section] += self.clock.spent[self.clock.section]["exercises"] - before

    # Pictures ---------------------------------------------------------------------------------------------------

    def picture(self, node, name: str) -> None:
        if self.pictures:
            node.scroll_into_view_if_needed()
            node.screenshot(path=self.pictures / f"{self.taken:02d}-{name}.png")

    def look(self, cell=None) -> None:
        """Take each screenful that is complete up to the end of a cell; without a cell, the rest of the notebook."""
        if not self.pictures:
            return
        screen = self.page.locator(SCREEN)
        height, top = screen.evaluate(
            "(node) => [node.clientHeight, node.scrollTop - node.getBoundingClientRect().top]"
        )
        end = top + (cell or self.cell).evaluate("(node) => node.getBoundingClientRect().bottom")
        while end > self.seen + (height if cell else OVERLAP):
            screen.evaluate("(node, top) => { node.scrollTop = top; }", self.seen)
            self.page.wait_for_timeout(300)
            screen.screenshot(path=self.pictures / f"{self.taken:02d}.png")
            self.seen += height - OVERLAP
            self.taken += 1

    # Result -----------------------------------------------------------------------------------------------------

    def minutes(self, section: str) -> float:
        """Minutes of a class: with its talk, without the exercises that are homework."""
        return (self.clock.spent[section].total() - self.homework[section]) / 60

    def end_section(self) -> None:
        """A line on the section that has just ended; the minutes in front are those of the class, without homework."""
        section = self.clock.section
        if not section:
            return
        start = sum(self.minutes(title) for title in self.clock.spent if title != section)
        planned = next((f"{row.minute:d}" for row in self.plan if row.is_at(section)), "")
        seconds = "".join(f"{self.clock.spent[section][kind]:10.0f}" for kind in KINDS)
        print(f"{start:6.1f} {planned:>5} {seconds}  {section[:60]}", flush=True)

    def result(self) -> dict:
        kinds = {kind: round(sum(spent[kind] for spent in self.clock.spent.values())) for kind in KINDS}
        spent = {title: by_kind.total() - by_kind["talking"] for title, by_kind in self.clock.spent.items()}
        beyond = sum(seconds for title, seconds in spent.items() if title.startswith(BEYOND))
        # Alone nobody talks, and does all exercises.
        return {
            "notebook": self.stem,
            "stated": next(row["minutes"] for row in data.records("lessons") if row["notebook"] == self.stem),
            "in_class": round(sum(map(self.minutes, self.clock.spent)), 1),
            "alone": round((sum(spent.values()) - beyond) / 60, 1),
            "beyond": round(beyond / 60, 1),
            "seconds": kinds,
            "pace": self.clock.pace,
            "faults": self.faults,
        }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", help="file name, or the number it begins with")
    parser.add_argument("--pace", type=float, default=1, help="times faster than a learner; 1 really waits")
    parser.add_argument("--pictures", type=Path, help="folder for the pictures")
    asked = parser.parse_args()
    number = Path(asked.notebook).stem[:2]
    stem = next((path.stem for path in (lab.ROOT / "notebooks").glob("*.ipynb") if path.stem[:2] == number), None)
    if stem is None or asked.pace <= 0:
        parser.error(f"there is no notebook {asked.notebook!r}" if stem is None else "the pace is a number above zero")
    if asked.pictures:
        asked.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = lab.course(Path(name))
        with lab.jupyter(folder) as address, lab.browser() as chromium:
            tab = lab.Page(chromium, address)
            tab.open(f"notebooks/{stem}.ipynb")
            tab.lay_out_all()
            tab.unfold()
            teacher = Teacher(tab, stem, asked.pace, asked.pictures)
            print(f"{stem}\n  from  plan {''.join(f'{kind:>10}' for kind in KINDS)}  section", flush=True)
            try:
                teacher.teach()
            except Exception as problem:  # an hour of teaching is worth its account
                teacher.faults.append(f"stopped in {teacher.clock.section!r}: {problem}")
            result = teacher.result()
    print(json.dumps(result, ensure_ascii=False), flush=True)
    return int(bool(result["faults"]))


if __name__ == "__main__":
    sys.exit(main())
