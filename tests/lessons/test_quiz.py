"""Quizzes: each format is read by a real parser or by its own rules, in which right is right and each slip is named."""

import html
import io
import sys
import zipfile
from xml.etree import ElementTree

import lab
import pytest
from pygiftparser import parser as gift_parser
from sovereign_compute.controls.exercises import find_exercise
from sovereign_compute.inputs import data

sys.path.append(str(lab.ROOT / "notebooks" / "guides"))
import pages
import quiz
import quiz_items
from quiz_items import RIGHT, Item
from quiz_moodle import gift, moodle
from quiz_qti import QTI, package

LESSONS = {row["notebook"][:2]: row for row in data.records("lessons") if pages.has_exercises(row)}
FEW = ("21", "22", "23", "24", "41")
"""Lessons whose quizzes are made in full: all three kinds, several units, units that are not the model's."""
CASES = [4711, 1234]
ITEMS = {lesson: quiz_items.items(LESSONS[lesson], CASES)[0] for lesson in FEW}
ALL = [item for items in ITEMS.values() for item in items]


def named(item: Item) -> str:
    return item.id.replace(" ", "-")


def test_the_sample_has_all_that_there_is():
    assert {item.kind for item in ALL} == {"number", "choice", "ranking"}
    assert any(len(item.units) > 1 for item in ALL) and sum(len(item.slips) for item in ALL) > 60


@pytest.mark.parametrize("item", ALL, ids=named)
def test_a_question_judges_as_the_exercise_does(item):
    id, _, case = item.id.partition(" case ")
    exercise = find_exercise(id)
    values = exercise.case(int(case or quiz_items.EXAMPLE))
    assert exercise.judge(item.answer, item.unit, values)[0]
    for value, _, says in item.slips:
        right, said = exercise.judge(value, item.unit, values)
        assert not right and (said == says or says.startswith("The number would be right in another unit"))


# Moodle XML, by the rules of Moodle -----------------------------------------------------------------------------------


def questions(items: list[Item]) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(moodle(items))
    assert root.tag == "quiz"
    return {q.findtext("name/text"): q for q in root if q.get("type") != "category"}


def graded(question: ElementTree.Element, given: float | str, unit: str = "") -> tuple[float, str]:
    """Grade and feedback of an answer as Moodle gives them: the first answer that holds it counts."""
    if unit:
        multipliers = {
            u.findtext("unit_name"): float(u.findtext("multiplier")) for u in question.iterfind("units/unit")
        }
        given = given / multipliers[unit]
    for answer in question.iterfind("answer"):
        text = answer.findtext("text")
        if question.get("type") == "numerical":
            holds = abs(float(text) - given) <= float(answer.findtext("tolerance")) * (1 + 1e-9)
        else:
            holds = html.unescape(text.removeprefix("<p>").removesuffix("</p>")) == given
        if holds:
            said = html.unescape(answer.findtext("feedback/text"))
            return float(answer.get("fraction")), said.removeprefix("<p>").removesuffix("</p>")
    return 0.0, ""


@pytest.mark.parametrize("lesson", FEW)
def test_moodle_gives_full_marks_for_right_and_names_each_slip(lesson):
    found = questions(ITEMS[lesson])
    assert list(found) == [item.id for item in ITEMS[lesson]]
    for item in ITEMS[lesson]:
        question = found[item.id]
        if item.kind == "ranking":
            pairs = {s.findtext("text"): s.findtext("answer/text") for s in question.iterfind("subquestion")}
            order = [html.unescape(option[3:-4]) for option in sorted(pairs, key=lambda o: int(pairs[o]))]
            assert order == item.answer and len(order) >= 3  # Moodle takes no fewer
            continue
        assert graded(question, item.answer) == (100.0, RIGHT)
        for name, factor in item.units.items():
            assert graded(question, item.answer / factor, name)[0] == 100.0
        for value, _, says in item.slips:
            assert graded(question, value) == (0.0, says)
        for option, says in item.reasons.items():
            assert option == item.answer or graded(question, option) == (0.0, says)
        assert len(question.findall("hint")) == 2
        assert html.escape(item.solution, quote=False) in question.findtext("generalfeedback/text")


def test_moodle_draws_a_case_from_a_category_for_each_exercise():
    root = ElementTree.fromstring(moodle(ITEMS["21"]))
    kinds = [q.findtext("category/text") or q.findtext("name/text") for q in root]
    at = kinds.index("$course$/top/Sovereign Compute/Lesson 21/21.1")
    assert kinds[at + 1 : at + 3] == ["21.1 case 4711", "21.1 case 1234"]
    ids = [q.findtext("idnumber") for q in root if q.findtext("idnumber")]
    assert len(ids) == len(set(ids))


def test_what_a_text_holds_is_text():
    hostile = Item(
        "1.1", "A/B", "choice", "<b>x</b> & {y} = z ~ # :", "a < b", options=("a < b", "=c"), reasons={"=c": "#"}
    )
    question = questions([hostile])["1.1"]
    assert "&lt;b&gt;x&lt;/b&gt; &amp; {y}" in question.findtext("questiontext/text")
    (read,) = gift_parser.parseFile(io.StringIO(gift([hostile]).partition("\n\n")[2]))
    assert read.valid and len(read.answers.answers) == 2


# GIFT, by a parser ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", FEW)
def test_gift_is_read_with_its_tolerances_and_feedback(lesson):
    found = {q.title: q for q in gift_parser.parseFile(io.StringIO(gift(ITEMS[lesson])))}
    assert list(found) == [item.id for item in ITEMS[lesson]] and all(q.valid for q in found.values())
    for item in ITEMS[lesson]:
        answers = [vars(answer) for answer in found[item.id].answers.answers]
        if item.kind == "number":
            read = [(a["value"], a["fraction"], a["feedback"].replace("\\", "")) for a in answers]
            assert read[0] == (pytest.approx(item.answer), 100, RIGHT)
            assert answers[0]["tolerance"] == pytest.approx(item.tolerance)
            wrong = [(pytest.approx(value), 0.0, says.replace("\\", "")) for value, _, says in item.slips]
            assert read[1:] == wrong
        elif item.kind == "choice":
            right = [a["answer"].replace("\\", "") for a in answers if a["fraction"] == 100]
            assert right == [item.answer]
        else:
            read = {a["question"].strip().replace("\\", ""): int(a["answer"]) for a in answers}
            assert read == {option: item.answer.index(option) + 1 for option in item.options}


# QTI, by its response processing --------------------------------------------------------------------------------------


def processed(root: ElementTree.Element, given) -> tuple[float, list[str]]:
    """Score and the sentences that are shown, by the conditions of a question."""
    tag = lambda name: f"{{{QTI}}}{name}"  # noqa: E731
    (condition,) = root.find(tag("responseProcessing"))
    correct = [v.text for v in root.iterfind(f"{tag('responseDeclaration')}/{tag('correctResponse')}/{tag('value')}")]
    for branch in condition:
        test = branch[0]
        if test.tag == tag("equal"):
            below, above = map(float, test.get("tolerance").split())
            value = float(test.findtext(tag("baseValue")))
            holds = value - below <= given <= value + above
        elif test.tag == tag("match"):
            value = test.findtext(tag("baseValue"))
            holds = given == ([value] if value else correct)
        else:
            holds = True
        if not holds:
            continue
        score, shown = 0.0, []
        for outcome in branch.iterfind(tag("setOutcomeValue")):
            values = [v.text for v in outcome.iter(tag("baseValue"))]
            if outcome.get("identifier") == "SCORE":
                score = float(values[0])
            else:
                shown = [f.text for f in root.iterfind(tag("modalFeedback")) if f.get("identifier") in values]
        return score, shown
    raise AssertionError("no condition holds")


@pytest.mark.parametrize("lesson", FEW)
def test_qti_scores_right_answers_and_names_each_slip(lesson):
    with zipfile.ZipFile(io.BytesIO(package("x", ITEMS[lesson]))) as archive:
        names = archive.namelist()
        roots = {(root := ElementTree.fromstring(archive.read(name))).get("title"): root for name in names[1:]}
        manifest = archive.read("imsmanifest.xml").decode()
    assert names[0] == "imsmanifest.xml" and all(f'href="{name}"' in manifest for name in names[1:])
    for item in ITEMS[lesson]:
        root = roots[item.id]
        places = {o.text: o.get("identifier") for o in root.iter(f"{{{QTI}}}simpleChoice")}
        if item.kind == "number":
            assert processed(root, item.answer) == (1.0, [RIGHT, item.solution])
            for value, _, says in item.slips:
                assert processed(root, value) == (0.0, [says, item.solution])
            assert processed(root, 1e30) == (0.0, [item.solution])
        elif item.kind == "choice":
            for option in item.options:
                right = option == item.answer
                says = RIGHT if right else item.reasons[option]
                assert processed(root, [places[option]]) == (float(right), [says, item.solution])
        else:
            order = [places[option] for option in item.answer]
            assert processed(root, order)[0] == 1.0 and processed(root, order[::-1])[0] == 0.0
    assert package("x", ITEMS[lesson]) == package("x", ITEMS[lesson])


# The command ----------------------------------------------------------------------------------------------------------


def test_one_command_writes_all_formats_and_says_what_is_left_out(tmp_path, capsys):
    assert quiz.main(["21", "--cases", "2", "--to", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Left out, as each is about the learner's panel: 21.2, 21.3 and 21.4." in said
    assert sorted(path.name.partition(".")[2] for path in tmp_path.iterdir()) == ["gift.txt", "moodle.xml", "qti.zip"]
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    quiz.main(["21", "--cases", "2", "--to", str(tmp_path)])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first


def test_wrong_words_are_answered_in_words(capsys):
    assert quiz.main(["21", "--cases", "0"]) == 1 and quiz.main(["99"]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "--cases is 0; allowed is 1 to 100"


def test_no_case_is_the_printed_example_and_each_seed_gives_others():
    everything = quiz_items.drawn(8_999, 1)
    assert len(set(everything)) == 8_999 and quiz_items.EXAMPLE not in everything
    assert quiz_items.drawn(3, 1) == quiz_items.drawn(3, 1) != quiz_items.drawn(3, 2)
