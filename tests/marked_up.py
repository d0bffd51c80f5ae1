"""Texts in Markdown as tokens, and what a reader sees of them: for the checks and the report on how texts read."""

from collections.abc import Iterator

import mistune

parse = mistune.create_markdown(renderer="ast", plugins=["table", "math"])


def of_kind(tokens: list[dict], *kinds: str) -> Iterator[dict]:
    """All tokens of some kinds, with those that lie in others."""
    for token in tokens:
        if token["type"] in kinds:
            yield token
        yield from of_kind(token.get("children", []), *kinds)


def seen(token: dict) -> str:
    """What a reader sees of a token, without code and formulas."""
    if token["type"] in ("softbreak", "linebreak"):
        return " "
    if token["type"] == "text":
        return token["raw"]
    between = " " if token["type"] in ("table", "table_head", "table_body", "table_row", "list", "list_item") else ""
    return between.join(seen(child) for child in token.get("children", []))
