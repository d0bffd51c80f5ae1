"""The whole course as a site, made once and opened from the disk in a real Chromium, as `.ci/run` does."""

import contextlib
import json
import re
import sys

import lab
import links
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from sovereign_compute.display.charts import in_words
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.models.ownership import gpu_hour_cost

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
pytest.importorskip("sphinx", reason="the site is made with the group of dependencies `site`: add --group site")
import website

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

LESSONS = [row["notebook"] for row in data.records("lessons")]
LESSON = "21_what_does_a_gpu_hour_cost"
PAGES = ("index", LESSON, "51_your_own_question", f"guides/{LESSON}", "data/cloud_prices", "glossary", "search")
FORBIDDING = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'"
)
"""What a careful server lets a page do."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site, without a word of warning from Sphinx."""
    folder = tmp_path_factory.mktemp("site") / "a folder"
    assert website.main(["--to", str(folder), "--address", "https://example.org/course/"]) == 0
    return folder


@contextlib.contextmanager
def reading(chromium, site):
    """Opens a page with the network cut; afterwards nothing was asked for elsewhere, and nothing went wrong."""
    asked, wrong, contexts = [], [], []

    def read(name: str, width: int = 1280, height: int = 900, **how):
        context = chromium.new_context(viewport={"width": width, "height": height}, offline=True, **how)
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        path, _, more = name.partition("?")
        tab.goto((site / f"{path}.html").as_uri() + (f"?{more}" if more else ""))
        return tab

    yield read
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == [] and wrong == []


@pytest.fixture
def reader(chromium, site):
    with reading(chromium, site) as read:
        yield read


@pytest.fixture(scope="module", params=dict.fromkeys((*LESSONS, *PAGES)))
def leaf(request, chromium, site):
    """One page after the other, loaded once for all that is asked of it; its name, too."""
    with reading(chromium, site) as read:
        yield request.param, read(request.param)


def test_every_link_leads_somewhere_and_nothing_is_loaded_from_elsewhere(site):
    assert links.walk(site) == []
    made = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert {f"{name}.html" for name in (*LESSONS, *(f"data/{name}" for name in data.names()))} <= made
    assert not [name for name in made if "answers" in name]


def test_a_page_tells_what_it_is(site):
    for name in LESSONS:
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        kind = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])
        row = next(row for row in data.records("lessons") if row["notebook"] == name)
        assert kind["name"] == row["question"] and kind["timeRequired"] == f"PT{row['minutes']}M", name
        assert len(kind["description"]) > 40 and kind["teaches"], name
        assert f'<link rel="canonical" href="https://example.org/course/{name}.html"' in text


def test_the_notebook_of_a_page_is_the_course_s(site):
    text = (site / f"{LESSON}.html").read_text(encoding="utf-8")
    assert f'href="_sources/{LESSON}.ipynb"' in text
    kept, own = site / "_sources" / f"{LESSON}.ipynb", lab.ROOT / "notebooks" / f"{LESSON}.ipynb"
    assert kept.read_bytes() == own.read_bytes()


def test_a_lesson_answers_a_key(reader):
    tab = reader(LESSON)
    sentence = tab.locator(".sc-live .sc-sentence")
    expect(sentence).to_have_text(unparted(in_words(gpu_hour_cost).text))
    slider = tab.locator(".sc-live input[type=range]").first
    slider.focus()
    slider.press("ArrowLeft")
    value = float(tab.locator(".sc-live input[type=number], .sc-live [role=spinbutton]").first.input_value())
    expect(sentence).to_have_text(unparted(in_words(gpu_hour_cost, utilisation=value).text))
    expect(tab.locator(".sc-live .sc-chart svg")).to_be_visible()


def test_every_control_of_a_page_opens(leaf):
    name, tab = leaf
    assert tab.locator(".sc-embedded").count() >= (3 if name in LESSONS else 0)
    for place in tab.locator(".sc-embedded").all():
        expect(place.locator(".sc-panel, .sc-card").first).to_be_visible()


@pytest.mark.parametrize("width", [390, 320])
def test_no_page_is_wider_than_a_phone(leaf, width):
    _, tab = leaf
    tab.set_viewport_size({"width": width, "height": 900})
    tab.evaluate("() => document.querySelectorAll('details').forEach((node) => { node.open = true; })")
    lab.still(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_guess_and_exercise_live_in_the_page_and_its_file_does_not_hold_the_answer(reader, site):
    tab = reader(LESSON)
    guess = tab.locator(".sc-embedded").first
    expect(guess.locator("input").first).to_be_visible()
    exercise = tab.locator(".sc-card").filter(has_text="21.1").first
    expect(exercise).to_be_visible()
    assert "Worked solution" not in (site / f"{LESSON}.html").read_text(encoding="utf-8")


def test_the_page_for_participants_has_a_code_that_leads_to_the_site(reader, tmp_path):
    tab = reader("guides/room/participants")
    code = tab.get_by_role("img", name="Code to scan: All lessons, live, https://example.org/course/index.html")
    tab.locator(".scan").screenshot(path=tmp_path / "code.png")
    read = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))
    assert [found.text for found in read] == ["https://example.org/course/index.html"]
    expect(code).to_be_visible()


def test_the_search_finds_a_word_without_a_server(reader):
    tab = reader("search?q=utilisation")
    # Results come in one after the other.
    expect(tab.locator(f'#search-results li a[href*="{LESSON}"]').first).to_be_visible()


def test_the_theme_reaches_the_panel(reader):
    tab = reader(LESSON, color_scheme="dark")
    expect(tab.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    tab.get_by_role("button", name="Color mode").click()
    tab.get_by_text("Light", exact=True).click()
    expect(tab.locator("body")).to_have_attribute("data-jp-theme-light", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible(reader, scheme):
    from axe_playwright_python.sync_playwright import Axe

    for name in PAGES:
        tab = reader(name, color_scheme=scheme)
        if tab.locator(".sc-embedded").count():
            expect(tab.locator(".sc-embedded .sc-panel").first).to_be_visible()
        if name == LESSON:  # that of 51 is a learner's, and has no panel in the page
            expect(tab.locator(".sc-live .sc-chart svg").first).to_be_visible()
        # With "preload" it would read style sheets, which a page on the disk may not.
        found = Axe().run(tab, options={"preload": False})
        assert found.response["violations"] == [], f"{name}: {found.generate_report()}"
        tab.context.close()


def test_it_works_in_a_frame_of_a_server_that_forbids_much(chromium, site):
    """A learning platform shows a page in a frame; its server lets no text become a function."""
    context = chromium.new_context()

    def answer(route):
        path = site / route.request.url.removeprefix("https://course.test/").partition("?")[0]
        if path.is_file():
            kind = {".css": "text/css", ".js": "text/javascript", ".html": "text/html"}.get(path.suffix, "font/woff2")
            route.fulfill(body=path.read_bytes(), content_type=kind, headers={"content-security-policy": FORBIDDING})
        else:
            route.fulfill(status=404)

    context.route("https://course.test/**", answer)
    frame = f'<iframe width="900" height="800" src="https://course.test/{LESSON}.html"></iframe>'
    context.route("https://platform.test/**", lambda route: route.fulfill(body=frame, content_type="text/html"))
    tab, wrong = context.new_page(), []
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.goto("https://platform.test/")
    inside = tab.frame_locator("iframe")
    expect(inside.locator(".sc-live .sc-chart svg")).to_be_visible()
    assert inside.locator("html").get_attribute("data-mode") == "auto" and wrong == []
    context.close()
