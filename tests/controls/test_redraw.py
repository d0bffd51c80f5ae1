"""“Draw again”: the first drawing is the same for everybody, and each one after it is another."""

import pytest
from sovereign_compute.controls import redraw
from sovereign_compute.controls.redraw import Redraw
from sovereign_compute.display.charts import shown
from sovereign_compute.display.tables import Table
from sovereign_compute.lessons.course import Lesson, row_of
from sovereign_compute.lessons.l24_returns.exhibits import selection_chart
from sovereign_compute.lessons.l25_waiting.exhibits import queue_check
from sovereign_compute.lessons.l31_startups.luck import survivors_chart, threshold_chart

SIMULATED = [selection_chart, survivors_chart, threshold_chart, lambda drawing: queue_check(500, drawing)]


class Place:
    """Where a notebook shows something and shows it anew; keeps what was shown."""

    def __init__(self):
        self.shown = []

    def __call__(self, found, display_id: bool):
        self.shown.append(found)
        return self

    update = lambda self, found: self.shown.append(found)  # noqa: E731


@pytest.fixture
def place(monkeypatch):
    made = Place()
    monkeypatch.setattr(redraw, "display", made)
    return made


def read(found) -> str:
    """What a reader sees of a table or a chart, numbers and all."""
    return repr(found) if isinstance(found, Table) else str(shown(found))


@pytest.mark.parametrize("show", SIMULATED)
def test_a_drawing_is_the_same_for_everybody_and_the_next_one_is_another(show):
    first, again, second, third = (read(show(drawing=n)) for n in (0, 0, 1, 2))
    assert first == again
    assert len({first, second, third}) == 3


def test_what_is_drawn_again_takes_the_place_of_what_was_there_and_is_said(place):
    button = Lesson(row_of(31)).draw_again(survivors_chart)
    assert read(place.shown[0]) == read(survivors_chart()) and button._state["told"] == ""
    for n in (1, 2):
        button._receive(button, {"kind": "draw", "seq": n}, [])
        assert read(place.shown[n]) == read(survivors_chart(drawing=n))
        assert button._state["told"] == f"Drawing {n + 1}. {survivors_chart(drawing=n).description}"
    assert len(place.shown) == 3


def test_a_table_is_drawn_again_too(place):
    button = Redraw(lambda drawing: Table([(drawing,)], "Jobs", ["Number"]))
    button._receive(button, {"kind": "draw", "seq": 1}, [])
    assert [table.frame.iloc[0, 0] for table in place.shown] == [0, 1] and button._state["told"] == "Drawing 2."


@pytest.mark.usefixtures("planted")
def test_what_cannot_be_drawn_leaves_the_last_drawing_and_its_number(place):
    def show(drawing):
        if drawing == 1:
            raise MemoryError
        return Table([(drawing,)], "Jobs", ["Number"])

    button = Redraw(show)
    button._receive(button, {"kind": "draw", "seq": 1}, [])
    assert len(place.shown) == 1 and button._state["fault"] and button._drawing == 0


def test_other_messages_draw_nothing(place):
    button = Redraw(survivors_chart)
    button._receive(button, {"kind": "set", "values": {}, "seq": 1}, [])
    assert len(place.shown) == 1
