"""Walk the pages of a site on the disk: ``python tests/tools/links.py build/site``.

Each link has to lead to a file of the site, and to a place in it where it names one; nothing may be loaded from
elsewhere; no way may begin at the root, as a site may lie in any folder. Faults are listed, and the exit code is 1.
"""

import argparse
import re
import sys
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LOADED = {"img", "script", "iframe", "source", "video", "audio", "embed", "object", "track", "input"}
"""Elements whose address is loaded without being asked."""
CITED = {"canonical", "search", "alternate", "index", "next", "prev", "author", "license"}
"""Kinds of ``link`` that load nothing."""
IN_STYLE = re.compile(r"url\(\s*[\"']?([^)\"']+)[\"']?\s*\)|@import\s+[\"']([^\"']+)[\"']")
INSIDE = ("data:", "blob:")
"""How an address begins that holds what it names."""


def in_style(text: str) -> list[str]:
    """The addresses in a style."""
    return [address for match in IN_STYLE.findall(text) for address in match if address]


class Page(HTMLParser):
    """What a page refers to, and the places in it."""

    def __init__(self, text: str):
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places: list[str] = []
        self._missing = {"h1", "title"}
        self._style = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        self._style = tag == "style"
        self._missing.discard(tag)
        self.places += [given["id"]] if "id" in given else []
        self.places += [given["name"]] if tag == "a" and "name" in given else []
        self.loads += in_style(given.get("style", ""))
        if tag in ("a", "area") and "href" in given:
            self.links.append(given["href"])
        if tag == "link" and "href" in given:
            (self.links if CITED & set(given.get("rel", "").split()) else self.loads).append(given["href"])
        if tag in LOADED:
            self.loads += [given[name] for name in ("src", "data", "poster") if given.get(name)]
            self.loads += [one.split()[0] for one in given.get("srcset", "").split(",") if one.split()]

    def handle_endtag(self, tag):
        self._style = False

    def handle_data(self, text):
        if self._style:
            self.loads += in_style(text)

    def own_faults(self) -> list[str]:
        """What is wrong with the page itself: places of one name, no heading, no title."""
        twice = sorted(place for place, times in Counter(self.places).items() if times > 1)
        found = [f"two places are called {place!r}" for place in twice]
        return found + [f"0 elements {tag}" for tag in sorted(self._missing)]


def walk(site: Path) -> list[str]:
    """All faults of a site, each with the page where it is."""
    site = site.resolve()
    opened = cache(lambda path: Page(path.read_text(encoding="utf-8")))
    faults = []
    for path in sorted(site.rglob("*.html")):
        if "_static" in path.relative_to(site).parts:
            continue  # parts of the theme
        page, name = opened(path), path.relative_to(site).as_posix()
        faults += [f"{name}: {fault}" for fault in page.own_faults()]
        faults += [
            f"{name}: loads {one}, which {why}" for one in page.loads if (why := _lost(site, path, one, True, opened))
        ]
        faults += [
            f"{name}: leads to {one}, which {why}"
            for one in page.links
            if (why := _lost(site, path, one, False, opened))
        ]
    for path in sorted(site.rglob("*.css")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for address in in_style(text):
            if why := _lost(site, path, address, True, opened):
                faults.append(f"{path.relative_to(site).as_posix()}: loads {address}, which {why}")
    return faults


def _lost(site: Path, page: Path, address: str, loaded: bool, opened) -> str:
    """Why an address leads nowhere; empty if it does not."""
    if address.startswith(INSIDE) or address == "#":
        return ""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        if loaded:
            return "is elsewhere"
        return "" if parts.scheme in ("https", "http", "mailto") else "is no address of the web"
    if parts.path.startswith("/"):
        return "begins at the root"
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    if not target.is_relative_to(site):
        return "lies outside of the site"
    if not target.is_file():
        return "is not there"
    if parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in opened(target).places:
        return "has no such place"
    return ""


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("site", type=Path)
    site = parser.parse_args(words).site
    faults = walk(site)
    print("\n".join([*faults, f"{len(list(site.rglob('*.html')))} pages, {len(faults)} faults"]))
    return bool(faults) or not (site / "index.html").is_file()


if __name__ == "__main__":
    sys.exit(main())
