"""What is kept of Vega, in a real Chromium: it draws every chart that a control can show."""

import lab
import pytest
from sovereign_compute.controls.founder_game import FounderGame
from sovereign_compute.controls.widgets import FILES, content, scripts
from sovereign_compute.display import charts, guesses
from sovereign_compute.display.contract import rows_of
from sovereign_compute.display.views.portfolios import robustness
from sovereign_compute.models.registry import all_models

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

MODELS = all_models()
DRAW = """async (specs) => {
  const wrong = [];
  for (const spec of specs) {
    try {
      const view = new vega.View(vega.parse(vega.compile(spec).spec), { renderer: "none" }).logLevel(1);
      await view.runAsync();
      if (!(await view.toSVG()).includes("<svg")) throw new Error("nothing is drawn");
    } catch (error) {
      wrong.push(String(error));
    }
  }
  return wrong;
}"""


@pytest.fixture(scope="module")
def tab(chromium):
    page = chromium.new_page()
    script = content(FILES["vega.min.js"]).decode()
    page.evaluate(
        """async (script) => {
          globalThis.vega = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
        }""",
        script,
    )
    yield page
    page.close()


def with_rows(function, shown: str) -> list[dict]:
    """The chart of a view with the rows of the course's values, and the same with the marks of guesses."""
    bare = charts.blueprint(function, shown)
    rows = rows_of(charts.view_of(function, shown).rows(charts.evaluation_of(function, band=True)))
    return [{**spec, "datasets": {"rows": rows}} for spec in (bare, guesses.with_guesses(bare))]


@pytest.mark.parametrize("name", MODELS)
def test_every_view_of_a_model_is_drawn(tab, name):
    function = MODELS[name].function
    specs = [spec for shown in charts.views_of(function) for spec in with_rows(function, shown)]
    assert tab.evaluate(DRAW, specs) == []


def test_the_charts_of_game_and_lab_are_drawn(tab):
    assert tab.evaluate(DRAW, [FounderGame()._chart["spec"], robustness()]) == []


def test_a_chart_that_needs_more_is_found(tab):
    land = {"mark": "geoshape", "data": {"values": []}, "projection": {"type": "mercator"}}
    (wrong,) = tab.evaluate(DRAW, [land])
    assert "geoshape" in wrong.lower() or "projection" in wrong.lower()


def test_it_is_loaded_once_for_all_that_wait_for_it(chromium):
    """It takes long to read, and several panels ask for it before it has come."""
    page = chromium.new_page()
    found = page.evaluate(
        f"""async () => {{
          const {{ chart }} = {scripts(["chart"])};
          const kernel = {{ file: async () => "globalThis.read = (globalThis.read ?? 0) + 1; export const vega = 1;" }};
          const [one, other] = await Promise.all([chart.loadVega(kernel), chart.loadVega(kernel)]);
          return [one === other, one === await chart.loadVega(kernel), read];
        }}"""
    )
    page.close()
    assert found == [True, True, 1]
