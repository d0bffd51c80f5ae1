"""The facilitator's dashboard: what it reads from pasted lines, what it says of them, and what it compares."""

import asyncio
import base64
import json

import pytest
import sovereign_compute as sc
from hypothesis import given
from hypothesis import strategies as st
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.analysis.settings import inputs as registry_of
from sovereign_compute.controls import team_lists, teams
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.scenarios import encode, printable
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import all_models

OWLS, FOXES = {"utilisation": 60.0}, {"electricity_price": 0.3, "lifetime": 8.0}
LINES = f"Owls {encode(OWLS)}\nFoxes, {encode(FOXES)}\n"


def compare(text: str, model: str = "", base: str = team_lists.COURSE) -> dict:
    """The state of the page after a facilitator has pasted a text."""
    widget = sc.dashboard()
    widget._handle_custom_msg({"kind": "compare", "text": text, "model": model, "base": base}, [])
    return widget._state


@pytest.mark.parametrize("between", [" ", "\t", ": ", ", ", ";", " | "])
def test_names_and_codes_may_be_separated_as_in_a_chat(between):
    found, problems = team_lists.read_teams(f"  The Owls{between}{encode(OWLS)}  \n\n")
    assert found == {"The Owls": OWLS}
    assert problems == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Foxes", "Line 2: 'Foxes' has no scenario code, which starts with SC1-."),
        (encode(FOXES), "Line 2: the code stands alone; write the team's name beside it."),
        (f"OWLS {encode(FOXES)}", "Line 2: the name 'OWLS' is taken already; give this team another one."),
        (f"the course's values {encode({})}", "is taken already"),
        ("Foxes SC1-non!sense", "Line 2: a scenario code has letters, digits, - and _ only, not '!'."),
        (f"Foxes {encode(FOXES)[:-1]}", "this scenario code is incomplete or mistyped"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_count(line, says):
    state = compare(f"Owls {encode(OWLS)}\n{line}\nBears {encode({})}")
    assert state["teams"] == ["Owls", "Bears"]
    assert len(state["problems"]) == 1
    assert says in state["problems"][0]


def test_too_many_teams_and_too_long_a_list_are_answered_in_words():
    most = team_lists.MOST_TEAMS
    state = compare("\n".join(f"team {n} {encode(OWLS)}" for n in range(most + 1)))
    assert len(state["teams"]) == most
    assert state["problems"] == [f"Line {most + 1}: {most} teams are allowed; 'team {most}' is one too many."]
    with pytest.raises(CourseError, match="100,001 characters; 100,000 are allowed"):
        team_lists.read_teams("x" * 100_001)
    assert compare("x" * 100_001)["problems"][0].startswith("the list of teams has")


@given(st.text(max_size=200))
def test_whatever_is_pasted_each_line_is_a_team_or_a_sentence(text):
    found, problems = team_lists.read_teams(text)
    assert len(found) + len(problems) >= sum(bool(printable(line)) for line in text.splitlines())
    assert all(len(name) <= 60 and name.isprintable() for name in found)


def test_the_page_says_who_differs_and_why():
    state = compare(LINES)
    assert state["model"] == "gpu_hour_cost"
    course, owls = evaluate(gpu_hour_cost).total, evaluate(gpu_hour_cost, **OWLS).total
    beside, why = state["tables"]
    assert beside["columns"] == ["Assumption or result", "Unit", "Course's values", "Owls", "Foxes"]
    assert ["Utilisation", "%", "80", "60", "80"] in beside["rows"]
    assert why["rows"][0] == ["Owls", f"{owls:.2f}", f"+{owls - course:.2f}", f"Utilisation +{owls - course:.2f}"]
    assert f"{owls:.2f} EUR per GPU-hour (Owls)" in state["sentence"]


def test_contributions_add_up_also_when_many_are_told_together():
    changed = {"utilisation": 60, "lifetime": 8, "electricity_price": 0.3, "staff": 80, "pue": 1.3, "discount_rate": 5}
    found = teams.Comparison(gpu_hour_cost, {"A": teams.Scenario(changed)})
    assert list(found.explain()) == [1.0]
    whole, parts = found.parts["A"]
    assert [label for label, _ in parts][-1] == "3 others"
    assert whole == pytest.approx(sum(value for _, value in parts))
    assert whole == pytest.approx(found.results["A"] - found.course)


def test_another_team_can_be_the_base():
    rows = compare(LINES, "gpu_hour_cost", "Owls")["tables"][1]["rows"]
    assert [row[0] for row in rows] == ["Foxes"]
    assert {"Utilisation", "Electricity price", "Years of use"} == {
        part.strip().rpartition(" ")[0] for part in rows[0][3].split(",")
    }
    assert compare(LINES, "gpu_hour_cost", "nobody")["base"] == team_lists.COURSE


def test_changes_that_concern_other_models_are_named():
    state = compare(f"{LINES}Bears {encode({'unlisted_us': 60})}", "share_of_the_list")
    assert state["model"] == "share_of_the_list"
    assert "Foxes: changes that concern other models and do not count here: 2." in state["problems"]
    assert {tuple(row[2:]) for row in state["tables"][1]["rows"] if row[0] != "Bears"} == {("0.0", "nothing differs")}


def test_a_model_that_no_change_concerns_gives_way_to_one_that_fits():
    state = compare(LINES, "share_of_the_list")
    assert state["model"] == "gpu_hour_cost" and "(Owls)" in state["sentence"]
    assert state["problems"] == [
        "No team has changed anything in “11: Who has what share of the list”, "
        "so the teams are compared on “21: What one GPU-hour costs”."
    ]
    # Where no model fits better, the choice stays.
    state = compare(f"Owls {encode({})}", "share_of_the_list")
    assert state["model"] == "share_of_the_list" and state["problems"] == []


def test_two_hundred_teams_can_be_told_apart():
    many = {f"Team {n}": teams.Scenario({"utilisation": 30 + n % 60, "lifetime": 4 + n % 9 / 2}) for n in range(200)}
    state = compare("\n".join(f"{name} {team.code()}" for name, team in many.items()))
    beside, why = state["tables"]
    assert beside["columns"][:3] == ["Team", "Years of use, years", "Utilisation, %"]
    assert [row[0] for row in beside["rows"]] == ["Course's values", *many]
    results = [float(row[1]) for row in why["rows"]]
    assert len(results) == 200 and results == sorted(results, reverse=True)
    svg = base64.b64decode(state["picture"].partition(",")[2]).decode()
    height = float(svg.partition('height="')[2].partition('"')[0])
    named = [row[0] for row in why["rows"] if f">{row[0]}: {row[1]}<" in svg]
    assert height < 1_000 and len(named) == teams.TOLD_OF_MANY
    assert {why["rows"][0][0], why["rows"][-1][0]} <= set(named)


def test_the_comparison_tells_how_far_it_is_and_a_stop_keeps_what_it_has_found():
    many = "\n".join(f"Team {n} {encode({'utilisation': 30.0 + n})}" for n in range(50))
    widget, seen = sc.dashboard(), []

    async def facilitator():
        widget.observe(lambda change: seen.append(change["new"]), "_state")
        widget._handle_custom_msg({"kind": "compare", "text": many, "model": "", "base": team_lists.COURSE}, [])
        while widget._state["share"] < 0.5:
            await asyncio.sleep(0)
        widget._handle_custom_msg({"kind": "compare", "text": "", "model": "", "base": team_lists.COURSE}, [])
        widget._handle_custom_msg({"kind": "stop"}, [])
        while widget._state["running"]:
            await asyncio.sleep(0)

    asyncio.run(facilitator())
    shares = [state["share"] for state in seen if state["running"]]
    assert shares[0] == 0 and shares == sorted(shares) and len(set(shares)) > 10
    beside, why = widget._state["tables"]
    assert len(beside["rows"]) == 51 and 25 <= len(why["rows"]) < 50
    assert widget._state["problems"] == ["Stopped. The last table has the teams that came before."]


def test_every_model_with_a_panel_can_be_chosen_and_no_other():
    for name in sc.dashboard()._models:
        changed = list(registry_of(all_models()[name].function).values())[-1]
        other = next(value for value in map(changed.at, range(2)) if value != changed.value)
        state = compare(f"Owls {encode({changed.id: other})}\nFoxes {encode({})}", name)
        assert state["teams"] == ["Owls", "Foxes"] and state["picture"] and state["model"] == name, state["problems"]
    assert compare(LINES, "os.system")["problems"] == ["there is no model 'os.system' with a panel in a lesson."]


def test_the_file_holds_everything():
    state = compare(f'=HYPERLINK("x") {encode(OWLS)}\nA "b", <i>c</i> {encode(FOXES)}')
    head, *rows = state["rows"]
    assert {row[0] for row in rows} == {'=HYPERLINK("x")', 'A "b", <i>c</i>'}
    used = dict(zip(head, next(row for row in rows if row[2] == "utilisation"), strict=True))
    assert (used["course"], used["value"]) == (80.0, 60.0)
    assert len(rows) == 2 * len(state["tables"][0]["rows"])
    json.dumps(rows, allow_nan=False)


def test_the_chart_says_its_result_and_cannot_be_written_into():
    found = teams.Comparison(gpu_hour_cost, team_lists.read_teams(f"<script>x</script> {encode(OWLS)}")[0])
    assert found.chart().to_dict()["description"] == found.sentence()
    svg = base64.b64decode(found.picture().partition(",")[2]).decode()
    assert "&lt;script" in svg and "<script" not in svg


def test_without_teams_it_asks_for_them():
    assert repr(sc.dashboard()) == "Teams side by side. Choose Run → Run All Cells and paste their codes."
    assert compare("")["tables"] == []
