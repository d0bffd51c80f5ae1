"""Written work: fields that keep what is typed, numbers beside the memo's tables, one page to hand in."""

import json
import re
from datetime import date

import nbformat
import pytest
from bs4 import BeautifulSoup
from sovereign_compute.controls import assume, memo, memo_numbers, my_work, paper, progress, writing, written
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs import data, files, prompts, scenarios
from sovereign_compute.inputs.stated import stated
from sovereign_compute.lessons.course import lesson
from sovereign_compute.surroundings import of_lesson
from tree import ROOT

LESSONS = [row["notebook"] for row in data.records("lessons")]
EVIL = '<script>alert("x")</script> & **bold** $x$\n\n# head\n    - item | cell'
HOURS = "21_what_does_a_gpu_hour_cost"
DAY = date(2026, 11, 25)


def keep(form, **texts: str) -> dict:
    form._receive(form, {"kind": "keep", "texts": {id.replace("_", "."): text for id, text in texts.items()}}, [])
    return form._state


# Fields -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("notebook", LESSONS)
def test_each_lesson_asks_its_questions_in_fields(notebook):
    cells = nbformat.read(ROOT / "notebooks" / f"{notebook}.ipynb", 4).cells
    text = next(cell.source for cell in cells if cell.source.startswith("## Discuss"))
    asked = writing.write(notebook, "discuss")._setup["fields"]
    assert [field["heading"] for field in asked] == ["1", "2", "3"]
    for field in asked:
        assert field["ask"][:25] in re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text)
        assert not re.search(r"[\[\]*`]|\.md", field["ask"])


def test_a_question_stands_in_its_section_alone():
    text = "## A\n1. one\n### B b\n2. two\n## Your turn\n### Hand in\n1. this\n## C\n1. no\n"
    assert prompts.numbered(prompts.section(text, "a")) == ["one", "two"]
    assert prompts.section(text, "B b") == "2. two"
    assert prompts.numbered(prompts.section(text, "hand in")) == ["this"]
    assert prompts.section(text, "nothing") == ""


def test_headings_have_as_many_questions_as_fields_without_a_notebook():
    counts = [{heading: len(prompts.questions(name, heading)) for heading in writing.ALWAYS} for name in LESSONS]
    turns = [of_lesson(name[:2], "your_turn") is not None for name in LESSONS]
    assert {count["discuss"] for count in counts} == {3}
    # A new lesson may have its exercises of *Your turn* before there is something to hand in.
    assert all(count["hand in"] in ((0, 1) if turn else (0,)) for count, turn in zip(counts, turns, strict=True))
    assert writing.ALWAYS == {"discuss": 3, "hand in": 1}
    with pytest.raises(CourseError, match="no numbered questions under a heading 'hand in'"):
        lesson(51).write("hand in")


def test_without_its_notebook_a_lesson_still_has_its_fields(monkeypatch, tmp_path):
    monkeypatch.setattr(data, "NOTEBOOKS", tmp_path)
    assert [f.ask for f in writing.answers(HOURS, "discuss")] == ["Question 1", "Question 2", "Question 3"]
    assert writing.answers(HOURS, "hand in") == [writing.Field("21.hand-in.1", "1", "Question 1")]
    (tmp_path / "21_what_does_a_gpu_hour_cost.ipynb").write_text("[]")
    assert len(writing.answers(HOURS, "discuss")) == 3


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("<b>nothing</b>", "21_what_does_a_gpu_hour_cost has no numbered questions under a heading '<b>nothing</b>'"),
        ("x" * 100, f"a heading '{'x' * 60}'; 'verdict' and 'range' can be written everywhere"),
        (21, "no numbered questions under a heading '21'"),
        ("memo", "a form of its own"),
    ],
)
def test_what_cannot_be_written_is_said(what, says):
    with pytest.raises(CourseError, match=re.escape(says)):
        lesson(21).write(what)


def test_verdict_range_and_memo_have_the_headings_of_the_rubric():
    headings = [row["heading"] for row in data.records("writing")]
    guide = (ROOT / "notebooks" / "guides" / "paths" / "term_of_thirteen_weeks.md").read_text()
    criteria = re.findall(r"^\| (\w+) \|", guide.partition("## Marking rubric")[2], flags=re.M)[1:]
    used = {row["criterion"] for row in data.records("writing")}
    assert used < set(criteria) and set(criteria) - used == {"Language"}
    assert [f["heading"] for f in writing.write(HOURS, "verdict")._setup["fields"]] == headings
    assert [f["heading"] for f in writing.write(HOURS, "range")._setup["fields"]] == headings
    assert [f["heading"] for f in memo.memo()._setup["fields"]] == headings
    assert all(heading in repr(writing.write(HOURS, "verdict")) for heading in headings)


# Kept -------------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_there_in_the_next_form(learner):
    state = keep(writing.write(HOURS, "discuss"), **{"21_discuss_1": EVIL, "21_discuss_9": "no such field"})
    assert state["notice"] == writing.KEPT
    again = writing.write(HOURS, "discuss")._state["texts"]
    assert again == {"21.discuss.1": EVIL}
    assert not json.loads((learner / "progress.json").read_text(encoding="utf-8"))["texts"].keys() - again.keys()
    keep(writing.write(HOURS, "discuss"), **{"21_discuss_1": ""})
    assert writing.write(HOURS, "discuss")._state["texts"] == {} and writing.texts() == {}


def test_signs_that_nobody_sees_are_not_kept(learner):
    assert keep(writing.write(HOURS, "verdict"), verdict_claim="a\u202e\x00\tb\r\nc")["texts"] == {
        "verdict.claim": "a b\nc"
    }


def test_a_text_that_cannot_be_kept_stays_in_the_form_and_that_is_said(learner, monkeypatch):
    form = writing.write(HOURS, "verdict")
    assert "can have 5,000 letters; this one has 5,001" in keep(form, verdict_claim="x" * 5_001)["notice"]
    assert progress.kept("texts") == {}

    def full(path, text):
        raise CourseError("progress.json was not saved: the disk is full")

    monkeypatch.setattr(progress, "write", full)
    state = keep(form, verdict_claim="mine")
    assert state["texts"] == {"verdict.claim": "mine"}
    assert state["notice"].startswith("Not kept: progress.json was not saved: the disk is full.")


@pytest.mark.parametrize("texts", [None, [], "x", {"verdict.claim": None}, {"verdict.claim": {"a": [1]}}, {1: 2}])
def test_whatever_the_page_sends_is_answered(learner, texts):
    form = writing.write(HOURS, "verdict")
    form._receive(form, {"kind": "keep", "texts": texts, "seq": 3}, [])
    assert form._state["seq"] == 3
    assert all(isinstance(text, str) for text in form._state["texts"].values())


def test_the_file_is_never_larger_than_what_can_be_read_again(learner):
    longest = {"text": '"' * progress.LONGEST_TEXT, "on": "2026-11-25"}
    fields = [
        f"{notebook[:2]}.{section}.{n}" for notebook in LESSONS for section in ("discuss", "hand-in") for n in "123"
    ]
    fields += [field.id for piece in writing.PIECES for field in writing.template(piece)]
    assert len(fields) * progress.LONGEST_TEXT * 1.7 < files.LARGEST_FILE  # texts of nothing but marks of quotation: 2
    progress.keep("texts", {"21.discuss.1": longest})
    before = progress.path().read_text()
    with pytest.raises(CourseError, match="would have more than 2,000,000 characters: shorten some of your texts"):
        progress.keep("texts", {f"21.discuss.{n}": longest for n in range(400)})
    assert progress.path().read_text() == before


def test_letters_of_any_language_take_no_more_room_than_they_have(learner):
    keep(writing.write(HOURS, "verdict"), verdict_claim="数" * 5_000)
    assert len(progress.path().read_text(encoding="utf-8")) < 5_200
    assert writing.texts()["verdict.claim"] == "数" * 5_000


# The numbers of a memo --------------------------------------------------------------------------------------------


TABLES = [
    paper.Block(
        "money", "Money", rows=(("Lever", "Money"), ("A machine", "200"), ("Credits", "60")), unit="million EUR"
    ),
    paper.Block(
        "outcomes",
        "Outcomes",
        rows=(
            ("Outcome", "Value", "90 % range", "Unit"),
            ("Value captured in Europe", "930", "110 to 5,700", "million EUR"),
            ("Start-ups saved", "190", "−52 to 770", "start-ups"),
            ("Comes first", "35", "23 to 50", "%"),
        ),
    ),
]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", []),
        ("In 2026, 3 reasons. 1. Lesson 42.", []),
        (
            "The machine gets 200 million euros; 190 start-ups live.",
            ["2 of the numbers in your text stand in the memo"],
        ),
        ("It brings 0.93 bn EUR (110 to 5,700 million).", ["3 of the numbers"]),
        (
            "The machine gets 0.15 billion.",
            ["Your text says “0.15 billion”. The memo has 200 million EUR for “A machine”."],
        ),
        (
            "Europe captures a value of 3.4 bn.",
            ["says “3.4 bn”. The memo has 930 (110 to 5,700) million EUR for “Value captured in Europe”."],
        ),
        ("Half of it, 45 %, comes first.", ["says “45 %”. The memo has 35 (23 to 50) % for “Comes first”."]),
        ("We wait 30 months.", ["“30 months” is in no table of the memo. Say where it comes from."]),
        ("It is 12 % of the trade.", ["“12 %” is in no table of the memo."]),
    ],
)
def test_numbers_in_a_text_are_set_beside_the_tables(text, says):
    told = memo_numbers.told(text, TABLES)
    assert len(told) == len(says)
    assert all(wanted in line for wanted, line in zip(says, told, strict=True)), told


def test_what_is_said_of_many_numbers_is_bounded():
    text = " ".join(f"{n}.5 %" for n in range(100, 200)) + "\n" + "The machine gets 150 million.\n" * 50
    assert len(memo_numbers.told(text, TABLES)) == 2 * memo_numbers.MOST


@pytest.mark.usefixtures("learner")
def test_all_that_a_memo_prints_agrees_with_itself(monkeypatch):
    monkeypatch.setattr(memo, "_png", lambda chart: ("AAAA", "x"))
    blocks = memo._blocks(scenarios.Scenario({"spend_machine": 100}).code(), {})
    rows = [(label, *cells) for block in blocks if block.rows for label, *cells in block.rows[1:]]
    assert len(memo_numbers.rows_of(blocks)) > 30
    told = memo_numbers.told("\n".join(f"{cells[1]} {cells[-1]}" for cells in rows if len(cells) == 4), blocks)
    assert len(told) == 1 and told[0].endswith("stand in the memo, too.")
    assert stated(str(len(rows)), every=True)


# One page to hand in ----------------------------------------------------------------------------------------------


@pytest.fixture
def work(learner):
    keep(writing.write(HOURS, "discuss"), **{"21_discuss_2": "Full cost.", "21_discuss_1": EVIL})
    keep(writing.write("13_what_is_independence_worth", "discuss"), **{"13_discuss_3": "Never."})
    keep(writing.write(HOURS, "verdict"), verdict_claim="C08 holds.", verdict_change="A run of weeks.")
    keep(memo.memo(), memo_claim="Help first.")
    progress.keep("texts", {"21.old-part.7": {"text": "Kept from before.", "on": "2026-11-25"}})


@pytest.mark.usefixtures("work")
def test_all_that_was_written_is_one_page_in_the_order_of_the_course():
    page, text = written.as_html(DAY), written.as_markdown(DAY)
    soup = BeautifulSoup(page, "html.parser")
    parts = ["Lesson 13: ", "Lesson 21: ", "Your verdict", "Memo"]
    for found in ([h.text for h in soup.find_all("h2")], re.findall(r"^## (.+)$", text, flags=re.M)):
        assert [part for part, heading in zip(parts, found, strict=True) if heading.startswith(part)] == parts
    assert soup.html["lang"] == "en" and len(soup.find_all("h1")) == 1 and soup.find("main")
    assert [h.text[:2] for h in soup.find_all("h3")][1:4] == ["1.", "2.", "21"]
    for wanted in ("Full cost.", "C08 holds.", "A run of weeks.", "Help first.", "Kept from before.", "2026-11-25"):
        assert wanted in page and wanted.replace(".", "") in text.replace(".", "")


@pytest.mark.usefixtures("work")
def test_what_was_written_is_text_and_asks_for_nothing():
    page, text = written.as_html(DAY), written.as_markdown(DAY)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not BeautifulSoup(page, "html.parser").find(["script", "link", "img", "iframe"])
    assert "<script" not in text and r"\*\*bold\*\* \$x\$" in text and not re.search(r"^# head|^ {4}", text, flags=re.M)


@pytest.mark.usefixtures("learner")
def test_own_assumptions_are_handed_in_with_their_grounds():
    assume.assume("attribution", 30, low=10, high=60, source="<b>A study</b>", why="People get half of the credit.")
    assume.assume("my_rent", 4, unit="EUR per GPU-hour")
    page, text = written.as_html(DAY), written.as_markdown(DAY)
    soup = BeautifulSoup(page, "html.parser")
    assert soup.h2.text == "Your own assumptions"
    assert [cell.text for cell in soup.find_all("th")] == list(written.NUMBERS)
    rows = [[cell.text for cell in row.find_all("td")] for row in soup.find_all("tr")[1:]]
    assert rows[0][:3] == ["Attribution", "30", "10 to 60"] and rows[1][:4] == ["My rent", "4", "not varied", "none"]
    grounds = [point.text for point in soup.find_all("li")]
    assert "your own. Source: <b>A study</b>. Why: People get half of the credit." in grounds[0]
    assert "unsourced. Source: none given. Why: none given" in grounds[1]
    assert "| Attribution | 30 | 10 to 60 |" in text and "&lt;b&gt;A study" in text and "<b>" not in page + text
    assume.forget("attribution")
    assume.forget("my_rent")
    with pytest.raises(CourseError, match="nothing yet"):
        written.as_html(DAY)


@pytest.mark.usefixtures("learner")
def test_nothing_written_is_said():
    with pytest.raises(CourseError, match="you have written nothing yet"):
        written.as_html()
    form = my_work.my_work()
    form._receive(form, {"kind": "html"}, [])
    assert form._state["text"].startswith("You have written nothing yet")


@pytest.mark.usefixtures("work")
def test_the_buttons_send_the_page(monkeypatch):
    sent = []
    monkeypatch.setattr(my_work.MyWork, "send", lambda self, content, buffers: sent.append((content, buffers)))
    form = my_work.my_work()
    for ending in ("html", "md"):
        form._receive(form, {"kind": ending}, [])
        assert sent[-1][0] == {"kind": ending} and b"Full cost" in sent[-1][1][0]
    before = form._state["text"]
    form._receive(form, {"kind": "exe"}, [])
    assert len(sent) == 2 and form._state["text"] == before
