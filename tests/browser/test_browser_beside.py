"""The band of a long model, computed beside the page in a worker, in a real Chromium: it is that of the kernel."""

import lab
import pytest
from playwright.sync_api import expect
from sovereign_compute.browser.page import page
from sovereign_compute.display.charts import in_words
from sovereign_compute.inputs.wording import unparted
from sovereign_compute.models.next_round import next_round

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    found = tmp_path_factory.mktemp("beside") / "next_round.html"
    found.write_text(page(next_round), encoding="utf-8")
    return found


@pytest.mark.parametrize("worker", [True, False])
def test_the_band_of_a_long_model_follows(chromium, file, worker):
    """Without a worker, as where a browser forbids it, the page computes it by itself."""
    context, wrong = chromium.new_context(viewport={"width": 1200, "height": 1000}), []
    if not worker:
        context.add_init_script("delete globalThis.Worker")
    tab = context.new_page()
    tab.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    tab.goto(file.as_uri())
    sentence, slider = tab.locator(".sc-live .sc-sentence"), tab.locator(".sc-live input[type=range]").first
    expect(sentence).to_have_text(unparted(in_words(next_round).text))
    id = slider.get_attribute("id").split("-")[-2]
    for _ in range(5):  # only the newest is asked for
        slider.press("ArrowRight")
    value = float(tab.locator(".sc-live input[type=number], .sc-live [role=spinbutton]").first.input_value())
    expect(sentence).to_have_text(unparted(in_words(next_round, **{id: value}).text))
    assert sentence.inner_text().startswith("Across all draws")
    tab.get_by_label("Result").select_option("all results")
    expect(tab.locator(".sc-chart svg")).to_be_visible()
    assert len(tab.workers) == int(worker) and wrong == []
    context.close()
