"""Lesson 51: the numbers of its worked example by hand, and the project briefs with rubrics and marked samples."""

import re
from pathlib import Path

import nbformat
import pytest
from sovereign_compute.lessons.l51_your_own_question import exhibits
from sovereign_compute.lessons.l51_your_own_question.moves import MOVES
from tree import ROOT

NOTEBOOK = ROOT / "notebooks" / "51_your_own_question.ipynb"
GUIDES = ROOT / "notebooks" / "guides"
PROJECTS = {path.stem: path for path in sorted((GUIDES / "projects").glob("*.md")) if path.stem != "overview"}
SECTIONS = ["Task", "Steps", "Hand in", "Rubric", "A marked sample"]
MADE_UP = "Made up by us"
MOST = 3
"""Points for a criterion."""


def cell(id: str) -> str:
    return next(c.source for c in nbformat.read(NOTEBOOK, as_version=4).cells if c.id == id)


def function(id: str, name: str, **known):
    """A function of the notebook as it stands in its cell, without the calls that follow it."""
    exec(cell(id).partition("\n\n\n")[0], known)
    return known[name]


# 6,969 of 31,900 GWh in 2024: data centres grow by 7 % a year for seven years, everybody else by 2 %.
BY_HAND = 100 * 6969 * 1.07**7 / (6969 * 1.07**7 + 24931 * 1.02**7)


def test_the_worked_example_is_what_a_hand_computes():
    last = {"data_centres_gwh": 6969, "others_gwh": 31900 - 6969}
    share = function("function", "share_in_2031", last=last, claimed=2031, first=2024)
    assert share(centre_growth=7, other_growth=2) == pytest.approx(BY_HAND, rel=1e-12)
    assert share(centre_growth=2, other_growth=2) == pytest.approx(100 * 6969 / 31900, rel=1e-12)
    assert round(BY_HAND, 1) == 28.1


def test_the_notebook_and_its_guide_have_the_same_numbers():
    assert exhibits.measured()[2024] == (6969, 24931)
    assert exhibits.share(7, 2, 2031) == pytest.approx(BY_HAND, rel=1e-12)
    needed = exhibits.growth_needed(30, 2, 2031)
    # Three sevenths of everybody else.
    assert needed == pytest.approx(100 * ((24931 * 1.02**7 * 3 / 7 / 6969) ** (1 / 7) - 1), rel=1e-12)
    assert exhibits.share(needed, 2, 2031) == pytest.approx(30, rel=1e-12)
    (verdict,) = [c for c in nbformat.read(NOTEBOOK, as_version=4).cells if c.id == "verdict"]
    assert f"must grow by {needed:.1f} % a year" in verdict.outputs[0].data["text/markdown"]


def test_the_anchors_are_printed_growth():
    """Of the totals and rises that the statistics office printed, each row gives the printed growth and share."""
    centres = {year: found[0] for year, found in exhibits.measured().items()}
    assert [round(100 * (centres[y] / centres[y - 1] - 1)) for y in (2021, 2022, 2023, 2024)] == [32, 32, 21, 10]
    shares = {year: round(exhibits.part(*found)) for year, found in exhibits.measured().items()}
    assert shares == {2015: 5, 2020: 11, 2021: 14, 2022: 18, 2023: 21, 2024: 22}


def test_the_answers_to_the_moves_are_the_numbers_of_the_example():
    """The words around the numbers hold: true in the first move, no share moves in the second, a third in the third."""
    like_2024, alike, others, line, _ = (move.seen() for move in MOVES["share_in_2031"])
    assert exhibits.share(10, 2, 2031) > 30 and "Yes" in like_2024
    now = exhibits.part(*max(exhibits.measured().items())[1])
    assert round(exhibits.share(2, 2, 2031), 9) == round(now, 9) and f"at {now:.0f}" in alike
    moved = exhibits.share(7, 0.5, 2031) - exhibits.share(7, 3.5, 2031)
    further = exhibits.share(12.5, 2, 2031) - exhibits.share(3.5, 2, 2031)
    assert f"By {moved:.0f} points" in others and round(further / moved) == 3
    assert f"{exhibits.growth_needed(30, 2, 2031):.1f} % a year" in line


def faults(text: str, criteria: list[str]) -> list[str]:
    """What is wrong with a brief: its sections, the criteria of its rubric, its marks."""
    found = []
    if re.findall(r"^## (.+)$", text, flags=re.M) != SECTIONS:
        found.append("its sections are not those of a brief")
    rubric, _, sample = text.partition("## Rubric")[2].partition("## A marked sample")
    asked = re.findall(r"^\| (\w+) \| .+ \|$", rubric.replace("| Criterion |", ""), flags=re.M)
    marks = re.findall(r"^\| (\w+) \| (\d+) \| .+ \|$", sample, flags=re.M)
    if not asked or not set(asked) <= set(criteria):
        found.append("its rubric has criteria that the rubric of the term does not have")
    if [name for name, _ in marks] != asked:
        found.append("the sample is not marked on each criterion")
    if any(int(points) > MOST for _, points in marks):
        found.append(f"a criterion gets more than {MOST} points")
    if f"**{sum(int(points) for _, points in marks)} of {MOST * len(marks)} points.**" not in sample:
        found.append("the points do not add up")
    if MADE_UP not in sample:
        found.append("it does not say that the sample is made up")
    return found


def criteria() -> list[str]:
    """The criteria of the rubric of the term, which is the only one."""
    term = (GUIDES / "paths" / "term_of_thirteen_weeks.md").read_text(encoding="utf-8")
    return re.findall(r"^\| (\w+) \|(?: [^|]+\|){4}$", term.partition("## Marking rubric")[2], flags=re.M)[1:]


@pytest.mark.parametrize("path", PROJECTS.values(), ids=PROJECTS)
def test_a_brief_has_a_rubric_and_a_marked_sample(path: Path):
    assert faults(path.read_text(encoding="utf-8"), criteria()) == []


def test_the_overview_leads_to_six_briefs():
    overview = (GUIDES / "projects" / "overview.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[[^]]+\]\((\w+)\.md\)", overview, flags=re.M) == [
        "one_hour",
        "better_range",
        "one_chart",
        "own_claim",
        "two_models",
        "term_project",
    ]
    assert len(PROJECTS) == 6


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("## Hand in", "## Deliver", "sections"),
        ("| Numbers | two", "| Beauty | two", "rubric of the term"),
        ("| Argument | 1 |", "| Other | 1 |", "each criterion"),
        ("| Numbers | 3 |", "| Numbers | 4 |", "more than 3"),
        ("| Argument | 1 |", "| Argument | 2 |", "add up"),
        (MADE_UP, "Handed in", "made up"),
    ],
)
def test_a_planted_fault_is_found(right, wrong, says):
    text = PROJECTS["one_hour"].read_text(encoding="utf-8")
    assert right in text
    assert any(says in fault for fault in faults(text.replace(right, wrong), criteria()))
