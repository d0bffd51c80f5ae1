"""What the course says and lists by itself, over all panels: sentences, names of results, tables, bands and presets."""

import re

import numpy as np
import pandas as pd
import pytest
from bare import EVERY
from readings import readings, scenarios_of
from sovereign_compute.analysis.evaluation import baseline_of, evaluation_of
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.controls.widgets import for_page
from sovereign_compute.display import tables
from sovereign_compute.display.charts import view_of, views_of
from sovereign_compute.display.prose import Prose
from sovereign_compute.display.tables import back_test, result_table
from sovereign_compute.display.views.plain import ONE_VALUE, alike
from sovereign_compute.inputs import data
from sovereign_compute.inputs.assumptions import get
from sovereign_compute.inputs.presets import presets
from sovereign_compute.inputs.wording import quantity, unparted
from sovereign_compute.lessons.fact_check import claims, filters
from sovereign_compute.models.registry import MODELS

UNITS = "days|GPUs|GPU-hours|hours|minutes|months|people|start-ups|weeks|years"
SIGNS = {
    "two spaces": r"  ",
    "a space before a stop": r" [,.;:)]",
    "two stops": r"[,;:.] ?[,;:.]",
    "an empty bracket": r"\(\s*\)|“”",
    "no number": r"\b(nan|inf|is None)\b",
    "a minus zero": r"−0(\.0*)?\b(?![.\d])",
    "a range without width": r"range (\S+) to \1[ )]",
    "one of several": rf"(?<![\d.,] )(?<![\d.,])\b1 ({UNITS})\b",
    "once is no times": r"(?<![\d.,])\b1 times the\b",
    "no name before its number": r"\b(by|is worth|costs|than|of) with the values\b",
    "no sentence": r"(?s)^(?![A-Z“0-9−]).|[^.!?]$",
}
FRAGMENT = re.compile(r"^(…|[a-z]|The same\b|Of (it|these|them)\b)|\b(by|than|is|costs)$|\bis worth$")
"""The name of a result that says nothing by itself, or that is half a sentence."""


def signs(sentence: str) -> list[str]:
    """What is mechanically wrong with a sentence."""
    return [name for name, pattern in SIGNS.items() if re.search(pattern, sentence)]


@pytest.mark.parametrize("name", EVERY)
def test_every_sentence_of_a_panel_reads_as_one(few_draws, name):
    function = MODELS[name].function
    views = [view_of(function, id) for id in views_of(function)]
    said = {view.sentence(reading) for reading in readings(name) for view in views}
    assert len(said) > len(views)
    assert [(sentence, found) for sentence in said if (found := signs(sentence))] == []


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("Waiting costs more than renting by with the values set here: 157 thousand USD.", "no name before its number"),
        ("With 5 times the computing, 1 times the people, output is 1.31.", "once is no times"),
        ("The bill is 34 % (90 % range 34 to 34).", "a range without width"),
        ("The run takes 1 days.", "one of several"),
        ("It costs nan EUR.", "no number"),
        ("It costs  5 EUR.", "two spaces"),
        ("It costs −0.00 EUR.", "a minus zero"),
        ("of which: moving today is 2 EUR.", "no sentence"),
    ],
)
def test_a_planted_fault_is_seen(sentence, sign):
    assert signs(sentence) == [sign]


def test_the_name_of_a_result_says_by_itself_what_it_is():
    labels = [output.label for name in EVERY for output in MODELS[name].outputs]
    assert [label for label in labels if FRAGMENT.search(label)] == []
    planted = ["of which: moving today", "The same, for a day", "Waiting costs more than renting by", "… put to use"]
    assert all(FRAGMENT.search(label) for label in planted)


CHANCE = re.compile(r"(?i)\b(probability|chance|dry before|comes first|reaches|idle|have to wait)\b")


@pytest.mark.parametrize("name", EVERY)
def test_no_probability_is_above_one(few_draws, name):
    chances = [o.id for o in MODELS[name].outputs if CHANCE.search(o.label) and o.unit.startswith("percent")]
    for changes in scenarios_of(name):
        draws = evaluation_of(MODELS[name].function, changes).bands.simulation.draws if chances else {}
        for id in chances:
            finite = draws[id][np.isfinite(draws[id])]
            assert finite.min(initial=0) >= -1e-9 and finite.max(initial=100) <= 100 + 1e-9, (id, changes)


# Bins and tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_a_view_of_one_result_lists_the_result_and_says_what_it_leaves_out(name):
    function = MODELS[name].function
    evaluation = evaluation_of(function)
    for output in MODELS[name].outputs:
        view = view_of(function, output.id)
        rows, draws = view.rows(evaluation), evaluation.bands.simulation.draws[output.id]
        shares = [share for share in rows["share"] if share is not None]
        note = rows["note"][-1]
        assert (ONE_VALUE in note) == (not shares) == alike(draws)
        listed = [item for item in rows["item"] if item is not None]
        assert listed[:2] == ["Your scenario", "Course's value"] and len(listed) <= 5
        if shares:
            rest = round(100 - sum(shares))
            assert (f"{rest} % of the draws lie outside the picture." in note) == (rest > 0)
        if len(shares) > 1 and max(shares) < 25:  # no mass in one place, as of ends where something is cut
            assert sorted(shares)[-3:] != [] and sum(sorted(shares)[-3:]) < 75, output.id


def test_a_far_comparison_is_said_and_does_not_stretch_the_axis():
    function = MODELS["public_return"].function
    far = presets("public_return")["lumi-high"]
    rows = view_of(function, "ratio").rows(
        evaluation_of(function, baseline=baseline_of(function, "LUMI", far["values"]))
    )
    assert rows["part"].count("far") == 1 and "course" not in rows["part"]
    assert "The scenario “LUMI” gives 37.00, far to the right." in rows["note"][-1]


def test_a_result_that_does_not_vary_has_no_range():
    frame = result_table(MODELS["independence_value"].function).shown
    assert not frame.isin(["15 to 15"]).any().any()
    for name in EVERY:
        bands = [band.split(" to ") for band in result_table(MODELS[name].function).shown["90 % band"]]
        assert all(band == ["does not vary"] or len(band) == 2 for band in bands)


def test_an_error_is_none_only_where_the_numbers_read_the_same():
    seen = 0
    for name in EVERY:
        for row in back_test(MODELS[name].function).shown.itertuples(index=False):
            if row.Error == "none":
                seen += 1
                assert row[1].split(" ")[0].rstrip("%") == row.Model, row
    assert seen > 10
    assert [tables._off(x) for x in (0.0, 0.05, -0.05, 3.2)] == ["none", "below 0.5 %", "below 0.5 %", "+3 %"]


# Number and unit ------------------------------------------------------------------------------------------------------


def test_a_number_and_its_unit_stay_on_one_line():
    text = "It is 17 % of 24,000 GPUs, or 12 million EUR a year, as lesson 12 shows."
    kept = "It is 17\xa0% of 24,000\xa0GPUs, or 12\xa0million\xa0EUR a year, as lesson 12 shows."
    assert unparted(text) == kept
    assert Prose(text)._repr_markdown_() == kept and repr(Prose(text)) == text
    assert for_page({"sentence": text, "hints": [text], "options": [text], "values": {"a": 1.0}}) == {
        "sentence": kept,
        "hints": [kept],
        "options": [text],
        "values": {"a": 1.0},
    }
    assert "17\xa0%" in tables.Table(pd.DataFrame({"Share": ["17 %"]}), "Shares")._repr_html_()


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [(1, "day", "1 day"), (2, "day", "2 days"), (1, "company", "1 start-up"), (-1, "MEUR", "−1 million EUR")],
)
def test_one_of_a_unit_is_singular(value, unit, told):
    assert quantity(value, unit) == told


# Presets, statements, lists -------------------------------------------------------------------------------------------

# What the name or the note of a preset promises: the result that moves, and whether it rises or falls.
PROMISED = {
    "allocation": {"of-the-machine": ("commerce", "+"), "round-number": ("commerce", "+")},
    "cost_of_waiting": {
        "call-odds": ("public_days", "+"),
        "fast-lane": ("public_days", "-"),
        "shortage": ("cloud_delay", "+"),
        "study": ("delay", "-"),
        "race": ("delay", "+"),
    },
    "cost_of_leaving": {
        "before-2024": ("charges", "+"),
        "after-january-2027": ("charges", "-"),
        "data-archive": ("charges", "+"),
        "deep-platform": ("move", "+"),
        "contract-end": ("move", "-"),
    },
    "leverage": {
        "nobody-believes": ("leverage", "-"),
        "rehearsed": ("leverage", "+"),
        "stormy-prices": ("leverage", "+"),
    },
    "disruption_belief": {
        "count-none": ("mean", "-"),
        "count-many": ("mean", "-"),
        "count-law": ("mean", "+"),
        "count-all": ("mean", "+"),
    },
    "market_concentration": {"least": ("by_firm", "-"), "most": ("by_firm", "+"), "line-2010": ("of_the_line", "-")},
    "ecosystem_output": {"only-machine": ("output", "-"), "chain": ("output", "-"), "even": ("output", "+")},
    "exit_option": {"own-chips": ("option", "+"), "same-chips": ("option", "-"), "open-formats": ("option", "+")},
    "gpu_hour_cost": {
        "list-price": ("total", "+"),
        "with-building": ("building", "+"),
        "dear-power": ("electricity", "+"),
        "nordic": ("electricity", "-"),
        "half-empty": ("total", "+"),
        "dear-cloud": ("cloud", "+"),
        "cheap-cloud": ("cloud", "-"),
        "cash": ("total", "-"),
    },
    "runway": {"yearly-call": ("working", "-"), "credits": ("credits", "+"), "mistral-seed": ("cloud", "+")},
    "gigafactory_use": {
        "one-site": ("usable", "-"),
        "seven-sites": ("stranded", "+"),
        "strong-demand": ("stranded", "-"),
        "fixed-need": ("stranded", "+"),
    },
    "gigafactory_pays": {
        "june-2026": ("public_part", "+"),
        "call-2026": ("public_part", "-"),
        "going-rent": ("idle_first", "+"),
        "steady-rents": ("income", "+"),
        "no-growth": ("idle_mean", "+"),
        "slow-building": ("idle_first", "-"),
        "anchor": ("cover", "+"),
    },
    "bid_value": {"cheap-bid": ("pays_from", "-"), "early-plan": ("chance", "-"), "even-chance": ("chance", "-")},
    "independence_value": {
        "new-service": ("asked", "-"),
        "standstill": ("worth", "+"),
        "sanctions": ("worth", "+"),
        "same-price": ("asked", "-"),
        "common-chips": ("worth", "-"),
    },
    "indicator_game": {"all-steered": ("grants", "+"), "prize": ("grants", "-"), "fitting": ("saved", "+")},
    "ai_gain": {"everybody": ("with_firms", "+"), "productivity": ("task_gain", "-"), "slow": ("by_then", "-")},
    "next_round": {"late": ("ruin", "+"), "winter": ("reached", "-")},
    "policy_portfolio": {"machine-only": ("served", "-"), "no-effect": ("extra", "-")},
    "site_year": {"fifteen-finland": ("carbon", "-"), "all-heat": ("heat_revenue", "+"), "gigafactory": ("bill", "+")},
    "queue_wait": {"one-place": ("wait", "+"), "cloud-like": ("wait", "-"), "full": ("wait", "+")},
    "public_part": {
        "all-european": ("kept", "+"),
        "all-public": ("kept", "+"),
        "own-machine": ("kept", "-"),
        "sold-abroad": ("kept", "-"),
        "thinner-tail": ("typical", "-"),
    },
    "survey_mean": {"tame": ("exaggeration", "-")},
    "training_time": {"gpt5-low": ("days", "-"), "gpt5-high": ("days", "+"), "business": ("days", "+")},
}


@pytest.mark.parametrize("name", PROMISED)
def test_a_preset_moves_its_result_the_way_it_says(name):
    function = MODELS[name].function
    for id, (output, way) in PROMISED[name].items():
        before, after = (
            float(getattr(evaluate(function, **changes), output)) for changes in ({}, presets(name)[id]["values"])
        )
        assert after > before if way == "+" else after < before, (id, before, after)


@pytest.mark.parametrize("name", EVERY)
def test_a_preset_changes_what_one_sees_or_says_that_it_does_not(name):
    function = MODELS[name].function
    view = view_of(function)
    at_course = view.rows(evaluation_of(function, band=False)), view.sentence(evaluation_of(function, band=False))
    for preset in presets(name).values():
        evaluation = evaluation_of(function, preset["values"], band=False)
        same = (view.rows(evaluation), view.sentence(evaluation)) == at_course and not evaluation.differs
        assert not same or "the course’s own value" in preset["note"], preset["label"]


def test_a_preset_lies_where_its_sliders_can_stand():
    for row in data.records("presets"):
        assert get(row["assumption"]).snap(row["value"]) == pytest.approx(row["value"], rel=1e-12), row


def test_a_statement_of_the_report_reads_as_a_sentence():
    broken = [id for id, row in claims().items() if not re.match(r"(?s)[A-Z“0-9].*[.?!”]$", row["statement"])]
    assert broken == []


def test_no_list_shows_the_name_of_a_file():
    assert [word for words in filters().values() for word in words if "_" in word] == []


def test_no_count_of_the_statements_stands_in_code():
    """The number of statements is counted, wherever the code speaks of it."""
    from tree import ROOT

    count = str(len(claims()))
    code = {path: path.read_text(encoding="utf-8") for path in (ROOT / "notebooks" / "sovereign_compute").rglob("*.py")}
    assert [
        str(path) for path, text in code.items() if re.search(rf"\b{count} (statements|are\b)|/ ?{count}\b", text)
    ] == []
