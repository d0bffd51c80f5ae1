"""Text from elsewhere stays text: bounded where it comes in, escaped where it is shown, executed nowhere.

The table in ways_in.md lists every way in and the tests of each; it is compared with what there is. The browser
side is in test_browser_faults.py.
"""

import ast
import html
import json
import re
import shutil
from pathlib import Path

import audit
import fuzz
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sovereign_compute.controls import exercises, paper
from sovereign_compute.controls import progress as kept
from sovereign_compute.display.tables import side_by_side
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, files, scenarios
from sovereign_compute.models.ownership import gpu_hour_cost
from tree import ROOT, texts

SCRIPT = '<img src=x onerror="window.stung = true">'
PACKAGE = "notebooks/sovereign_compute/"


# The source: nothing that executes text ------------------------------------------------------------------------------

CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
MODULES = {"pickle", "marshal", "shelve", "dill", "subprocess", "ctypes", "multiprocessing", "socket", "urllib.request"}
ATTRIBUTES = {
    *("os.system", "os.popen", "yaml.load", "yaml.unsafe_load", "yaml.full_load", "pd.eval"),
    *("pd.read_pickle", "pandas.read_pickle"),
}
KEYWORDS = {"shell", "allow_pickle"}  # with True
MAKES_HTML = re.compile(
    r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|setHTMLUnsafe|srcdoc)\b"
    r"|\bdocument\.write(?:ln)?\b|\beval\s*\(|\bnew Function\b|\bFunction\s*\(|[\"'`]javascript:|[\"'`]text/html"
    r"|\bset(?:Timeout|Interval)\s*\(\s*[\"'`]"
)


def _name(node: ast.expr) -> str:
    """``os.system`` for the expression that says so."""
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def python_faults(code: str) -> list[str]:
    """What in a module could execute a text, start a program or open a connection."""
    faults = []
    for node in ast.walk(ast.parse(code)):
        found = ""
        if isinstance(node, ast.Call):
            called = _name(node.func)
            true = {k.arg for k in node.keywords if not (isinstance(k.value, ast.Constant) and k.value.value is False)}
            found = called if called in CALLS else ", ".join(sorted(true & KEYWORDS))
        elif isinstance(node, ast.Attribute) and _name(node) in ATTRIBUTES:
            found = _name(node)
        elif isinstance(node, ast.Import):
            found = ", ".join(alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            found = ", ".join(sorted(names & (MODULES | ATTRIBUTES)))
        if found:
            faults.append(f"line {node.lineno}: {found}")
    return faults


def script_faults(code: str) -> list[str]:
    """What in a script could make a page, or a program, out of a text."""
    return [
        f"line {number}: {found[0]}"
        for number, line in enumerate(code.splitlines(), start=1)
        if (found := MAKES_HTML.search(line))
    ]


def test_the_package_executes_no_text():
    modules = {name: text for name, text in texts(ROOT).items() if name.startswith(PACKAGE)}
    checked = {name: python_faults(text) for name, text in modules.items() if name.endswith(".py")}
    scripts = {name: script_faults(text) for name, text in modules.items() if name.endswith(".js")}
    scripts.pop(f"{PACKAGE}controls/vega.min.js")  # another project's, as it was released
    assert len(checked) > 80 and len(scripts) > 5
    assert {name: faults for name, faults in {**checked, **scripts}.items() if faults} == {}


@pytest.mark.parametrize(
    "code",
    [
        "eval('1')",
        "def f():\n    exec(text)",
        "import pickle",
        "from pickle import loads",
        "import os\nos.system('ls')",
        "from os import system",
        "import subprocess as s",
        "run(words, shell=True)",
        "run(words, shell=chosen)",
        "np.load(path, allow_pickle=True)",
        "yaml.load(text)",
        "import urllib.request",
    ],
)
def test_a_module_that_executes_text_is_found(code):
    assert python_faults(code) != []
    assert python_faults("import os\nos.replace(a, b)\nnp.load(path, allow_pickle=False)\nmodel.evaluate()") == []


@pytest.mark.parametrize(
    "code",
    [
        "node.innerHTML = text;",
        "node.outerHTML = text;",
        "node.insertAdjacentHTML('beforeend', text);",
        "document.write(text);",
        "eval(text);",
        "const f = new Function(text);",
        "setTimeout('go()', 1);",
        "frame.srcdoc = text;",
        "link.href = `javascript:${text}`;",
        "new DOMParser().parseFromString(text, 'text/html');",
    ],
)
def test_a_script_that_makes_a_page_of_text_is_found(code):
    assert script_faults(code) != []
    assert script_faults("node.textContent = text; setTimeout(go, 1); evaluate(x); // inner") == []


# The list ------------------------------------------------------------------------------------------------------------


def listed(text: str) -> dict[str, list[str]]:
    """Tests by what comes in, from the table in ways_in.md."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return {row[0]: re.findall(r"`(test_\w+)`", row[-1]) for row in rows[2:]}


def test_every_way_in_is_listed_with_tests_that_exist():
    found = listed((ROOT / "tests/repository/ways_in.md").read_text(encoding="utf-8"))
    assert len(found) >= 9
    known = {
        node.name
        for path in (ROOT / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert {what: tests for what, tests in found.items() if not tests or not set(tests) <= known} == {}


def test_a_test_that_is_gone_is_noticed():
    text = "| What | Tests |\n| --- | --- |\n| codes | `test_gone` |\n"
    assert listed(text) == {"codes": ["test_gone"]}


# Anything at all -----------------------------------------------------------------------------------------------------


TOKENS = [b"null", b"[]", b"{}", b"NaN", b"-1", b'"', b"1e999", b"\xff", b",", b"\n", b"<b>", b"9" * 50]


@st.composite
def altered(draw, seeds: tuple[bytes, ...]):
    """Bytes, or a sound input with a part of it replaced: most of what goes wrong is nearly right."""
    if draw(st.booleans()):
        return draw(st.binary(max_size=60))
    seed = draw(st.sampled_from(seeds))
    start = draw(st.integers(0, len(seed)))
    end = draw(st.integers(start, min(len(seed), start + 20)))
    return seed[:start] + draw(st.sampled_from(TOKENS) | st.binary(max_size=8)) + seed[end:]


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_any_input_is_a_sentence_or_sound(name, learner):
    target, seeds = fuzz.TARGETS[name]
    for seed in seeds:
        target(seed)

    @given(altered(seeds))
    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def search(given: bytes) -> None:
        target(given)

    search()


def test_the_search_reports_a_fault(monkeypatch, learner, planted):
    monkeypatch.setattr(kept, "sound", lambda *_: True)
    with pytest.raises(AssertionError, match="a fault of the course"):
        fuzz.progress_file(b'{"exercises": {"21.1": {"tries": "many"}}}')


@pytest.mark.parametrize(
    ("packages", "code", "says"),
    [
        ([{"vulns": []}], 0, "1 packages looked up, 0 advisories"),
        ([{"vulns": [{"id": "A-1"}]}, {"skip_reason": "unknown"}], 1, "p 1: A-1"),
        ([{"vulns": []}, {"skip_reason": "unknown"}], 2, "nothing is known: 1 of 2 packages"),
    ],
)
def test_an_audit_that_could_look_nothing_up_is_no_clean_one(packages, code, says):
    found, sentences = audit.verdict(
        {"dependencies": [{"name": "p", "version": "1", **package} for package in packages]}
    )
    assert found == code
    assert says in "\n".join(sentences)


# What is shown -------------------------------------------------------------------------------------------------------


def shown(table) -> str:
    """A table as a page, from which a script must be gone."""
    page = table._repr_html_()
    assert SCRIPT not in page and html.escape(SCRIPT[:20]) in page
    return page


def test_names_in_a_comparison_are_escaped_and_bounded():
    long = SCRIPT + "x" * 10_000
    page = shown(side_by_side(gpu_hour_cost, {}, {"pue": 1.5}, names=["ours", long]))
    assert "x" * 61 not in page


def test_what_a_progress_file_holds_is_escaped_and_bounded(learner):
    learner.mkdir()
    entries = {SCRIPT + "x" * 10_000: {"tries": 1}, "21.1": {"tries": 1, "solved": SCRIPT}, "21.2": {"tries": SCRIPT}}
    (learner / "progress.json").write_text(json.dumps({"exercises": entries}))
    page = shown(kept.progress())
    assert "x" * 61 not in page
    assert "21.1" not in page  # no such day


def test_a_file_of_any_size_is_not_read_whole(learner):
    learner.mkdir()
    large = learner / "scenario-large.json"
    with large.open("wb") as file:
        file.truncate(5_000_000_000)  # a hole: no such file lies on the disk
    assert scenarios.saved() == {}
    assert "more than 2,000,000 characters" in scenarios.unreadable()["scenario-large.json"]
    with pytest.raises(CourseError, match="no file of the course"):
        files.read(large)


def test_a_file_with_the_mark_of_an_editor_is_read(learner):
    scenarios.save("mine", scenarios.Scenario({"pue": 1.5}))
    path = learner / "scenario-mine.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert scenarios.saved() == {"mine": {"pue": 1.5}}


@pytest.mark.parametrize("value", [[1], {}, "many", None, 10**400, float("nan"), float("-inf")])
def test_an_answer_that_is_no_number_is_refused_in_words(value):
    with pytest.raises(CourseError, match=r"type a number first|'many' is not a number"):
        exercises.find_exercise("21.1").judge(value, "EUR per GPU-hour")


def test_a_table_whose_addresses_lead_elsewhere_is_refused(tmp_path):
    folder = Path(shutil.copytree(data.FOLDER, tmp_path / "data"))
    path = folder / "sources.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("https://", "javascript:alert(1)//", 1), encoding="utf-8")
    with pytest.raises(CourseError, match="url: 'javascript"):
        data.records("sources", folder)


def test_money_in_a_memo_is_no_formula():
    """JupyterLab sets what stands between two dollar signs as mathematics."""
    assert paper.plain("5 $ now, 6 $ later") == r"5 \$ now, 6 \$ later"
