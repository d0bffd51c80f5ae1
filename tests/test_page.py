"""What the scripts of all widgets share, on a page without JupyterLab."""

import lab
import pytest
from sovereign_compute.controls.widgets import STATIC

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

PUT = """(name) => {
  const model = { on() {}, off() {}, send() {}, get() { return {}; } };
  const root = element("section", { "aria-label": name });
  (globalThis.taken ??= []).push(connected(model).mount(document.body, root, () => {}));
}"""
NAMES = "() => [...document.querySelectorAll('section')].map((root) => root.getAttribute('aria-label'))"


def test_two_widgets_of_one_name_are_two_landmarks(chromium):
    tab = chromium.new_page()
    tab.add_script_tag(path=STATIC / "dom.js")
    for name in ("Cost", "Cost", "Memo"):
        tab.evaluate(PUT, name)
    assert tab.evaluate(NAMES) == ["Cost", "Cost (2)", "Memo"]
    # A cell that is run again gives its name back first.
    tab.evaluate("() => { taken[0](); document.querySelector('section').remove(); }")
    tab.evaluate(PUT, "Cost")
    assert tab.evaluate(NAMES) == ["Cost (2)", "Memo", "Cost"]
    tab.close()
