"""Who is in a room, each at a screen: learners on pages and notebooks, the slides, the dashboard of whoever leads."""

import re
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import classes
import forms
import lab
import teaching
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import unparted

PANEL = ".sc-panel:has(.sc-moves)"
SEEN, LOAD, SOURCE = "What you should have seen", re.compile("^Load "), re.compile("^Source of ")
PROJECTED = (1920, 1080)
SCREENS = {"phone": (360, 740), "laptop": (1280, 800), "memory stick": (1280, 800)}
# The slide is there, and what lives on it has been drawn.
ON_THE_WALL = """() => {
  const slide = document.querySelector(".slides section.present:not(.stack) > .slide");
  const drawn = (one) => one.querySelector(".sc-chart svg") && !one.hasAttribute("aria-busy");
  return (!slide.querySelector(".live") || slide.querySelector(".sc-panel"))
    && [...slide.querySelectorAll(".sc-figure")].every(drawn);
}"""
DRAWN = """() => [...document.querySelectorAll('.sc-figure')]
  .every((one) => one.querySelector('.sc-chart svg') && !one.hasAttribute('aria-busy'))"""
CALM = 0.5  # spread of the guesses of a second vote


class Learner:
    """One learner at one screen; what is done here takes the time of the machine alone."""

    def __init__(self, name: str, page, goes, seed: int):
        self.name, self.page, self.open, self.chance = name, page, goes, Random(seed)
        self.faults: list[str] = []

    def guess(self, place: int, again: bool) -> tuple[str, int, str]:
        """Fill in the form in this place of the lesson: its text, how many questions it has, and the guess code."""
        form = self.page.get_by_role("region", name=re.compile("^Your predictions")).nth(place)
        form.scroll_into_view_if_needed()
        text, rows = form.inner_text(), {unparted(row["question"]): row for row in data.records("predictions")}
        cards = form.locator(".sc-guessing").all()
        for card in cards:
            row = rows[unparted(card.locator(".sc-question").inner_text())]
            given = classes.guess(row, self.chance, CALM if again else 1)
            fields = card.get_by_role("spinbutton")
            fields.first.fill(f"{given.pop('value'):.3g}")  # only then is the range asked for
            for field, name in zip(fields.all()[1:], ("low", "high"), strict=True):
                field.fill(f"{given[name]:.3g}" if name in given else "")
        form.get_by_role("button", name=re.compile("^Keep my guess")).click()
        form.get_by_role("status").filter(has_text=f"Kept: {len(cards)} of").wait_for()
        return text, len(cards), form.get_by_label("Your guess code").input_value()

    @property
    def panel(self):
        return self.page.locator(PANEL).first

    def sentence(self) -> str:
        """What the panel says."""
        return self.panel.locator(".sc-sentence").inner_text()

    def moves(self, wanted: list[str]) -> list[str]:
        """Make moves of the panel, by number or title, all if none is named: what is read at each of them."""
        dock = self.panel.locator(".sc-moves")
        buttons = dock.get_by_role("button", name=re.compile(r"^Move \d")).all()
        names = [button.get_attribute("aria-label") for button in buttons]
        read = []
        for move in wanted or [str(n + 1) for n in range(len(names))]:
            asked = re.compile(rf"Move (?:{re.escape(move)}:|\d+: {re.escape(move)})")
            at = next((n for n, name in enumerate(names) if asked.match(name)), None)
            if at is None:
                self.faults.append(f"the panel has no move {move!r}; it has {', '.join(names) or 'none'}")
                continue
            buttons[at].click()
            load = dock.get_by_role("button", name=LOAD)
            if load.is_visible():
                load.click()
                forms.settle(self.panel)
            else:
                self.slide(at)
            dock.get_by_role("button", name=SEEN).click()
            seen = dock.locator(".sc-seen:not([hidden])")
            seen.wait_for()
            read.append(" ".join([dock.locator(".sc-move").inner_text(), self.sentence(), seen.inner_text()]))
        return read

    def slide(self, place: int = 0) -> str:
        """One step of a slider, by key: what the panel says then."""
        sliders = self.panel.get_by_role("slider").all()
        slider = sliders[place % len(sliders)]
        slider.press("ArrowLeft" if slider.evaluate("(node) => node.value === node.max") else "ArrowRight")
        forms.settle(self.panel)
        return self.sentence()

    def source(self) -> str:
        """What the source of one assumption says."""
        chip = self.panel.get_by_role("button", name=SOURCE).first
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
        """Wrong, a hint, right: the question and what is said. Empty if it is not on the page."""
        card, exercise = self.page.locator(f"[aria-label='Exercise {id}']").first, find_exercise(id)
        if not card.count():
            self.faults.append(f"there is no exercise {id}")
            return []
        if exercise.follows:  # about the panel as it is set, and this process knows where it starts
            self.panel.get_by_role("button", name=re.compile("^Reset all")).click()
            forms.settle(self.panel)
        values, text = forms.values_of(card, exercise), card.inner_text()
        wrong, right = forms.wrong_and_right(exercise, values)
        said = forms.give(card, exercise, wrong, values)
        card.get_by_role("button", name="Hint", exact=True).click()
        card.get_by_role("listitem").filter(has_text=exercise.hints[0]).wait_for()
        return [text, said, exercise.hints[0], forms.give(card, exercise, right, values)]

    def lab(self) -> str:
        """The portfolios tried to the end, where there is a kernel: what then stands there. Else nothing."""
        form = self.page.get_by_role("region", name="Policy lab")
        if not form.count():
            return ""
        start = form.get_by_role("button", name="Try the portfolios")
        start.click()
        form.locator(".sc-table table").wait_for(timeout=lab.LONGEST)
        start.and_(form.locator("button:not([disabled])")).wait_for(timeout=lab.LONGEST)
        return form.inner_text()

    def download(self, folder: Path) -> Path:
        """What *Download everything I have made* brings, as it is handed in."""
        with self.page.expect_download() as taken:
            self.page.get_by_role("button", name="Download everything I have made").first.click()
        place = folder / self.name
        place.mkdir(parents=True)
        taken.value.save_as(place / taken.value.suggested_filename)
        return place

    def too_wide(self) -> bool:
        """Whether the page scrolls sideways."""
        return self.page.evaluate("() => document.documentElement.scrollWidth > innerWidth + 1")


class Wall:
    """The slides of a path at the size of a projector."""

    def __init__(self, page, file: Path, stacks):
        self.page = page
        self.slides = [(h, v, slide) for h, stack in enumerate(stacks) for v, slide in enumerate(stack)]
        page.goto(file.as_uri())
        page.wait_for_function("() => Reveal.isReady()")

    def named(self, stack: int, place: str) -> list[tuple]:
        """The slides of a lesson that a path means: the first, the opening question, or a section of the lesson."""
        here = [one for one in self.slides if one[0] == stack]
        if kind := {"Title": "first", teaching.OPENS: "opening"}.get(place):
            return [one for one in here if one[2].kind == kind][:1]
        return [one for one in here if any(teaching.within(place, title) for title in one[2].where)]

    def show(self, h: int, v: int) -> str:
        """Turn to a slide: what stands on it, with all that comes by and by."""
        self.page.evaluate("([h, v]) => Reveal.slide(h, v)", [h, v])
        self.page.wait_for_function(ON_THE_WALL)
        while self.page.evaluate("() => Reveal.availableFragments().next"):
            self.page.evaluate("() => Reveal.nextFragment()")
        return self.page.locator(".slides section.present:not(.stack) > .slide").inner_text()


class Dashboard:
    """The notebook of whoever leads, with its two parts."""

    FIELDS = ("Guess codes of the class", "Codes of a second vote, after the discussion")

    def __init__(self, tab: lab.Page):
        self.page = tab.page
        tab.open("notebooks/facilitator_dashboard.ipynb")
        tab.run_all()
        tab.wait_for_controls()
        self.guesses = self.page.get_by_role("region", name="Guesses of the class", exact=True)
        self.side_by_side = self.page.get_by_role("region", name="Teams side by side", exact=True)

    def vote(self, first: list[str], again: list[str], question: str) -> str:
        """Paste one vote or two, choose a question and show it to the room: the sentence beside the picture."""
        self.leave()
        for label, lines in zip(self.FIELDS, (first, again), strict=True):
            self.guesses.get_by_label(label, exact=True).fill("\n".join(lines))
        self.guesses.get_by_role("button", name="Show the guesses").click()
        self.guesses.get_by_text(f"First vote: {len(first)} guesses").first.wait_for()
        self.guesses.get_by_label("Question", exact=True).select_option(label=question)
        if again:
            self.guesses.get_by_text(f"After the discussion: {len(again)} guesses").first.wait_for()
        self.guesses.get_by_role("button", name="Projector view").click()
        self.guesses.get_by_role("button", name="Leave the projector view").wait_for()
        return self.guesses.get_by_role("status").first.inner_text()

    def answer(self) -> str:
        """What the course finds, on the wall."""
        self.guesses.get_by_role("button", name="Show the answer").click()
        self.guesses.get_by_role("button", name="Hide the answer").wait_for()
        return self.guesses.get_by_role("status").first.inner_text()

    def leave(self) -> None:
        """Back from the projector's view to the notebook."""
        button = self.guesses.get_by_role("button", name="Leave the projector view")
        if button.count():
            button.click()

    def teams(self, lines: list[str]) -> str:
        """Paste the scenario codes of the teams: what is said of them."""
        self.leave()
        self.side_by_side.get_by_label("Teams and their scenario codes").fill("\n".join(lines))
        self.side_by_side.get_by_role("button", name="Show side by side").click()
        last = lines[-1].split()[0]
        self.side_by_side.get_by_role("columnheader", name=last, exact=True).first.wait_for(timeout=lab.LONGEST)
        return self.side_by_side.get_by_role("status").first.inner_text()


class Room:
    """Everybody who is there, as long as ``stack`` is open; ``wrong`` is what a page complained of.

    ``serve`` has the site at an address, as the teacher's laptop does.
    """

    def __init__(self, stack: ExitStack, site: Path, serve, slides: Path, stacks, size: int):
        self.pairs, self.teams = -(-size // 2), -(-size // 4)
        folder = lab.course(Path(stack.enter_context(TemporaryDirectory())))
        server = stack.enter_context(lab.jupyter(folder))
        web = stack.enter_context(serve(site))
        chromium = stack.enter_context(lab.browser())
        self.wrong: list[str] = []
        self.wall = Wall(self._tab(chromium, "the wall", *PROJECTED), slides, stacks)
        self.dashboard = Dashboard(lab.Page(chromium, server, *PROJECTED))
        self.learners = []
        for seed, (name, screen) in enumerate(SCREENS.items()):
            start = site.resolve().as_uri() if name == "memory stick" else web
            page = self._tab(chromium, name, *screen)
            self.learners.append(Learner(name, page, _on_page(page, start), seed))
        tab = lab.Page(chromium, server)
        self.learners.append(Learner("notebook", tab.page, _in_notebook(tab), len(SCREENS)))
        self.others = size - len(self.learners)

    def _tab(self, chromium, name: str, width: int, height: int):
        page = chromium.new_context(viewport={"width": width, "height": height}).new_page()
        page.set_default_timeout(lab.PATIENCE)
        page.set_default_navigation_timeout(lab.LONGEST)
        page.on("pageerror", lambda error: self.wrong.append(f"{name}: {error}"))
        page.on("console", lambda told: self._note(name, told))
        return page

    def _note(self, name: str, told) -> None:
        if told.type == "error" and not told.location["url"].endswith("/favicon.ico"):  # each browser asks for one
            self.wrong.append(f"{name}: {told.text} ({told.location['url']})")


def _on_page(page, start: str):
    def goes(lesson: str) -> None:
        page.goto(f"{start}/{lesson}.html")
        page.wait_for_function(DRAWN)

    return goes


def _in_notebook(tab: lab.Page):
    def goes(lesson: str) -> None:
        name = f"notebooks/{lesson}.ipynb"
        tab.open(name) if tab.page.url == "about:blank" else tab.turn_to(name)
        tab.run_all()
        tab.lay_out_all()
        tab.wait_for_controls()

    return goes
