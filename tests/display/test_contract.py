"""A view's chart and table name what its rows have, and a misspelled name is said before anything is shown."""

import json

import altair as alt
import pytest
from jsonschema import Draft7Validator
from sovereign_compute import explore, figure
from sovereign_compute.analysis.evaluation import evaluation_of
from sovereign_compute.controls import panel
from sovereign_compute.display import charts, contract
from sovereign_compute.display.charts import ALL, OWN, VIEWS, View, blueprint, view_of, views_of
from sovereign_compute.errors import CourseError
from sovereign_compute.models.registry import MODELS, find
from sovereign_compute.models.surveys import survey_mean
from units import model_modules

model_modules()
EVERY = [pytest.param(m.function, id, id=f"{name}-{id}") for name, m in MODELS.items() for id in views_of(m.function)]
ROWS = {"item": ["own", None], "value": [1.0, 2.0], "low": [0.5, 1.5]}
X, Y = {"field": "value", "type": "quantitative"}, {"field": "item", "type": "nominal"}


@pytest.mark.parametrize(("function", "id"), EVERY)
def test_chart_and_table_of_every_view_name_columns_of_its_rows(function, id):
    drawn, rows = blueprint(function, id), view_of(function, id).rows(evaluation_of(function))
    contract.must_agree("with the band", rows, view_of(function, id).columns, drawn)


# The three tests of every view stand in one file, as its chart is built once for them.


@pytest.fixture(scope="module")
def unsound():
    """What the schema of Vega-Lite finds wrong with a chart."""
    held = Draft7Validator(alt.load_schema())
    return lambda spec: [error.message for error in held.iter_errors(spec)]


@pytest.mark.parametrize(("function", "id"), EVERY)
def test_the_chart_of_every_view_is_sound(function, id, unsound):
    """A panel sends it unchecked; here it is checked against the schema of Vega-Lite.

    Of the views of single results, which are drawn by one function, the first is checked by Altair as well.
    """
    assert unsound(blueprint(function, id)) == []
    if id in (OWN, ALL, find(function).outputs[0].id):
        chart = view_of(function, id).chart(alt.NamedData("rows")).properties(config=charts.CONFIG)
        assert json.loads(chart.to_json()) == blueprint(function, id)


def test_a_chart_that_is_not_sound_is_found(unsound):
    chart = json.loads(json.dumps(blueprint(MODELS["gpu_hour_cost"].function, "total")))
    assert unsound(chart) == []
    chart["layer"][0]["encoding"]["x"]["axs"] = {}
    assert unsound(chart)


@pytest.mark.parametrize(("function", "id"), EVERY)
def test_a_band_can_be_left_out_exactly_where_one_is_drawn(few_draws, function, id):
    view = view_of(function, id)
    with_band, without = (view.rows(evaluation_of(function, band=band)) for band in (True, False))
    moved = {key for key in with_band if with_band[key] != without[key]}
    drawn = '"low"' in json.dumps(blueprint(function, id))
    assert view.band == (drawn and {"low", "high"} <= moved)


def spec(*transforms: dict, **more) -> dict:
    return {"data": {"name": "rows"}, "transform": list(transforms), "encoding": {"x": X, "y": Y}, **more}


@pytest.mark.parametrize(
    "right",
    [
        spec(),
        spec(
            {"calculate": "2 * datum.value + datum['low']", "as": "twice"},
            layer=[{"encoding": {"x2": {"field": "twice"}}}],
        ),
        spec(
            {"joinaggregate": [{"op": "max", "field": "low", "as": "most"}], "groupby": ["item"]},
            {"filter": "datum.most > 1"},
        ),
        spec(
            {"stack": "value", "groupby": ["item"], "as": ["start", "end"], "sort": [{"field": "low"}]},
            {"filter": "datum.end > 0"},
        ),
        spec(layer=[{"data": {"values": [{"at": 1}]}, "encoding": {"x": {"field": "at"}}}]),
        spec(
            layer=[{"data": {"name": "facts"}, "encoding": {"x": {"field": "year"}}}], datasets={"facts": [{"year": 1}]}
        ),
        {"vconcat": [spec(), {"layer": [spec()]}]},
        spec(
            encoding={
                "x": {"datum": 100},
                "y": {"value": 3},
                "color": {"condition": {"test": "datum.low > 1", "value": "red"}},
            }
        ),
        spec(encoding={"x": {**X, "axis": {"labelExpr": "datum.value + datum.label"}}}),
    ],
)
def test_what_the_rows_or_a_transform_give_is_taken(right):
    contract.must_agree("a view", ROWS, {"item": "What", "value": "Value"}, right)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (spec(encoding={"x": {"field": "valeu"}}), "valeu"),
        (spec({"calculate": "datum.valeu", "as": "twice"}), "valeu"),
        (spec({"calculate": "datum['valeu']", "as": "twice"}), "valeu"),
        (spec({"filter": "datum.part == 'money'"}), "part"),
        (spec({"filter": {"field": "part", "equal": "money"}}), "part"),
        (spec({"joinaggregate": [{"op": "max", "field": "high", "as": "most"}]}), "high"),
        (spec({"joinaggregate": [{"op": "max", "field": "low", "as": "most"}], "groupby": ["part"]}), "part"),
        (spec({"window": [{"op": "row_number", "as": "n"}], "sort": [{"field": "rank"}]}), "rank"),
        (spec(encoding={"color": {"condition": {"test": "datum.sign > 1", "value": "red"}}}), "sign"),
        (spec(encoding={"y": {**Y, "sort": {"field": "rank", "op": "min"}}}), "rank"),
        (spec(encoding={"tooltip": [{"field": "value"}, {"field": "why"}]}), "why"),
        (spec(layer=[{"data": {"values": [{"at": 1}]}, "encoding": {"x": {"field": "value"}}}]), "value"),
        # What one layer computes, its neighbour does not know.
        (
            spec(
                layer=[
                    {"transform": [{"calculate": "1", "as": "one"}], "encoding": {"x": {"field": "one"}}},
                    {"encoding": {"x": {"field": "one"}}},
                ]
            ),
            "one",
        ),
        ({"hconcat": [spec(), {"layer": [spec(encoding={"x": {"field": "valeu"}})]}]}, "valeu"),
    ],
)
def test_a_field_that_nothing_gives_is_named_with_what_there_is(wrong, field):
    with pytest.raises(CourseError, match=rf"^a view: its chart names '{field}'; its rows have item, value, low$"):
        contract.must_agree("a view", ROWS, {"item": "What"}, wrong)


def test_a_head_without_a_column_and_columns_of_unequal_length_are_named():
    with pytest.raises(CourseError, match=r"^a view: its table names 'shwon'; its rows have item, value, low$"):
        contract.must_agree("a view", ROWS, {"item": "What", "shwon": "Value"}, spec())
    with pytest.raises(CourseError, match=r"^a view: its rows need columns of one length; they have item 1, value 2$"):
        contract.must_agree("a view", {"item": ["own"], "value": [1.0, 2.0]}, {"item": "What"}, spec())


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"chart": "bars"}, "a view needs a function as its chart, not 'bars'"),
        ({"rows": {}}, "a view needs a function as its rows"),
        ({"sentence": None}, "a view needs a function as its sentence"),
        ({"columns": {}}, "a view needs columns"),
        ({"columns": ["item"]}, "a view needs columns"),
        ({"columns": {"item": None}}, "a view needs columns"),
    ],
)
def test_a_view_with_a_part_missing_is_refused_when_it_is_made(changes, says):
    whole = view_of(survey_mean)
    parts = {name: getattr(whole, name) for name in ("chart", "rows", "sentence", "columns")}
    with pytest.raises(CourseError, match=says):
        View(**{**parts, **changes})


@pytest.fixture
def misspelled(monkeypatch):
    """The view of a model with a column misspelled in its chart."""
    whole = view_of(survey_mean)

    def drawn(rows):
        return whole.chart(rows) + alt.Chart(rows).mark_point().encode(x="valeu:Q")

    monkeypatch.setitem(VIEWS, "survey_mean", View(drawn, whole.rows, whole.sentence, whole.columns))
    charts._blueprint.cache_clear()
    yield
    charts._blueprint.cache_clear()


@pytest.mark.parametrize("show", [figure, explore])
def test_a_misspelled_column_is_said_before_anything_is_shown(misspelled, learner, show):
    said = r"^survey_mean, view 'its own': its chart names 'valeu'; its rows have "
    with pytest.raises(CourseError, match=said):
        show(survey_mean)


def test_a_view_is_held_against_its_rows_once_and_never_on_a_move(learner, monkeypatch):
    held = []
    monkeypatch.setattr(charts, "must_agree", lambda whose, *parts: held.append(whose))
    charts._blueprint.cache_clear()
    shown = panel.Panel(survey_mean)
    id = next(iter(shown.values))
    for value in (1.0, 2.0, 3.0):
        shown._receive(shown, {"kind": "set", "seq": 1, "values": {id: value}}, [])
    figure(survey_mean)
    explore(survey_mean)
    assert held == ["survey_mean, view 'its own'"]
