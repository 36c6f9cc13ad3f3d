"""The orders of a rehearsal: an anonymised real day, or an invented 8 March (X29)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import cycle
from zoneinfo import ZoneInfo

from orders.model.details import Details, Line, Person, Window
from orders.model.money import Money
from orders.model.order import Order

FEWEST_ORDERS = 10
"""A day with fewer orders is too small for a rehearsal; the built-in day is used."""
SPREAD_MINUTES = 15
"""An order that is repeated comes at most this long after the real one."""

HOLIDAY = date(2026, 3, 8)
_BY_HOUR = {8: 4, 9: 7, 10: 9, 11: 9, 12: 8, 13: 7, 14: 5, 15: 4, 16: 3, 17: 2, 18: 1, 19: 1}
"""Orders of the built-in day by the hour in which their delivery starts."""
_LEAD_MINUTES = (150, 90, 240, 120)
"""How long before its delivery an order of the built-in day is placed, in rotation."""
_FROM_EVENING = 10
"""Orders for hours before this one are placed the evening before, from 18:00 on."""
_GOODS = (("Тюльпаны 25 шт", 290_000), ("Розы 15 шт", 390_000), ("Букет «Весна»", 450_000))

_CLIENT, _RECIPIENT = Person("Клиент", "+79990000001"), Person("Получатель", "+79990000002")
_ADDRESS = "Учебная улица, 1"


@dataclass(frozen=True, slots=True)
class Planned:
    """An order that will come in during the rehearsal."""

    placed_at: datetime
    details: Details


def built_in_day(zone: ZoneInfo) -> list[Planned]:
    """60 orders of an 8 March, most of them for the late morning."""
    found, lead, goods, evening = [], cycle(_LEAD_MINUTES), cycle(_GOODS), 0
    for hour, count in _BY_HOUR.items():
        start = datetime(HOLIDAY.year, HOLIDAY.month, HOLIDAY.day, hour, tzinfo=zone)
        for number in range(count):
            placed_at = start - timedelta(minutes=next(lead) - 60 * number / count)
            if hour < _FROM_EVENING:
                placed_at = start.replace(hour=18) - timedelta(days=1) + timedelta(minutes=20 * evening)
                evening += 1
            name, paid = next(goods)
            window = Window(start, start + timedelta(hours=1))
            found.append(Planned(placed_at, _made_up((Line(name, paid=Money(paid)),), window=window)))
    return found


def busiest_day(planned: Iterable[Planned], zone: ZoneInfo) -> list[Planned]:
    """The orders of the day with the most deliveries; empty if no day had `FEWEST_ORDERS`."""
    days: defaultdict[date, list[Planned]] = defaultdict(list)
    for one in planned:
        window = one.details.window
        days[(window.start if window else one.placed_at).astimezone(zone).date()].append(one)
    best = max(days.values(), key=len, default=[])
    return sorted(best, key=lambda one: one.placed_at) if len(best) >= FEWEST_ORDERS else []


def planned_of(order: Order) -> Planned:
    """A real order without personal data: products, times, kind of delivery and the sum paid are kept."""
    details = order.details
    lines = tuple(
        Line(line.name, line.count, line.paid, line.category, line.is_addon) for line in details.lines
    )
    made_up = _made_up(lines, window=details.window)
    kept = replace(made_up, delivery=details.delivery, as_soon_as_possible=details.as_soon_as_possible)
    return Planned(order.placed_at, replace(kept, paid=details.paid))


def multiplied(day: Sequence[Planned], times: float, draw: Callable[[], float]) -> list[Planned]:
    """The same day with `times` as many orders, sorted by the time at which they come in.

    `draw` returns random numbers from 0 to 1: whether an order is repeated, and how long after the real one.
    """
    found = []
    for planned in day:
        count = int(times) + (draw() < times % 1)
        found += [
            replace(planned, placed_at=planned.placed_at + timedelta(minutes=SPREAD_MINUTES * draw()))
            for _ in range(count)
        ]
    return sorted(found, key=lambda one: one.placed_at)


def fullest_minutes(planned: Sequence[Planned], minutes: float) -> list[Planned]:
    """The orders of the busiest span of this many minutes; `planned` is sorted by time."""
    span, best = timedelta(minutes=minutes), list[Planned]()
    for first, one in enumerate(planned):
        here = [other for other in planned[first:] if other.placed_at < one.placed_at + span]
        best = max(best, here, key=len)
    return best


def _made_up(lines: tuple[Line, ...], *, window: Window | None) -> Details:
    return Details(lines, window=window, address=_ADDRESS, client=_CLIENT, recipient=_RECIPIENT)
