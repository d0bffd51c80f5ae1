"""The live panel in a real JupyterLab and a real Chromium, used with mouse and keyboard as a learner does."""

import csv
import re
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import forms
import lab
import looks
import pandas as pd
import pytest
import sheets
import sovereign_compute as sc
from PIL import Image
from sovereign_compute.analysis.settings import inputs
from sovereign_compute.display import drawing
from sovereign_compute.inputs import scenarios
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.data import sources
from sovereign_compute.inputs.presets import presets
from sovereign_compute.inputs.share_codes import CONTINUED
from sovereign_compute.inputs.wording import number
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import find

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

PARTS = ("machine", "building", "electricity", "maintenance", "staff", "total", "total", "cloud")
CHART = ".sc-chart svg"
ALL_DRAWN = "() => document.querySelectorAll('.sc-chart svg').length === 3"
ONE_PANEL = ("import sovereign_compute as sc", "panel = sc.explore(sc.lesson(21).gpu_hour_cost)\npanel")
TWO_PANELS = (
    *ONE_PANEL,
    "sc.explore(sc.lesson(21).gpu_hour_cost)",
    """import ipywidgets as widgets

readout, button = widgets.Label(), widgets.Button(description="Rent of 5")
panel.observe(lambda change: setattr(readout, "value", f"rent {change['new']['cloud_price']}"), "values")
button.on_click(lambda _: setattr(panel, "values", {**panel.values, "cloud_price": 5}))
widgets.HBox([readout, button])""",
    """import altair as alt
from typing import NamedTuple
from sovereign_compute.display.charts import VIEWS, View
from sovereign_compute.models.registry import MODELS, Model, Output


class Bill(NamedTuple):
    bill: object


def test_bill(*, cloud_price, test_size):
    return Bill(cloud_price * (1 + test_size))


MODELS["test_bill"] = Model(test_bill, "A bill of a small test", (Output("bill", "Bill", "USD/gpu/hour", 2),))
VIEWS["test_bill"] = View(
    lambda rows: alt.Chart(rows, title="Bill").mark_bar().encode(x=alt.X("bill:Q", title="USD"), y="item:N"),
    lambda reading: {"item": ["Bill"], "bill": [reading.result.bill]},
    lambda reading: f"The bill of this small test is {reading.result.bill:.2f} USD.",
    {"item": "Item", "bill": "USD"},
)
sc.explore(test_bill)""",
)


def add_a_choice(table) -> None:
    """A choice among three words, as a row of the copied registry."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    number = max(*(int(row["code"]) for row in rows), *CONTINUED) + 1
    fixed = dict.fromkeys(("value", "low", "high", "hard_min"), 0)
    words = {"id": "test_size", "label": "Size of the test", "choices": "small|middling|large", "unit": "1"}
    made = {"code": number, "hard_max": 2, "step": 1, "scale": "linear", "distribution": "choice"}
    rows.append({**rows[0], **fixed, **words, **made, "currency_year": "", "correlation_group": "none"})
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


class PanelOnPage:
    """One panel as a learner sees it."""

    def __init__(self, tab: lab.Page, number: int = 0):
        self.tab, self.page = tab, tab.page
        self.root = tab.page.locator(".sc-panel").nth(number)

    def slider(self, label: str):
        return self.root.get_by_role("slider", name=label, exact=True)

    def field(self, label: str):
        return self.root.get_by_role("spinbutton", name=label, exact=True)

    def row(self, label: str):
        return self.root.locator(".sc-row").filter(has=self.page.get_by_text(label, exact=True))

    def enter(self, label: str, value) -> None:
        self.field(label).fill(str(value))
        self.field(label).press("Enter")
        self.settled()

    def choose(self, name: str, option: str) -> None:
        self.root.get_by_label(name, exact=True).select_option(label=option)
        self.settled()

    def reset(self) -> None:
        self.root.get_by_role("button", name="Reset all").click()
        self.settled()

    def fresh(self) -> "PanelOnPage":
        """At the start, with all groups open: whatever was done before is undone, and all of it has been answered."""
        self.settled()
        self.unfold()
        self.root.get_by_label("90 % band").check()
        self.choose("Compare with", "the course's values")
        self.choose("Result", "As in the lesson")
        self.reset()
        return self

    def unfold(self, open: bool = True) -> None:
        """Open all groups of controls, or close them; what else can be unfolded is closed."""
        self.root.evaluate(
            """(root, open) => {
              for (const part of root.querySelectorAll('details')) part.open = open && part.matches('.sc-group');
              for (const chip of root.querySelectorAll('.sc-chip[aria-expanded=true]')) chip.click();
            }""",
            open,
        )

    def answered(self) -> None:
        """Two more moves go up and come down, and with them whatever was still under way."""
        self.root.get_by_label("90 % band").uncheck()
        self.settled()
        self.root.get_by_label("90 % band").check()
        self.settled()

    def keep(self) -> None:
        """Open what saves, loads and shares."""
        if self.root.locator(".sc-keep[open]").count() == 0:
            self.root.get_by_text("Save, load, share").click()
        self.settled()

    def settled(self) -> None:
        """Nothing is under way, and the picture is that of the sentence."""
        forms.settle(self.root)

    @property
    def sentence(self) -> str:
        return self.root.locator(".sc-sentence").inner_text().replace("\N{NO-BREAK SPACE}", " ")

    @property
    def problem(self) -> str:
        return " ".join(self.root.locator("> .sc-error").all_inner_texts()).strip()

    @property
    def notice(self) -> str:
        return self.root.locator("> .sc-notice").text_content().replace("\N{NO-BREAK SPACE}", " ")

    def numbers(self) -> list[float]:
        """The numbers written in the picture, from top to bottom."""
        written = self.root.locator(f"{CHART} .mark-text.role-mark text").all_text_contents()
        return [float(text) for text in written if not text.startswith("your guess")]

    def shows(self, **changes) -> None:
        """Assert that sentence, fields and picture are those of a scenario."""
        result = sc.evaluate(gpu_hour_cost, **changes)
        assert f"One GPU-hour in use costs {result.total:.2f} EUR" in self.sentence
        digits = {output.id: output.digits for output in find(gpu_hour_cost).outputs}
        assert self.numbers() == [float(number(getattr(result, part), digits[part])) for part in PARTS]
        assert self.root.locator(CHART).get_attribute("aria-label") == self.root.locator(".sc-sentence").text_content()


# Each has a kernel of its own.
WRITTEN = dict.fromkeys(("one", "link-doc", "link-lab", "link-notebooks", "link-wrong"), ONE_PANEL) | {
    "two": TWO_PANELS
}


@pytest.fixture(scope="module")
def folder(folder):
    add_a_choice(folder / "data" / "assumptions.csv")
    return folder


def opened(chromium, server, notebook: str, **where):
    tab = lab.Page(chromium, server)
    tab.open(f"notebooks/{notebook}.ipynb", **where)
    tab.run_all(CHART)
    return tab


@pytest.fixture(scope="module")
def one(chromium, server):
    tab = opened(chromium, server, "one")
    yield tab
    tab.close_quiet()


@pytest.fixture
def panel(one):
    """The panel at the course's values."""
    found = PanelOnPage(one).fresh()
    one.sent.clear()
    return found


@pytest.fixture(scope="module")
def page_of_two(chromium, server):
    tab = opened(chromium, server, "two")
    tab.page.wait_for_function(ALL_DRAWN)
    yield tab
    tab.close_quiet()


@pytest.fixture
def two(page_of_two):
    """Two panels of one model and one of another, all at the course's values."""
    for place in range(3):
        PanelOnPage(page_of_two, place).fresh()
    return page_of_two


def costs(**changes) -> str:
    """What a GPU-hour costs, as the sentences say it."""
    return f"{sc.evaluate(gpu_hour_cost, **changes).total:.2f}"


def kinds(tab: lab.Page) -> list[str]:
    """What the widgets of a page have asked for."""
    return [kind.decode() for frame in tab.sent for kind in re.findall(rb'"kind": ?"(\w+)"', frame)]


# Moving -----------------------------------------------------------------------------------------------------------


def test_charts_have_the_letters_of_the_course(panel, one):
    """Also where the system has no font of this name: the face comes from the kernel."""
    one.page.wait_for_function(
        "(family) => [...document.fonts].filter((face) => face.family === family && face.status === 'loaded').length",
        arg=drawing.FONT,
    )
    assert panel.root.locator(f"{CHART} text").first.get_attribute("font-family").startswith(drawing.FONT)


def test_opens_at_the_courses_values(panel):
    panel.shows()
    assert panel.root.locator(CHART).get_attribute("role") == "img"
    price = registry()["capital_cost"].value
    assert panel.slider("Purchase price").get_attribute("aria-valuetext") == f"{number(price)} million EUR"


def test_drag_settles_on_the_last_value(panel, one):
    slider = panel.slider("Purchase price")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    y = box["y"] + box["height"] / 2
    panel.page.mouse.move(box["x"] + 40, y)
    panel.page.mouse.down()
    for step in range(1, 61):
        panel.page.mouse.move(box["x"] + 40 + 2 * step, y)
    panel.page.mouse.up()
    panel.settled()
    value = float(panel.field("Purchase price").input_value())
    assert value == float(slider.input_value()) and value > 400
    panel.shows(capital_cost=value)
    # One message at a time: a move that comes too early is merged into the next one.
    assert 1 < kinds(one).count("set") <= 61
    panel.answered()
    panel.shows(capital_cost=value)


def test_typed_number(panel):
    panel.enter("Utilisation", 40)
    panel.shows(utilisation=40)
    assert panel.slider("Utilisation").input_value() == "40"
    assert panel.slider("Utilisation").get_attribute("aria-valuetext") == "40 %"


def test_typed_number_is_rounded_to_the_grid(panel):
    panel.enter("Purchase price", 300.26)
    assert panel.field("Purchase price").input_value() == "300.5"
    panel.shows(capital_cost=300.5)


def test_keyboard_alone(panel, one):
    """Tab, arrows, Home, Enter, Space; none of JupyterLab's shortcuts takes a key away."""
    keyboard = panel.page.keyboard
    cells = panel.page.locator(".jp-Cell").count()
    panel.root.get_by_label("Preset").focus()
    reached = []
    for _ in range(80):
        keyboard.press("Tab")
        reached.append(panel.page.evaluate("() => document.activeElement.id"))
        if reached[-1].endswith("capital_cost-range"):
            break
    assert any(id.endswith("-band") for id in reached) and reached[-2].endswith("capital_cost-number")
    for _ in range(3):
        keyboard.press("ArrowRight")
    panel.settled()
    price = registry()["capital_cost"]
    assert price.step == 0.5
    panel.shows(capital_cost=price.value + 1.5)
    keyboard.press("Shift+Tab")
    keyboard.press("ArrowUp")
    panel.settled()
    panel.shows(capital_cost=price.value + 2)
    keyboard.press("Control+a")
    keyboard.type("500")
    keyboard.press("Enter")
    panel.settled()
    panel.shows(capital_cost=500)
    keyboard.press("Tab")
    keyboard.press("Tab")  # from the slider to its reset
    keyboard.press("Enter")
    panel.settled()
    panel.shows()
    panel.root.get_by_label("90 % band").focus()
    keyboard.press("Space")
    panel.settled()
    assert "90 % range" not in panel.sentence
    keyboard.press("Space")
    panel.settled()
    assert "90 % range" in panel.sentence
    panel.root.get_by_text("Save, load, share").focus()
    keyboard.press("Enter")
    assert panel.root.locator(".sc-keep[open]").count() == 1
    panel.root.get_by_label("Save as").focus()
    keyboard.type("abxdd0mcvz")  # each of them a shortcut in JupyterLab's command mode
    assert panel.root.get_by_label("Save as").input_value() == "abxdd0mcvz"
    panel.root.get_by_label("Save as").fill("")
    assert panel.page.locator(".jp-Cell").count() == cells


def test_logarithmic_slider(panel):
    slider, field = panel.slider("GPUs"), panel.field("GPUs")
    slider.focus()
    seen = [float(field.input_value())]
    for _ in range(5):
        slider.press("ArrowRight")
        panel.settled()
        seen.append(float(field.input_value()))
    ratios = [b / a for a, b in pairwise(seen[1:])]
    assert all(1.03 < ratio < 1.04 for ratio in ratios), seen
    panel.shows(gpus=seen[-1])
    for key, end in (("Home", 1_000), ("End", 1_000_000)):
        slider.press(key)
        panel.settled()
        assert float(field.input_value()) == end
    panel.enter("GPUs", 12345)
    assert field.input_value() == "12345"
    assert field.evaluate("(node) => node.validity.valid")


def test_preset_is_one_recomputation(panel, one):
    one.received.clear()
    panel.choose("Preset", "The report's 500 million, 80 % used")
    assert sum(b'"sentence"' in frame for frame in one.received) == 1
    assert panel.notice == presets("gpu_hour_cost")["report-80"]["note"]
    panel.answered()
    assert kinds(one) == ["preset", "band", "band"]
    assert sum(b'"sentence"' in frame for frame in one.received) == 3
    panel.shows(**presets("gpu_hour_cost")["report-80"]["values"])


def test_reset_one_and_all(panel):
    panel.enter("Utilisation", 40)
    panel.enter("PUE", 1.5)
    hidden = panel.root.get_by_role("button", name="Reset Staff", exact=True)
    assert not hidden.is_visible()
    panel.root.get_by_role("button", name="Reset Utilisation").click()
    panel.settled()
    panel.shows(pue=1.5)
    panel.reset()
    panel.shows()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("5000", "Purchase price: 5,000 is out of range; allowed is 0 to 2,000 million EUR"),
        ("-1", "Purchase price: −1 is out of range"),
        ("", "Purchase price: the field is empty; allowed is 0 to 2,000 million EUR"),
        ("1e", "is not a number: write the number alone, in million EUR; allowed is 0 to 2,000 million EUR"),
        ("e999", "is not a number; allowed is 0 to 2,000 million EUR"),
    ],
)
def test_bad_value_is_refused_beside_its_field(panel, typed, said):
    panel.enter("Purchase price", 300)
    field = panel.field("Purchase price")
    field.focus()
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.press("Delete")
    panel.page.keyboard.type(typed)
    panel.page.keyboard.press("Enter")
    panel.settled()
    error = panel.row("Purchase price").locator(".sc-error")
    error.filter(has_text=said).wait_for()
    assert field.get_attribute("aria-invalid") == "true"
    assert field.get_attribute("aria-describedby") == error.get_attribute("id")
    panel.shows(capital_cost=300)
    panel.enter("Purchase price", 310)
    panel.shows(capital_cost=310)
    assert error.text_content() == "" and field.get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize("pasted", ["NaN", "twelve", "Infinity"])
def test_pasted_text_changes_nothing(panel, pasted):
    panel.enter("Purchase price", 300)
    field = panel.field("Purchase price")
    field.focus()
    panel.page.keyboard.press("Control+a")
    panel.page.keyboard.insert_text(pasted)
    panel.page.keyboard.press("Enter")
    panel.answered()
    panel.shows(capital_cost=300)


# Asking -----------------------------------------------------------------------------------------------------------


def test_source_is_one_click_away(panel):
    row = panel.row("Purchase price")
    row.get_by_label("Source of Purchase price").click()
    text = row.locator(".sc-source").inner_text()
    price = registry()["capital_cost"]
    assert f"{number(price.low)} to {number(price.high)} million EUR (P5 to P95)" in text
    assert sources()[price.source]["producer"] in text
    assert f"looked up {price.accessed}" in text and f"evidence: {price.tier}" in text


def test_table_has_the_numbers_of_the_chart(panel):
    panel.root.get_by_text("Show as table").click()
    panel.root.locator(".sc-table tbody tr").first.wait_for()
    for changes in ({}, {"capital_cost": 900}):
        if changes:
            panel.enter("Purchase price", 900)
        cells = panel.root.locator(".sc-table tbody tr td:nth-child(2)").all_text_contents()
        result = sc.evaluate(gpu_hour_cost, **changes)
        expected = [getattr(result, part) for part in ("machine", "building", "electricity", "maintenance", "staff")]
        expected += [result.total, result.cloud]
        assert [float(cell) for cell in cells] == pytest.approx(expected, abs=0.00051)
        panel.shows(**changes)
    panel.root.get_by_text("Show as table").click()


def test_band_off_and_on(panel):
    lines = panel.root.locator(f"{CHART} .mark-rule.role-mark line")

    def widths() -> list[float]:
        return [abs(float(line.get_attribute("x2") or 0)) for line in lines.all()]

    on = widths()
    assert len(on) >= 2 and min(on) > 5
    panel.root.get_by_label("90 % band").uncheck()
    panel.settled()
    assert max(widths(), default=0) == 0 and "90 % range" not in panel.sentence
    panel.shows()
    panel.root.get_by_label("90 % band").check()
    panel.settled()
    assert widths() == on


def test_a_panel_with_a_comparison_is_accessible_and_straight(panel, one):
    panel.choose("Compare with", "The report's 500 million, 80 % used")
    panel.choose("Result", "All results")
    for width in looks.WIDTHS:
        looks.assert_straight(one.page, width)
    looks.assert_accessible(one.page)
    looks.assert_told(one.page)
    panel.choose("Result", "As in the lesson")
    panel.choose("Compare with", "the course's values")


def test_reduced_motion_changes_nothing(panel):
    panel.page.emulate_media(reduced_motion="reduce")
    panel.enter("Purchase price", 400)
    panel.shows(capital_cost=400)
    panel.page.emulate_media(reduced_motion="no-preference")


# Keeping ----------------------------------------------------------------------------------------------------------


def test_save_load_and_share(panel):
    panel.keep()
    panel.enter("Utilisation", 55)
    code = panel.root.get_by_label("Code (").input_value()
    assert code == scenarios.encode({"utilisation": 55.0})
    panel.root.get_by_label("Save as").fill("My half")
    panel.root.get_by_label("Save as").press("Enter")
    panel.page.wait_for_function("() => document.querySelector('.sc-notice').textContent.startsWith('Saved as')")
    panel.reset()
    panel.choose("Saved", "My half")
    panel.shows(utilisation=55)
    panel.reset()
    panel.root.get_by_label("Code (").fill(code)
    panel.root.get_by_label("Code (").press("Enter")
    panel.page.wait_for_function("() => document.querySelector('.sc-notice').textContent.includes('by the code')")
    panel.settled()
    panel.shows(utilisation=55)


@pytest.mark.parametrize(
    ("button", "ending"),
    [("Table (CSV)", "csv"), ("Table (Excel)", "xlsx"), ("Chart (SVG)", "svg"), ("Chart (PNG)", "png")],
)
def test_what_is_downloaded_names_its_scenario_and_its_sources(panel, one, button, ending):
    panel.enter("Utilisation", 40)
    panel.keep()
    code = scenarios.encode({"utilisation": 40.0})
    with one.page.expect_download() as download:
        panel.root.get_by_role("button", name=button).click()
    assert download.value.suggested_filename.startswith("what-one-gpu-hour-costs-")
    path = download.value.path()
    if ending == "png":
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.width >= 1280
            assert len(picture.convert("L").getcolors()) > 20, "the picture is empty"
        return
    if ending == "svg":
        text = path.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
        assert code in text
        assert f"One GPU-hour in use costs {costs(utilisation=40)} EUR" in text
        text = " ".join(re.sub(r"<[^>]*>", " ", text).split())  # lines of sources are broken anywhere
        for a in inputs(gpu_hour_cost).values():
            assert sources()[a.source]["producer"] in text
        return
    head, *cells = sheets.workbook(path) if ending == "xlsx" else [(frame := sheets.plain(path)), *frame.to_numpy()]
    rows = pd.DataFrame(cells, columns=list(head)).set_index("Part")
    total = rows.loc["Owned, in all", "EUR per GPU-hour in use"]
    assert number(float(total), 2) == costs(utilisation=40)
    # Where the table comes from stands behind it.
    assert list(rows)[-5:] == ["Model", "Scenario code", "Compared with", "Exported on", "Sources"]
    assert set(rows["Scenario code"]) == {code}
    for a in inputs(gpu_hour_cost).values():
        assert sources()[a.source]["producer"] in rows.Sources.iloc[0]


def test_the_name_of_a_download_bears_the_day_of_the_learner(panel, one):
    now = datetime.now(UTC)
    # One of the two has another day than Greenwich at any hour.
    zone, hours = ("Pacific/Kiritimati", 14) if now.hour >= 10 else ("Pacific/Pago_Pago", -11)
    devices = one.page.context.new_cdp_session(one.page)
    devices.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
    try:
        panel.keep()
        with one.page.expect_download() as download:
            panel.root.get_by_role("button", name="Table (CSV)").click()
    finally:
        devices.send("Emulation.setTimezoneOverride", {"timezoneId": ""})
    day = now.astimezone(timezone(timedelta(hours=hours))).date()
    assert day != now.date()
    assert download.value.suggested_filename == f"what-one-gpu-hour-costs-{day}.csv"
    assert set(sheets.plain(download.value.path())["Exported on"]) == {day.isoformat()}


@pytest.mark.parametrize("around", ["“{}”.", "Ours (see {}), thanks", "https://hub.example/lab?scenario={}&x=1"])
def test_a_code_is_read_out_of_what_was_pasted(panel, around):
    panel.keep()
    code = scenarios.encode({"utilisation": 47.0})
    field = panel.root.get_by_label("Code (")
    field.fill(around.format(f"sc1\u2011{code[4:]}\u200b"))
    field.press("Enter")
    panel.settled()
    panel.shows(utilisation=47)
    assert field.input_value() == code


def test_wrong_code_is_refused_in_words(panel):
    panel.keep()
    panel.enter("Utilisation", 55)
    field = panel.root.get_by_label("Code (")
    good = field.input_value()
    for wrong, said in (
        (good[:-3] + "!" + good[-2:], "letters, digits"),
        (good[:-2], "incomplete or mistyped"),
        ("hello", "SC1-"),
    ):
        field.fill(wrong)
        field.press("Enter")
        panel.root.locator("> .sc-error").filter(has_text=said).wait_for()
        assert field.input_value() == wrong  # it stays, to be mended
        panel.shows(utilisation=55)
    panel.enter("Utilisation", 56)
    assert panel.problem == "" and field.input_value() == scenarios.encode({"utilisation": 56.0})


def test_name_without_letters_is_refused(panel):
    panel.keep()
    panel.root.get_by_label("Save as").fill("...")
    panel.root.get_by_role("button", name="Save", exact=True).click()
    panel.root.locator("> .sc-error").filter(has_text="at least one letter or digit").wait_for()


def test_scenario_survives_a_rerun_of_the_cell(panel, one):
    panel.enter("Utilisation", 60)
    one.run_again(1)
    again = PanelOnPage(one)
    again.settled()
    assert panel.page.locator(".sc-panel").count() == 1
    again.shows(utilisation=60)
    again.enter("Utilisation", 61)
    again.shows(utilisation=61)


def test_lost_message_does_not_block_the_panel(panel, one):
    """The page drops one message to the kernel; the learner is told, and the next move works."""
    panel.page.evaluate(
        """() => {
          const send = WebSocket.prototype.send;
          WebSocket.prototype.send = function () { WebSocket.prototype.send = send; };
        }"""
    )
    panel.field("Utilisation").fill("33")
    panel.field("Utilisation").press("Enter")
    panel.root.locator("> .sc-error").filter(has_text="has not answered yet").wait_for(timeout=60_000)
    panel.enter("Utilisation", 34)
    panel.shows(utilisation=34)
    assert panel.problem == ""


# Others -----------------------------------------------------------------------------------------------------------


def test_two_panels_stay_in_step(two):
    first, second = PanelOnPage(two), PanelOnPage(two, 1)
    first.settled()
    first.enter("Utilisation", 45)
    two.page.wait_for_function(
        "(text) => document.querySelectorAll('.sc-sentence')[1].textContent.replaceAll('\u00a0', ' ') === text",
        arg=first.sentence,
    )
    second.settled()
    second.shows(utilisation=45)
    assert second.field("Utilisation").input_value() == "45"
    second.reset()
    two.page.wait_for_function(
        "(text) => document.querySelectorAll('.sc-sentence')[0].textContent.replaceAll('\u00a0', ' ') === text",
        arg=second.sentence,
    )
    first.settled()
    first.shows()


def test_another_scenario_takes_the_place_of_the_courses_values(two):
    """In sentence, subtitle, marks, table and exports of one panel; the other panel keeps what it is compared with."""
    panel, other = PanelOnPage(two), PanelOnPage(two, 1)
    outlines = f"{CHART} .mark-rect.role-mark path[stroke-dasharray]"
    assert panel.root.locator(outlines).count() == 0  # nothing differs
    panel.choose("Compare with", "The report's 500 million, 80 % used")
    named = "scenario “The report's 500 million, 80 % used”"
    assert panel.notice == f"Compared with the {named}."
    gives = f"gives {costs(**presets('gpu_hour_cost')['report-80']['values'])}."
    assert panel.sentence.endswith(f"The {named} {gives}")
    subtitle = " ".join(panel.root.locator(f"{CHART} .role-title text").all_text_contents())
    assert named in subtitle.replace("\N{NO-BREAK SPACE}", " ")
    assert panel.root.locator(outlines).count() > 1
    assert (
        panel.root.locator(".sc-before").inner_text() == f"{costs(**presets('gpu_hour_cost')['report-80']['values'])} →"
    )
    panel.shows()
    panel.root.get_by_text("Show as table").click()
    panel.root.locator(".sc-table th", has_text=f"S{named[1:]}").wait_for()
    panel.root.get_by_text("Show as table").click()
    panel.keep()
    code = scenarios.encode(presets("gpu_hour_cost")["report-80"]["values"])
    for button in ("Table (CSV)", "Chart (SVG)"):
        with two.page.expect_download() as download:
            panel.root.get_by_role("button", name=button).click()
        text = download.value.path().read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
        assert code in text and text.count("500 million, 80 % used") >= 2
    panel.enter("Utilisation", 44)
    other.root.locator(".sc-sentence", has_text=f"course's values give {costs()}").wait_for()
    panel.choose("Compare with", "the course's values")
    panel.reset()
    assert "gives" not in panel.sentence
    assert panel.root.locator(outlines).count() == 0
    assert panel.root.locator(".sc-before").inner_text() == ""


def test_pasted_code_is_compared_with_by_keyboard_alone(two):
    panel = PanelOnPage(two)
    field = panel.root.get_by_label("Paste its code")
    assert not field.is_visible()
    panel.root.get_by_label("Compare with", exact=True).focus()
    panel.page.keyboard.press("End")  # the last choice: a code
    panel.page.keyboard.press("Tab")
    assert field.evaluate("(node) => node === document.activeElement")
    panel.page.keyboard.type("hello")
    panel.page.keyboard.press("Enter")
    panel.root.locator("> .sc-error").filter(has_text="starts with SC1-").wait_for()
    assert field.input_value() == "hello"  # it stays, to be mended
    code = scenarios.encode({"utilisation": 40.0})
    field.fill(code)
    field.press("Enter")
    panel.root.locator(".sc-sentence", has_text=f"The scenario “{code}” gives {costs(utilisation=40)}").wait_for()
    panel.settled()
    assert panel.problem == "" and field.input_value() == code
    panel.choose("Compare with", "the course's values")
    assert not field.is_visible()


def test_deleted_scenario_is_refused_in_words(two, folder):
    panel, other = PanelOnPage(two), PanelOnPage(two, 1)
    panel.keep()
    panel.root.get_by_label("Save as").fill("Short-lived")
    panel.root.get_by_label("Save as").press("Enter")
    choice = other.root.get_by_label("Compare with", exact=True)
    choice.locator("option", has_text="Short-lived").wait_for(state="attached")  # the other panel knows of it
    (folder / "notebooks" / "my_course" / "scenario-short-lived.json").unlink()
    choice.select_option(label="Short-lived")
    other.root.locator("> .sc-error").filter(has_text="moved, renamed or deleted").wait_for()
    other.settled()
    assert choice.locator("option:checked").inner_text() == "the course's values"
    assert choice.locator("option", has_text="Short-lived").count() == 0


@pytest.mark.parametrize("number", [0, 2])
def test_all_results_or_one_can_be_shown(two, number):
    """For a model with a chart of its own, and for one that was registered in the notebook."""
    panel = PanelOnPage(two, number)
    result = panel.root.get_by_label("Result", exact=True)
    usual = panel.sentence
    panel.choose("Result", "All results")
    labels = result.locator("optgroup option").all_text_contents()
    panel.root.get_by_text("Show as table").click()
    panel.root.locator(".sc-table th", has_text="Unit").wait_for()
    assert panel.root.locator(".sc-table tbody tr th:first-child").all_text_contents() == labels
    panel.root.get_by_text("Show as table").click()
    panel.choose("Result", labels[-1])
    assert panel.sentence.startswith(f"With the values set here, “{labels[-1]}” is ")
    assert panel.root.locator(f"{CHART} .mark-rect.role-mark path").count() > 20
    panel.choose("Result", "As in the lesson")
    assert panel.sentence == usual


def test_plain_ipywidgets_read_and_set_the_values(two):
    panel = PanelOnPage(two)
    panel.enter("Rent of a GPU-hour", 4)
    two.page.locator(".widget-label", has_text="rent 4").wait_for()
    two.page.get_by_role("button", name="Rent of 5").click()
    two.page.locator(".widget-label", has_text="rent 5").wait_for()
    asks = number(sc.evaluate(gpu_hour_cost, cloud_price=5).cloud, 2)
    panel.root.locator(".sc-sentence", has_text=f"A cloud charges {asks}").wait_for()
    panel.settled()
    panel.shows(cloud_price=5)


def test_choice_is_a_list_of_words(two):
    panel, rent = PanelOnPage(two, 2), registry()["cloud_price"].value
    assert f"{rent:.2f} USD" in panel.sentence
    panel.choose("Size of the test", "large")
    assert f"{3 * rent:.2f} USD" in panel.sentence
    panel.root.get_by_role("button", name="Reset Size of the test").click()
    panel.settled()
    assert f"{rent:.2f} USD" in panel.sentence
    assert panel.root.get_by_label("Size of the test", exact=True).input_value() == "0"


def test_restarted_kernel_is_told_and_a_rerun_recovers(two):
    two.command("kernelmenu:restart")
    two.page.get_by_role("button", name="Confirm Kernel Restart").click()
    two.page.locator(".sc-panel > .sc-error", has_text="stopped or restarted").first.wait_for(timeout=60_000)
    two.wait_for_kernel()
    two.run_all()
    two.page.wait_for_function(ALL_DRAWN, timeout=60_000)
    panel = PanelOnPage(two)
    panel.settled()
    assert panel.problem == ""
    panel.enter("Utilisation", 70)
    panel.shows(utilisation=70)


# Links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", ["doc/workspaces/link/tree", "lab/tree", "notebooks"])
def test_link_opens_a_scenario_once(chromium, server, route):
    code = scenarios.encode({"utilisation": 50.0, "pue": 1.3})
    tab = opened(chromium, server, f"link-{route.partition('/')[0]}", query=f"scenario={code}", route=route)
    panel = PanelOnPage(tab)
    panel.root.locator(".sc-sentence", has_text=f"give {costs()}").wait_for()
    panel.settled()
    panel.shows(utilisation=50, pue=1.3)
    panel.reset()
    panel.shows()
    tab.run_all()
    panel.page.wait_for_selector(CHART)
    panel.settled()
    panel.answered()
    panel.shows()
    assert tab.outside == []
    if route != "notebooks":  # Notebook 7 logs complaints about settings of its own
        assert tab.console == []
    tab.close()


def test_link_with_a_wrong_code_says_so(chromium, server):
    tab = opened(chromium, server, "link-wrong", query="scenario=SC1-nonsense", route="doc/workspaces/link/tree")
    panel = PanelOnPage(tab)
    panel.root.locator("> .sc-error").filter(has_text="incomplete or mistyped").wait_for()
    panel.settled()
    panel.shows()
    tab.close()


# Without a browser ------------------------------------------------------------------------------------------------


def test_missing_browser_excuses_a_learner_but_not_the_ci(monkeypatch):
    monkeypatch.setattr(lab, "CHROMIUM", None)
    assert lab.excused({}) and not lab.excused({"CI": "true"})
    with pytest.raises(RuntimeError, match="install the system package"), lab.browser():
        pass
