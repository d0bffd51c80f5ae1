"""Questions in the two formats of Moodle: its XML, which has all of a question, and GIFT, which others read, too."""

import html
import re
from xml.etree import ElementTree

from quiz_items import RIGHT, Item, plain
from quiz_xml import element, written

PENALTY = "0.3333333"  # of a try, in Moodle's words


# Moodle XML -----------------------------------------------------------------------------------------------------------


def moodle(items: list[Item]) -> bytes:
    """The questions in Moodle's own format: tolerances, units, feedback to each named mistake, hints, solution."""
    quiz, category = ElementTree.Element("quiz"), ""
    for item in items:
        if item.category != category:
            category = item.category
            parts = "/".join(part.replace("/", "//") for part in category.split("/"))
            _text(element(element(quiz, "question", type="category"), "category"), f"$course$/top/{parts}")
        quiz.append(_question(item))
    return written(quiz)


def _question(item: Item) -> ElementTree.Element:
    kinds = {"number": "numerical", "choice": "multichoice", "ranking": "matching"}
    question = ElementTree.Element("question", type=kinds[item.kind])
    _text(element(question, "name"), item.id)
    asked = item.asked
    if item.kind == "ranking":
        asked += " Give each its place: 1 is the first."
    _html(question, "questiontext", asked)
    _html(question, "generalfeedback", item.solution)
    element(question, "defaultgrade", "1")
    element(question, "penalty", PENALTY)
    element(question, "hidden", "0")
    element(question, "idnumber", item.id.replace(" ", "-"))
    {"number": _number, "choice": _choice, "ranking": _ranking}[item.kind](question, item)
    for hint in item.hints:
        _html(question, "hint", hint)
    return question


def _number(question: ElementTree.Element, item: Item) -> None:
    _answer(question, "100", plain(item.answer), RIGHT, plain(item.tolerance))
    for value, distance, says in item.slips:
        _answer(question, "0", plain(value), says, plain(distance))
    element(question, "unitgradingtype", "0")  # a unit may be typed and need not
    element(question, "unitpenalty", "0.1")
    element(question, "showunits", "0" if item.units else "3")
    element(question, "unitsleft", "0")
    if item.units:
        units = element(question, "units")
        for name, factor in item.units.items():
            unit = element(units, "unit")
            element(unit, "multiplier", plain(1 / factor))  # Moodle divides what was typed by it
            element(unit, "unit_name", name)


def _choice(question: ElementTree.Element, item: Item) -> None:
    element(question, "single", "true")
    element(question, "shuffleanswers", "true")
    element(question, "answernumbering", "abc")
    for option in item.options:
        right = option == item.answer
        answer = element(question, "answer", fraction="100" if right else "0", format="html")
        _text(answer, _paragraph(option))
        _html(answer, "feedback", RIGHT if right else item.reasons[option])


def _ranking(question: ElementTree.Element, item: Item) -> None:
    element(question, "shuffleanswers", "true")
    for option in item.options:
        part = _html(question, "subquestion", option)
        _text(element(part, "answer"), str(item.answer.index(option) + 1))


def _answer(question, fraction: str, text: str, says: str, tolerance: str) -> None:
    answer = element(question, "answer", fraction=fraction, format="moodle_auto_format")
    _text(answer, text)
    _html(answer, "feedback", says)
    element(answer, "tolerance", tolerance)


def _text(parent: ElementTree.Element, text: str) -> None:
    element(parent, "text", text)


def _html(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    found = element(parent, name, format="html")
    _text(found, _paragraph(text))
    return found


def _paragraph(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"


# GIFT -----------------------------------------------------------------------------------------------------------------


def gift(items: list[Item]) -> str:
    """The questions as GIFT, which has tolerances and feedback, but neither units nor hints."""
    parts, category = [], ""
    for item in items:
        if item.category != category:
            category = item.category
            parts.append(f"$CATEGORY: {category}")
        answers = {"number": _numbers, "choice": _options, "ranking": _places}[item.kind](item)
        lines = "\n".join([*answers, f"####{_escaped(item.solution)}"])
        first = "#" if item.kind == "number" else ""
        parts.append(f"::{_escaped(item.id)}::{_escaped(item.asked)} {{{first}\n{lines}\n}}")
    return "\n\n".join(parts) + "\n"


def _numbers(item: Item) -> list[str]:
    right = f"={plain(item.answer)}:{plain(item.tolerance)}#{_escaped(RIGHT)}"
    slips = [f"=%0%{plain(value)}:{plain(distance)}#{_escaped(says)}" for value, distance, says in item.slips]
    return [right, *slips]


def _options(item: Item) -> list[str]:
    return [
        f"={_escaped(option)}#{_escaped(RIGHT)}"
        if option == item.answer
        else f"~{_escaped(option)}#{_escaped(item.reasons[option])}"
        for option in item.options
    ]


def _places(item: Item) -> list[str]:
    return [f"={_escaped(option)} -> {item.answer.index(option) + 1}" for option in item.options]


def _escaped(text: str) -> str:
    """A text with what GIFT would read as its own signs."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", " ".join(text.split()))
