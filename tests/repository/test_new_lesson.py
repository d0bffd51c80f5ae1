"""A lesson that the tool makes passes the tests as it is, and what it cannot make is refused in one sentence."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tree import copied

NAME = "27_who_repairs_it"
TOOL = "tests/tools/new_lesson.py"
GATES = {
    "lessons/test_notebooks.py": f"{NAME} or 00_start or every_notebook or four_exercises",
    "lessons/test_guides.py": f"{NAME} or page_on_python",
    "lessons/test_teaching.py": NAME,
    "lessons/test_paths.py": "",
    "controls/test_exercises.py": "27",
    "controls/test_tasks.py": "27",
    "repository/test_repository.py": "repository_is_in_order",
    "lessons/test_texts.py": "texts_are_in_order",
    "inputs/test_data.py": "package_is_sound or depends_on_a_row",
    "repository/test_package.py": "every_name or map_links",
    "display/test_descriptions.py": "27:",
    "lessons/test_handouts.py": "fetches_nothing or sheet_has",
}
"""Files of tests that look at every lesson, and which of their tests."""


def run(folder, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, *words], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A copy of the course with a new lesson."""
    folder = copied(tmp_path_factory.mktemp("course"))
    done = run(folder, TOOL, "27", "who_repairs_it", "Who repairs the machine?", "--model", "site_year")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"notebooks/{NAME}.ipynb" in done.stdout
    return folder


def test_a_new_lesson_passes_the_tests_as_it_is(made):
    files = [f"tests/{name}" for name in GATES]
    chosen = " or ".join(f"({Path(name).stem} and ({words or 'test'}))" for name, words in GATES.items())
    files.append(f"notebooks/{NAME}.ipynb")
    chosen += f" or {NAME}.ipynb"
    quick = ("-n0", "-q", "-p", "no:cacheprovider", "--lesson=27")
    done = run(made, "-m", "pytest", *quick, *files, "-k", chosen)
    assert done.returncode == 0, done.stdout
    # Each file has had something to say of it.
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 5 * len(GATES)


def test_its_texts_say_that_they_wait(made):
    for path in (f"notebooks/{NAME}.ipynb", f"notebooks/guides/{NAME}.md"):
        assert (made / path).read_text(encoding="utf-8").count("To be written:") >= 10
    for part in ("exercises", "verdicts", "__init__"):
        path = made / "notebooks/sovereign_compute/lessons" / f"l{NAME}" / f"{part}.py"
        assert "to be written" in path.read_text(encoding="utf-8")
    assert f"{NAME}.ipynb" in (made / "notebooks/guides/paths/term_of_thirteen_weeks.md").read_text(encoding="utf-8")


def test_a_second_one_stands_beside_it(made):
    done = run(made, TOOL, "28", "who_pays", "Who pays for it?")
    assert (done.returncode, done.stderr) == (0, "")
    term = (made / "notebooks/guides/paths/term_of_thirteen_weeks.md").read_text(encoding="utf-8")
    assert re.search(r"^Not in these thirteen weeks: \[14, .+\), \[27, .+\), \[28, .+\)\.$", term, flags=re.M)
    alone = (made / "notebooks/guides/paths/self_study.md").read_text(encoding="utf-8")
    assert "That makes 965 minutes." in alone and "| 22 | 45 |" in alone


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("21", "who_pays", "Who?"), "the number 21 is that of 21_what_does_a_gpu_hour_cost"),
        (("7", "who_pays", "Who?"), "has two digits, and '7' is another text"),
        (("91", "who_pays", "Who?"), "numbers like 91; they begin with 1, 2, 3, 4, 5"),
        (("29", "Who-Pays", "Who?"), "the slug 'Who-Pays' can have small letters and digits"),
        (("29", "who_pays", "Who pays"), "and 'Who pays' does not"),
        (("29", "who_pays", "Who?", "--model", "no_model"), "'no_model' is no model of the course"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_sentence(made, words, says):
    before = sorted((made / "notebooks").iterdir())
    done = run(made, TOOL, *words)
    assert done.returncode == 1 and done.stdout == ""
    assert says in done.stderr and re.fullmatch(r"Not possible: [^\n]+\.\n", done.stderr)
    assert sorted((made / "notebooks").iterdir()) == before
