"""Scenario codes, files and links: round trips, what comes from elsewhere, comparison and attribution."""

import errno
import itertools
import json
import math
import random
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sovereign_compute.analysis import comparison
from sovereign_compute.analysis.comparison import compare, shapley, shapley_values
from sovereign_compute.analysis.settings import evaluate
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, files, scenarios, share_codes
from sovereign_compute.inputs.assumptions import Assumption, get, registry
from sovereign_compute.inputs.scenarios import Scenario, decode, encode, save, saved, unreadable
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.registry import Model, Output
from synthetic import CASH_FLOW, CASH_FLOW_ROWS, cash_flow, rows, world


@st.composite
def some_scenarios(draw) -> dict[str, float]:
    """Some assumptions of the registry at grid values other than the course's."""
    known = list(registry().values())
    chosen = draw(st.lists(st.sampled_from(known), unique_by=lambda a: a.id, max_size=len(known)))
    values = {a.id: a.at(draw(st.integers(0, a.positions - 1))) for a in chosen}
    return {id: value for id, value in values.items() if value != registry()[id].value}


# Codes ----------------------------------------------------------------------------------------------------------------


@given(some_scenarios())
@settings(deadline=None)
def test_a_code_gives_the_scenario_back(changes):
    code = Scenario(changes).code()
    found = decode(code)
    assert found == changes
    assert found.problems == {}
    assert found.code() == code


GOLDEN = {
    "SC1-P7": {},
    "SC1-OtQqb": {"utilisation": 60.0},
    "SC1-g5qjMSdB3b-": {
        "capital_cost": 500.0,
        "discount_rate": 0.0,
        "electricity_price": 0.0,
        "staff": 0.0,
        "maintenance": 0.0,
        "availability": 100.0,
        "utilisation": 100.0,
    },
    "SC1-Evyr4Bd": {"gpus": 24000.0},
    "SC1-BnGtFqdm": {"cloud_price": 7.36, "exchange_rate": 1.08},
    "SC1-Dv0IkmuHNogIJg7vhrSpqATjymw": {
        "capital_cost": 2000.0,
        "lifetime": 15.0,
        "discount_rate": 15.0,
        "building_cost": 500.0,
        "building_lifetime": 60.0,
        "gpus": 1000000.0,
        "availability": 100.0,
        "utilisation": 100.0,
        "it_power": 30.0,
        "pue": 2.0,
        "electricity_price": 0.6,
        "maintenance": 15.0,
        "staff": 300.0,
        "staff_cost": 250.0,
        "cloud_price": 20.0,
        "exchange_rate": 1.6,
    },
    "SC1-F68v1": {
        "capital_cost": 0.0,
        "lifetime": 1.0,
        "discount_rate": 0.0,
        "building_lifetime": 5.0,
        "gpus": 1000.0,
        "availability": 1.0,
        "utilisation": 1.0,
        "it_power": 0.1,
        "pue": 1.0,
        "electricity_price": 0.0,
        "maintenance": 0.0,
        "staff": 0.0,
        "staff_cost": 20.0,
        "cloud_price": 0.1,
        "exchange_rate": 0.8,
    },
}


@pytest.mark.parametrize("code", GOLDEN)
def test_codes_once_given_out_decode_for_ever(code):
    assert decode(code) == GOLDEN[code]
    assert encode(GOLDEN[code]) == code


def test_the_grids_behind_the_codes_stay_as_they_are():
    """A code holds positions on these grids: whoever needs another grid gives the assumption a new id and number."""
    numbers = {a.code: (a.id, a.hard_min, a.hard_max, a.step, a.scale) for a in registry().values()}
    assert {number: numbers[number] for number in GRIDS} == GRIDS


GRIDS = {
    1: ("capital_cost", 0.0, 2000.0, 0.5, "linear"),
    2: ("lifetime", 1.0, 15.0, 0.5, "linear"),
    3: ("discount_rate", 0.0, 15.0, 0.1, "linear"),
    4: ("building_cost", 0.0, 500.0, 1.0, "linear"),
    5: ("building_lifetime", 5.0, 60.0, 1.0, "linear"),
    6: ("gpus", 1000.0, 1000000.0, 0.0001, "log"),
    7: ("availability", 1.0, 100.0, 1.0, "linear"),
    8: ("utilisation", 1.0, 100.0, 1.0, "linear"),
    9: ("it_power", 0.1, 30.0, 0.1, "linear"),
    10: ("pue", 1.0, 2.0, 0.01, "linear"),
    11: ("electricity_price", 0.0, 0.6, 0.001, "linear"),
    12: ("maintenance", 0.0, 15.0, 0.1, "linear"),
    13: ("staff", 0.0, 300.0, 1.0, "linear"),
    14: ("staff_cost", 20.0, 250.0, 1.0, "linear"),
    15: ("cloud_price", 0.1, 20.0, 0.01, "linear"),
    16: ("exchange_rate", 0.8, 1.6, 0.01, "linear"),
}

# The words of the choice of a list, and a code for each of them, as they were when codes were first given out.
LISTS = [f"{year}-{month}" for year in range(2019, 2027) for month in ("06", "11")][:-1]
FIRST_CODES = {"2019-06": "SC1-59z", "2022-11": "SC1-ynW-7", "2025-11": "SC1-Bd_LSL"}


def listed(vintage: str) -> dict[str, Assumption]:
    """The registry with one list more, which is the course's value as the command that adds it leaves it."""
    row = registry()["list_vintage"]
    last = float(len(row.words))
    new = {"choices": f"{row.choices}|{vintage}", "value": last, "low": last, "high": last, "hard_max": last}
    return registry() | {row.id: Assumption.model_validate(row.model_dump() | new)}


def test_a_new_list_changes_the_meaning_of_no_code():
    for vintage, code in FIRST_CODES.items():
        assert get("list_vintage").told(decode(code)["list_vintage"]) == vintage
    more = {"pue": 1.3, "unpriced_part": 40.0}
    before = {vintage: encode({"list_vintage": place, **more}) for place, vintage in enumerate(LISTS)}
    with world(listed("one more")):
        for vintage, code in (FIRST_CODES | before).items():
            found = decode(code)
            assert get("list_vintage").told(found["list_vintage"]) == vintage
            assert found.code() == code
            assert found.problems == {}
        assert {id: found[id] for id in more} == more


def test_a_list_that_a_later_version_added_is_left_out_and_named():
    last = len(get("list_vintage").words)
    with world(listed("one more")):
        code = encode({"list_vintage": last, "pue": 1.3})
        assert (
            share_codes.unpack(code, {n: size for n, (_, _, size) in scenarios._grids().items()})[0][261] == last - 15
        )
    found = decode(code)
    assert found == {"pue": 1.3}
    assert found.problems == {
        "list_vintage": "List: the code has a word that a later version of the course added; it was left out"
    }


def test_there_is_room_for_lists_until_the_middle_of_the_century():
    ((continues, first, size),) = share_codes.CONTINUED.values()
    assert (get("list_vintage").code, len(LISTS)) == (continues, first)
    assert 2026.5 + size / 2 > 2050


# Grid sizes as the course's tables have them: years, percent, prices, powers of ten with two or three digits.
SIZES = (29, 60, 81, 100, 100, 101, 151, 151, 181, 231, 271, 301, 301, 501, 601, 901, 1001, 1801, 2001)


def test_sixty_changes_of_a_large_registry_fit_into_120_characters():
    chance = random.Random(5)
    sizes = {number: chance.choice(SIZES) for number in range(1, 177)}
    for _ in range(300):
        changes = {n: (sizes[n], chance.randrange(sizes[n])) for n in chance.sample(sorted(sizes), 60)}
        code = share_codes.pack(changes)
        assert len(code) <= 120
        positions, later = share_codes.unpack(code, sizes)
        assert positions == {n: position for n, (_, position) in changes.items()}
        assert later == []


def test_sixty_changes_of_this_registry_fit_into_130_characters():
    """It has more assumptions than the one above: to say which sixty changed takes more letters."""
    chance = random.Random(7)
    known = list(registry().values())
    for _ in range(2_000):
        changes = {a.id: a.at(chance.randrange(a.positions)) for a in chance.sample(known, min(60, len(known)))}
        assert len(encode(changes)) <= 130


@given(st.dictionaries(st.integers(1, share_codes.HIGHEST), st.tuples(st.integers(1, 10**6), st.integers(0, 10**6))))
@settings(deadline=None)
def test_any_numbers_and_sizes_come_back(changes):
    changes = {number: (size, position % size) for number, (size, position) in changes.items()}
    sizes = {number: size for number, (size, _) in changes.items()}
    positions, later = share_codes.unpack(share_codes.pack(changes), sizes)
    assert positions == {number: position for number, (_, position) in changes.items()}
    assert later == []


def test_what_a_later_version_added_is_left_out_and_named():
    last = max(*(a.code for a in registry().values()), *share_codes.CONTINUED)
    changes = {
        a.code: (a.positions, a.position(a.hard_max)) for a in registry().values() if a.id in ("pue", "utilisation")
    }
    code = share_codes.pack({**changes, last + 1: (500, 77), last + 9: (40, 3)})
    found = decode(code)
    assert found == {"pue": 2.0, "utilisation": 100.0}
    assert list(found.problems) == [f"number {last + 1}", f"number {last + 9}"]
    assert "later version" in found.problems[f"number {last + 1}"]


def test_an_unknown_number_between_known_ones_is_refused():
    code = share_codes.pack({1: (5, 1), 2: (5, 1), 3: (5, 1)})
    with pytest.raises(CourseError, match="assumption number 2, which this version of the course does not know"):
        share_codes.unpack(code, {1: 5, 3: 5})


def test_more_assumptions_than_a_code_can_hold_are_refused():
    with pytest.raises(CourseError, match="up to number 512"):
        share_codes.pack({513: (2, 1)})


# One truncation in a thousand passes for a code: a set that grows with the registry would meet one some day.
LONG = {a.id: a.at(a.positions // 3) for a in registry().values() if a.code <= 250}


def test_every_truncation_is_refused():
    code = encode(LONG)
    for length in range(len(code)):
        with pytest.raises(CourseError):
            decode(code[:length])


def test_every_wrong_letter_is_refused():
    code = encode(LONG)
    for place, letter in itertools.product(range(len(share_codes.PREFIX), len(code)), share_codes.ALPHABET):
        if letter != code[place]:
            with pytest.raises(CourseError, match="incomplete or mistyped"):
                decode(code[:place] + letter + code[place + 1 :])


def test_every_swap_of_two_letters_is_refused():
    code = encode(LONG)
    for one, other in itertools.combinations(range(len(share_codes.PREFIX), len(code)), 2):
        if code[one] != code[other]:
            swapped = list(code)
            swapped[one], swapped[other] = code[other], code[one]
            with pytest.raises(CourseError, match="incomplete or mistyped"):
                decode("".join(swapped))


def signed(body: str) -> str:
    """A code with the multiple of the prime that lies nearest below some letters: what a forger would send."""
    return share_codes.PREFIX + share_codes._letters(
        max(1, share_codes._number(body) // share_codes.SCENARIO.prime) * share_codes.SCENARIO.prime
    )


letters = st.text(share_codes.ALPHABET)


@given(st.text() | letters | letters.map(signed) | st.text().map(lambda text: share_codes.PREFIX + text))
@settings(max_examples=300, deadline=None)
def test_garbage_is_a_sentence_or_a_valid_scenario(text):
    try:
        found = decode(text)
    except CourseError as refusal:
        assert len(str(refusal)) < 300
        assert "Error" not in str(refusal)
        return
    for id, value in found.items():
        assert registry()[id].accept(value) == value


NO_CODES = ["", "SC1-", "SC1-A", "SC1-AA", "SC2-P7", "SC1-p7", None, 7, "{}", "\ud800", "SC1-\u0665\u2603P7"]


@pytest.mark.parametrize("text", [*NO_CODES, pytest.param("SC1-" + "A" * 10**6, id="a million letters")])
def test_what_is_no_code_is_refused_in_words(text):
    with pytest.raises(CourseError, match="scenario code") as refusal:
        decode(text)
    assert len(str(refusal.value)) < 200


def test_spaces_around_a_code_do_not_matter():
    assert decode(f"  {encode(LONG)}\n") == Scenario(LONG)


def test_encoding_refuses_what_a_scenario_cannot_hold():
    with pytest.raises(CourseError, match="out of range"):
        encode({"utilisation": 101})
    with pytest.raises(CourseError, match="no assumption 'colour'"):
        encode({"colour": 1})


# Scenarios ------------------------------------------------------------------------------------------------------------


def test_a_scenario_holds_changes_only():
    scenario = Scenario({"utilisation": 60, "lifetime": 6})
    assert scenario == {"utilisation": 60.0}
    scenario["utilisation"] = 80
    assert scenario == {}


def test_an_update_with_one_wrong_value_changes_nothing():
    scenario = Scenario({"utilisation": 60})
    with pytest.raises(CourseError, match="Years of use: 99 is out of range"):
        scenario.update({"utilisation": 70, "lifetime": 99})
    assert scenario == {"utilisation": 60.0}


def test_a_copy_is_a_scenario_of_its_own():
    scenario = Scenario({"utilisation": 60})
    other = scenario.copy()
    other["utilisation"] = 70
    with pytest.raises(CourseError):
        other["utilisation"] = 700
    assert scenario == {"utilisation": 60.0}


# Files ----------------------------------------------------------------------------------------------------------------


@given(some_scenarios())
@settings(deadline=None)
def test_a_file_gives_the_scenario_back(changes):
    found = Scenario.from_json(Scenario(changes).to_json("mine"))
    assert found == changes
    assert found.problems == {}


def test_a_file_can_be_read_by_a_person():
    content = json.loads(Scenario({"electricity_price": 0.3}).to_json("Dear power"))
    assert content["name"] == "Dear power"
    assert content["registry"] == data.package()["version"]
    assert decode(content["code"]) == {"electricity_price": 0.3}
    entry = content["changes"]["electricity_price"]
    assert {key: entry[key] for key in ("label", "value", "unit", "course_value")} == {
        "label": "Electricity price",
        "value": 0.3,
        "unit": "EUR per kWh",
        "course_value": 0.2,
    }
    assert entry["course_source"]


def test_what_is_wrong_in_a_file_is_said_by_field_and_the_rest_is_taken():
    changes = {
        "utilisation": {"value": 60, "unit": "%"},
        "lifetime": {"value": 99},
        "pue": {"value": "many"},
        "gpus": {"value": math.nan},
        "staff": {"label": "Staff"},
        "availability": 90,
        "it_power": {"value": 9, "unit": "kW"},
        "quantum_chips": {"value": 3, "unit": "chips", "label": "Quantum chips", "nested": [[[]]]},
    }
    found = Scenario.from_json(json.dumps({"changes": changes}))
    assert found == {"utilisation": 60.0}
    assert set(found.problems) == set(changes) - {"utilisation"}
    assert "out of range; allowed is 1 to 15 years" in found.problems["lifetime"]
    assert "'many' is not a number" in found.problems["pue"]
    assert "the file has no value for it" in found.problems["staff"]
    assert "the file has no value for it" in found.problems["availability"]
    assert "the file has it in kW, the course in MW" in found.problems["it_power"]
    assert "its entry is kept" in found.problems["quantum_chips"]


def test_unknown_entries_survive_another_save():
    text = json.dumps({"changes": {"quantum_chips": {"value": 3, "unit": "chips"}, "pue": {"value": 1.5}}})
    again = Scenario.from_json(Scenario.from_json(text).to_json("again"))
    assert again == {"pue": 1.5}
    assert again.unknown == {"quantum_chips": {"value": 3, "unit": "chips"}}


def test_of_an_unknown_entry_words_and_numbers_are_kept():
    deep = json.loads("[" * 900 + "]" * 900)
    found = Scenario.from_json(json.dumps({"changes": {"deep": {"value": 3, "unit": "chips", "nested": deep}}}))
    assert found.unknown == {"deep": {"value": 3, "unit": "chips"}}
    assert Scenario.from_json(found.to_json()).unknown == found.unknown


def test_an_unknown_entry_of_any_size_is_not_kept():
    found = Scenario.from_json(json.dumps({"changes": {"big": {"value": "x" * 10_000}}}))
    assert found.unknown == {}
    assert "too long" in found.problems["big"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "damaged in line 1, column 1"),
        ('{"changes": {"pue": {"value": 1.5}', "damaged in line 1"),
        ("[]", "'changes' with a 'value' each is expected"),
        ("7", "'changes' with a 'value' each is expected"),
        ('{"changes": [1, 2]}', "'changes' with a 'value' each is expected"),
        ("[" * 100_000, "not a scenario file"),
        ('{"changes": {"pue": {"value": ' + "9" * 10_000 + "}}}", "not a scenario file"),
        (" " * 2_000_001, "more than 2,000,000"),
    ],
)
def test_what_is_no_scenario_file_is_refused_in_words(text, message):
    with pytest.raises(CourseError, match=message):
        Scenario.from_json(text)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=2), inner, max_size=2),
    max_leaves=3,
)
ids = st.sampled_from(list(registry())) | st.text(max_size=3)
entries = st.fixed_dictionaries({}, optional={"value": json_values, "unit": json_values, "label": json_values})


@given(st.dictionaries(ids, json_values | entries, max_size=5))
@settings(max_examples=100, deadline=None)
def test_any_json_is_a_scenario_with_its_problems_named(changes):
    found = Scenario.from_json(json.dumps({"changes": changes}))
    for id, value in found.items():
        assert registry()[id].accept(value) == value
    at_course = {
        id
        for id, entry in changes.items()
        if id in registry() and id not in found and scenarios.printable(id) not in found.problems
    }
    assert all(registry()[id].accept(changes[id]["value"]) == registry()[id].value for id in at_course)
    again = Scenario.from_json(found.to_json("again"))
    assert again == found
    assert set(again.unknown) == set(found.unknown)


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_are_refused_in_words(content):
    assume(not content.strip().startswith(b"{"))
    with pytest.raises(CourseError):
        Scenario.from_json(content.decode("utf-8", "replace"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(scenarios, "MY_COURSE", tmp_path / "my_course")
    return tmp_path / "my_course"


def test_saved_scenarios_come_back_by_name_in_order(folder):
    assert saved() == {}
    for place, name in enumerate(("Zebra", "Apfel \u00fc", "\u96fb\u6c17")):
        path = save(name, Scenario({"lifetime": place + 1}))
        assert path.parent == folder
    assert list(saved()) == ["Zebra", "Apfel \u00fc", "\u96fb\u6c17"]
    assert saved()["Zebra"] == {"lifetime": 1.0}
    save("Zebra", Scenario({"lifetime": 9}))
    assert saved()["Zebra"] == {"lifetime": 9.0}
    assert sorted(path.suffix for path in folder.iterdir()) == [".json"] * 3


def test_changing_what_was_loaded_changes_no_file(folder):
    save("mine", Scenario({"lifetime": 9}))
    saved()["mine"]["lifetime"] = 3
    assert saved()["mine"] == {"lifetime": 9.0}


def test_two_names_of_the_same_letters_are_two_files(folder):
    save("A b", Scenario({"lifetime": 1}))
    save("a-b", Scenario({"lifetime": 2}))
    save("A b", Scenario({"lifetime": 3}))
    assert saved() == {"A b": {"lifetime": 3.0}, "a-b": {"lifetime": 2.0}}


@pytest.mark.parametrize("name", ["", "   ", "../..", "\ud800", "\u0000", "---"])
def test_a_name_without_letters_is_refused(folder, name):
    with pytest.raises(CourseError, match="at least one letter or digit"):
        save(name, Scenario())


@given(st.text(min_size=1))
@settings(max_examples=100, deadline=None)
def test_any_name_stays_in_the_folder(name):
    import tempfile
    from pathlib import Path
    from unittest import mock

    with tempfile.TemporaryDirectory() as place, mock.patch.object(scenarios, "MY_COURSE", Path(place)):
        try:
            path = save(name, Scenario({"pue": 1.5}))
        except CourseError:
            assert not any(c.isalnum() for c in scenarios.printable(name)[:40])
            return
        assert path.parent == Path(place)
        assert list(saved()) == [scenarios.printable(name)]


def test_a_damaged_file_is_named_and_the_others_load(folder):
    save("good", Scenario({"pue": 1.5}))
    (folder / "scenario-bad.json").write_text('{"changes": ')
    (folder / "scenario-bytes.json").write_bytes(b"\xff\xfe")
    (folder / "scenario-partly.json").write_text('{"name": "partly", "changes": {"pue": {"value": 99}}}')
    assert saved() == {"good": {"pue": 1.5}, "partly": {}}
    assert "Price" not in saved()["partly"].problems["pue"]
    assert "out of range" in saved()["partly"].problems["pue"]
    assert set(unreadable()) == {"scenario-bad.json", "scenario-bytes.json"}
    assert "damaged in line 1" in unreadable()["scenario-bad.json"]
    (folder / "scenario-bad.json").write_text(Scenario().to_json("mended"))
    assert "mended" in saved()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "its folder cannot be written to"),
        (errno.EROFS, "its folder cannot be written to"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_a_failed_save_says_why_and_leaves_the_old_file(folder, monkeypatch, number, words):
    save("mine", Scenario({"pue": 1.5}))

    def fail(*_):
        raise OSError(number, "no")

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(CourseError, match=words) as refusal:
        save("mine", Scenario({"pue": 1.6}))
    assert Scenario({"pue": 1.6}).code() in str(refusal.value)
    assert saved() == {"mine": {"pue": 1.5}}
    assert [path.name for path in folder.iterdir()] == ["scenario-mine.json"]


def test_a_file_where_the_folder_should_be_is_said(folder):
    folder.write_text("not a folder")
    with pytest.raises(CourseError, match="was not saved"):
        save("mine", Scenario())


# Comparison -----------------------------------------------------------------------------------------------------------


def test_compare_sets_changes_and_results_side_by_side():
    cheap, dear = Scenario({"electricity_price": 0.1}), Scenario({"electricity_price": 0.3, "utilisation": 60})
    frame = compare(gpu_hour_cost, {}, cheap, dear.code(), names=["course's", "cheap", "dear"])
    assert list(frame) == ["kind", "id", "label", "unit", "course", "course's", "cheap", "dear"]
    changed = frame[frame.kind == "assumption"].set_index("id")
    assert changed[["course", "cheap", "dear"]].to_dict("index") == {
        "utilisation": {"course": 80.0, "cheap": 80.0, "dear": 60.0},
        "electricity_price": {"course": 0.2, "cheap": 0.1, "dear": 0.3},
    }
    results = frame[frame.kind == "result"].set_index("id")
    assert results.loc["total", "course"] == results.loc["total", "course's"] == evaluate(gpu_hour_cost).total
    assert results.loc["total", "dear"] == evaluate(gpu_hour_cost, **dear).total


def test_compare_leaves_aside_what_concerns_other_models():
    more = {**registry(), **rows({"id": "elsewhere", "code": 250})}
    with world(more, Model(gpu_hour_cost, "Cost", (Output("total", "Total", "EUR/gpu/hour", 2),))):
        frame = compare(gpu_hour_cost, Scenario({"elsewhere": 3.0}), {"pue": 1.5})
    assert set(frame[frame.kind == "assumption"].id) == {"pue"}


@pytest.mark.parametrize(
    ("given", "names", "message"),
    [
        ([{}], None, "two to four scenarios"),
        ([{}] * 5, None, "two to four scenarios"),
        ([{}, {}], ["a"], "name of its own"),
        ([{}, {}], ["a", "a"], "name of its own"),
        ([{}, {}], ["a", "course"], "name of its own"),
        ([{}, {"pue": 9}], None, "out of range"),
        ([{}, {"colour": 9}], None, "no assumption 'colour'"),
        ([{}, "SC1-nonsense"], None, "scenario code"),
    ],
)
def test_a_comparison_without_sense_is_refused(given, names, message):
    with pytest.raises(CourseError, match=message):
        compare(gpu_hour_cost, *given, names=names)


# Attribution ----------------------------------------------------------------------------------------------------------


def shapley_by_definition(worth: np.ndarray) -> list[float]:
    """The mean over all orders, one order after the other."""
    count = len(worth).bit_length() - 1
    sums = [0.0] * count
    orders = list(itertools.permutations(range(count)))
    for order in orders:
        reached = 0
        for player in order:
            sums[player] += worth[reached | 1 << player] - worth[reached]
            reached |= 1 << player
    return [x / len(orders) for x in sums]


@pytest.mark.parametrize("count", range(7))
def test_shapley_values_are_the_mean_over_all_orders(count):
    worth = np.random.default_rng(count).normal(size=2**count)
    assert shapley_values(worth) == pytest.approx(shapley_by_definition(worth), rel=1e-12, abs=1e-12)


@given(st.lists(st.floats(-1e6, 1e6), min_size=32, max_size=32))
@settings(deadline=None)
def test_shapley_values_add_up(worth):
    assert sum(shapley_values(np.array(worth))) == pytest.approx(worth[-1] - worth[0], abs=1e-6)


@given(some_scenarios(), some_scenarios())
@settings(max_examples=40, deadline=None)
def test_contributions_add_up_to_the_difference(before, after):
    frame = shapley(gpu_hour_cost, before, after)
    ends = [evaluate(gpu_hour_cost, **comparison.changes_of(gpu_hour_cost, end)).total for end in (before, after)]
    # On the way the output may be a thousand times higher than at both ends.
    assert frame.contribution.sum() == pytest.approx(ends[1] - ends[0], rel=1e-9, abs=1e-9 * max(ends))


def ten_changes() -> dict[str, float]:
    return {id: a.at(a.position(a.value) + 3) for id, a in list(CASH_FLOW_ROWS.items())[:10]}


def test_ten_changes_are_told_apart_and_match_the_definition():
    with world(CASH_FLOW_ROWS, CASH_FLOW):
        frame = shapley(cash_flow, {}, ten_changes()).set_index("assumption")
        three = dict(list(ten_changes().items())[:3])
        small = shapley(cash_flow, {}, three).set_index("assumption")
        worth = np.array(
            [
                evaluate(cash_flow, **{id: x for place, (id, x) in enumerate(three.items()) if mask >> place & 1}).worth
                for mask in range(8)
            ]
        )
        whole = evaluate(cash_flow, **ten_changes()).worth - evaluate(cash_flow).worth
    assert len(frame) == 10
    assert frame.contribution.sum() == pytest.approx(whole, rel=1e-9)
    assert frame.share.sum() == pytest.approx(1)
    assert frame.contribution.abs().is_monotonic_decreasing
    assert small.loc[list(three), "contribution"].tolist() == pytest.approx(shapley_by_definition(worth), rel=1e-9)
    assert frame.loc["purchase", ["before", "after"]].tolist() == [273, 276]


def test_more_than_ten_are_taken_together_by_group():
    groups = {
        id: a.model_copy(update={"group": f"Group {place % 4}"}) for place, (id, a) in enumerate(CASH_FLOW_ROWS.items())
    }
    groups["rate"] = groups["rate"].model_copy(update={"group": "Alone"})
    changes = {id: a.at(a.position(a.value) + 3) for id, a in groups.items()}
    with world(groups, CASH_FLOW):
        frame = shapley(cash_flow, {}, changes).set_index("label")
        whole = evaluate(cash_flow, **changes).worth - evaluate(cash_flow).worth
    assert set(frame.index) == {"Group 0", "Group 1", "Group 2", "Group 3", "Rate"}
    assert frame.loc["Group 0", "assumption"] == "purchase+power_price+wage_growth"
    assert math.isnan(frame.loc["Group 0", "before"])
    assert frame.contribution.sum() == pytest.approx(whole, rel=1e-9)


class Mode(NamedTuple):
    cost: object


def mode(*, way, price, amount):
    # A choice is one number: models may branch on it.
    return Mode(price * amount if way == 0 else price + amount)


MODE = Model(mode, "Mode", (Output("cost", "Cost", "1", 1),))
MODE_ROWS = rows(
    {
        **{"id": "way", "distribution": "choice", "choices": "own|rent", "step": 1.0},
        **{"value": 0.0, "low": 0.0, "high": 0.0, "hard_min": 0.0, "hard_max": 1.0},
    },
    {"id": "price"},
    {"id": "amount"},
)


def test_a_choice_takes_part_in_an_attribution():
    after = {"way": 1, "price": 3.0, "amount": 8.0}
    with world(MODE_ROWS, MODE):
        frame = shapley(mode, {}, after).set_index("assumption")
        worth = np.array(
            [
                evaluate(mode, **{id: x for place, (id, x) in enumerate(after.items()) if mask >> place & 1}).cost
                for mask in range(8)
            ]
        )
    assert frame.loc[list(after), "contribution"].tolist() == pytest.approx(shapley_by_definition(worth))


def test_equal_scenarios_have_nothing_to_share_out():
    assert len(shapley(gpu_hour_cost, {"pue": 1.5}, {"pue": 1.5})) == 0


def test_an_assumption_without_effect_contributes_nothing():
    frame = shapley(gpu_hour_cost, {}, {"building_lifetime": 40, "pue": 1.2}).set_index("assumption")
    assert frame.loc["building_lifetime", "contribution"] == 0
    assert frame.loc["pue", "share"] == pytest.approx(1)
