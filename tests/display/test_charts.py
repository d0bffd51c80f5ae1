"""Charts: what they must carry, what they say and what colour may mean."""

import altair as alt
import pandas as pd
import pytest
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.display import charts, deciding, drawing
from sovereign_compute.display.charts import figure, must_tell, shown
from sovereign_compute.display.deciding import attribution_chart, tornado_chart
from sovereign_compute.display.tables import side_by_side
from sovereign_compute.errors import CourseError
from sovereign_compute.lessons.l21_gpu_hour.exhibits import break_even_chart, cloud_chart, offers
from sovereign_compute.models.access import allocation
from sovereign_compute.models.ownership import gpu_hour_cost
from told import numbers

TOLD = {"title": "A title", "description": "The cost rises from one to two euros per hour."}
AXIS = {"x": {"type": "quantitative", "field": "a", "title": "Cost (EUR)"}}


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ({**TOLD, "title": ""}, "a chart needs a title"),
        ({**TOLD, "description": None}, "a chart needs a description"),
        ({**TOLD, "description": "A bar chart."}, "a chart needs a description"),
        ({**TOLD, "encoding": {"x": {"type": "quantitative", "field": "a"}}}, "the x axis"),
        ({**TOLD, "layer": [{"encoding": {"y": {"type": "quantitative", "field": "a"}}}]}, "the y axis"),
        ({**TOLD, "vconcat": [{"encoding": AXIS}, {"encoding": {"x": {**AXIS["x"], "title": None}}}]}, "the x axis"),
    ],
)
def test_a_chart_that_does_not_tell_is_refused(spec, says):
    with pytest.raises(CourseError, match=says):
        must_tell(spec)


def test_a_chart_that_tells_is_taken():
    assert must_tell({**TOLD, "encoding": AXIS}) == {**TOLD, "encoding": AXIS}


def test_a_chart_of_the_course_that_does_not_tell_is_refused_when_it_is_shown():
    chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_bar().encode(x="a:Q").properties(config=charts.CONFIG)
    with pytest.raises(CourseError, match="a chart needs a title"):
        shown(chart)
    with pytest.raises(CourseError, match="a chart needs a title"):
        shown(chart.configure_axis(grid=False))


def test_a_chart_of_what_matters_needs_something_that_varies():
    with pytest.raises(CourseError, match="allocation has no assumption with a range"):
        tornado_chart(allocation)


@pytest.mark.parametrize(
    "chart",
    [
        lambda: figure(gpu_hour_cost),
        lambda: figure(gpu_hour_cost, utilisation=3),
        break_even_chart,
        lambda: break_even_chart(capital_cost=2000, utilisation=1, cloud_price=0.1),
        cloud_chart,
        lambda: tornado_chart(gpu_hour_cost),
        lambda: tornado_chart(gpu_hour_cost, output="break_even_utilisation"),
        lambda: attribution_chart(gpu_hour_cost, {}, {"utilisation": 60, "pue": 1.3, "electricity_price": 0.1}),
        lambda: attribution_chart(gpu_hour_cost, {}, {}),
    ],
)
def test_a_chart_shows_offline_and_stores_nothing_random(chart):
    first, second = shown(chart()), shown(chart())
    assert first == second
    assert set(first) == {"application/vnd.vegalite.v5+json", "text/plain"}
    assert "http" not in str(first["application/vnd.vegalite.v5+json"]).replace(
        "https://vega.github.io/schema/vega-lite/v5.json", ""
    )


def test_descriptions_agree_with_the_data():
    result = evaluate(gpu_hour_cost)
    said = numbers(shown(figure(gpu_hour_cost))["text/plain"])
    assert round(result.total, 2) in said
    assert round(result.cloud, 2) in said
    assert round(result.break_even_utilisation) in said

    frame = offers(1.17)
    said = numbers(shown(cloud_chart())["text/plain"])
    assert said[:2] == [len(frame), frame.provider.nunique()]
    assert said[2:] == [round(frame.eur.min(), 2), round(frame.eur.max(), 2), round(result.total, 2)]

    said = shown(tornado_chart(gpu_hour_cost))["text/plain"]
    assert numbers(said)[2:4] == [
        round(evaluate(gpu_hour_cost, utilisation=65).total, 2),
        round(evaluate(gpu_hour_cost, utilisation=92).total, 2),
    ]


def test_a_panel_and_a_still_picture_of_one_scenario_say_the_same():
    changes = {"utilisation": 40}
    spec = shown(figure(gpu_hour_cost, **changes))["application/vnd.vegalite.v5+json"]
    assert spec["description"] == charts.in_words(gpu_hour_cost, **changes).text


def test_contributions_add_up_to_the_difference_that_is_said():
    before, after = {"utilisation": 90}, {"utilisation": 60, "pue": 1.3}
    text = attribution_chart(gpu_hour_cost, before, after).to_dict()["description"]
    difference = evaluate(gpu_hour_cost, **after).total - evaluate(gpu_hour_cost, **before).total
    assert numbers(text)[0] == round(difference, 2)


def test_scenarios_stand_side_by_side_with_their_names():
    table = side_by_side(gpu_hour_cost, {"utilisation": 40}, {"pue": 1.3}, names=["Team A", "Team B"])
    assert list(table.shown.iloc[0]) == ["Utilisation", "%", "80", "40", "80"]
    assert table["Team A"].iloc[0] == 40.0
    assert list(table.shown.columns[2:]) == ["Course's values", "Team A", "Team B"]


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Years of use", "Years of use matter: nothing else varies"),
        ("Hours saved", "Hours saved matter: nothing else varies"),
        ("People", "People matter: nothing else varies"),
        ("Value of services", "Value of services matters: nothing else varies"),
        ("PUE", "PUE matters: nothing else varies"),
    ],
)
def test_a_title_of_what_matters_is_a_sentence(label, says):
    frame = pd.DataFrame({"label": [label], "at_low": [1.0], "at_high": [2.0]})
    assert deciding.what_matters(frame) == says


def test_the_title_of_a_tornado_is_its_finding():
    title = tornado_chart(gpu_hour_cost).to_dict()["title"]["text"]
    assert title == "Utilisation matters most, cost of one position hardly at all"
    few = tornado_chart(gpu_hour_cost, most=2).to_dict()["title"]["text"]
    assert few == "Utilisation matters most, then years of use"


def test_charts_take_ink_and_width_from_the_page_and_pictures_have_their_own():
    spec = shown(break_even_chart())["application/vnd.vegalite.v5+json"]
    assert spec["width"] == drawing.WIDE
    # Nothing that is drawn on the page's own ground has a colour of its own that only a light one suits.
    assert spec["config"]["background"] == "transparent"
    inks = [spec["config"][part][key] for part, key in (("axis", "labelColor"), ("title", "color"), ("text", "color"))]
    assert inks == ["currentColor"] * 3
    drawn = drawing.svg(spec)
    assert f'width="{drawing.WIDE}"' in drawn and 'fill="white"' in drawn
    below = shown(figure(gpu_hour_cost))["application/vnd.vegalite.v5+json"]
    assert {part["width"] for part in below["vconcat"]} == {drawing.WIDE - charts.LABELS}
