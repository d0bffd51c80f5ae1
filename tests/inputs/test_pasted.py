"""Codes as chats, mails, links and word processors hand them on: read as they were given out, or refused in words."""

import random
import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis.comparison import changes_of
from sovereign_compute.controls import memo, team_lists
from sovereign_compute.controls.panel import Panel
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import scenarios, share_codes
from sovereign_compute.inputs.assumptions import registry
from sovereign_compute.inputs.scenarios import decode, encode
from sovereign_compute.models.ownership import gpu_hour_cost

KNOWN = list(registry().values())
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u2066\u2069\ufe0f"
AROUND = ["()", "[]", "{}", "<>", '""', "''", "``", "“”", "„“", "‘’", "«»", "»«", "**", "__", "~~", "||"]
BEHIND = ["", ".", ",", ";", ":", "!", "?", "…", ")", ").", "</p>", "\\", ", thanks", ". It is ours", "&utm_source=x"]
WORDS = [" is our code", " and that was that", " – see you", " (ours)", " or so", " Owls"]
TWO_WAYS = "can be read in two ways"


@st.composite
def some_codes(draw) -> str:
    chosen = draw(st.lists(st.sampled_from(KNOWN), unique_by=lambda a: a.id, max_size=12))
    return encode({a.id: a.at(draw(st.integers(0, a.positions - 1))) for a in chosen})


def look(draw, code: str) -> str:
    """A code with what has one reading: other hyphens, small letters of the prefix, invisible letters."""
    text = draw(st.sampled_from(["SC1", "sc1", "Sc1", "ＳＣ１"])) + code[3:]
    text = "".join(draw(st.sampled_from(["-", *map(chr, share_codes.HYPHENS)])) if c == "-" else c for c in text)
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(INVISIBLE)) + text[place:]
    return text


def place(draw, text: str) -> str:
    """A text in quotes, in a sentence or in a link."""
    before, after = draw(st.sampled_from([*AROUND, "  "]))
    text = before + text + after + draw(st.sampled_from(BEHIND))
    kind = draw(st.sampled_from(["alone", "sentence", "link"]))
    if kind == "sentence":
        return draw(st.sampled_from(["Our code: ", "The Owls have ", "Anna wrote:\n> ", "=", "100 % of "])) + text
    if kind == "link":
        return f"https://hub.example/lab/tree/21.ipynb?reset&scenario={text}"
    return text


@given(some_codes(), st.data())
@settings(deadline=None)
def test_a_code_is_read_whatever_stands_around_it(code, data):
    assert decode(place(data.draw, look(data.draw, code))) == decode(code)


@given(some_codes(), st.data())
@settings(deadline=None)
def test_a_mistyped_letter_is_never_another_scenario(code, data):
    spot = data.draw(st.integers(len(share_codes.PREFIX), len(code) - 1))
    wrong = data.draw(st.sampled_from([c for c in share_codes.ALPHABET if c != code[spot]]))
    mistyped = code[:spot] + wrong + code[spot + 1 :]
    assume(spot > len(share_codes.PREFIX) or wrong != share_codes.ALPHABET[0])  # a leading zero says nothing
    text = place(data.draw, look(data.draw, mistyped))
    assume(not text.endswith("__") and "__" not in text[:2])  # may be two readings
    with pytest.raises(CourseError):
        decode(text)


def broken(draw, code: str) -> str:
    """A code as an editor or a narrow window breaks it: dashes for hyphens, blanks and line breaks inside."""
    kind = draw(st.sampled_from(["en", "em", "double en", "double em", "break", "links", "as it is"]))
    body = code[3:]
    if kind in ("en", "em"):
        body = body.replace("-", {"en": "–", "em": "—"}[kind])
    elif kind.startswith("double"):
        body = body.replace("--", {"double en": "–", "double em": "—"}[kind])
    elif kind == "break":
        for _ in range(draw(st.integers(1, 3))):
            spot = draw(st.integers(1, len(body)))
            between = draw(st.sampled_from(["\n", "\r\n", " ", "\n    ", "\u2028"]))
            body = body[:spot] + between + body[spot:]
    elif kind == "links":
        return "".join(f"%{ord(c):02X}" for c in code)
    return code[:3] + body + ("" if kind == "break" else draw(st.sampled_from(["", *WORDS])))


@given(some_codes(), st.data())
@settings(deadline=None)
def test_of_several_readings_the_one_whose_check_number_holds_is_taken(code, data):
    text = broken(data.draw, code) + data.draw(st.sampled_from(["", ".", "\n", ")"]))
    try:
        found = decode(data.draw(st.sampled_from(["", "Our code: ", "?scenario="])) + text)
    except CourseError as refusal:
        assert TWO_WAYS in str(refusal)
        assume(False)  # one in a thousand: then nothing is read
    assert found == decode(code)


def test_where_there_are_several_readings_a_mistyped_letter_is_refused_but_for_one_in_hundreds():
    chance = random.Random(11)
    tried = taken = 0
    for _ in range(3_000):
        code = encode({a.id: a.at(chance.randrange(a.positions)) for a in chance.sample(KNOWN, chance.randint(1, 8))})
        spot = chance.randrange(len(share_codes.PREFIX), len(code))
        wrong = chance.choice(share_codes.ALPHABET[1:].replace(code[spot], ""))
        mistyped = code[:spot] + wrong + code[spot + 1 :]
        text = chance.choice([mistyped.replace("-", "—"), mistyped[:7] + "\n" + mistyped[7:]]) + chance.choice(WORDS)
        tried += 1
        try:
            decode(text)
        except CourseError:
            continue
        taken += 1
    assert tried == 3_000 and taken <= 0.005 * tried


def test_capitals_and_small_letters_of_the_code_stay_different():
    for code in ("SC1-OtQqb", "SC1-g5qjMSdB3b-", "SC1-Dv0IkmuHNogIJg7vhrSpqATjymw"):
        for changed in (code.lower(), code.upper(), code[:3] + code[3:].swapcase()):
            with pytest.raises(CourseError, match="incomplete or mistyped"):
                decode(changed)


def test_two_codes_are_refused_and_one_twice_is_one():
    one, other = encode({"utilisation": 60}), encode({"lifetime": 8})
    assert decode(f"{one}, or as a link: https://hub.example/lab?scenario={one}") == {"utilisation": 60.0}
    with pytest.raises(CourseError, match=TWO_WAYS):
        decode(f"{one} and {other}")
    with pytest.raises(CourseError, match="more than 20 scenario codes"):
        decode(" ".join(["SC1-A"] * 21))


def test_every_way_in_reads_a_code_in_the_same_way(learner, monkeypatch):
    monkeypatch.setattr(memo, "_png", lambda chart: ("AAAA", chart.to_dict()["description"]))
    code = encode({"utilisation": 60.0, "spend_machine": 100.0})
    pasted = f"Ours: “sc1–{code[4:]}\u200b”."
    assert changes_of(gpu_hour_cost, pasted) == {"utilisation": 60.0}
    panel = Panel(gpu_hour_cost)
    for message in (
        {"kind": "code", "text": pasted},
        {"kind": "compare", "with": "code", "id": pasted},
        {"kind": "open", "code": pasted},
    ):
        scenarios.current.clear()
        panel._receive(panel, {**message, "seq": 1}, [])
        assert panel._state["errors"] == {}, message
        if message["kind"] == "compare":
            assert panel._chart["compared"]["id"] == code
        else:
            assert scenarios.current == {"utilisation": 60.0}
    memo.write(code=pasted)
    written = (learner / "memo.md").read_text(encoding="utf-8")
    assert memo.words(written)["code"] == code
    # What the memo shows may be copied out of it, with the signs of Markdown.
    assert decode(re.search(r"Scenario code: (\S+)", written)[1]) == decode(code)
    assert team_lists.read_teams(f"Owls: {pasted.removeprefix('Ours: ')}")[0] == {"Owls": decode(code)}


# Lists of teams ------------------------------------------------------------------------------------------------------

LAYOUTS = {
    "name, code": "{} {}",
    "brackets": "{} ({})",
    "code, name": "{1}: {0}",
    "code (name)": "{1} ({0})",
    "dash": "{1} – {0}",
    "chat": "**{}**: `{}`",
    "table": "| {} | {} |",
    "spreadsheet": '"{}","{}"',
    "link": "{}: https://hub.example/lab/tree?scenario={}&x=1",
    "link alone": "{}\nhttps://hub.example/lab/tree?scenario={}",
    "two lines": "{}\n{}",
    "two lines, turned": "{1}\n{0}",
    "arrow": "{} → {}",
}


@given(st.lists(some_codes(), min_size=1, max_size=4), st.sampled_from(list(LAYOUTS)), st.sampled_from(["\n", "\n\n"]))
@settings(deadline=None)
def test_name_and_code_are_found_in_either_order_on_one_line_or_two(given, layout, between):
    names = ["The Owls", "Füchse-Süd", "Team 3", "Ünal & Co."][: len(given)]
    text = between.join(LAYOUTS[layout].format(name, code) for name, code in zip(names, given, strict=True))
    teams, problems = team_lists.read_teams(text)
    if problems:
        assert TWO_WAYS in " ".join(problems)
        assume(False)
    assert list(teams) == names
    assert [dict(team) for team in teams.values()] == [dict(decode(code)) for code in given]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_name_beside_an_unreadable_code_goes_to_no_other_code(layout):
    one, other = encode({"utilisation": 60}), encode({"lifetime": 8})
    text = "\n".join(LAYOUTS[layout].format(n, c) for n, c in (("Owls", one[:-1] + "X"), ("Foxes", other)))
    teams, problems = team_lists.read_teams(text)
    assert teams in ({"Foxes": {"lifetime": 8.0}}, {})
    assert "incomplete or mistyped" in problems[0]


def test_a_code_that_goes_on_in_the_next_line_is_one_code():
    code = encode({a.id: a.at(a.positions // 3) for a in KNOWN[:9]})
    teams, problems = team_lists.read_teams(f"Owls {code[:9]}\n{code[9:]}\nFoxes {encode({})}")
    assert teams == {"Owls": decode(code), "Foxes": {}} and problems == []
