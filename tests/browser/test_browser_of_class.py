"""Pages and slides that are made for a class, beside those of the course, in a real Chromium.

A page of the site has the cells of a handout (``online/cells.py`` makes both), so handouts stand for the site here.
"""

import os
import re
import subprocess
import sys

import forms
import lab
import pytest
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import profile

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

GUIDES = lab.ROOT / "notebooks" / "guides"
FILE = lab.ROOT / "data" / "profiles" / "daedalus.toml"
CLASS = profile.read(FILE)
LESSONS = ("21_what_does_a_gpu_hour_cost", "23_how_long_does_training_take")
MAKE = """
import sys
sys.path.insert(0, {guides!r})
import handouts, slides
for command, folder in ((handouts, "pages"), (slides, "slides")):
    assert command.main([*{numbers}, "--to", sys.argv[1] + "/" + folder, *sys.argv[2:]]) == 0
"""
# The texts of a page by the heading above them, each control as its name; of a picture its description.
PARTS = """() => {
  const found = {}, main = document.querySelector("main");
  let heading = "";
  for (const node of main.children) {
    if (/^H[1-3]$/.test(node.tagName)) heading = node.textContent.trim();
    else if (!node.matches(".sc-embedded, noscript")) {
      const told = [...node.querySelectorAll("[role=img], img")].map((one) => one.ariaLabel ?? one.alt);
      found[heading] = [found[heading], node.textContent, ...told].filter(Boolean).join(" ");
    }
  }
  return found;
}"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The folders of the course and of the class, each made by the commands in a process of its own."""
    found = {}
    script = MAKE.format(guides=str(GUIDES), numbers=[lesson[:2] for lesson in LESSONS])
    for whose, options in {"course": [], "class": ["--profile", str(FILE)]}.items():
        found[whose] = tmp_path_factory.mktemp(whose)
        words = [sys.executable, "-c", script, str(found[whose]), *options]
        done = subprocess.run(words, capture_output=True, text=True, env={**os.environ, profile.VARIABLE: os.devnull})
        assert done.returncode == 0, done.stderr
    return found


@pytest.fixture(scope="module")
def opened(chromium, made):
    """Opens a page of the course or of the class, offline; nothing goes wrong in any of them."""
    context, wrong = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True), []
    context.set_default_timeout(lab.PATIENCE)
    context.on("weberror", lambda error: wrong.append(str(error.error)))

    def open_it(whose: str, place: str):
        tab = context.new_page()
        tab.goto((made[whose] / f"{place}.html").as_uri())
        return tab

    yield open_it
    context.close()
    assert wrong == []


@pytest.fixture(scope="module", params=LESSONS)
def both(request, opened):
    """A lesson of the course and of the class, side by side."""
    return {whose: opened(whose, f"pages/{request.param}") for whose in ("course", "class")}


def test_panels_and_figures_start_from_the_class_and_say_so(both):
    panels = {whose: tab.locator(".sc-panel:has(.sc-moves)").first for whose, tab in both.items()}
    for panel in panels.values():
        forms.settle(panel)
    assert CLASS.words in panels["class"].inner_text() and CLASS.words not in panels["course"].inner_text()
    said = {whose: panel.locator(".sc-sentence").inner_text() for whose, panel in panels.items()}
    assert said["class"] != said["course"]
    found = {whose: tab.evaluate(PARTS)["What we found"] for whose, tab in both.items()}
    assert CLASS.words in found["class"] and CLASS.words not in found["course"]


def test_statements_and_known_numbers_stay_what_they_are(both):
    course, own = (both[whose].evaluate(PARTS) for whose in ("course", "class"))
    assert course.keys() == own.keys()
    told = {heading for heading in course if re.search(r"^Which statements|known numbers|get runs right", heading)}
    assert len(told) == 2 and all(len(course[heading]) > 300 for heading in told)
    assert {heading for heading in told if course[heading] != own[heading]} == set()
    changed = {heading for heading in course if course[heading] != own[heading]}
    assert changed and {heading for heading in changed if CLASS.words not in own[heading]} == set()


def test_an_exercise_on_a_given_case_is_that_of_the_course_and_one_on_the_panel_is_not(opened):
    tab = opened("class", f"pages/{LESSONS[0]}")
    given, own = (find_exercise(id) for id in ("21.1", "21.2"))
    card = tab.locator("[aria-label='Exercise 21.1']")
    values = forms.values_of(card, given)
    assert "Right" in _answered(card, given, forms.wrong_and_right(given, values)[1], values)
    card, values = tab.locator("[aria-label='Exercise 21.2']"), own.values()
    here = values | {id: a.value for id, a in CLASS.assumptions.items() if id in values}
    course, mine = (forms.wrong_and_right(own, one)[1] for one in (values, here))
    assert "Not yet" in _answered(card, own, course, here)
    assert "Right" in _answered(card, own, mine, here)


def _answered(card, exercise, answer, values) -> str:
    """What is said of an answer."""
    forms.give(card, exercise, answer, values)
    return card.locator(".sc-feedback").inner_text()


def test_slides_start_from_the_class_and_their_statements_do_not(opened):
    shown = {}
    for whose in ("course", "class"):
        tab = opened(whose, f"slides/{LESSONS[0]}")
        tab.wait_for_function("() => Reveal.isReady()")
        statements = tab.locator(".slides section.statement").all_text_contents()
        shown[whose] = statements, tab.locator(".slides section.figure").all_text_contents()
        tab.evaluate("""() => {
          const { h, v } = Reveal.getIndices(document.querySelector(".slides section.panel"));
          Reveal.slide(h, v);
        }""")
        panel = tab.locator(".slides section.panel .sc-panel").first
        forms.settle(panel)
        assert (CLASS.words in panel.inner_text()) == (whose == "class")
    assert shown["course"][0] == shown["class"][0] and len(shown["course"][0]) > 3
    assert shown["course"][1] != shown["class"][1]
