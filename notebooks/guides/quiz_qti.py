"""The questions of `quiz` as a package in QTI 2.1: one file a question and a manifest, in one zip.

Tolerances, the feedback to each named mistake and the solution are in each question's own response processing. QTI has
no units: a question says in which one its answer is to be.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

from quiz_items import RIGHT, Item, plain
from quiz_xml import element, written

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
CONTENT = "http://www.imsglobal.org/xsd/imscp_v1p1"
HELD, SOLUTION = "right", "solution"
WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest day of a zip: the same questions give the same file


def package(name: str, items: list[Item]) -> bytes:
    """A zip that a platform imports."""
    files = {f"{_identifier(item)}.xml": _question(item) for item in items}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, root in {"imsmanifest.xml": _manifest(name, list(files)), **files}.items():
            archive.writestr(zipfile.ZipInfo(file, WHEN), written(root), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _identifier(item: Item) -> str:
    return "q-" + re.sub(r"[^0-9A-Za-z]+", "-", item.id)


def _manifest(name: str, files: list[str]) -> ElementTree.Element:
    root = ElementTree.Element("manifest", xmlns=CONTENT, identifier=f"m-{name}")
    metadata = element(root, "metadata")
    element(metadata, "schema", "QTIv2.1 Package")
    element(metadata, "schemaversion", "1.0.0")
    element(root, "organizations")
    resources = element(root, "resources")
    for file in files:
        place = {"identifier": f"r-{file.removesuffix('.xml')}", "type": "imsqti_item_xmlv2p1", "href": file}
        element(element(resources, "resource", **place), "file", href=file)
    return root


def _question(item: Item) -> ElementTree.Element:
    kinds = {"number": ("single", "float"), "choice": ("single", "identifier"), "ranking": ("ordered", "identifier")}
    cardinality, base = kinds[item.kind]
    root = ElementTree.Element(
        "assessmentItem",
        xmlns=QTI,
        identifier=_identifier(item),
        title=item.id,
        adaptive="false",
        timeDependent="false",
    )
    response = element(root, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base)
    right = element(response, "correctResponse")
    for value in _right(item):
        element(right, "value", value)
    score = element(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    element(element(score, "defaultValue"), "value", "0")
    element(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
    body = element(root, "itemBody")
    element(body, "p", item.asked)
    says = {"number": _number, "choice": _choice, "ranking": _ranking}[item.kind](root, body, item)
    for name, text in {**says, SOLUTION: item.solution}.items():
        place = {"outcomeIdentifier": "FEEDBACK", "identifier": name, "showHide": "show"}
        element(root, "modalFeedback", text, **place)
    return root


def _right(item: Item) -> list[str]:
    if item.kind == "number":
        return [plain(item.answer)]
    answers = [item.answer] if item.kind == "choice" else item.answer
    return [_place(item, answer) for answer in answers]


def _place(item: Item, option: str) -> str:
    return f"option-{item.options.index(option) + 1}"


def _number(root: ElementTree.Element, body: ElementTree.Element, item: Item) -> dict[str, str]:
    """The field, and the conditions in their order: right, then each slip; returns what is said by name."""
    element(element(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="15")
    condition = element(element(root, "responseProcessing"), "responseCondition")
    said = {HELD: RIGHT}
    _told(_near(element(condition, "responseIf"), item.answer, item.tolerance), HELD, right=True)
    for place, (value, distance, says) in enumerate(item.slips, start=1):
        said[f"slip-{place}"] = says
        _told(_near(element(condition, "responseElseIf"), value, distance), f"slip-{place}")
    _told(element(condition, "responseElse"))
    return said


def _near(branch: ElementTree.Element, value: float, distance: float) -> ElementTree.Element:
    equal = element(branch, "equal", toleranceMode="absolute", tolerance=f"{plain(distance)} {plain(distance)}")
    element(equal, "variable", identifier="RESPONSE")
    element(equal, "baseValue", plain(value), baseType="float")
    return branch


def _choice(root: ElementTree.Element, body: ElementTree.Element, item: Item) -> dict[str, str]:
    field = element(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1")
    condition = element(element(root, "responseProcessing"), "responseCondition")
    said = {}
    for option in item.options:
        place, right = _place(item, option), option == item.answer
        element(field, "simpleChoice", option, identifier=place)
        said[f"says-{place}"] = RIGHT if right else item.reasons[option]
        match = element(element(condition, "responseElseIf" if len(condition) else "responseIf"), "match")
        element(match, "variable", identifier="RESPONSE")
        element(match, "baseValue", place, baseType="identifier")
        _told(condition[-1], f"says-{place}", right)
    return said


def _ranking(root: ElementTree.Element, body: ElementTree.Element, item: Item) -> dict[str, str]:
    field = element(body, "orderInteraction", responseIdentifier="RESPONSE", shuffle="true")
    for option in item.options:
        element(field, "simpleChoice", option, identifier=_place(item, option))
    condition = element(element(root, "responseProcessing"), "responseCondition")
    match = element(element(condition, "responseIf"), "match")
    element(match, "variable", identifier="RESPONSE")
    element(match, "correct", identifier="RESPONSE")
    _told(condition[0], HELD, right=True)
    _told(element(condition, "responseElse"))
    return {HELD: RIGHT}


def _told(branch: ElementTree.Element, name: str = "", right: bool = False) -> None:
    """What follows when a condition holds: the point for a right answer, a sentence, and always the solution."""
    if right:
        element(element(branch, "setOutcomeValue", identifier="SCORE"), "baseValue", "1", baseType="float")
    both = element(element(branch, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
    for said in filter(None, (name, SOLUTION)):
        element(both, "baseValue", said, baseType="identifier")
