"""Make the cards of the room kit, one on a sheet of A4, for whoever leads the ninety minutes to hold.

``uv run --frozen python notebooks/guides/cards.py`` writes ``build/cards.html``. With ``--begin 14:00`` each card has
the time of day. Minutes, what happens and what is on the wall are from the page of the path.
"""

import argparse
import html
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pages
from deck.steps import PATHS, Step, steps
from sovereign_compute import __version__
from sovereign_compute.errors import CourseError
from sovereign_compute.inputs.wording import capital

CARDS = pages.GUIDES / "room" / "cards.md"
PATH = PATHS / "ninety_minutes.md"
CARD = re.compile(r"^## (\d+) to (\d+): (.+)\n+((?:(?!## ).*\n?)+)", re.M)
STYLE = """
@page { size: A4 landscape; margin: 14mm 18mm; }
body { max-width: none; padding: 0; font-size: 20pt; line-height: 1.4; }
.card { border: 0; margin: 0; padding: 0; break-after: page; break-inside: avoid; }
.card:last-of-type { break-after: auto; }
.when { font-size: 44pt; font-weight: 700; margin: 0; } h2 { font-size: 30pt; margin: 0 0 6mm; }
.plan { border-left: 4px solid #0072b2; padding-left: 5mm; } .small { font-size: 11pt; }
@media screen { .card { border-bottom: 1px solid #8d8d8d; padding: 1rem; } }
"""


def cards(text: str) -> dict[tuple[int, int], tuple[str, str]]:
    """The title and the text of each card, by the minutes from which and to which it goes."""
    return {(int(start), int(end)): (title, said.strip()) for start, end, title, said in CARD.findall(text)}


def when(step: Step, begin: datetime | None) -> str:
    """The minutes of a step, and the time of day if it is known when the workshop begins."""
    start, end = step.minute, step.minute + step.minutes
    if begin is None:
        return f"{start} to {end}"
    first, last = (f"{begin + timedelta(minutes=minute):%H:%M}" for minute in (start, end))
    return f"{first} to {last}"


def card(step: Step, title: str, said: str, begin: datetime | None) -> str:
    """One sheet."""
    wall = "" if step.wall == "–" else f"<p><b>On the wall:</b> {html.escape(step.wall)}</p>"
    lesson = f" · lesson {step.lesson[:2]}" if step.lesson else ""
    lines = "".join(pages.markdown(part) for part in re.split(r" (?=\*\*)", said))
    return (
        f'<section class="card"><p class="when">{when(step, begin)}</p><h2>{html.escape(capital(title))}</h2>'
        f'<div class="plan">{pages.markdown(step.what)}{wall}</div>{lines}'
        f'<p class="small">Minute {step.minute} of 90{lesson} · Sovereign Compute, version {__version__}, CC BY 4.0</p>'
        "</section>"
    )


def sheets(begin: datetime | None = None) -> str:
    """All cards as one file; CourseError where path and cards have other steps."""
    known, found = cards(CARDS.read_text(encoding="utf-8")), steps(PATH.read_text(encoding="utf-8"))
    if list(known) != [(step.minute, step.minute + step.minutes) for step in found]:
        raise CourseError(f"{CARDS.name} has other steps than {PATH.name}: write a card for each step")
    body = "\n".join(card(step, *text, begin) for step, text in zip(found, known.values(), strict=True))
    return pages.page("Cards for ninety minutes", f"<main><h1 hidden>Cards</h1>{body}</main>", STYLE)


def _time(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%H:%M")
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time of day; write it as 14:00") from None


def main(words: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--to", type=Path, default=pages.BUILD, metavar="FOLDER", help="where to write")
    parser.add_argument("--begin", type=_time, metavar="14:00", help="when the workshop begins")
    wanted = parser.parse_args(words)
    pages.write(wanted.to, "cards.html", sheets(wanted.begin))
    print(f"The cards are written; print cards.html from {pages.shown(wanted.to)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
