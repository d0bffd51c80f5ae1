"""What is behind a model is closed, complete and readable without HTML."""

import re
from html.parser import HTMLParser

import pytest
from sovereign_compute.display.folds import Folded, behind, code, folded
from sovereign_compute.display.tables import Column, Table
from sovereign_compute.lessons.course import Lesson, row_of
from sovereign_compute.models.ownership import gpu_hour_cost


class Outline(HTMLParser):
    """The folds of a page: the line of each, whether it is open, and the heads of the tables in it."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self._in = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self._in = tag
        if tag == "details":
            self.found.append({"line": "", "open": "open" in dict(attributes), "heads": [], "tables": 0})
        if tag == "table":
            self.found[-1]["tables"] += 1

    def handle_data(self, text):
        if self._in == "summary":
            self.found[-1]["line"] += text
        if self._in == "th":
            self.found[-1]["heads"].append(text)

    def handle_endtag(self, tag):
        self._in = ""


TWO = Table([("a", 1.5), ("b", 20.0)], "What it costs & brings", ["Part", Column("Cost", 1, unit="EUR")])


def test_what_is_behind_a_model_is_three_closed_folds():
    folds = Outline(behind(gpu_hour_cost)._repr_html_()).found
    assert [fold["line"].partition(" ")[2].split(",")[0] for fold in folds] == [
        "16 assumptions",
        "10 results",
        "model as code",
    ]
    assert not any(fold["open"] for fold in folds)
    assert "Source" in folds[0]["heads"] and "Error of the band" in folds[1]["heads"]


def test_a_reader_without_html_has_the_tables_too():
    text = repr(behind(gpu_hour_cost))
    assert all(word in text for word in ("Purchase price", "273 million EUR", "Own machine", "models.ownership"))
    assert repr(folded(TWO)) == repr(TWO)


def test_the_line_of_a_folded_table_is_its_caption_and_stands_once():
    page = folded(TWO)._repr_html_()
    assert Outline(page).found[0]["line"] == "What it costs & brings"
    assert "<caption" not in page and 'aria-label="What it costs &amp; brings"' in page
    assert "<caption" in Folded(("Costs", TWO))._repr_html_()
    assert folded(TWO).tables == [TWO]


def test_the_code_begins_with_the_function_and_nothing_in_it_is_html():
    listing = code(gpu_hour_cost)
    assert listing.code.startswith("def gpu_hour_cost(")
    assert listing.place == "sovereign_compute.models.ownership.gpu_hour_cost"
    shown = re.sub(r"</?(?:div|pre|span)[^>]*>", "", listing._repr_html_())
    assert "<" not in shown


def test_a_function_without_a_file_has_no_code_to_show():
    space = {}
    exec("def my_cost(price=4.0):\n    return 2 * price", space)
    assert code(space["my_cost"]) is None
    assert len(behind(space["my_cost"]).parts) == 2


def test_numbers_stand_at_the_right_and_stay_with_their_unit():
    page = TWO.html()
    assert page.count("text-align:right") == 3  # the head and two cells
    assert '<td style="text-align:right;white-space:nowrap">1.5\N{NO-BREAK SPACE}EUR</td>' in page
    assert '<td style="text-align:left">a</td>' in page


@pytest.mark.parametrize("cells", [["yes", "no"], ["2025-06", "2025-11"], [True, False]])
def test_what_is_no_number_stands_at_the_left(cells):
    assert "text-align:right" not in Table([(cell,) for cell in cells], "t", ["What"]).html()


def test_references_are_folded_and_name_no_licence():
    found = Lesson(row_of(21)).references("skypilot-catalog", function=gpu_hour_cost)
    (fold,) = Outline(found._repr_html_()).found
    assert fold["line"] == f"References: {len(found.tables[0])} sources" and not fold["open"]
    assert fold["heads"] == ["Producer", "Title", "Published"]
