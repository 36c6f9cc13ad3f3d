"""What stands in the cells of a sheet that somebody exported or typed: sums, moments, names in any dress."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from orders.money import MINOR_UNITS

Cell = object
"""A text, a number, a moment or nothing, as the sheet has it."""

LARGEST_MINOR = 10**13
"""A sum beyond this is a slip of the hand, and no sum of two of them is too large to be kept."""

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"([-+]?)([0-9][0-9.,']*)")
_AROUND_SUM = re.compile(r"(?i)^(?:rub|kzt|руб\.?|р\.?|[₽₸$€])|(?:rub|kzt|руб\.?|р\.?|[₽₸$€])$")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-"})
_MOMENT = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_DECIMALS = 2


def text_of(cell: Cell) -> str:
    """The text on one line; a whole number without the ".0" that sheets give it."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else _SPACES.sub(" ", str(cell)).strip()


def name_of(cell: Cell) -> str:
    """The text as headings and names are compared: in small letters, without what is only dress."""
    return text_of(cell).casefold().replace("ё", "е").strip(" .:*")


def columns_of(row: Sequence[Cell], names: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Where each column stands, by the headings it may have (as `name_of`); the first of two holds."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        heading = name_of(cell)
        for column, headings in names.items():
            if heading in headings:
                found.setdefault(column, index)
    return found


def at(row: Sequence[Cell], index: int | None) -> Cell:
    """The cell of a column, nothing where the row is shorter or there is no such column."""
    return row[index] if index is not None and index < len(row) else None


def minor_of(cell: Cell) -> int | None:
    """A sum in minor units, rounded half up; None for what is no sum.

    "1 234,50", "1,234.50", "1234.5 ₽", "−98" are all understood. Of one separator, three digits behind it
    make it one of thousands.
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | str):
        return None
    try:
        value = Decimal(_digits(cell) if isinstance(cell, str) else str(cell))
        minor = int((value * MINOR_UNITS).to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return minor if abs(minor) <= LARGEST_MINOR else None


def moment_of(cell: Cell, zone: tzinfo) -> datetime | None:
    """A moment, a naive one in `zone`: a cell that holds one, or `DD.MM.YYYY HH:MM:SS`."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), zone)
    match = _MOMENT.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    if match is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _digits(text: str) -> str:
    """The number with one dot at the most; raises ValueError."""
    bare = _AROUND_SUM.sub("", _SPACES.sub("", text.translate(_MINUS)))
    match = _NUMBER.fullmatch(bare)
    if match is None:
        raise ValueError("no number")
    sign, digits = match[1], match[2].replace("'", "")
    whole, separator, fraction = digits.rpartition(max(".,", key=digits.rfind))
    if not separator:
        return sign + digits
    if len(fraction) == _DECIMALS + 1 and whole not in {"0", ""}:
        whole, fraction = whole + fraction, ""
    return f"{sign}{whole.replace('.', '').replace(',', '')}.{fraction or '0'}"
