"""Days as people write them: «завтра», «в пятницу», «12.03», «12 марта», «2026-03-12»."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

LONGEST_PAST = timedelta(days=60)
"""A day without a year further back than this is one of the next year."""
LONGEST_FUTURE = timedelta(days=400)
CENTURY = 100
"""A year below is written with two digits."""

_NEAR = (
    (r"послезавтра|day after tomorrow", 2),
    (r"завтра(?:шний|шнее)?|tomorrow", 1),
    (r"сегодня(?:шний|шнее)?|today", 0),
)
_WEEKDAYS = (
    r"понедельник|monday",
    r"вторник|tuesday",
    r"сред[ау]|wednesday",
    r"четверг|thursday",
    r"пятниц[ау]|friday",
    r"суббот[ау]|saturday",
    r"воскресенье|sunday",
)
_MONTHS = (
    r"янв|jan",
    r"фев|feb",
    r"мар|mar",
    r"апр|apr",
    r"ма[йя]|may",
    r"июн|jun",
    r"июл|jul",
    r"авг|aug",
    r"сен|sep",
    r"окт|oct",
    r"ноя|nov",
    r"дек|dec",
)
_MONTH = "|".join(f"(?:{stem})" for stem in _MONTHS)
_ISO = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_NUMERIC = re.compile(r"(?<![0-9.,])([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}|[0-9]{2}))?(?![0-9])")
_DAY_MONTH = re.compile(rf"(?<![0-9.,])([0-9]{{1,2}})\s+({_MONTH})\w*(?:\s+([0-9]{{4}}))?", re.IGNORECASE)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\w*\s+([0-9]{{1,2}})(?![0-9:])(?:,?\s+([0-9]{{4}}))?", re.IGNORECASE)

Found = tuple[date, int, int]
"""A day, and where in the text it was said."""


def find_day(text: str, today: date) -> Found | None:
    """The first way of writing that fits; a day that is long over, or far ahead, is no day of an order."""
    for look in (_near, _iso, _day_month, _month_day, _numeric, _weekday):
        found = look(text, today)
        if found is not None:
            return found
    return None


def _near(text: str, today: date) -> Found | None:
    for pattern, days in _NEAR:
        match = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if match:
            return today + timedelta(days=days), match.start(), match.end()
    return None


def _weekday(text: str, today: date) -> Found | None:
    for weekday, pattern in enumerate(_WEEKDAYS):
        match = re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE)
        if match:
            days = (weekday - today.weekday()) % 7
            return today + timedelta(days=days), match.start(), match.end()
    return None


def _iso(text: str, today: date) -> Found | None:
    return _first(_ISO, text, today, lambda m: (m[3], m[2], m[1]))


def _numeric(text: str, today: date) -> Found | None:
    return _first(_NUMERIC, text, today, lambda m: (m[1], m[2], m[3]))


def _day_month(text: str, today: date) -> Found | None:
    return _first(_DAY_MONTH, text, today, lambda m: (m[1], _number(m[2]), m[3]))


def _month_day(text: str, today: date) -> Found | None:
    return _first(_MONTH_DAY, text, today, lambda m: (m[2], _number(m[1]), m[3]))


Parts = Callable[[re.Match[str]], tuple[str, str, str | None]]


def _first(pattern: re.Pattern[str], text: str, today: date, parts: Parts) -> Found | None:
    for match in pattern.finditer(text):
        day, month, year = parts(match)
        found = _date(int(day), int(month), int(year) if year else None, today)
        if found is not None:
            return found, match.start(), match.end()
    return None


def _date(day: int, month: int, year: int | None, today: date) -> date | None:
    try:
        if year is not None:
            found = date(year if year >= CENTURY else 2000 + year, month, day)
        else:
            found = date(today.year, month, day)
            if today - found > LONGEST_PAST:
                found = date(today.year + 1, month, day)
    except ValueError:
        return None
    return found if -LONGEST_PAST <= found - today <= LONGEST_FUTURE else None


def _number(month: str) -> str:
    stems = (re.match(stem, month, re.IGNORECASE) for stem in _MONTHS)
    return str(next(index for index, match in enumerate(stems, start=1) if match))
