"""Reads what staff want to ask the client: another time, other goods, a sum (R59, R66, R70)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from orders.model.details import Window
from orders.model.money import Money
from orders.parsing.sums import find_sums, read_sum
from orders.parsing.times import read_when

_SHIFT = re.compile(
    r"(?P<half>полчаса|half an hour)|(?P<amount>[0-9]{1,3})?\s*(?P<unit>мин|min|час|ч\b|hour|h\b|an hour)",
    re.IGNORECASE,
)
_LATER = re.compile(r"поз(?:же|днее)|later", re.IGNORECASE)
_EARLIER = re.compile(r"раньше|earlier", re.IGNORECASE)
_LESS = re.compile(
    r"(?:[-\u2212\u2010-\u2015]|минус|дешевле(?:\s+на)?|верн\w*|возврат\w*|скидк\w*|less|minus|refund)\s*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?:\+|плюс|(?:с\s+)?доплат\w*|дороже(?:\s+на)?|разниц\w*|plus|more|surcharge)\s*:?\s*$", re.IGNORECASE
)
_DIFFERENCE = re.compile(
    r"(?:\+|[-\u2212\u2013]|плюс|минус|доплат\w*|дороже(?:\s+на)?|дешевле(?:\s+на)?|верн\w*|возврат\w*|скидк\w*|разниц\w*|plus|minus|more"
    r"|surcharge|refund|less)\s*:?\s*(?P<sum>[0-9]{1,3}(?:[ \u00a0][0-9]{3})+|[0-9]{2,6})(?![0-9-])(?!\s*(?:шт|см|роз|%))",
    re.IGNORECASE,
)
_STRAY_SUM = re.compile(
    r"(?:^|[\s,;:=-])(?:за\s+|по\s+)?(?:[1-9][0-9]{2,5}|[1-9][0-9]{0,2} [0-9]{3})[\s.]*$", re.IGNORECASE
)
_EVEN = re.compile(r"[\s,;.]*(?:без\s+(?:доплат\w*|разниц\w*)|no surcharge|same price)[\s.]*$", re.IGNORECASE)
_FOR = re.compile(r"^(?:за|for)(?:\s+|$)", re.IGNORECASE)
_EDGES = " \t\n,;:.()+-\u2212\u2010\u2011\u2012\u2013\u2014\u2015"


def read_window(words: str, now: datetime, before: Window | None) -> Window | None:
    """The window that the words name; «на час позже» shifts the previous one.

    `now` is aware and in the shop's zone. Without a day the previous window's day is used. None: unclear.
    """
    shift = _read_shift(words)
    if shift is not None:
        return Window(before.start + shift, before.end + shift) if before else None
    day = before.start.astimezone(now.tzinfo).date() if before else None
    return read_when(words, now, is_answer=True).window(now, day)


def _read_shift(words: str) -> timedelta | None:
    sign = 1 if _LATER.search(words) else -1 if _EARLIER.search(words) else 0
    found = _SHIFT.search(words)
    if not sign or found is None:
        return None
    if found["half"]:
        return timedelta(minutes=30) * sign
    amount = int(found["amount"] or 1)
    in_minutes = found["unit"].casefold() in {"мин", "min"}
    return timedelta(minutes=amount if in_minutes else amount * 60) * sign


def read_substitute(words: str) -> tuple[str, Money | None]:
    """The goods, and the extra payment: «Розы 15 шт, +300 ₽». A refund, «минус 200 ₽», is negative."""
    sums = find_sums(words) or _differences(words)
    if not sums:
        return _EVEN.sub("", words).strip(_EDGES), None
    money, start, end = sums[-1]
    before, after = words[:start].rstrip(), words[end:]
    less = _LESS.search(before) or re.match(r"\s*(?:дешевле|less)", after, re.IGNORECASE)
    name = _MORE.sub("", _LESS.sub("", before)).strip(_EDGES)
    return name, Money(-money.minor, money.currency) if less else money


def has_stray_sum(words: str) -> bool:
    """Whether a number at the end may be a price or a difference: «Тюльпаны 25 шт, 5200»."""
    return _STRAY_SUM.search(words) is not None


def _differences(words: str) -> list[tuple[Money, int, int]]:
    """A difference without a currency: «+300», «доплата 300», «дешевле на 200»; «, 5200» is not one."""
    match = _DIFFERENCE.search(words)
    money = read_sum(match["sum"]) if match else None
    return [(money, match.start("sum"), match.end("sum"))] if match and money else []


def read_surcharge(words: str) -> tuple[Money | None, str]:
    """The sum, and its reason as the client reads it: «500 ₽ за срочную доставку»."""
    sums = find_sums(words)
    if sums:
        money, start, end = sums[-1]
        rest = f"{words[:start]} {words[end:]}"
        return money, _what_for(rest)
    money_alone = read_sum(words)
    return money_alone, _what_for(re.sub(r"[0-9][0-9\s.,]*", " ", words, count=1))


def _what_for(rest: str) -> str:
    """The reason; empty if only «за» is left."""
    reason = rest.strip(_EDGES)
    return reason if _FOR.sub("", reason).strip(_EDGES) else ""
