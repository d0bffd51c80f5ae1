"""What a learner types or pastes in a page without a kernel, in a real Chromium: taken or refused as by the kernel."""

from pathlib import Path

import lab
import numpy as np
import pytest
from sovereign_compute.browser import symbols
from sovereign_compute.browser.panels import accepted, codes
from sovereign_compute.controls.widgets import script
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import scenarios, share_codes
from sovereign_compute.inputs.assumptions import registry

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

FOLDER = Path(symbols.__file__).parent
TYPED = [
    *("61,5", "61.5", ",5", ".5", "5.", "0,125", "1 000", "1\u00a0000", "1\u202f234\u202f567,5", "1'000.5", "1.234,5"),
    *(
        "1.000.000",
        "1,000,000",
        "−60",
        "–60",
        "- 60",
        "+5",
        "1e3",
        "1,5e3",
        "1e-3",
        "\u200b5\u200f",
        "５，５",
        "٣",
        "۴۲",
    ),
    *(
        "",
        " ",
        "many",
        "--5",
        "1..5",
        "1,2,3",
        "1.2.3",
        "1 00",
        "0 000",
        "1.000,000.5",
        "5-10",
        "10²⁴",
        "½",
        "1e",
        "e5",
    ),
    *("0x10", "nan", "inf", "(5)", "5;", "€ 5", "1" * 101, ".", "-", "1.000", "12.345", "999,999", "-1.234", "1e400"),
    *("60 %", "60 percent", "5 years", "3 EUR", "it's", '"', "a\\b", "tab\tbed", 'it\'s "so"', "1_000", "7 %"),
]
TEXTS = [
    *(
        "SC1-P7",
        "sc1-P7",
        "(SC1-OtQqb).",
        "“SC1-OtQqb”",
        "SC1-\nOtQqb",
        "SC1–OtQqb",
        "SC1-O t Q q b is our code",
        "SC1-OtQqc",
    ),
    *(
        "owls",
        "",
        "SC1-",
        "SC1-OtQqb SC1-P7",
        "SC1-OtQqb SC1-OtQqb",
        "https://a/b?scenario=SC1%2DOtQqb&x=1",
        "__SC1-OtQqb__",
    ),
    *(
        "SC1-Otä",
        "SC1\\-OtQqb",
        "ＳＣ１-OtQqb",
        "SC1-AAOtQqb",
        "SC1-" + "B" * 1100,
        "SC1- " * 25,
        "x" * 10_001,
        "SC1-Ot\u200bQqb",
    ),
    *("SC1-OtQqb – see you", "SC1—OtQqb", "SC1-OtQqb\ufe0f!", "**SC1-OtQqb**", "SC1-OtQ.qb"),
]


@pytest.fixture(scope="module")
def tab(chromium):
    found = chromium.new_page()
    for name, shared in (("accept.js", "accept, Grid"), ("codes.js", "find, pack")):
        shared = f"Object.assign(globalThis, {{ {shared} }});"
        found.add_script_tag(type="module", content=f"{script(name, FOLDER)}\n{shared}")
    found.evaluate(
        "() => { globalThis.told = (ask) => { try { return ask(); } catch ({ message }) { return message; } }; }"
    )
    found.wait_for_function("globalThis.pack !== undefined && globalThis.Grid !== undefined")
    yield found
    found.close()


def told(ask, *given):
    """A value, or the sentence with which it is refused."""
    try:
        return ask(*given)
    except CourseError as error:
        return str(error)


def test_values_of_all_assumptions_are_taken_or_refused_word_by_word(tab):
    rng = np.random.default_rng(5)
    for a in registry().values():
        moved = [
            a.hard_min,
            a.hard_max,
            a.hard_max * 2 + 1,
            a.hard_min - 1,
            1e20,
            *rng.uniform(a.hard_min, a.hard_max, 12),
        ]
        given = [*map(float, moved), *rng.choice(TYPED, 12).tolist(), None]
        found = tab.evaluate(
            """([data, given]) => {
              const assumption = { ...data, grid: new Grid(data.grid) };
              return given.map((one) => told(() => accept(assumption, one)));
            }""",
            [{**accepted(a), "label": a.label}, given],
        )
        assert found == [told(a.accept, one) for one in given], (a.id, given)


@pytest.mark.parametrize("id", ["utilisation", "gpus", "capital_cost", "staff"])
def test_every_way_to_type_a_number(tab, id):
    a = registry()[id]
    found = tab.evaluate(
        """([data, given]) => {
          const assumption = { ...data, grid: new Grid(data.grid) };
          return given.map((one) => told(() => accept(assumption, one)));
        }""",
        [{**accepted(a), "label": a.label}, TYPED],
    )
    assert dict(zip(TYPED, found, strict=True)) == {one: told(a.accept, one) for one in TYPED}


def test_codes_are_written_and_found_with_the_same_letters(tab):
    rng, rows = np.random.default_rng(6), list(registry().values())
    sizes = {int(number): size for number, size in codes()["sizes"].items()}
    made = []
    for count in (0, 1, 2, 5, 12, 30, 60):
        chosen = [rows[place] for place in rng.choice(len(rows), count, replace=False)]
        made.append(scenarios.encode({a.id: a.at(int(rng.integers(a.positions))) for a in chosen}))
    texts = [*TEXTS, *made, *(f"Ours: “{code}”, thanks" for code in made)]
    found = tab.evaluate(
        """([texts, sizes]) => texts.map((text) => told(() => {
          const { code, places, later } = find(text, new Map(sizes));
          return [code, Object.fromEntries(places), later];
        }))""",
        [texts, list(sizes.items())],
    )
    for text, got in zip(texts, found, strict=True):
        want = told(share_codes.find, text, sizes)
        if not isinstance(want, str):
            want = [want.code, {str(number): place for number, place in want.positions.items()}, want.later]
        assert got == want, text
    for code in made:
        places = share_codes.find(code, sizes).positions
        packed = "(places) => pack(new Map(places))"
        assert tab.evaluate(packed, [[number, [sizes[number], place]] for number, place in places.items()]) == code
