"""The facilitator's dashboard: what it reads from pasted lines, what it says of them, and what it compares."""

import base64
import csv
import io

import pytest
import sovereign_compute as sc
from hypothesis import given
from hypothesis import strategies as st
from sovereign_compute import teams
from sovereign_compute.assumptions import evaluate
from sovereign_compute.errors import CourseError
from sovereign_compute.scenarios import encode

OWLS, FOXES = {"utilisation": 60.0}, {"electricity_price": 0.3, "lifetime": 8.0}
LINES = f"Owls {encode(OWLS)}\nFoxes, {encode(FOXES)}\n"


def compare(text: str, model: str = "", base: str = teams.COURSE) -> dict:
    """The state of the page after a facilitator has pasted a text."""
    widget = sc.dashboard()
    widget._handle_custom_msg({"kind": "compare", "text": text, "model": model, "base": base}, [])
    return widget._state


@pytest.mark.parametrize("between", [" ", "\t", ": ", ", ", ";", " | "])
def test_names_and_codes_may_be_separated_as_in_a_chat(between):
    found, problems = teams.read_teams(f"  The Owls{between}{encode(OWLS)}  \n\n")
    assert found == {"The Owls": OWLS}
    assert problems == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Foxes", "Line 2: 'Foxes' does not end in a scenario code, which starts with SC1-."),
        (encode(FOXES), "Line 2: the code stands alone; write the team's name in front of it."),
        (f"OWLS {encode(FOXES)}", "Line 2: the name 'OWLS' is taken already; give this team another one."),
        (f"the course's values {encode({})}", "is taken already"),
        ("Foxes SC1-nonsense!", "Line 2: a scenario code has letters, digits, - and _ only, not '!'."),
        (f"Foxes {encode(FOXES)[:-1]}", "this scenario code is incomplete or mistyped"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_others_count(line, says):
    state = compare(f"Owls {encode(OWLS)}\n{line}\nBears {encode({})}")
    assert state["teams"] == ["Owls", "Bears"]
    assert len(state["problems"]) == 1
    assert says in state["problems"][0]


def test_too_many_teams_and_too_long_a_list_are_answered_in_words():
    many = "\n".join(f"team {n} {encode(OWLS)}" for n in range(teams.MOST_TEAMS + 1))
    state = compare(many)
    assert len(state["teams"]) == teams.MOST_TEAMS
    assert state["problems"] == [
        f"Line {teams.MOST_TEAMS + 1}: {teams.MOST_TEAMS} teams are allowed; 'team {teams.MOST_TEAMS}' is one too many."
    ]
    with pytest.raises(CourseError, match="60,001 characters; 60,000 are allowed"):
        teams.read_teams("x" * 60_001)
    assert compare("x" * 60_001)["problems"][0].startswith("the list of teams has")


@given(st.text(max_size=200))
def test_whatever_is_pasted_each_line_is_a_team_or_a_sentence(text):
    found, problems = teams.read_teams(text)
    assert len(found) + len(problems) >= sum(bool(line.strip()) for line in text.splitlines())
    assert all(len(name) <= 60 and name.isprintable() for name in found)


def test_the_page_says_who_differs_and_why():
    state = compare(LINES)
    assert state["model"] == "gpu_hour_cost"
    course, owls = evaluate(sc.gpu_hour_cost).total, evaluate(sc.gpu_hour_cost, **OWLS).total
    beside, why = state["tables"]
    assert beside["columns"] == ["Assumption or result", "Unit", "Course's values", "Owls", "Foxes"]
    assert ["Utilisation", "%", "80", "60", "80"] in beside["rows"]
    assert why["rows"][0] == ["Owls", f"{owls:.2f}", f"+{owls - course:.2f}", f"Utilisation +{owls - course:.2f}"]
    assert f"{owls:.2f} EUR per GPU-hour (Owls)" in state["sentence"]


def test_contributions_add_up_also_when_many_are_told_together():
    changed = {"utilisation": 60, "lifetime": 8, "electricity_price": 0.3, "staff": 80, "pue": 1.3, "discount_rate": 5}
    found = teams.Comparison(sc.gpu_hour_cost, {"A": teams.Scenario(changed)})
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
    assert compare(LINES, "gpu_hour_cost", "nobody")["base"] == teams.COURSE


def test_changes_that_concern_other_models_are_named():
    state = compare(LINES, "share_of_the_list")
    assert "Foxes: changes that concern other models and do not count here: 2." in state["problems"]
    assert state["tables"][1]["rows"][0][2:] == ["0.0", "nothing differs"]


def test_every_model_with_a_panel_can_be_chosen_and_no_other():
    for name in sc.dashboard()._models:
        state = compare(LINES, name)
        assert state["teams"] == ["Owls", "Foxes"] and state["picture"], name
    assert compare(LINES, "os.system")["problems"] == ["there is no model 'os.system' with a panel in a lesson."]


def test_the_file_holds_everything_and_no_formula():
    state = compare(f'=HYPERLINK("x") {encode(OWLS)}\nA "b", <i>c</i> {encode(FOXES)}')
    rows = list(csv.DictReader(io.StringIO(state["csv"])))
    assert {row["team"] for row in rows} == {'\'=HYPERLINK("x")', 'A "b", <i>c</i>'}
    used = next(row for row in rows if row["id"] == "utilisation")
    assert (used["course"], used["value"]) == ("80.0", "60.0")
    assert len(rows) == 2 * len(state["tables"][0]["rows"])


def test_the_chart_says_its_result_and_cannot_be_written_into():
    found = teams.Comparison(sc.gpu_hour_cost, teams.read_teams(f"<script>x</script> {encode(OWLS)}")[0])
    assert found.chart().to_dict()["description"] == found.sentence()
    svg = base64.b64decode(found.picture().partition(",")[2]).decode()
    assert "&lt;script" in svg and "<script" not in svg


def test_without_teams_it_asks_for_them():
    assert repr(sc.dashboard()) == "Teams side by side. Run this cell (Shift+Enter) and paste their codes."
    assert compare("")["tables"] == []
