"""The pages of the data: which tables there are, and of each what its columns mean, and its rows."""

import html
import re

import pages
from sovereign_compute.display.dictionary import describe
from sovereign_compute.inputs import data
from sovereign_compute.inputs.wording import number

from .cells import output_html

CAPTION = re.compile(r"<caption[^>]*>.*?</caption>", re.S)
"""What the heading above says already."""
MOST = 200
"""Rows of a table that a page shows; the file has all of them."""


def table_pages() -> dict[str, str]:
    """A page for each table of the course, as Markdown, by the name of the table."""
    return {name: _page(name) for name in data.names()}


def _page(name: str) -> str:
    about = data.resource(name)
    rows, columns = data.records(name), [field["name"] for field in about["schema"]["fields"]]
    cut = f"The first {number(MOST)} of {number(len(rows))} rows" if len(rows) > MOST else f"{number(len(rows))} rows"
    licence = about["licenses"][0]
    return "\n\n".join(
        [
            f"# {about['title']}",
            about["description"],
            f"{{download}}`{about['path']} <../files/data/{about['path']}>` · {licence.get('title', licence['name'])}",
            "## Columns",
            raw(output_html(CAPTION.sub("", describe(name)._repr_html_()))),
            f"## {cut}",
            raw(_rows(about["title"], columns, rows[:MOST])),
        ]
    )


def _rows(title: str, columns: list[str], rows: list[dict]) -> str:
    head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in columns)
    body = "".join(f"<tr>{''.join(_cell(row[column]) for column in columns)}</tr>\n" for row in rows)
    told = f'<table class="sc-data"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="jp-OutputArea-output">{pages.scrolling(told, title)}</div>'


def _cell(value) -> str:
    if value is None:
        return "<td></td>"
    text = html.escape(str(value))
    return f'<td><a href="{text}">{text}</a></td>' if text.startswith(("http://", "https://")) else f"<td>{text}</td>"


def raw(text: str) -> str:
    """HTML as it may stand in Markdown."""
    return f"``````{{raw}} html\n{text}\n``````"
