"""Handouts and sheets of paper: one file each that fetches nothing, and what must be in it."""

import gzip
import re
import sys
from html.parser import HTMLParser

import lab
import pytest
from playwright.sync_api import expect
from sovereign_compute.controls.cases import EXAMPLE
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.display.charts import in_words
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.models.ownership import gpu_hour_cost

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import handouts
import worksheets

LESSONS = [row["notebook"] for row in data.records("lessons")]
OWN = ("data:", "#")
LARGEST = 1_200_000  # bytes of a whole lesson
PACKED = 400_000  # bytes of it as a server sends it


class Resources(HTMLParser):
    """Collects what a page would fetch by itself; where an ``a`` leads is the reader's choice."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            fetched = name in ("src", "srcset", "poster", "data", "background") or (name == "href" and tag != "a")
            if fetched and not (value or "").startswith(OWN):
                self.found.append(f"{tag} {name}={value}")
            if name == "style":
                self.found += re.findall(r"url\(\s*[\"']?(?!data:|#)[^)]*", value or "")


def fetched(page: str) -> list[str]:
    """Everything outside of itself that a page refers to without being asked."""
    reader = Resources()
    reader.feed(page)
    written = "\n".join(re.findall(r"<style>(.*?)</style>", page, flags=re.S))
    # A live page is told by its own head to load nothing, and the browser is watched below.
    called = [] if "default-src 'none'" in page else re.findall(r"<script[^>]*>(.*?)</script>", page, flags=re.S)
    return [
        *reader.found,
        *re.findall(r"@import[^;]*|url\(\s*[\"']?(?!data:|#)[^)]*", written),
        *re.findall(r"\bimport\b|\bfetch\(|XMLHttpRequest|WebSocket", "\n".join(called)),
    ]


@pytest.fixture(scope="module")
def wanted(request) -> list[str]:
    """The names of the lessons whose pages are made: all, or those that the command line names."""
    chosen = request.config.option.lesson
    return [name for name in LESSONS if not chosen or name[:2] in chosen]


@pytest.fixture(scope="module")
def made(request, tmp_path_factory):
    """The pages, as the commands make them."""
    folder, chosen = tmp_path_factory.mktemp("build"), request.config.option.lesson
    assert handouts.main(["--to", str(folder / "handouts"), *chosen]) == 0
    for row in handouts.pages.chosen(chosen):
        handouts.pages.write(folder / "worksheets", f"{row['notebook']}.html", worksheets.one_lesson(row))
    return folder


def pages(folder, kind: str) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / kind).glob("*.html"))}


@pytest.mark.parametrize("kind", ["handouts", "worksheets"])
def test_every_lesson_has_a_page_that_fetches_nothing(made, wanted, kind):
    found = pages(made, kind)
    assert wanted and set(found) - {"index"} == set(wanted)
    for name, text in found.items():
        assert fetched(text) == [], name
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in text
        assert text.count("<h1") == 1, name
        assert all(alt.strip() for alt in re.findall(r'<img alt="([^"]*)"', text)), name
        assert "$$" not in text and "\\frac" not in text, name


@pytest.mark.parametrize(
    "planted",
    [
        '<img alt="x" src="https://example.org/a.png">',
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "<style>@import 'a.css'; </style>",
        "<style>body { background: url(a.png) }</style>",
        '<p style="background: url(https://example.org/a.png)"></p>',
        "<script>fetch('a.json')</script>",
    ],
)
def test_a_page_that_would_fetch_something_is_found(made, planted):
    page = pages(made, "worksheets")["21_what_does_a_gpu_hour_cost"]
    assert fetched(page.replace("</main>", f"{planted}</main>"))


def test_the_index_leads_to_every_handout_and_handouts_lead_nowhere_else(made):
    found = pages(made, "handouts")
    for name, text in found.items():
        beside = {target for target in re.findall(r'<a href="([^"#]+)"', text) if "://" not in target}
        live = {target for target in beside if name == "index" and target.startswith("live/")}
        assert {target.removesuffix(".html") for target in beside - live} <= set(found), name
    assert set(re.findall(r'<a href="(\w+)\.html"', found["index"])) == set(LESSONS)


def test_each_panel_of_a_lesson_has_a_live_file_of_its_own(made):
    """With the moves of its lesson, and without a request; how it works is tested where it is made."""
    linked = set(re.findall(r'<a href="live/([^"]+)"', pages(made, "handouts")["index"]))
    files = {path.name: path.read_text(encoding="utf-8") for path in (made / "handouts" / "live").glob("*.html")}
    assert linked == set(files) and len(files) >= 19
    for text in files.values():
        assert "default-src 'none'" in text and "unsafe-eval" not in text
    assert "The report's 500 million" in files["21_gpu_hour_cost.html"]


def test_a_handout_is_the_whole_lesson_and_no_larger_than_it_may_be(made, wanted):
    found = pages(made, "handouts")
    for name in wanted:
        kinds = re.findall(r'<div class="sc-embedded"><script type="application/json">\{"control":"(\w+)"', found[name])
        assert "predictions" in kinds or name.startswith(("43", "51")), name
        assert len(found[name].encode()) < LARGEST, name
        assert len(gzip.compress(found[name].encode())) < PACKED, name
        if not name.startswith("00"):  # it explains what the notebooks' menu does
            assert "Run All Cells" not in re.sub(r"<script.*?</script>", "", found[name], flags=re.S), name
    text = found["21_what_does_a_gpu_hour_cost"]
    assert text.count('<figure class="sc-still">') == 5
    assert '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">' in text
    assert "prices = sc.data(&quot;cloud_prices&quot;)" in text
    exercise = find_exercise("21.1")
    assert exercise.solution(exercise.case(EXAMPLE)).split(" = ")[-1] not in text


def test_only_the_words_that_ask_to_run_cells_are_replaced():
    table = "   a   b\n0  1.5  2\n"  # its head stands above its columns
    assert handouts.pages.to_be_run(table, "Live.") == table
    asks = "  Draw again. Choose Run → Run All Cells to do so.\n  Then look."
    assert handouts.pages.to_be_run(asks, "Live.") == "  Draw again. Live.\n  Then look."


def test_an_unknown_lesson_is_answered_in_words(capsys, tmp_path):
    assert handouts.main(["--to", str(tmp_path), "99"]) == 1
    assert "there is no lesson 99; choose from 00, 11" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


# In a browser without a network --------------------------------------------------------------------------------------


@pytest.fixture
def reader(chromium):
    """Opens a page with the network cut; what it asks for all the same is listed."""
    opened = []

    def read(path, width: int, height: int = 800):
        context = chromium.new_context(viewport={"width": width, "height": height}, offline=True)
        opened.append(context)
        tab = context.new_page()
        tab.asked = []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.goto(path.as_uri())
        return tab

    yield read
    for context in opened:
        context.close()


without_chromium = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)


@without_chromium
def test_handouts_open_on_a_phone_without_a_network(made, reader):
    phone = reader(made / "handouts" / "index.html", 360)
    for path in sorted((made / "handouts").glob("*.html")):
        phone.goto(path.as_uri())
        phone.wait_for_function(lab.OPENED)
        phone.evaluate("() => document.querySelectorAll('details').forEach((node) => { node.open = true; })")
        widths = phone.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths == [360, 360], path.name
        assert phone.evaluate("() => [...document.images].every((image) => image.naturalWidth > 100)"), path.name
    assert [url for url in phone.asked if not url.startswith(("file:", "data:", "blob:"))] == []


@without_chromium
def test_a_handout_lives(made, reader):
    """A guess is kept and comes back, and a panel answers a key, in one file from the disk."""
    tab = reader(made / "handouts" / "21_what_does_a_gpu_hour_cost.html", 1200)
    tab.wait_for_function(lab.OPENED)
    sentence = tab.locator(".sc-live .sc-sentence")
    expect(sentence).to_have_text(unparted(in_words(gpu_hour_cost).text))
    slider = tab.locator(".sc-live input[type=range]").first
    slider.press("ArrowLeft")
    value = float(tab.locator(".sc-live input[type=number], .sc-live [role=spinbutton]").first.input_value())
    expect(sentence).to_have_text(unparted(in_words(gpu_hour_cost, utilisation=value).text))
    tab.locator(".sc-embedded input").first.fill("2.5")
    tab.get_by_role("button", name="Keep my guesses").click()
    expect(tab.get_by_text("You guessed 2.5 EUR. The course finds")).to_be_visible()


@without_chromium
@pytest.mark.parametrize("name", ["handouts/21_what_does_a_gpu_hour_cost", "handouts/index"])
def test_pages_are_accessible(made, reader, name):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(reader(made / f"{name}.html", 360))
    assert found.response["violations"] == [], found.generate_report()


@without_chromium
def test_what_is_folded_is_printed_and_folded_again(made, reader):
    tab = reader(made / "handouts" / "21_what_does_a_gpu_hour_cost.html", 800)
    tab.wait_for_function(lab.OPENED)
    open_parts = "() => [...document.querySelectorAll('details')].map((part) => part.open)"
    before = tab.evaluate(open_parts)
    assert len(before) > 10 and not all(before)
    tab.evaluate(f"() => addEventListener('beforeprint', () => {{ window.printed = ({open_parts})(); }})")
    tab.pdf()
    assert tab.evaluate("() => window.printed") == [True] * len(before)
    assert tab.evaluate(open_parts) == before
