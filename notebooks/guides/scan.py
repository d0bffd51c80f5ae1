"""A code to scan: where a class finds the live page, as a square that a phone reads, with the address beside it.

Nobody but a teacher knows where the site of a class is, so each command that shows a code is told, as with
``--address https://example.org/course``.
"""

import argparse
import html
import re
from urllib.parse import urlsplit

import segno

LONGEST = 300  # characters of an address: a longer one makes a code too fine for a phone in the last row
QUIET = 4  # modules of white around a code, which a reader needs


def add_option(parser: argparse.ArgumentParser) -> None:
    """The option that says where the pages of the class are."""
    parser.add_argument(
        "--address",
        type=address,
        metavar="URL",
        help="where the site is, as https://example.org/course; its pages get codes to scan",
    )


def address(text: str) -> str:
    """The address of a folder of pages, without a slash at its end; argparse tells why another text is none."""
    try:
        parts = urlsplit(text)
        right = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # brackets or a port that no address has
        right = False
    if not right or parts.query or parts.fragment or text.split() != [text] or len(text) > LONGEST:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address of a site; allowed is http:// or https://, a name, and the folder of index.html, "
            f"as https://example.org/course, with at most {LONGEST} characters"
        )
    return text.removesuffix("index.html").rstrip("/")


def page(base: str, name: str = "index") -> str:
    """The address of a page of the site: a lesson has the name of its notebook."""
    return f"{base}/{name}.html"


def code(target: str, what: str) -> str:
    """A code that leads to an address, as a part of a page; the address is beside it, for who has no camera."""
    square = segno.make(target, error="m", micro=False).svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    named = f'<svg role="img" aria-label="{html.escape(f"Code to scan: {what}, {target}")}"'
    written = re.sub("([/_])", r"\1<wbr>", html.escape(target.partition("://")[2]))
    return (
        f'<figure class="scan">{square.replace("<svg", named, 1)}<figcaption>{html.escape(what)}: '
        f"<span>{written}</span></figcaption></figure>"
    )
