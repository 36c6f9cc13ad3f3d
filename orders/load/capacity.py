"""How many orders the shop and each florist can do in an hour, and the source of that figure (R7, X28)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status

WEEKS = 4
"""How many weeks of finished orders are used."""
FEWEST_HOURS = 10
"""The least number of past hours with orders; with fewer, one bad day would decide."""
HOUR_MINUTES = 60


class Source(StrEnum):
    """Where a figure comes from."""

    RULE = "rule"
    """A director has set it."""
    FLORISTS = "florists"
    """A director has set it for one florist; multiplied by the florists at work."""
    HISTORY = "history"
    """From orders delivered in time in the last weeks."""
    ASSEMBLY = "assembly"
    """From the assembly time of one order in the shop's rules."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A capacity in orders an hour, at least 1."""

    orders: int
    source: Source


@dataclass(frozen=True, slots=True)
class Capacity:
    """What the shop and one florist can do in an hour, and how many florists are at work."""

    shop: Figure
    florist: Figure
    florists: int


@dataclass(frozen=True, slots=True)
class Proven:
    """What past hours show. `kept`: orders in the fullest hour without a late order.

    `missed`: orders in the smallest fuller hour with a late order; None if there was no such hour.
    """

    kept: int
    missed: int | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What the last weeks show for the shop and for single florists; None if there is too little data."""

    shop: Proven | None = None
    florist: Proven | None = None


def hour_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The start of the hour on the shop's clock, as aware UTC."""
    return moment.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)


def capacity_of(rules: ShopRules, past: Past, florists: int) -> Capacity:
    """The shop's rules if set; else an estimate from the last weeks and the florists at work."""
    hands = max(florists, 1)
    by_hand = _by_hand(rules)
    florist = _ruled(rules.florist_per_hour, Source.RULE) or _start(past.florist, by_hand)
    shop = (
        _ruled(rules.orders_per_hour, Source.RULE)
        or _ruled(rules.florist_per_hour and rules.florist_per_hour * hands, Source.FLORISTS)
        or _start(past.shop, by_hand * hands)
    )
    return Capacity(shop, florist, florists)


def past_of(orders: Iterable[Order], zone: ZoneInfo) -> Past:
    """What the finished orders of the last weeks show, by the hour in which their delivery started."""
    done = [one for one in orders if one.status is Status.DONE and one.details.window is not None]
    of_shop: list[tuple[Hashable, bool]] = []
    of_florists: list[tuple[Hashable, bool]] = []
    for order in done:
        window, seller = order.details.window, order.progress.seller
        if window is not None:
            hour, late = hour_of(window.start, zone), _was_late(order)
            of_shop.append((hour, late))
            if seller is not None:
                of_florists.append(((hour, seller.staff_id), late))
    if len({hour for hour, _ in of_shop}) < FEWEST_HOURS:
        return Past()
    return Past(_proven(of_shop), _proven(of_florists))


def _proven(deliveries: Iterable[tuple[Hashable, bool]]) -> Proven | None:
    """`deliveries`: hours, and whether the order was late.

    A late hour no fuller than a kept one is ignored.
    """
    size, late = Counter[Hashable](), set[Hashable]()
    for hour, was_late in deliveries:
        size[hour] += 1
        if was_late:
            late.add(hour)
    if not size:
        return None
    kept = max((count for hour, count in size.items() if hour not in late), default=0)
    missed = min((count for hour, count in size.items() if hour in late and count > kept), default=None)
    return Proven(kept, missed)


def _start(proven: Proven | None, by_hand: int) -> Figure:
    """The estimate from the assembly time, corrected by past hours."""
    if proven is None:
        return Figure(max(by_hand, 1), Source.ASSEMBLY)
    most = max(proven.kept, by_hand)
    if proven.missed is not None:
        most = min(most, proven.missed - 1)
    source = Source.ASSEMBLY if most == by_hand else Source.HISTORY
    return Figure(max(most, 1), source)


def _by_hand(rules: ShopRules) -> int:
    """Orders that one florist assembles in an hour."""
    return max(1, int(HOUR_MINUTES // rules.assemble_minutes)) if rules.assemble_minutes else HOUR_MINUTES


def _ruled(value: int | None, source: Source) -> Figure | None:
    return Figure(value, source) if value else None


def _was_late(order: Order) -> bool:
    """Handed over after its window; not for a pick-up, where the client may come late."""
    window, completion = order.details.window, order.progress.completion
    if window is None or completion is None or order.details.delivery is DeliveryKind.PICKUP:
        return False
    return completion.done.at > window.end
