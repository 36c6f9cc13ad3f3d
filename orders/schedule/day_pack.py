"""The pack for the day: which orders are in it, in which part, and in which order (X9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from orders.model.order import Carrier, CarrierKind, Order
from orders.model.rules import ShopRules
from orders.schedule import daily

TROUBLED = timedelta(minutes=5)
"""How long the marketplace or Telegram must have been in trouble before a pack is sent."""
NOT_AGAIN = timedelta(minutes=30)
"""Minimum time between packs when a trouble comes and goes."""


@dataclass(frozen=True, slots=True)
class DayPack:
    """The open orders, each once, sorted by delivery time."""

    earlier: tuple[Order, ...]
    """Orders of earlier days that are not finished."""
    of_today: tuple[Order, ...]
    of_tomorrow: tuple[Order, ...]
    untimed: tuple[Order, ...]
    """Orders without a delivery time."""

    @property
    def orders(self) -> tuple[Order, ...]:
        return (*self.earlier, *self.of_today, *self.untimed, *self.of_tomorrow)

    def changed(self, change: Callable[[Order], Order]) -> DayPack:
        """The pack with `change` applied to each order."""
        parts = (self.earlier, self.of_today, self.of_tomorrow, self.untimed)
        return DayPack(*(tuple(map(change, part)) for part in parts))


@dataclass(frozen=True, slots=True)
class Route:
    """The deliveries of one courier, by time."""

    carrier: Carrier
    orders: tuple[Order, ...]


def day_pack(orders: Iterable[Order], rules: ShopRules, now: datetime) -> DayPack:
    """Sorts open orders into the parts of the pack; later orders and trial orders are left out."""
    today = now.astimezone(rules.zone).date()
    parts: dict[int | None, list[Order]] = {-1: [], 0: [], 1: [], None: []}
    for order in orders:
        window = order.details.window
        if order.is_final or order.is_trial:
            continue
        days = (window.start.astimezone(rules.zone).date() - today).days if window else None
        part = -1 if days is not None and days < 0 else days
        if part in parts:
            parts[part].append(order)
    return DayPack(*(tuple(sorted(parts[part], key=_by_hour)) for part in (-1, 0, 1, None)))


def routes(pack: DayPack) -> list[Route]:
    """A route for each member of staff who delivers today; third parties have their own lists."""
    of_carrier: dict[int | None, tuple[Carrier, list[Order]]] = {}
    for order in (*pack.earlier, *pack.of_today, *pack.untimed):
        carrier = order.progress.carrier
        if carrier is not None and carrier.kind is not CarrierKind.THIRD_PARTY:
            of_carrier.setdefault(carrier.staff_id, (carrier, []))[1].append(order)
    found = [Route(carrier, tuple(theirs)) for carrier, theirs in of_carrier.values()]
    return sorted(found, key=lambda route: route.carrier.name)


def is_due(last: datetime | None, rules: ShopRules, now: datetime, trouble: datetime | None) -> bool:
    """Whether the bot should send a person a pack now; `last` is when they got one.

    Each morning at the time in the shop's rules; and when the marketplace or Telegram has been in trouble
    since `trouble` for some minutes, while messages still get through.
    """
    if daily.is_due(rules.pack_at, rules.zone, last, now):
        return True
    if trouble is None or now - trouble < TROUBLED:
        return False
    return last is None or (last < trouble and now - last >= NOT_AGAIN)


def _by_hour(order: Order) -> tuple[bool, datetime, str]:
    window = order.details.window
    return window is None, window.start if window else order.placed_at, order.number
