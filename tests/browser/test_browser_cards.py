"""The cards of the room kit: one for each step of the ninety minutes, each on a sheet of its own."""

import re
import sys

import lab
import pytest

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import cards
from deck.steps import steps
from sovereign_compute.errors import CourseError

STEPS = steps(cards.PATH.read_text(encoding="utf-8"))


def test_each_step_has_a_card_that_says_what_to_do_and_when_it_is_done():
    known = cards.cards(cards.CARDS.read_text(encoding="utf-8"))
    assert len(known) == len(STEPS)
    for title, said in known.values():
        assert "**Do:**" in said and "**Done when**" in said, title


def test_a_step_without_a_card_is_told(monkeypatch, tmp_path):
    other = tmp_path / "cards.md"
    other.write_text(cards.CARDS.read_text(encoding="utf-8").replace("## 44 to 47", "## 44 to 48"), encoding="utf-8")
    monkeypatch.setattr(cards, "CARDS", other)
    with pytest.raises(CourseError, match="other steps than ninety_minutes"):
        cards.sheets()


def test_the_cards_have_the_time_of_day(tmp_path, capsys):
    assert cards.main(["--to", str(tmp_path), "--begin", "13:30"]) == 0
    text = (tmp_path / "cards.html").read_text(encoding="utf-8")
    assert re.findall(r'"when">([^<]+)<', text)[:2] == ["13:30 to 13:35", "13:35 to 13:38"]
    assert "14:55 to 15:00" in text and "<b>On the wall:</b> dashboard; What we found" in text
    with pytest.raises(SystemExit):
        cards.main(["--begin", "half past"])
    assert "'half past' is no time of day; write it as 14:00" in capsys.readouterr().err


@pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)
def test_each_card_is_one_sheet(chromium):
    tab = chromium.new_page()
    tab.set_content(cards.sheets())
    printed = tab.pdf(prefer_css_page_size=True)
    tab.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == len(STEPS)
