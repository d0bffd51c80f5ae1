"""XML as both of its formats write a quiz: elements one after another, and the file of them."""

from xml.etree import ElementTree


def element(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """A new element of XML at the end of another one."""
    found = ElementTree.SubElement(parent, name, attributes)
    found.text = text or None
    return found


def written(root: ElementTree.Element) -> bytes:
    """A file of XML, as platforms import it."""
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
