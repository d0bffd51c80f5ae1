"""One file with a live panel in a real Firefox, of an English and of a German reader."""

import firefox
import pytest
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.browser.page import page
from sovereign_compute.display.charts import in_words
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.models.ownership import gpu_hour_cost

pytestmark = pytest.mark.skipif(firefox.excused(), reason=firefox.HOW_TO_GET_ONE)

SHOWN = """(text) => document.querySelector(".sc-chart svg")
&& document.querySelector(".sc-sentence").textContent === text"""
REFUSED = """(text) => [...document.querySelectorAll(".sc-controls .sc-error")]
.some((node) => node.textContent === text)"""
IN_FIELD = """(field) => [document.activeElement.matches(field), document.querySelector(field).value]"""
TYPED = ("61,5", "1.000", "1 000", "1\u202f000", "−60", "60 %", "1,5e1", "1.234,5", "viele")


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("pages") / "cost.html"
    path.write_text(page(gpu_hour_cost), encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module", params=["en-GB", "de-DE"])
def browser(request):
    with firefox.browser(request.param) as found:
        yield found


@pytest.fixture
def opened(browser, file):
    """Opens the page; afterwards it has asked for nothing, and nothing went wrong in it."""
    tab = firefox.Tab(browser)

    def open_it(said: str, query: str = "") -> firefox.Tab:
        tab.open(file + query)
        tab.until(SHOWN, said)
        return tab

    yield open_it
    assert [url for url in tab.asked if not url.startswith(("file:", "blob:", "data:"))] == [] and tab.wrong == []
    tab.close()


def said(**changes) -> str:
    return unparted(in_words(gpu_hour_cost, **changes).text)


def number(id: str) -> str:
    """Where the number of an assumption is typed."""
    return f".sc-controls [id$='-{id}-number']"


@pytest.mark.parametrize("id", ["utilisation", "gpus"])
def test_a_number_is_taken_as_by_the_kernel_or_refused_with_the_reason(opened, id):
    assumption = inputs(gpu_hour_cost)[id]
    tab = opened(said())
    tab.run("() => { for (const group of document.querySelectorAll('.sc-group')) group.open = true; }")
    shown = said()
    for typed in TYPED:
        tab.type_in(number(id), typed, "Enter")
        try:
            value = assumption.accept(typed)
        except CourseError as error:
            tab.until(REFUSED, str(error))
            assert tab.run("(field) => document.querySelector(field).value", number(id)) == typed
        else:
            shown = said(**{id: value})
            tab.until("([field, value]) => Number(document.querySelector(field).value) === value", [number(id), value])
        tab.until(SHOWN, shown)


def test_a_wheel_changes_no_number_and_scrolls(opened):
    tab = opened(said())
    tab.resize(1200, 400)
    field = number("utilisation")
    tab.click(field)
    before = tab.run(IN_FIELD, field)
    assert before[0]
    for down in (40, -40):
        y = tab.run("() => scrollY")
        tab.wheel(field, down)
        tab.until("(y, down) => Math.sign(scrollY - y) === Math.sign(down)", y, down)
        assert tab.run(IN_FIELD, field) == before
    tab.until(SHOWN, said())


def test_a_link_carries_a_scenario(opened):
    changes = {"utilisation": 55.0, "lifetime": 8.0}
    opened(said(**changes), f"?scenario={scenarios.encode(changes)}")
