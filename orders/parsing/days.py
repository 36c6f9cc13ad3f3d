"""Finds days in text: «завтра», «в пятницу», «12.03», «12 марта», «5-го числа», «2026-03-12»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

LONGEST_PAST = timedelta(days=60)
"""A date without a year that is further in the past belongs to the next year."""
LONGEST_FUTURE = timedelta(days=400)
LONGEST_MONTH = 31
CENTURY = 100
"""A smaller year is written with two digits."""

_NEAR = (
    (r"послезавтра(?:шн\w+)?|бүрсігүні|day after tomorrow", 2),
    (r"завтра(?:шн\w+)?|зав\.|завтро|ертең|ертен|tomorrow|tmrw|tmr", 1),
    (r"сегодня(?:шн\w+)?|сегодн[яь]|сёдня|бүгін|today|tonight", 0),
    (r"вчера(?:шн\w+)?|yesterday", -1),
)
_WEEKDAYS = (
    r"понедельник\w*|пн|monday|mon",
    r"вторник\w*|вт|tuesday|tue",
    r"сред[ауые]|ср|wednesday|wed",
    r"четверг\w*|чт|thursday|thu",
    r"пятниц\w+|пт|friday|fri",
    r"суббот\w+|сб|saturday|sat",
    r"воскресень[ея]|вс|sunday|sun",
)
_WEEKDAY = "|".join(f"(?P<d{number}>{words})" for number, words in enumerate(_WEEKDAYS))
_NEXT = r"(?P<next>(?:следующ\w+|next)\s+)?"
_MONTHS = (
    r"янв(?:ар[ьяе])?|jan(?:uary)?",
    r"фев(?:р(?:ал[ьяе])?)?|feb(?:ruary)?",
    r"мар(?:т[ае]?)?|mar(?:ch)?",
    r"апр(?:ел[ьяе])?|apr(?:il)?",
    r"ма[йяе]|may",
    r"июн[ьяе]?|june?",
    r"июл[ьяе]?|july?",
    r"авг(?:уст[ае]?)?|aug(?:ust)?",
    r"сен(?:т(?:ябр[ьяе])?)?|sept?(?:ember)?",
    r"окт(?:ябр[ьяе])?|oct(?:ober)?",
    r"ноя(?:б(?:р[ьяе])?)?|nov(?:ember)?",
    r"дек(?:абр[ьяе])?|dec(?:ember)?",
)
_MONTH = "|".join(f"(?:{stem})" for stem in _MONTHS)
_ENDING = r"(?:ое|ого|е|го|ому)"
_ORDINALS = tuple(
    rf"{stem}{_ENDING}"
    for stem in (
        "перв", "втор", "треть?", "четв[её]рт", "пят", "шест", "седьм", "восьм", "девят", "десят", "одиннадцат", "двенадцат",
        "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат", "восемнадцат", "девятнадцат", "двадцат",
    )
) + tuple(["(?!)"] * 9) + (rf"тридцат{_ENDING}",)  # fmt: skip
_WORDED = re.compile(
    rf"\b(?:(двадцать|тридцать)\s+)?({'|'.join(_ORDINALS)})\s+({_MONTH})(?!\w)", re.IGNORECASE
)
_MONTH_EN = "|".join(f"(?:{stem.rpartition('|')[2]})" for stem in _MONTHS)
"""«октября 4» is a street and its house: only in English does the day follow the month."""
_ISO = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
_NUMERIC = re.compile(
    r"(?<![0-9.,/-])([0-9]{1,2})([./])([0-9]{1,2})(?:\2([0-9]{4}|[0-9]{2}))?(?![0-9])(?!\s?(?:кг|л\b|м\b|%|₽|руб|р\b|тыс|шт))"
)
_AMERICAN = re.compile(r"(?<![0-9.,/-])([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})(?![0-9])")
"""«12/05/2026» is the 5th of December if the 12th of May is long past."""
_DAY_MONTH = re.compile(
    rf"(?<![0-9.,])([0-9]{{1,2}})(?:-?го|-?е|st|nd|rd|th)?\s+(?:of\s+)?({_MONTH})(?!\w)\.?(?:,?\s+([0-9]{{4}})(?:\s?г(?:ода|\.)?)?)?",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH_EN})(?!\w)\.?\s+([0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:]|\s?[ap]\.?m)(?:,?\s+([0-9]{{4}}))?",
    re.IGNORECASE,
)
_OF_MONTH = re.compile(r"(?<![0-9.,])([0-9]{1,2})(?:-?го\b(?:\s+числа)?|(?:-?е)?\s+числ[оа])", re.IGNORECASE)
_IN_DAYS = re.compile(
    r"\b(?:через|in)\s+(?:([0-9]{1,2}|два|пару|три)\s+)?(день|дн(?:я|ей)|недел[юи]|days?|weeks?)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\b(?:ул(?:иц[аыуе])?|пл(?:ощад[ьи])?|пр-?т|пер|переулок|проезд|сквер)\b\.?|имени|им\.)\s*(?:[0-9]{1,2}\s+)?$"
    r"|\b(?:д|дом|дома|кв|квартира|корп|стр|оф|офис|влад|уч|участок)\.?\s*$",
    re.IGNORECASE,
)
"""«ул. 8 Марта, 10» is a street with a house, «дом 2/1» a house."""
_STREET = re.compile(r"\b(?!Достав|Дат|Заказ|Срок|Врем|На\b|До\b)[А-ЯЁ][а-яё]{2,},?\s+(?:(?:д|дом)\.?\s*)?$")
"""«Гагарина 25/1» is a house."""

STREETS_OF_DAYS = r"(?:8\s+марта|[19]\s+мая|9\s+января|25\s+октября|7\s+ноября|23\s+февраля|12\s+декабря)"
"""Dates that streets are named after, in lower case."""
_STREET_OF_DAY = re.compile(STREETS_OF_DAYS, re.IGNORECASE)
_HOUSE = re.compile(
    r",?\s+(?:д\.?\s?|дом\s)?[0-9]{1,3}(?:[а-яА-Я]|/[0-9]{1,3})?(?![\w:]|\s?[-.\u2013]\s?[0-9])(?!\s*(?:час|утр|дня|вечер|шт|роз))"
)

Found = tuple[date, int, int]
"""A day, and start and end of its words in the text."""


def find_day(text: str, today: date) -> Found | None:
    """The day in the most reliable notation; one long past or far ahead is not a day of an order."""
    return next(_all(text, today), None)


def find_days(text: str, today: date) -> list[Found]:
    """All days in a text, in their order and without overlaps.

    A date that does not exist («31.11») yields two days, the last of its month and the one after it; a person
    chooses.
    """
    found: list[Found] = []
    for one in _all(text, today):
        if not any(one[1] < other[2] and other[1] < one[2] and one[1:] != other[1:] for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one[1])


def _all(text: str, today: date) -> Iterator[Found]:
    for look in (_near, _in_days, _iso, _day_month, _worded, _month_day, _numeric, _weekday, _of_month):
        yield from look(text, today)


def _near(text: str, today: date) -> Iterator[Found]:
    for pattern, days in _NEAR:
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", text, re.IGNORECASE):
            yield today + timedelta(days=days), match.start(), match.end()


def _in_days(text: str, today: date) -> Iterator[Found]:
    """«через два дня», «через неделю»."""
    for match in _IN_DAYS.finditer(text):
        count = {"": 1, "два": 2, "пару": 2, "три": 3}.get((match[1] or "").casefold())
        days = (int(match[1]) if count is None else count) * (7 if match[2][0] in "нwНW" else 1)
        if timedelta(days) <= LONGEST_FUTURE:
            yield today + timedelta(days=days), match.start(), match.end()


def _weekday(text: str, today: date) -> Iterator[Found]:
    for match in re.finditer(rf"\b{_NEXT}(?:{_WEEKDAY})(?!\w)", text, re.IGNORECASE):
        weekday = next(number for number in range(len(_WEEKDAYS)) if match[f"d{number}"])
        days = (weekday - today.weekday()) % 7
        if match["next"]:  # in the next week, counted from any day
            days = 7 - today.weekday() + weekday
        yield today + timedelta(days=days), match.start(), match.end()


def _iso(text: str, today: date) -> Iterator[Found]:
    return _fitting(_ISO, text, today, lambda m: (m[3], m[2], m[1]))


def _numeric(text: str, today: date) -> Iterator[Found]:
    yield from _fitting(_NUMERIC, text, today, lambda m: (m[1], m[3], m[4]))
    for match in _AMERICAN.finditer(text):
        day, month = int(match[2]), int(match[1])
        found = _date(day, month, int(match[3]), today)
        if found is not None and found >= today and _date(month, day, int(match[3]), today) is None:
            yield found, match.start(), match.end()


def _day_month(text: str, today: date) -> Iterator[Found]:
    return _fitting(_DAY_MONTH, text, today, lambda m: (m[1], _number(m[2]), m[3]))


def _worded(text: str, today: date) -> Iterator[Found]:
    """«второе декабря», «двадцать пятого ноября»."""

    def parts_of(match: re.Match[str]) -> tuple[str, str, None]:
        day = next(
            at for at, stem in enumerate(_ORDINALS, start=1) if re.fullmatch(stem, match[2], re.IGNORECASE)
        )
        tens = {"двадцать": 20, "тридцать": 30}.get((match[1] or "").casefold(), 0)
        return str(tens + day), _number(match[3]), None

    return _fitting(_WORDED, text, today, parts_of)


def _month_day(text: str, today: date) -> Iterator[Found]:
    return _fitting(_MONTH_DAY, text, today, lambda m: (m[2], _number(m[1]), m[3]))


def _of_month(text: str, today: date) -> Iterator[Found]:
    """«5-го числа»: in this month, or in the next one if it is past."""
    for match in _OF_MONTH.finditer(text):
        day = int(match[1])
        months = (today.month, today.month % 12 + 1)
        found = [_date(day, month, None, today) for month in months]
        ahead = [one for one in found if one is not None and one >= today]
        if ahead:
            yield min(ahead), match.start(), match.end()


Parts = Callable[[re.Match[str]], tuple[str, str, str | None]]


def _fitting(pattern: re.Pattern[str], text: str, today: date, parts: Parts) -> Iterator[Found]:
    for match in pattern.finditer(text):
        before = text[: match.start()]
        if _PLACE.search(before) or ("/" in match[0] and _STREET.search(before)):
            continue
        if _is_house_behind(text, match):
            continue
        day, month, year = parts(match)
        found = _date(int(day), int(month), int(year) if year else None, today)
        if found is not None:
            yield found, match.start(), match.end()
        elif not re.fullmatch(r"[0-9]+[./][0-9]", match[0]):  # «38.5» is a size
            for near in _nearest(int(day), int(month), int(year) if year else None, today):
                yield near, match.start(), match.end()


def _is_house_behind(text: str, match: re.Match[str]) -> bool:
    """«8 Марта 14, завтра 12:00»: a street named after a date, if the text names another day."""
    return _STREET_OF_DAY.fullmatch(match[0]) is not None and (
        _HOUSE.match(text, match.end()) is not None
        and any(re.search(rf"\b(?:{words})(?!\w)", text, re.IGNORECASE) for words, _days in _NEAR)
    )


def _nearest(day: int, month: int, year: int | None, today: date) -> tuple[date, ...]:
    """The days that a date which does not exist in its month may mean."""
    there = _date(28, month, year, today)
    if there is None or 0 < day <= LONGEST_MONTH - 3:
        return ()
    after = (there + timedelta(days=4)).replace(day=1)
    first = there.replace(day=1) if day == 0 else after
    days = (first - timedelta(days=1), first)
    is_in_month = 0 < day <= days[0].day
    return () if is_in_month else days


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
