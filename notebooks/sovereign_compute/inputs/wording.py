"""How numbers and units are written and spoken, once for prose, tables, charts and panels."""

import math
import re
from collections.abc import Iterable

from .units import SINGULAR, UNITS, unit_words

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LARGE = 1e12
"""Where numbers begin that are written with a power of ten."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int | None = None) -> str:
    """A number with thousands separators; without ``digits`` as many decimals as it takes, at most six.

    With ``digits`` below zero it has so many significant figures. From ``LARGE`` on it has three and a power of ten:
    nobody reads more, and the last ones are rounding.

    >>> number(-1234.5), number(2.1644e14, 0)
    ('−1,234.5', '2.16 × 10¹⁴')
    """
    size = abs(value)
    if LARGE <= size < math.inf:
        figures, _, power = f"{size:.2e}".partition("e+")
        return f"{'−' if value < 0 else ''}{figures} × 10{power.translate(RAISED)}"
    if digits is not None and digits < 0:
        return number(significant(value, -digits))
    text = f"{size:,.6f}".rstrip("0").rstrip(".") if digits is None else f"{size:,.{digits}f}"
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def d3_format(digits: int) -> str:
    """The same for a chart: what d3 writes a number with."""
    return f",.{digits}f" if digits >= 0 else f",.{-digits}r"


def month(date: str) -> str:
    """The month of a date or of a list in words.

    >>> month("2025-06"), month("2025-11-17")
    ('June 2025', 'November 2025')
    """
    return f"{MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def day(date: str) -> str:
    """A day in words.

    >>> day("2026-10-04")
    '4 October 2026'
    """
    return f"{int(date[8:10])} {month(date)}"


def signed(value: float, digits: int = 1) -> str:
    """A difference as a number with its sign, also if it is positive."""
    text = number(value, digits)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def span(low: float, high: float, digits: int | None = None) -> str:
    """A range from one number to another; one number where both are the same.

    >>> span(1, 2.5), span(3, 3)
    ('1 to 2.5', '3')
    """
    return number(low, digits) if low == high else f"{number(low, digits)} to {number(high, digits)}"


def capital(text: str) -> str:
    """A text as it begins a sentence or stands alone; what follows its first letter stays as it is.

    >>> capital("the EU cloud")
    'The EU cloud'
    """
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """A text as a sentence of its own.

    >>> sentence("type a number first"), sentence("Which one?")
    ('Type a number first.', 'Which one?')
    """
    return f"{capital(text)}{'' if text.endswith(('.', '?', '!')) else '.'}"


def one_line(text: str) -> str:
    """A text without line breaks and without what cannot be printed.

    >>> one_line("two\\n lines\\x07 ")
    'two lines'
    """
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def listed(words: Iterable[str], most: int | None = None) -> str:
    """Several words as a sentence lists them; of more than ``most`` the first ones, and how many more there are.

    >>> listed(["one", "two", "three"]), listed(["one"]), listed(["one", "two", "three"], 1)
    ('one, two and three', 'one', 'one and 2 more')
    """
    shown = list(words)
    if most is not None and len(shown) > most:
        shown[most:] = [f"{len(shown) - most} more"]
    *before, last = shown
    return f"{', '.join(before)} and {last}" if before else last


def quantity(value: float, unit: str, digits: int | None = None) -> str:
    """A number with its unit in words."""
    return counted(value, unit_words(unit), digits)


def counted(value: float, words: str, digits: int | None = None) -> str:
    """A number with the words of its unit, in the singular where there is one of it."""
    text, (first, *rest) = number(value, digits), words.split(" ")
    return " ".join([text, SINGULAR.get(first, first) if text in ("1", "−1") else first, *rest]).strip()


def finite(value: float, unit: str = "1", digits: int | None = None, most: float | None = None) -> str:
    """A number with its unit in words, also where a model finds no number, or looks no further than ``most``.

    >>> finite(60, "month", 1, most=60), finite(math.inf)
    ('60 months or more', 'no finite number')
    """
    if most is not None and value >= most:
        return f"{quantity(most, unit)} or more"
    return quantity(value, unit, digits) if math.isfinite(value) else "no finite number"


_FIRST = {words.split(" ")[0] for words in UNITS.values()} | set(SINGULAR.values()) | {"points", "times"}
_PARTED = re.compile(
    rf"(?<=\d) (?=(?:{'|'.join(sorted(map(re.escape, _FIRST - {''})))})(?!\w))"
    r"|(?<=\b(?:million|billion)) (?=EUR|USD)|(?<=\b(?:thousand|trillion)) (?=EUR|USD)"
)


def first_words() -> list[str]:
    """The words that a line never parts from the number before them: see `unparted`."""
    return sorted(_FIRST - {""})


def unparted(text: str) -> str:
    """A text as it is shown: no line ends between a number and its unit."""
    return _PARTED.sub("\N{NO-BREAK SPACE}", text)


def significant(value: float, figures: int) -> float:
    """``value`` rounded to so many significant figures."""
    return (
        value
        if value == 0 or not math.isfinite(value)
        else round(value, figures - 1 - math.floor(math.log10(abs(value))))
    )
