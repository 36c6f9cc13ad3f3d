"""When the bot advises the chiefs to take fewer orders for an hour, and how long to hide the shop (X28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from orders.load.load import Hour, Load
from orders.shop.closures import Spell

PAUSE = timedelta(hours=1)
"""A shop gets at most one piece of advice within this time."""
SOON = timedelta(hours=4)
"""Advice about an hour that starts later than this is silent."""

_SPELLS = ((1, Spell.HOUR), (2, Spell.TWO_HOURS), (4, Spell.FOUR_HOURS))
_HOLIDAYS = ((2, 14), (3, 8), (9, 1), (12, 31))
"""Month and day of the days on which flower shops have the most orders."""
_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Advised:
    """The last advice on an hour: when it was given, the orders it had then, and whether it was dismissed."""

    hour: datetime
    at: datetime
    orders: int
    dismissed: bool = False


def advice(loads: Iterable[Load], advised: Iterable[Advised], now: datetime) -> Hour | None:
    """The hour to advise on now; None if there is none.

    Only full or overfull hours that have not begun. An hour is repeated only when it has more orders than
    last time, and never after a person dismissed it. Overfull hours come first, then the earliest.
    """
    said = {one.hour: one for one in advised}
    if any(now - one.at < PAUSE for one in said.values()):
        return None
    full = [
        (hour.to_do <= load.capacity.shop.orders, hour.start, hour)
        for load in loads
        for hour in load.hours
        if hour.start > now
        and hour.to_do >= load.capacity.shop.orders
        and _is_news(hour, said.get(hour.start))
    ]
    return min(full, key=lambda one: one[:2])[2] if full else None


def spell_for(hour: Hour, now: datetime) -> Spell | None:
    """For how long to hide the shop to stop new orders for this hour; None if that would be too long.

    A hidden shop offers its clients the times after the hiding, so it has to last until the end of the hour.
    """
    return next((spell for hours, spell in _SPELLS if now + timedelta(hours=hours) >= hour.end), None)


def rings(hour: Hour, now: datetime) -> bool:
    """Whether the advice makes a sound: only if the hour is near."""
    return hour.start - now <= SOON


def is_before_holiday(day: date) -> bool:
    """Whether a change of the marketplace's schedule may take effect only on the next day.

    The marketplace says so about 8 March; here it applies to the week before each of the busiest days.
    """
    days = [date(day.year, month, number) for month, number in _HOLIDAYS]
    days.append(_mothers_day(day.year))
    return any(timedelta() <= busiest - day <= _BEFORE for busiest in days)


def _mothers_day(year: int) -> date:
    """Mother's day in Russia: the last Sunday of November."""
    last = date(year, 11, 30)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _is_news(hour: Hour, before: Advised | None) -> bool:
    return before is None or (not before.dismissed and hour.to_do > before.orders)
