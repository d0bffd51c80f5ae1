"""How a page of outputs looks: whether it is accessible, and whether anything sticks out or lies on something else."""

import lab
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1280, 800, 640)  # the last is 1280 pixels at 200 %
OUTPUTS = ".jp-OutputArea-output"
THEIRS = ["table.dataframe", ".vega-embed details", ".noUi-handle"]
"""What pandas, Altair and ipywidgets show of a learner's own, as everywhere: an empty head above an index, a menu and a
handle without a name."""

# Whether something sticks out of its output, and whether parts of a panel lie on each other.
CROOKED = """() => {
  const wrong = [];
  for (const output of document.querySelectorAll('.jp-OutputArea-output')) {
    if (output.querySelector('.vega-embed details')) continue;  // a learner's own chart scrolls inside of its output
    const inner = output.querySelector('.sc-panel') ?? output;
    if (inner.scrollWidth > inner.clientWidth + 1)
      wrong.push(`${inner.scrollWidth} of ${inner.clientWidth} pixels: ${inner.textContent.slice(0, 60)}`);
  }
  const seen = (node) => node.checkVisibility({ visibilityProperty: true });
  for (const panel of document.querySelectorAll('.sc-panel')) {
    const box = panel.getBoundingClientRect();
    for (const part of [...panel.querySelectorAll('*')].filter(seen)) {
      const at = part.getBoundingClientRect();
      const inside = part.closest('svg svg, svg g, .sc-scroll[tabindex] *');  // these are cut or scroll by themselves
      if (at.width && (at.right > box.right + 1 || at.left < box.left - 1) && !inside)
        wrong.push(`sticks out: ${part.tagName} ${part.className.baseVal ?? part.className}`);
    }
    for (const row of panel.querySelectorAll('.sc-row, .sc-tools, .sc-body')) {
      const parts = [...row.children].filter(seen).map((node) => [node, node.getBoundingClientRect()]);
      parts.forEach(([a, x], i) => parts.slice(i + 1).forEach(([b, y]) => {
        if (x.right > y.left + 1 && y.right > x.left + 1 && x.bottom > y.top + 1 && y.bottom > x.top + 1)
          wrong.push(`overlap: ${a.outerHTML.slice(0, 60)} and ${b.outerHTML.slice(0, 60)}`);
      }));
    }
  }
  return wrong;
}"""

# What of the course moves by itself or glides: parts of its panels, by the styles that hold now.
MOVING = """() => [...document.querySelectorAll('.sc-panel, .sc-panel *')].filter((node) => {
  const style = getComputedStyle(node);
  const lasts = (times) => times.split(',').some((time) => parseFloat(time) > 0);
  return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration))
    || style.scrollBehavior === 'smooth' || node.tagName.startsWith('animate');
}).map((node) => `${node.tagName} ${node.className.baseVal ?? node.className}`)"""


def assert_accessible(page) -> None:
    """The accessibility checker finds nothing wrong in the outputs."""
    found = Axe().run(page, context={"include": [OUTPUTS], "exclude": THEIRS})
    assert len(found.response["passes"]) > 10
    assert found.response["violations"] == [], found.generate_report()


def assert_straight(page, width: int) -> None:
    """Nothing sticks out, overlaps or makes the notebook scroll sideways at a width."""
    page.set_viewport_size({"width": width, "height": 1000})
    lab.still(page)
    crooked = page.evaluate(CROOKED)
    notebook = page.locator(".jp-WindowedPanel-outer").first
    scrolls = notebook.evaluate("(node) => node.scrollWidth > node.clientWidth + 1")
    page.set_viewport_size({"width": WIDTHS[0], "height": 1000})
    assert crooked == []
    assert not scrolls


def assert_good_in_both_themes(tab) -> None:
    """What a tab shows is accessible in the dark and in the light, and straight at all widths."""
    for dark in (False, True):
        tab.theme(dark)
        assert_accessible(tab.page)
    tab.theme(False)
    for width in WIDTHS:
        assert_straight(tab.page, width)


def assert_told(page) -> None:
    """Every chart has a description."""
    for chart in page.locator(f"{OUTPUTS} svg.marks").all():
        assert len(chart.get_attribute("aria-label") or chart.locator("xpath=..").get_attribute("aria-label")) > 30


def assert_in_order(tab, dark: bool) -> None:
    """In a theme, what stands in a tab is accessible, and straight at each width; the tab is light again afterwards."""
    tab.theme(dark)
    try:
        assert_accessible(tab.page)
        for width in WIDTHS:
            assert_straight(tab.page, width)
    finally:
        tab.theme(False)
