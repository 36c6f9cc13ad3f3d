"""Reads cells of a sheet that was exported or typed: sums, dates and names in any notation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from orders.model.money import MINOR_UNITS

Cell = object
"""The content of a cell: a text, a number, a date or None."""

LARGEST_MINOR = 10**13
"""A larger sum is a typing error; the limit also keeps the sum of two of them in range."""

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"([-+]?)([0-9][0-9.,']*)")
_AROUND_SUM = re.compile(r"(?i)^(?:rub|kzt|руб\.?|р\.?|[₽₸$€])|(?:rub|kzt|руб\.?|р\.?|[₽₸$€])$")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-"})
_NEGATIVE = re.compile(r"\((.*)\)|(.*)-")
"""Negative sums as accountants and some systems write them: (980,00) and 980,00-."""
_SECONDS = r"(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
_CLOCK = r"(?: ?г\.?)?(?:(?:[T,]| в)? ?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})" + _SECONDS + ")?"
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<sign>[./-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})" + _CLOCK
)
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_NAMED_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(_MONTHS)})[а-я]*\.? (?P<year>\d{{4}})" + _CLOCK
)
_SHEET_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the zone is the caller's
_SHEET_DAYS = range(36_526, 73_051)
"""Dates as day numbers of sheets, 2000 to 2099: a number outside is not a date."""
_MONTH_NUMBERS = range(1, 13)
_LAST_SHORT_YEAR = 99
_DECIMALS = 2


def text_of(cell: Cell) -> str:
    """The text on one line; a whole number is written without ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else _SPACES.sub(" ", str(cell)).strip()


def name_of(cell: Cell) -> str:
    """The text normalised for comparing headings and names: lower case, without punctuation around it."""
    return text_of(cell).casefold().replace("ё", "е").strip(" .:*")


def columns_of(row: Sequence[Cell], names: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Column positions by their possible headings (as `name_of`); the first match of a column counts."""
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        heading = name_of(cell)
        for column, headings in names.items():
            if heading in headings:
                found.setdefault(column, index)
    return found


def at(row: Sequence[Cell], index: int | None) -> Cell:
    """The cell in this column; None if the row is shorter or there is no such column."""
    return row[index] if index is not None and index < len(row) else None


def minor_of(cell: Cell) -> int | None:
    """A sum in minor units, rounded half up; None if it is not a sum.

    Reads "1 234,50", "1,234.50", "1234.5 ₽", "−98", "(980,00)" and "980,00-". A single separator with three
    digits after it separates thousands.
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
    """A date and time, in `zone` unless the cell names a zone; None if it is not certain.

    Reads date cells, day numbers of sheets, ISO 8601, "28.11.2026 10:00", "28.11.26", "28/11/2026" and "28
    ноября 2026 г., 10:00". "03/08/2026" may be either of two days: None.
    """
    if isinstance(cell, date) and not isinstance(cell, datetime):
        cell = datetime.combine(cell, time())
    try:
        found = cell if isinstance(cell, datetime) else _written_moment(cell)
        return found if found is None or found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _written_moment(cell: Cell) -> datetime | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _SHEET_EPOCH + timedelta(seconds=round(cell * 86_400)) if int(cell) in _SHEET_DAYS else None
    if not isinstance(cell, str):
        return None
    text = text_of(cell)
    if match := _DAY_FIRST.fullmatch(text):
        return _of_numbers(match)
    if match := _NAMED_MONTH.fullmatch(text.casefold()):
        return _moment(match, _MONTHS.index(match["month"]) + 1, int(match["day"]))
    return datetime.fromisoformat(text)


def _of_numbers(match: re.Match[str]) -> datetime | None:
    """With slashes some write the month first: None if both readings are valid dates."""
    day, month = int(match["day"]), int(match["month"])
    if match["sign"] == "/" and day != month and day in _MONTH_NUMBERS:
        return None if month in _MONTH_NUMBERS else _moment(match, day, month)
    return _moment(match, month, day)


def _moment(match: re.Match[str], month: int, day: int) -> datetime:
    year = int(match["year"])
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second"))
    return datetime(year if year > _LAST_SHORT_YEAR else 2000 + year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone is the caller's


def _with_minus_first(text: str) -> str:
    match = _NEGATIVE.fullmatch(text)
    return f"-{_AROUND_SUM.sub('', match[1] or match[2] or '')}" if match else text


def _digits(text: str) -> str:
    """The number with at most one dot. Raises ValueError when it is not a number."""
    bare = _with_minus_first(_AROUND_SUM.sub("", _SPACES.sub("", text.translate(_MINUS))))
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
