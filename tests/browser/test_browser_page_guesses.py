"""Guesses and answers in a page without a kernel, in a real Chromium: word by word and file by file the kernel's."""

import json
from pathlib import Path

import lab
import numpy as np
import pytest
from sovereign_compute.browser import symbols
from sovereign_compute.browser.controls import exercises_control, predictions_control, reveal_control, work_control
from sovereign_compute.browser.page import document
from sovereign_compute.browser.panels import panel_control
from sovereign_compute.controls import my_work, progress
from sovereign_compute.controls.guess_lists import read_guesses
from sovereign_compute.controls.panel import Panel
from sovereign_compute.controls.predictions import Predictions, rows
from sovereign_compute.controls.reveal import Reveal
from sovereign_compute.controls.widgets import for_page, script
from sovereign_compute.inputs import guess_codes
from sovereign_compute.inputs.data import records
from sovereign_compute.models.ownership import gpu_hour_cost
from sovereign_compute.models.policy import policy_portfolio

pytestmark = pytest.mark.skipif(lab.excused(), reason=lab.HOW_TO_GET_ONE)

FOLDER = Path(symbols.__file__).parent
IDS = tuple(row["id"] for row in records("predictions"))
SHARED = {
    "guess_kernel": ("GuessKernel", "RevealKernel"),
    "page_kernel": ("PageKernel",),
    "learner": ("Learner",),
}
TYPED = ("", None, "abc", "1,2,3", "−5", "1e9", "3 %", "12 parsecs", "1e400")
ASKED = "([name, message]) => { kernels[name].answer(message); return kernels[name].get('_state'); }"


@pytest.fixture(scope="module")
def tab(chromium):
    found = chromium.new_page()
    for name, names in SHARED.items():
        shared = f"Object.assign(globalThis, {{ {', '.join(names)} }});"
        found.add_script_tag(type="module", content=f"{script(name, FOLDER)}\n{shared}")
    found.wait_for_function("Boolean(globalThis.RevealKernel && globalThis.PageKernel && globalThis.Learner)")
    yield found
    found.close()


@pytest.fixture
def kernels(tab, learner):
    """All predictions and their answers, in the page and as widgets; `ask` asks both and compares their states."""
    form, answers = predictions_control(*IDS), reveal_control(*IDS)
    setups = tab.evaluate(
        """([form, answers]) => {
          const learner = new Learner(), none = () => 0;
          learner.progress.write = () => true; // a page without an address has no storage
          const kernels = [new GuessKernel(form, none, learner), new RevealKernel(answers, none, learner)];
          globalThis.kernels = { form: kernels[0], answers: kernels[1] };
          return kernels.map((kernel) => kernel.get("_setup"));
        }""",
        [form, answers],
    )
    widgets = {"form": Predictions(rows(IDS), form["words"]["comesBack"]), "answers": Reveal(rows(IDS))}
    assert setups == [for_page(widget._setup) for widget in widgets.values()]

    def ask(name: str, message: dict) -> dict:
        widgets[name]._receive(None, message, [])
        state = tab.evaluate(ASKED, [name, message])
        assert state == for_page(json.loads(json.dumps(widgets[name]._state))), message
        if name == "form":
            assert tab.evaluate("kernels.form.get('_code')") == widgets[name]._code, message
        return state

    return ask


def guessed(rng, row: dict) -> tuple:
    """A guess of a question, with a range or without, in the figures in which people guess; or what is none."""
    low, high = max(row["minimum"], 0.01), row["maximum"]
    three = sorted(float(f"{x:.2g}") for x in low * (high / low) ** rng.uniform(0.05, 0.95, 3))
    if rng.random() < 0.2:
        return str(rng.choice([text for text in TYPED if text])), [None, None]
    value, ends = str(three[1]), [str(three[0]), str(three[2])]
    return value, [[None, None], ends, ends, ends[::-1], [ends[0], None]][rng.integers(5)]


def test_guesses_and_answers_are_those_of_the_kernel(kernels):
    rng, known = np.random.default_rng(5), {row["id"]: row for row in rows(IDS)}
    for place, id in enumerate(IDS):
        kernels("answers", {"kind": "answer", "id": id, "seq": place + 1})
    for turn in range(25):
        given = {id: guessed(rng, known[id]) for id in IDS}
        message = {"kind": "keep", "seq": turn + 1}
        message |= {
            "values": {id: g for id, (g, _) in given.items()},
            "ranges": {id: e for id, (_, e) in given.items()},
        }
        state = kernels("form", message)
        assert state["errors"] and state["values"]
        kernels("answers", {"kind": "show", "seq": 100 + turn})


ODD = [0.0, -0.0, 5e-324, 1.125, 11.25, -112.5, 9.995, 99.95, 1e15, -1e15, 0.0001, 123456.7]
"""What no form takes, and what is exactly between two figures: a file or a browser's storage may hold it."""


def test_codes_have_the_letters_of_the_kernel_whatever_is_kept(tab):
    rng, form = np.random.default_rng(7), predictions_control(*IDS)
    kept = [{id: {"value": x, "low": -x, "high": 2 * x} for id in IDS} for x in ODD]
    for _ in range(300):
        some = rng.choice(IDS, rng.integers(1, len(IDS) + 1), replace=False)
        numbers = np.sign(rng.uniform(-1, 4, (len(some), 3))) * 10.0 ** rng.uniform(-6, 6, (len(some), 3))
        numbers = np.where(rng.random(numbers.shape) < 0.3, np.round(numbers * 8) / 8, numbers).tolist()
        guesses = [dict(zip(("value", "low", "high"), three, strict=True)) for three in numbers]
        kept.append(
            {
                id: guess if rng.random() < 0.7 else {"value": guess["value"]}
                for id, guess in zip(some, guesses, strict=True)
            }
        )
    made = """([form, kept]) => kept.map((guesses) => {
      const learner = new Learner();
      learner.keep("predictions", guesses);
      return new GuessKernel(form, () => 0, learner).get("_code");
    })"""
    assert tab.evaluate(made, [form, kept]) == [guess_codes.encode(guesses) for guesses in kept]


def test_a_code_of_a_page_is_copied_with_keys_and_read_by_the_dashboard(chromium, tmp_path):
    """Where a page may not write to the clipboard, the code is chosen, and Ctrl+C takes it."""
    file = tmp_path / "page.html"
    file.write_text(document("Mine", [predictions_control("gpu-hour", "break-even")]))
    context = chromium.new_context()
    tab = context.new_page()
    tab.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    tab.goto(file.as_uri())
    code = tab.get_by_label("Your guess code")
    assert code.is_hidden()
    tab.get_by_role("spinbutton", name="What does one GPU-hour on JUPITER cost its owners?").fill("2,5")
    tab.keyboard.press("Tab")
    for key in ("1", "Tab", "4", "Enter"):
        tab.keyboard.press(key)
    code.wait_for()
    assert read_guesses(f"Ada: {code.input_value()}") == ([{"gpu-hour": {"value": 2.5, "low": 1, "high": 4}}], [])
    tab.get_by_role("button", name="Copy", exact=True).press("Enter")
    tab.get_by_text("Press Ctrl+C to copy it.").wait_for()
    tab.keyboard.press("Control+C")
    tab.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'chat' }))")
    tab.locator("#chat").press("Control+V")
    before = tab.locator("#chat").input_value()
    assert before == code.input_value()
    tab.reload()
    code.wait_for()
    assert code.input_value() == before
    context.close()


@pytest.mark.parametrize("function", [gpu_hour_cost, policy_portfolio])
def test_a_panel_shows_what_was_guessed(tab, learner, function):
    asked = [row for row in records("predictions") if row.get("model") == function.__name__]
    kept = {row["id"]: {"value": 0.7 * row["maximum"]} for row in asked}
    kept |= {row["id"]: {"value": 3.0, "low": 2.0, "high": 5.0} for row in asked[:1]}
    made = """([data, kept]) => {
      const learner = new Learner();
      globalThis.kernels = { panel: new PageKernel(data, () => 0, learner) };
      learner.keep("predictions", kept);
    }"""
    tab.evaluate(made, [panel_control(function), kept])
    progress.keep("predictions", kept)
    panel = Panel(function)
    for seq, message in enumerate(({"kind": "show"}, {"kind": "view", "id": "all results"}, {"kind": "reset"}), 1):
        panel._receive(None, {**message, "seq": seq}, [])
        state, want = tab.evaluate(ASKED, ["panel", {**message, "seq": seq}]), for_page(panel._state)
        assert state["headline"] == want["headline"] and state["shares"] == want["shares"]
        assert [state["rows"].get(key) for key in ("guess", "guess_told")] == [
            want["rows"].get(key) for key in ("guess", "guess_told")
        ]
        assert tab.evaluate("kernels.panel.get('_chart')") == for_page(panel._chart)
    if asked:
        assert any(cell is not None for cell in want["rows"]["guess"]) and want["headline"]["guess"]


def test_progress_goes_to_the_notebook_and_back(chromium, learner, tmp_path):
    """What a page packs a notebook takes, and the other way round."""
    file = tmp_path / "page.html"
    file.write_text(document("Mine", [predictions_control("gpu-hour"), exercises_control("00"), work_control()]))
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(file.as_uri())
    tab.get_by_role("spinbutton", name="What does one GPU-hour on JUPITER cost its owners?").fill("2,5")
    tab.get_by_role("button", name="Keep my guess").click()
    card = tab.locator(".sc-check")
    card.get_by_role("spinbutton").fill("1")
    card.get_by_role("button", name="Check").click()
    card.get_by_text("Not yet.").wait_for()
    with tab.expect_download() as started:
        tab.get_by_role("button", name="Download everything I have made").click()
    started.value.save_as(tmp_path / "work.zip")
    done, left_out = my_work.put_back((tmp_path / "work.zip").read_bytes())
    assert left_out == [] and done[:2] == ["1 of your exercises", "1 of your predictions"]
    assert progress.kept("predictions")["gpu-hour"]["value"] == 2.5 and progress.kept("exercises")["00.1"]["tries"] == 1

    progress.keep("exercises", {"21.3": {"tries": 4, "solved": "2026-10-01"}, "21.4": {"tries": "many"}})
    progress.keep("texts", {"21.1": {"text": "Mine", "on": "2026-10-01"}})
    (tmp_path / "back.zip").write_bytes(my_work.pack()[0])
    field = tab.get_by_label("Put back what I downloaded")
    field.set_input_files(tmp_path / "back.zip")
    tab.get_by_text("Put back: 1 of your exercises, 1 of your texts. Left out: 1 of the exercises").wait_for()
    kept = json.loads(tab.evaluate("localStorage.getItem('sovereign-compute progress')"))
    assert kept["exercises"]["21.3"]["tries"] == 4 and "21.4" not in kept["exercises"]
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no zip at all" * 9)
    field.set_input_files(tmp_path / "bad.zip")
    tab.get_by_text("This is not a download of this course, or it was damaged on the way.").wait_for()
    context.close()


def test_what_lies_in_the_browser_is_progress(chromium, tmp_path):
    """Whoever can write there may have written anything: what the course cannot have kept is nothing."""
    file, script = tmp_path / "page.html", "<img src=x onerror='window.stung = 1'>"
    file.write_text(
        document("Mine", [predictions_control("gpu-hour"), exercises_control("00"), reveal_control("gpu-hour")])
    )
    context = chromium.new_context()
    tab, wrong = context.new_page(), []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(file.as_uri())
    bad = {"predictions": {"gpu-hour": {"value": script}}, "exercises": {"00.1": {"tries": script, "solved": 1}}}
    for text in (
        "{",
        "null",
        "[1]",
        '"x"',
        json.dumps({"exercises": 3}),
        json.dumps({**bad, "cases": {"exercises": []}}),
    ):
        tab.evaluate("(text) => localStorage.setItem('sovereign-compute progress', text)", text)
        tab.reload()
        tab.get_by_role("button", name="Show the answer").wait_for()
        assert (
            tab.locator(".sc-check .sc-pill").is_hidden()
            and tab.locator(".sc-guessing input").first.input_value() == ""
        )
    assert tab.evaluate("window.stung") is None and wrong == []
    context.close()
