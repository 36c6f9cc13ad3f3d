"""Reads a rule's value as a director writes it: «15», «5, 10», «2,5 %», «350 ₽», «09:00», «-» for none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal

from orders.model.money import Money
from orders.parsing.sums import find_sums, read_sum
from orders.shop.rule_book import BadRule, Kind, Rule, RuleFlaw, Value

_NOTHING = re.compile(r"[-\u2010-\u2015\u2212]")
_NUMBER = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,2})?)\s*(?:%|[^\W\d_]{1,10}\.?)?")
_ONE_OF_MANY = r"[0-9]{1,9}(?:\.[0-9]{1,2})?"
_BETWEEN = r"(?:\s?[,;]\s?|\s(?:(?:и|and)\s)?)"
_NUMBERS = re.compile(rf"(?:{_ONE_OF_MANY}{_BETWEEN})*{_ONE_OF_MANY}\s?(?:[^\W\d_]{{1,10}}\.?)?")
_BARE_SUM = re.compile(r"[0-9]{1,3}(?:[ \u00a0]?[0-9]{3})*(?:[.,][0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?")
_SUM_WITH_CODE = re.compile(r"([0-9]{1,9}(?:[.,][0-9]{1,2})?) ([A-Za-z]{3})")
MOST_READY = 6
"""With the buttons to go back these are eight."""
_USUAL: Mapping[Kind, tuple[str, ...]] = {
    Kind.SECONDS: ("0", "15", "30", "60"),
    Kind.MINUTES: ("5", "10", "15", "30", "60", "120"),
    Kind.HOURS: ("4", "24", "48", "72", "168"),
    Kind.DAYS: ("0", "1", "3", "7", "30", "90"),
    Kind.CLOCK: ("07.00", "08.00", "09.00", "10.00"),
}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


def read_value(rule: Rule, words: str) -> Value:
    """Reads a value; the rule book checks its limits. Raises BadRule UNREADABLE when it cannot be read."""
    said = " ".join(words.split())
    if _NOTHING.fullmatch(said):
        return () if rule.kind is Kind.REMINDERS and rule.can_be_unset else None
    if rule.kind is Kind.CHOICE:
        return _chosen(rule, said)
    value = _READ[rule.kind](said)
    if value is None:
        raise BadRule(rule, RuleFlaw.UNREADABLE)
    return value


def ready_values(rule: Rule) -> tuple[str, ...]:
    """The values offered as buttons, as they would be typed; empty if the value has to be typed."""
    if rule.choices:
        return tuple(str(number) for number in range(rule.least, rule.most + 1))
    if rule.kind is Kind.NUMBER and rule.most - rule.least < MOST_READY:
        return tuple(str(number) for number in range(rule.least, rule.most + 1))
    usual = [one for one in _USUAL.get(rule.kind, ()) if rule.kind is Kind.CLOCK or _fits(rule, one)]
    return tuple(usual[:MOST_READY])


def _fits(rule: Rule, value: str) -> bool:
    return rule.least <= int(value) <= rule.most


def _chosen(rule: Rule, said: str) -> str:
    number = _whole(said)
    if number is None:
        raise BadRule(rule, RuleFlaw.UNREADABLE)
    if not rule.least <= number <= rule.most:
        small = number < rule.least
        raise BadRule(
            rule,
            RuleFlaw.TOO_SMALL if small else RuleFlaw.TOO_LARGE,
            rule.least if small else rule.most,
        )
    return rule.choices[number - 1]


def _decimal(said: str) -> Decimal | None:
    match = _NUMBER.fullmatch(said)
    return Decimal(match[1].replace(",", ".")) if match else None


def _float(said: str) -> float | None:
    number = _decimal(said)
    return None if number is None else float(number)


def _whole(said: str) -> int | None:
    number = _decimal(said)
    return None if number is None or number != int(number) else int(number)


def _reminders(said: str) -> tuple[float, ...] | None:
    if not _NUMBERS.fullmatch(said):
        return None
    return tuple(float(one) for one in re.findall(_ONE_OF_MANY, said))


def _days(said: str) -> tuple[float, ...] | None:
    """Whole days only."""
    found = _reminders(said)
    return None if found is None or any(one != int(one) for one in found) else tuple(map(int, found))


def _clock(said: str) -> time | None:
    match = _CLOCK.fullmatch(said)
    return time(int(match[1]), int(match[2])) if match else None


def _sum(said: str) -> Money | None:
    """A sum; an unknown currency is never read as roubles."""
    named = _SUM_WITH_CODE.fullmatch(said)
    if named is not None:
        return Money.parse(named[1].replace(",", "."), named[2].upper())
    alone = next((money for money, *place in find_sums(said) if place == [0, len(said)]), None)
    return alone or (read_sum(said) if _BARE_SUM.fullmatch(said) else None)


_READ: Mapping[Kind, Callable[[str], Value]] = {
    Kind.SECONDS: _float,
    Kind.MINUTES: _float,
    Kind.REMINDERS: _reminders,
    Kind.DAY_LIST: _days,
    Kind.HOURS: _float,
    Kind.DAYS: _whole,
    Kind.NUMBER: _whole,
    Kind.PERCENT: _decimal,
    Kind.SUM: _sum,
    Kind.CLOCK: _clock,
}
