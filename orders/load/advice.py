"""When the chiefs are advised to take fewer orders for an hour, and for how long to hide the shop (X28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from orders.load.load import Hour, Load
from orders.shop.closures import Spell

PAUSE = timedelta(hours=1)
"""One shop gets no more than one advice within this time."""
SOON = timedelta(hours=4)
"""Advice about an hour that starts later than this comes without a sound."""

_SPELLS = ((1, Spell.HOUR), (2, Spell.TWO_HOURS), (4, Spell.FOUR_HOURS))
_HOLIDAYS = ((2, 14), (3, 8), (9, 1), (12, 31))
"""Month and day of the days on which flower shops have the most orders."""
_BEFORE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Advised:
    """What was said of an hour: when last, how many orders it had then, and whether it was dismissed."""

    hour: datetime
    at: datetime
    orders: int
    dismissed: bool = False


def advice(loads: Iterable[Load], advised: Iterable[Advised], now: datetime) -> Hour | None:
    """The hour to speak of now; None: nothing to say.

    An hour that is full or overfull and has not begun. It is spoken of again only with more orders than at
    the last time, and never once a person has dismissed it. What is overfull comes first, then the earliest.
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
    """For how long to hide the shop so that no more orders come for this hour; None: that would be too long.

    A shop hidden for some hours offers its clients the times after them, so the spell reaches to the hour's
    end.
    """
    return next((spell for hours, spell in _SPELLS if now + timedelta(hours=hours) >= hour.end), None)


def rings(hour: Hour, now: datetime) -> bool:
    """Whether the chiefs hear the advice: only of an hour that is near."""
    return hour.start - now <= SOON


def is_before_holiday(day: date) -> bool:
    """Whether a change of the marketplace's schedule may take effect only on the next day.

    Told by the marketplace of 8 March; taken to hold in the week up to each of the busiest days.
    """
    days = [date(day.year, month, number) for month, number in _HOLIDAYS]
    days.append(_mothers_day(day.year))
    return any(timedelta() <= busiest - day <= _BEFORE for busiest in days)


def _mothers_day(year: int) -> date:
    """In Russia the last Sunday of November."""
    last = date(year, 11, 30)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _is_news(hour: Hour, before: Advised | None) -> bool:
    return before is None or (not before.dismissed and hour.to_do > before.orders)
