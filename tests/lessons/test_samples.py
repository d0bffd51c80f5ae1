"""Marked samples of what learners hand in: one of each piece, points by the rubric, numbers of the course."""

import re

import nbformat
import numpy as np
import pytest
import sovereign_compute as sc
from sovereign_compute.controls import writing
from sovereign_compute.controls.tasks import find_task
from sovereign_compute.inputs import data
from sovereign_compute.inputs.prompts import questions
from sovereign_compute.inputs.wording import number, span
from sovereign_compute.lessons.fact_check import fact, verdict
from test_own_question import GUIDES, MADE_UP, MOST, criteria

TEXT = (GUIDES / "answers" / "samples.md").read_text(encoding="utf-8")
PIECES = ("A chart with its text, lesson 21", "A verdict, lesson 43", "A memo, lesson 42")
PIECES += ("An answer to *Discuss*, lesson 21",)
LESSON_21 = "21_what_does_a_gpu_hour_cost"


def samples(text: str) -> dict[str, str]:
    return dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", text, flags=re.M | re.S))


def faults(text: str) -> list[str]:
    """What is wrong with the page: which samples it has, and how they are marked."""
    found = [] if tuple(samples(text)) == PIECES else ["a piece that learners hand in has no sample"]
    found += [] if MADE_UP in text.partition("\n## ")[0] else ["it does not say that the samples are made up"]
    for name, sample in samples(text).items():
        marks = re.findall(r"^\| (\w+) \| (\d+) \| .+ \|$", sample, flags=re.M)
        if not marks or [known for known in criteria() if known in dict(marks)] != [each for each, _ in marks]:
            found.append(f"{name}: its criteria are not those of the rubric, in their order")
        if any(int(points) > MOST for _, points in marks):
            found.append(f"{name}: a criterion gets more than {MOST} points")
        if f"**{sum(int(points) for _, points in marks)} of {MOST * len(marks)} points.**" not in sample:
            found.append(f"{name}: the points do not add up")
    return found


def test_each_piece_has_a_sample_that_is_marked_by_the_rubric():
    assert faults(TEXT) == []


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("## A memo, lesson 42", "## A poem, lesson 42", "has no sample"),
        (MADE_UP, "Handed in", "made up"),
        ("| Limits | 0 |", "| Beauty | 0 |", "not those of the rubric"),
        ("| Limits | 0 |", "| Limits | 4 |", "more than 3"),
        ("| Limits | 0 |", "| Limits | 1 |", "add up"),
    ],
)
def test_a_planted_fault_is_found(right, wrong, says):
    assert right in TEXT
    assert any(says in fault for fault in faults(TEXT.replace(right, wrong, 1)))


def test_the_samples_answer_what_the_course_asks():
    by_name = samples(TEXT)
    for heading, piece in (("hand in", PIECES[0]), ("discuss", PIECES[3])):
        assert f"*{questions(LESSON_21, heading)[0]}*" in by_name[piece]
    (claim,) = [row for row in data.records("claims") if row["id"] == "C09"]
    assert by_name[PIECES[1]].count(claim["statement"].rstrip(".")) == 2
    for name, piece in (("verdict", PIECES[1]), ("memo", PIECES[2])):
        headings = re.findall(r"^> \*\*(.+?)\.\*\*", by_name[piece], flags=re.M)
        assert headings == [field.heading for field in writing.template(name)]


def test_the_numbers_of_the_chart_are_those_of_its_task():
    bars, finding = find_task("21.T2").expected().data, find_task("21.T2").finding()
    assert (len(bars), bars.provider_kind.nunique()) == (4, 3)
    for told in ("29 % cheaper", "2.68 EUR", "2.69 EUR", "at the 4 with a seat", "At the 3 others"):
        assert told in finding
    for told in (
        "Four bars for three kinds",
        "29 % cheaper",
        "2.68 EUR",
        "2.69 EUR",
        "Four specialists",
        "three others",
    ):
        assert told in samples(TEXT)[PIECES[0]]


def figures(draws, digits: int) -> str:
    """The 90 % range of draws, with so many significant figures."""
    return span(*np.percentile(draws, [5, 95]), -digits)


def test_the_numbers_of_the_verdict_are_those_of_the_course():
    sample, model = samples(TEXT)[PIECES[1]], sc.lesson(21).gpu_hour_cost
    contract, total = fact("contract"), fact("total-cost")
    whole = number(sc.evaluate(model).lifetime_cost, 0)
    for told in (
        f"{number(total)} million euros for the purchase and about {number(fact('operation-years'))} years",
        f"The contract for the machine is {number(contract)} million",
        f"The machine is {number(100 * contract / total, 0)} % of the sum",
        f"computes {whole} million euros, with a range of {figures(sc.simulate(model).draws['lifetime_cost'], 3)}",
    ):
        assert told in sample
    assert sc.tornado(model, output="lifetime_cost").label[0].lower() in sample
    assert f"500 million euros: it {verdict('C09').word}." in sample


def test_the_numbers_of_the_memo_are_those_of_the_course():
    sample, model = samples(TEXT)[PIECES[2]], sc.lesson(42).policy_portfolio
    net, swing = sc.simulate(model).draws["net_value"], sc.tornado(model, output="net_value").iloc[0]
    turn = max(gain for gain in range(6) if sc.evaluate(model, survival_gain=gain).net_value < 0)
    for told in (
        f"a net value of {number(sc.evaluate(model).net_value, -2)} million",
        f"in {number(100 * np.mean(net < 0), 0)} % of the futures",
        f"The {swing.label[0].lower()}{swing.label[1:]} decides. At {number(swing.low)} million",
        f"is {number(swing.at_low, -2)} million, and at {number(swing.high)} million it is {number(swing.at_high, -2)}",
        f"the range is {figures(net, 2)} million",
        f"the mean over all futures is {number(np.mean(net), -2)} million",
        f"the middle one has {number(np.median(net), -2)} million",
        f"of {number(turn)} percentage point or less",
    ):
        assert told in sample
    tier = next(row["tier"] for row in data.records("assumptions") if row["id"] == swing.assumption)
    assert f"is a *{tier}*" in sample
    cells = nbformat.read(GUIDES.parent / "42_policy_lab.ipynb", as_version=4).cells
    (text,) = [cell.source for cell in cells if cell.source.startswith("## What this leaves out")]
    for left_out in ("The years until a machine runs", "Prices that react"):
        assert f"| {left_out} | too high |" in text and left_out.lower() in sample.lower()


def test_the_numbers_of_the_discussion_are_those_of_the_course():
    sample, model = samples(TEXT)[PIECES[3]], sc.lesson(21).gpu_hour_cost
    cost, draws = sc.evaluate(model), sc.simulate(model).draws["break_even_utilisation"]
    used = next(row["value"] for row in data.records("assumptions") if row["id"] == "utilisation")
    for told in (
        f"At {number(used)} % our hour costs {number(cost.total, 2)} EUR and a rented one {number(cost.cloud, 2)} EUR",
        f"owning is cheaper from {number(cost.break_even_utilisation, 0)} % on",
        f"their range goes from {span(*np.percentile(draws, [5, 95]), 0)} %",
    ):
        assert told in sample
    assert round(cost.cloud / cost.total) == 5
