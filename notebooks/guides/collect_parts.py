"""Written work and memos by their headings, out of the two forms in which the course hands them over."""

import re
from html.parser import HTMLParser

from sovereign_compute.controls import memo


def of_markdown(text: str) -> list[tuple[int, str, str]]:
    """Level, heading and text of each part, as it was typed."""
    found = re.findall(r"^(#{1,3}) ([^\n]*)\n(.*?)(?=^#{1,3} |\Z)", text, re.S | re.M)
    return [(len(signs), memo.typed(heading), memo.typed(body.strip())) for signs, heading, body in found]


class _Parts(HTMLParser):
    """Headings and the text below each, out of a page; scripts and styles are left out."""

    def __init__(self):
        super().__init__()
        self.parts: list[tuple[int, str, str]] = []
        self._in, self._silent = 0, 0

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style", "title"):
            self._silent += 1
        elif re.fullmatch("h[1-3]", tag):
            self._in = int(tag[1])
            self.parts.append((self._in, "", ""))
        elif tag in ("br", "p") and self.parts:
            self._add("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag):
        if tag in ("script", "style", "title"):
            self._silent = max(self._silent - 1, 0)
        elif re.fullmatch("h[1-3]", tag):
            self._in = 0

    def handle_data(self, text):
        if self.parts and not self._silent:
            self._add(text)

    def _add(self, text: str) -> None:
        level, heading, body = self.parts[-1]
        self.parts[-1] = (level, heading + text, body) if self._in else (level, heading, body + text)


def of_html(text: str) -> list[tuple[int, str, str]]:
    parser = _Parts()
    parser.feed(text)
    return [(level, " ".join(heading.split()), body.strip()) for level, heading, body in parser.parts]
