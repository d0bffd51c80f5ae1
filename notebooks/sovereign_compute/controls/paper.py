"""A text to take away, as one page in HTML and in Markdown: the same blocks give the same bytes.

What a learner typed is text and nothing else: it is escaped in both forms.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Block:
    """One part: heading, paragraphs, table rows (the first is the head), pictures, points with addresses.

    ``place`` is where it stands on the page: a class of the style. ``level`` is that of its heading. A picture is
    drawn when it is asked for: in base64, with its description. ``unit`` is that of the numbers in ``rows``, in words.
    """

    place: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    pictures: tuple[Callable, ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    level: int = 2
    unit: str = ""


def page(blocks: list[Block], title: str, line: str, style: str) -> str:
    """The blocks as one file in HTML, without scripts and without anything from elsewhere."""
    parts = [
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head><body><main>\n<h1>{html.escape(title)}</h1>\n<p>{html.escape(line)}</p>"
    ]
    for place, together in groupby(blocks, key=lambda block: block.place):
        parts += [f'<div class="{place}">', *(line for block in together for line in _lines(block)), "</div>"]
    return "\n".join([*parts, "</main></body></html>"]) + "\n"


def _lines(block: Block) -> list[str]:
    """One part in HTML."""
    parts = ["<section>", f"<h{block.level}>{html.escape(block.heading)}</h{block.level}>"]
    parts += [f"<p>{html.escape(text).replace(chr(10), '<br>')}</p>" for text in block.paragraphs]
    if block.rows:
        head, *body = block.rows
        cells = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
        lines = "\n".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
        parts.append(f"<table><thead><tr>{cells}</tr></thead><tbody>\n{lines}\n</tbody></table>")
    for draw in block.pictures:
        picture, told = draw()
        parts.append(f'<img alt="{html.escape(told)}" src="data:image/png;base64,{picture}">')
    if block.points:
        lines = "\n".join(f"<li>{html.escape(f'{text} {address}')}</li>" for text, address in block.points)
        parts.append(f"<ul>\n{lines}\n</ul>")
    return [*parts, "</section>"]


def markdown(blocks: list[Block], title: str, line: str) -> str:
    """The blocks in Markdown."""
    parts = [f"# {title}", plain(line)]
    for block in blocks:
        parts.append(f"{'#' * block.level} {plain(block.heading)}")
        parts += [plain(text) for text in block.paragraphs]
        if block.rows:
            head, *body = block.rows
            table = [head, ("---",) * len(head), *(tuple(map(plain, row)) for row in body)]
            parts.append("\n".join("| " + " | ".join(row) + " |" for row in table))
        for draw in block.pictures:
            picture, told = draw()
            parts.append(f"![{plain(told)}](data:image/png;base64,{picture})")
        if block.points:
            parts.append("\n".join(f"- {plain(text)} {address}" for text, address in block.points))
    return "\n\n".join(parts) + "\n"


def plain(text: str) -> str:
    """Text that Markdown shows as it was typed."""
    text = re.sub(r"([\\`*_\[\]#!|~$])", r"\\\1", html.escape(text, quote=False))
    # At the start of a line more signs have a meaning: lists, headings under a line, numbered points.
    text = re.sub(r"^(\s*)([-+=])", r"\1\\\2", text, flags=re.M)
    return re.sub(r"^(\s*\d+)([.)])", r"\1\\\2", text, flags=re.M).replace("\n", "  \n")
