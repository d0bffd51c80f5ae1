"""What a learner types as a number, read in one place: taken for what is meant, or refused with the reason.

Europe writes 1,234.5 and 1.234,5 and 1 234,5. A sign that can only be a decimal sign is one, a sign that can only stand
between thousands stands there. ``1.000`` and ``1,000`` can be both: they are taken where the range of the field, or the
values that it can hold, leave one reading, and refused where they leave two.
"""

import math
import re
import unicodedata
from collections.abc import Callable

from ..errors import CourseError

POINT = "write a point before decimals and nothing between thousands"
LONGEST = 100  # characters of a number
SHOWN = 40  # characters of it in a sentence
SIGNS = str.maketrans(
    dict.fromkeys("−‐‑‒–—－", "-") | dict.fromkeys("’‘ʼ", "'") | dict(zip("．，％＋", ".,%+", strict=True))
)

# A sign, digits with what stands between them, a power of ten, and what stands behind it all.
NUMBER = re.compile(r"([+-]?) ?([0-9.,'_ ]*[0-9.,])(?:e([+-]?[0-9]{1,9}))?(?: ?([^\d ].*))?", re.IGNORECASE)
DECIMAL = re.compile(r"[0-9]+[.,]?[0-9]*|[.,][0-9]+")
GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:([.,'_ ])[0-9]{3})(?:\2[0-9]{3})*)(?:(?!\2)[.,]([0-9]*))?")


def number_in(
    text: str,
    unit: str = "",
    low: float = -math.inf,
    high: float = math.inf,
    holds: Callable[[float], bool] = lambda value: False,
) -> float:
    """The number that a text means; CourseError says why it means none, or two.

    ``unit``, as it stands beside the field, may be typed behind the number. ``low`` and ``high`` bound what the field
    takes and ``holds`` says of a number between them whether the field can hold it as it is: both only choose between
    two readings, a single one is returned wherever it lies.

    >>> number_in("61,5"), number_in("1 000"), number_in("−60 %", "%"), number_in("1.000", high=500)
    (61.5, 1000.0, -60.0, 1.0)
    """
    plain = _plain(text)
    shown = f"{text.strip()[:SHOWN]!r}"
    found = NUMBER.fullmatch(plain) if len(plain) <= LONGEST else None
    sign, body, power, behind = found.groups() if found else ("", "", None, None)
    found = readings(body)
    if not found:
        raise CourseError(f"{shown} is not a number{f': {POINT}' if re.search('[0-9][.,]|[.,][0-9]', plain) else ''}")
    if behind and not (unit and (behind == unit.casefold() or (behind == "%" and unit.startswith("%")))):
        raise CourseError(f"{shown} is not a number: write the number alone{f', in {unit}' if unit else ''}")
    values = [float(f"{sign}{reading}e{power or 0}") for reading in found]
    if len(values) == 1 or power:  # nobody parts thousands before a power of ten
        return values[0]
    allowed = [value for value in values if low <= value <= high]
    fitting = [value for value in allowed if holds(value)]
    for left in (allowed, fitting):
        if len(left) == 1:
            return left[0]
    small, large = found
    small = f"{values[0]:g}" if values[0].is_integer() else f"{sign}{small}0"
    raise CourseError(f"{shown} can be read in two ways: write {small} or {sign}{large}")


def _plain(text: str) -> str:
    """The text with the signs of a keyboard: spaces, minus signs, digits; without what nobody sees."""
    # A compatibility form (NFKC) would make 1024 of 10²⁴.
    seen = (c for c in text if unicodedata.category(c) != "Cf")
    digits = "".join(c if (d := unicodedata.decimal(c, None)) is None else str(d) for c in seen)
    return " ".join(digits.translate(SIGNS).casefold().split())


def readings(body: str) -> list[str]:
    """What digits with signs between them can mean, as Python writes it: with decimals, and with thousands apart."""
    decimal, grouped = DECIMAL.fullmatch(body), GROUPED.fullmatch(body)
    found = [body.replace(",", ".")] if decimal else []
    if grouped:
        whole, sign, rest = grouped.groups()
        found.append(f"{whole.replace(sign, '')}.{rest}" if rest else whole.replace(sign, ""))
    return found
