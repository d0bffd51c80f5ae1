"""Who is in a room: learners on pages and notebooks, the wall with the slides, the dashboard of whoever leads."""

import re
import time
from random import Random

import forms
import lab
import teaching
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import data
from sovereign_compute.inputs.guess_codes import decode, encode
from sovereign_compute.inputs.wording import unparted

PANEL = ".sc-panel:has(.sc-moves)"
SEEN, LOAD = "What you should have seen", re.compile("^Load ")
FIRST, AGAIN = "Guess codes of the class", "Codes of a second vote, after the discussion"
PROJECTED = (1920, 1080)
# The slide is there, and what lives on it has been drawn.
ON_THE_WALL = """() => {
  const slide = document.querySelector(".slides section.present:not(.stack) > .slide");
  return (!slide.querySelector(".live") || slide.querySelector(".sc-panel"))
    && [...slide.querySelectorAll(".sc-figure")].every((one) => one.querySelector(".sc-chart svg") && !one.hasAttribute("aria-busy"));
}"""
DRAWN = """() => [...document.querySelectorAll('.sc-figure')]
  .every((one) => one.querySelector('.sc-chart svg') && !one.hasAttribute('aria-busy'))"""


class Learner:
    """One learner at one screen; what is done here needs no time but that of the machine."""

    def __init__(self, name: str, page, goes, seed: int):
        self.name, self.page, self.goes, self.chance = name, page, goes, Random(seed)
        self.faults: list[str] = []

    def open(self, lesson: str) -> None:
        self.goes(lesson)

    def guess(self, place: int, again: bool = False) -> tuple[str, int, str]:
        """Fill in the form in this place of the lesson: its text, how many questions it has, and the guess code.

        The second time the guesses are those of somebody whom the neighbours have moved.
        """
        form = self.page.get_by_role("region", name=re.compile("^Your predictions")).nth(place)
        form.scroll_into_view_if_needed()
        text, rows = form.inner_text(), {unparted(row["question"]): row for row in data.records("predictions")}
        cards = form.locator(".sc-guessing").all()
        for card in cards:
            row = rows[unparted(card.locator(".sc-question").inner_text())]
            value, (low, high) = drawn(row, self.chance, again)
            fields = card.get_by_role("spinbutton")
            fields.first.fill(f"{value:.3g}")
            for field, end in zip(fields.all()[1:], (low, high), strict=True):
                field.fill(f"{end:.3g}")
        form.get_by_role("button", name=re.compile("^Keep my guess")).click()
        form.get_by_role("status").filter(has_text=f"Kept: {len(cards)} of").wait_for()
        return text, len(cards), form.get_by_label("Your guess code").input_value()

    @property
    def panel(self):
        return self.page.locator(PANEL).first

    def moves(self, wanted: list[str]) -> list[str]:
        """Make moves of the panel, by number or title, all if none is named: what is read at each of them."""
        dock = self.panel.locator(".sc-moves")
        buttons = dock.get_by_role("button", name=re.compile(r"^Move \d")).all()
        names = [button.get_attribute("aria-label") for button in buttons]
        read = []
        for move in wanted or [str(n) for n in range(1, len(names) + 1)]:
            at = next((n for n, name in enumerate(names) if re.match(rf"Move (?:{move}:|\d+: {re.escape(move)})", name)), None)
            if at is None:
                self.faults.append(f"the panel has no move {move!r}; it has {names}")
                continue
            buttons[at].click()
            load = dock.get_by_role("button", name=LOAD)
            if load.is_visible():
                load.click()
                forms.settle(self.panel)
            else:
                self.slide(at)
            dock.get_by_role("button", name=SEEN).click()
            dock.locator(".sc-seen:not([hidden])").wait_for()
            read.append(f"{dock.locator('.sc-move').inner_text()} {self.sentence()} "
                        f"{dock.locator('.sc-seen').inner_text()}")
        return read

    def slide(self, place: int = 0) -> str:
        """One step of a slider by key: what the panel says then."""
        sliders = self.panel.get_by_role("slider").all()
        slider = sliders[place % len(sliders)]
        slider.press("ArrowLeft" if slider.evaluate("(node) => node.value === node.max") else "ArrowRight")
        forms.settle(self.panel)
        return self.sentence()

    def sentence(self) -> str:
        """What the panel says."""
        return self.panel.locator(".sc-sentence").inner_text()

    def source(self) -> str:
        """What the source of one assumption says."""
        chip = self.panel.get_by_role("button", name=re.compile("^Source of ")).first
        chip.click()
        text = self.panel.locator(".sc-source:not([hidden])").first.inner_text()
        chip.click()
        return text

    def _code(self):
        fold = self.panel.locator("details.sc-keep")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
        return fold.get_by_label("Code (copy it, or paste one and press Enter)")

    def code(self) -> str:
        """The scenario code of the panel as it is set."""
        return self._code().input_value()

    def take(self, code: str) -> None:
        """Open the scenario of a neighbour."""
        field = self._code()
        field.fill(code)
        field.press("Enter")
        forms.settle(self.panel)

    def exercise(self, id: str) -> list[str]:
        """Wrong, a hint, right: the question, what is said, and the solution. Empty if it is not on the page."""
        card, exercise = self.page.locator(f"[aria-label='Exercise {id}']").first, find_exercise(id)
        if not card.count():
            self.faults.append(f"there is no exercise {id}")
            return []
        dot = self.page.get_by_role("button", name=re.compile(rf"\b{re.escape(id)}\b"))
        if not card.is_visible() and dot.count():
            dot.first.click()
        values, text = forms.values_of(card, exercise), card.inner_text()
        wrong, right = forms.wrong_and_right(exercise, values)
        said = [forms.give(card, exercise, wrong, values)]
        card.get_by_role("button", name="Hint", exact=True).click()
        card.get_by_role("listitem").filter(has_text=exercise.hints[0]).wait_for()
        said += [exercise.hints[0], forms.give(card, exercise, right, values)]
        return [text, *said]

    def lab(self) -> str | None:
        """The portfolios tried to the end, where there is a kernel: what then stands there."""
        form = self.page.get_by_role("region", name="Policy lab")
        if not form.count():
            return None
        start = form.get_by_role("button", name="Try the portfolios")
        start.click()
        form.locator(".sc-table table").wait_for(timeout=lab.LONGEST)
        start.and_(form.locator("button:not([disabled])")).wait_for(timeout=lab.LONGEST)
        return form.inner_text()

    def too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return self.page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")


def drawn(row: dict, chance: Random, again: bool = False) -> tuple[float, tuple[float, float]]:
    """A guess of a question with its range; guesses lie apart, and those of a second vote nearer together."""
    low, high = row["minimum"], row["maximum"]
    value = min(max(chance.lognormvariate(0, 0.5 if again else 1.2) * 0.05 * high, low), high)
    return value, (max(value / 3, low) if value > 0 else low, min(max(value, 0) * 3 + 0.1, high))


def codes(count: int, ids: list[str], seed: int, again: bool = False) -> list[str]:
    """The guess codes of so many others for some questions, as a chat has them: with a name or without."""
    rows, found = {row["id"]: row for row in data.records("predictions")}, []
    for n in range(count):
        chance = Random(seed + n)
        guesses = {}
        for id in ids:
            value, (low, high) = drawn(rows[id], chance, again)
            guesses[id] = {"value": value, **({"low": low, "high": high} if chance.random() < 0.6 else {})}
        found.append(f"{('', f'Pair {n}: ', '> ')[n % 3]}{encode(guesses)}")
    return found


def asked(line: str) -> list[str]:
    """The questions that the guess code in a line is about."""
    return list(decode(line.split()[-1]))


class Wall:
    """The slides of a path at the size of a projector."""

    def __init__(self, page, file, stacks):
        self.page = page
        self.slides = [(h, v, slide) for h, stack in enumerate(stacks) for v, slide in enumerate(stack)]
        page.goto(file.as_uri())
        page.wait_for_function("() => Reveal.isReady()")

    def named(self, stack: int, place: str) -> list[tuple]:
        """The slides of a lesson that a path means: by their kind, or by a section of the lesson."""
        kind = {"Title": "first", "Opening question": "opening"}.get(place)
        here = [one for one in self.slides if one[0] == stack]
        if kind:
            return [one for one in here if one[2].kind == kind][:1]
        return [one for one in here if any(teaching.within(place, title) for title in one[2].where)]

    def show(self, h: int, v: int) -> str:
        """Turn to a slide: what stands on it, with all that comes by and by."""
        self.page.evaluate("([h, v]) => Reveal.slide(h, v)", [h, v])
        self.page.wait_for_function(ON_THE_WALL)
        slide = self.page.locator(".slides section.present:not(.stack) > .slide")
        while self.page.evaluate("() => Reveal.availableFragments().next"):
            self.page.evaluate("() => Reveal.nextFragment()")
        return slide.inner_text()


class Dashboard:
    """The notebook of whoever leads, with its two parts."""

    def __init__(self, tab: lab.Page):
        self.tab = tab
        self.page = tab.page
        tab.open("notebooks/facilitator_dashboard.ipynb")
        tab.run_all()
        tab.page.wait_for_function(lab.ALL_READY, timeout=lab.LONGEST)
        self.guesses = self.page.get_by_role("region", name="Guesses of the class", exact=True)
        self.side_by_side = self.page.get_by_role("region", name="Teams side by side", exact=True)

    def vote(self, first: list[str], again: list[str], question: str) -> str:
        """Paste the codes of one vote or two and choose a question: the sentence beside the picture."""
        self.leave()
        for label, texts in ((FIRST, first), (AGAIN, again)):
            self.guesses.get_by_label(label, exact=True).fill("\n".join(texts))
        self.guesses.get_by_role("button", name="Show the guesses").click()
        self.guesses.get_by_text(f"First vote: {len(first)} guesses").first.wait_for()
        self.guesses.get_by_label("Question", exact=True).select_option(label=question)
        if again:
            self.guesses.get_by_text(f"After the discussion: {len(again)} guesses").first.wait_for()
        self.guesses.get_by_role("button", name="Projector view").click()
        self.guesses.get_by_role("button", name="Leave the projector view").wait_for()
        return self.said()

    def said(self) -> str:
        return self.guesses.get_by_role("status").first.inner_text()

    def answer(self) -> str:
        """What the course finds, on the wall."""
        self.guesses.get_by_role("button", name="Show the answer").click()
        self.guesses.get_by_role("button", name="Hide the answer").wait_for()
        return self.said()

    def leave(self) -> None:
        button = self.guesses.get_by_role("button", name="Leave the projector view")
        if button.count():
            button.click()

    def teams(self, lines: list[str]) -> str:
        """Paste the scenario codes of the teams: what is said of them."""
        self.leave()
        self.side_by_side.get_by_label("Teams and their scenario codes").fill("\n".join(lines))
        self.side_by_side.get_by_role("button", name="Show side by side").click()
        self.side_by_side.get_by_role("cell", name=lines[-1].split()[0], exact=True).or_(
            self.side_by_side.get_by_role("columnheader", name=lines[-1].split()[0], exact=True)
        ).first.wait_for(timeout=lab.LONGEST)
        return self.side_by_side.get_by_role("status").first.inner_text()


def timed(act) -> tuple[float, object]:
    """Seconds that something takes, and what it gives."""
    began = time.monotonic()
    found = act()
    return time.monotonic() - began, found
