"""Slides in a real Chromium, opened from the disk: every lesson fits, its panels live, and the speaker has a window."""

import re
import sys

import lab
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.inputs import data
from sovereign_compute.models.ownership import gpu_hour_cost

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import pages
import slides
from deck import path

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

LESSONS = [row["notebook"] for row in data.records("lessons")]
LIVE = len(LESSONS) - 2  # lesson 43 has cards instead of a panel, and that of lesson 51 is a learner's own
UTILISATION = inputs(gpu_hour_cost)["utilisation"].label
READY = """() => [...document.querySelectorAll(".slides section.present .sc-figure")]
  .every((figure) => figure.querySelector(".sc-chart svg") && !figure.hasAttribute("aria-busy"))"""
# Goes through all slides, and tells of each what it holds and what is wrong with it, in its own pixels.
WALK = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const letters = (node) => parseFloat(getComputedStyle(node).fontSize);
  const faultsOf = (section, slide) => {
    const found = [], kind = section.className.split(" ")[0], scale = Reveal.getScale();
    if (slide.scrollWidth > slide.clientWidth + 1) found.push("sticks out");
    if (slide.scrollHeight > slide.clientHeight + 1) found.push("sticks out");
    const box = slide.getBoundingClientRect();
    if (box.width > innerWidth + 1 || box.height > innerHeight + 1) found.push("larger than the screen");
    for (const text of slide.querySelectorAll(":scope > :not(.live, .sc-unseen)")) {
      for (const node of [text, ...text.querySelectorAll("p, li, td, th, span")]) {
        if (!node.closest("svg, math") && letters(node) < 24) found.push(`letters of ${letters(node)} pixels`);
      }
    }
    for (const text of slide.querySelectorAll(".chart svg text, .sc-chart svg text")) {
      const size = letters(text) * text.ownerSVGElement.getScreenCTM().a / scale;
      if (size < 15.8) found.push(`letters of ${size.toFixed(1)} pixels in a chart`);
    }
    const live = slide.querySelector(".live"), chart = slide.querySelector(".sc-chart");
    if (live && !slide.querySelector(".sc-panel")) found.push("no control");
    if (live && live.scrollWidth > live.clientWidth + 1) found.push("a control is too wide");
    if (chart) {
      const [inner, outer] = [slide.querySelector(".sc-chart svg"), slide].map((node) => node.getBoundingClientRect());
      if (inner.bottom > outer.bottom || inner.right > outer.right + 1) found.push("a chart sticks out");
      const first = slide.querySelector(".sc-rows .sc-row:last-child, .sc-row");
      if (first.getBoundingClientRect().bottom > outer.bottom) found.push("no control is in view");
    }
    if (!section.querySelector("aside.notes")?.textContent.trim()) found.push("nothing for the speaker");
    return { kind, text: slide.innerText.slice(0, 60), found: [...new Set(found)] };
  };
  const told = [];
  for (const section of Reveal.getSlides()) {
    const { h, v } = Reveal.getIndices(section);
    Reveal.slide(h, v);
    const slide = section.querySelector(":scope > .slide");
    const waits = (figure) => !figure.querySelector(".sc-chart svg") || figure.hasAttribute("aria-busy");
    const busy = () => (slide.querySelector(".live") && !slide.querySelector(".sc-panel"))
      || [...slide.querySelectorAll(".sc-figure")].some(waits);
    for (let frames = 0; busy() && frames < 900; frames += 1) await frame();
    told.push({ place: [h, v], ...faultsOf(section, slide) });
  }
  return told;
}"""


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """The slides of lesson 21."""
    folder = tmp_path_factory.mktemp("slides")
    assert slides.main(["--to", str(folder), "21"]) == 0
    return next(folder.glob("21_*.html"))


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The slides of the path that has all lessons."""
    taken = path.PATHS / "self_study.md"
    assert {row["notebook"] for row in path.lessons(taken)} == set(LESSONS)
    return pages.write(tmp_path_factory.mktemp("path"), "all.html", slides.path_deck(taken))


@pytest.fixture
def opened(chromium, one):
    """Opens slides without a network; afterwards nothing was asked for, and nothing went wrong in any window."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    context.set_default_timeout(lab.PATIENCE)
    asked, wrong = [], []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))

    def open_it(file=one, more: str = ""):
        tab = context.new_page()
        tab.goto(file.as_uri() + more)
        tab.wait_for_function("() => Reveal.isReady()")
        return tab

    yield open_it
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:", "about:"))] == [] and wrong == []
    context.close()


def at(tab, kind: str, last: bool = False):
    """The first or the last slide of a kind, turned to."""
    turn = """([kind, last]) => {
      const { h, v } = Reveal.getIndices([...document.querySelectorAll(`.slides section.${kind}`)].at(last ? -1 : 0));
      Reveal.slide(h, v);
    }"""
    tab.evaluate(turn, [kind, last])
    tab.wait_for_function(READY)
    return tab.locator(".slides section.present:not(.stack)")


def place(tab) -> int:
    return tab.evaluate("() => Reveal.getSlidePastCount()")


def test_every_slide_of_every_lesson_fits_and_can_be_read(opened, everything):
    tab = opened(everything)
    found = tab.evaluate(WALK)
    assert tab.evaluate("() => Reveal.getScale()") == 1
    assert {str(one["place"]): (one["text"], one["found"]) for one in found if one["found"]} == {}
    panels = {one["place"][0] for one in found if one["kind"] == "panel"}
    assert len(panels) == LIVE
    for lesson in range(1, len(LESSONS) + 1):
        kinds = {one["kind"] for one in found if one["place"][0] == lesson}
        assert {"first", "opening", "form", "figure"} <= kinds or lesson == 1, lesson
    tab.set_viewport_size({"width": 3840, "height": 2160})
    larger = tab.evaluate(WALK)
    assert tab.evaluate("() => Reveal.getScale()") == 3
    assert {str(one["place"]): (one["text"], one["found"]) for one in larger if one["found"]} == {}


def test_a_slide_that_holds_too_much_is_found(opened):
    tab = opened()
    tab.evaluate(
        "() => document.querySelector('.opening .slide').insertAdjacentHTML('beforeend', '<p>More</p>'.repeat(12))"
    )
    tab.evaluate("() => { document.querySelector('.prompts .slide li').style.fontSize = '12px'; }")
    tab.evaluate("() => document.querySelector('.statement aside').remove()")
    faults = {one["kind"]: one["found"] for one in tab.evaluate(WALK)[::-1]}
    assert faults["opening"] == ["sticks out"]
    assert faults["prompts"] == ["letters of 12 pixels"]
    assert faults["statement"] == ["nothing for the speaker"]


def test_all_of_a_slide_has_the_letters_of_the_course(opened):
    tab = opened()
    tab.wait_for_function("() => [...document.fonts].filter(({ status }) => status === 'loaded').length >= 2")
    assert tab.locator(".sc-chart").count() == 0, "no panel has brought them"


def test_a_slider_answers_and_keeps_its_keys(opened):
    tab = opened()
    panel = at(tab, "panel")
    before, sentence = place(tab), panel.locator(".sc-sentence").inner_text()
    slider = panel.get_by_role("slider", name=UTILISATION)
    slider.focus()
    for _ in range(4):
        tab.keyboard.press("ArrowLeft")
    expect(panel.locator(".sc-sentence")).not_to_have_text(sentence)
    assert place(tab) == before
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowRight")
    assert place(tab) == before + 1
    tab.keyboard.press("ArrowLeft")
    slider.focus()
    tab.keyboard.press("PageDown")
    assert place(tab) == before + 1
    assert tab.evaluate("() => document.activeElement === document.body")


def test_a_guess_is_marked_in_the_panel_and_comes_back(opened):
    tab = opened()
    form = at(tab, "form")
    form.get_by_role("spinbutton").first.fill("2,5")
    form.get_by_role("button", name="Keep my guesses").click()
    panel = at(tab, "panel")
    expect(panel.locator(".sc-guess")).to_have_text("You guessed 2.5")
    expect(at(tab, "answers")).to_contain_text("You guessed 2.5 EUR. The course finds")


def test_one_exercise_is_shown_at_a_time(opened):
    tab = opened()
    slide = at(tab, "form", last=True)
    shown = slide.locator(".sc-check:visible")
    expect(shown).to_have_attribute("aria-label", "Exercise 21.1")
    slide.get_by_role("button", name="Exercise 21.4: open").click()
    expect(shown).to_have_attribute("aria-label", "Exercise 21.4")
    assert tab.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Exercise 21.4"


def test_a_statement_is_judged_before_its_verdict_is_shown(opened):
    tab = opened()
    slide = at(tab, "statement")
    expect(slide.locator(".fragment")).not_to_be_visible()
    before = place(tab)
    tab.keyboard.press("ArrowRight")
    expect(slide.locator(".fragment .sc-pill")).to_be_visible()
    assert place(tab) == before


def test_the_speaker_has_a_window_with_guide_and_clock(opened):
    tab = opened()
    at(tab, "panel")
    with tab.expect_popup() as popup:
        tab.keyboard.press("s")
    speaker = popup.value
    notes = speaker.locator(".speaker-controls-notes")
    expect(notes).to_contain_text("Minute 4 to 15")
    expect(notes).to_contain_text("Seen:")
    expect(speaker.locator(".timer")).to_be_visible()
    expect(speaker.frame_locator("#current-slide iframe").locator(".slides section.panel.present")).to_be_attached()
    expect(speaker.frame_locator("#upcoming-slide iframe").locator(".slides section.answers.present")).to_be_attached()
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowRight")
    expect(notes).to_contain_text("Numbers at the course's values")


def test_all_slides_are_seen_at_once(opened):
    tab = opened()
    tab.keyboard.press("o")
    assert tab.evaluate("() => Reveal.isOverview()")
    tab.keyboard.press("o")
    assert not tab.evaluate("() => Reveal.isOverview()")


def test_slides_are_printed_one_to_a_sheet(opened):
    tab = opened(more="?print-pdf")
    tab.wait_for_selector(".pdf-page >> nth=5", state="attached")
    tab.wait_for_function("() => document.querySelector('.panel .sc-chart svg')")
    paper = tab.pdf(prefer_css_page_size=True)
    sheets = len(re.findall(rb"/Type\s*/Page\b", paper))
    assert sheets == tab.evaluate("() => document.querySelectorAll('.slides .slide').length")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_slides_are_accessible(opened, scheme):
    tab = opened()
    tab.emulate_media(color_scheme=scheme)
    for kind in ("opening", "panel", "answers", "figure", "formula", "table", "statement"):
        at(tab, kind)
        # Of slides side by side, each with a heading of its own, one is shown at a time.
        found = Axe().run(tab, options={"rules": {"page-has-heading-one": {"enabled": False}}})
        assert found.response["violations"] == [], f"{kind}: {found.generate_report()}"
