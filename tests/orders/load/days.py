"""Orders of one day for the tests of load and plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from orders.load.capacity import Capacity, Figure, Source
from orders.load.load import Florist
from orders.model.details import Window
from orders.model.order import Completion, Handover, Order, Seller
from orders.model.rules import ShopRules
from orders.model.status import Status
from tests.builders import a_mark, an_order, minutes

MOSCOW = ZoneInfo("Europe/Moscow")
RULES = ShopRules()
OLYA, VERA, LENA = Florist(3, "Оля"), Florist(5, "Вера"), Florist(6, "Лена")


def at(hour: int, minute: int = 0, day: int = 8) -> datetime:
    """A time in March 2026 in the shop's zone."""
    return datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


def order_at(start: datetime | None, seller: Florist | None = None, **changes: object) -> Order:
    """An accepted order whose delivery window starts at `start`."""
    window = Window(start, start + minutes(60)) if start else None
    order = an_order(window=window, **{"status": Status.ACCEPTED, **changes})
    given = Seller(seller.staff_id, seller.name) if seller else None
    return replace(order, progress=replace(order.progress, seller=given))


def done_at(start: datetime, handed_over: datetime, seller: Florist | None = None) -> Order:
    """A done order, with the start of its window and the time of its hand-over."""
    order = order_at(start, seller)
    completion = Completion(Handover.IN_PERSON, "", "", a_mark(at=handed_over))
    return replace(order, progress=replace(order.progress, status=Status.DONE, completion=completion))


def a_capacity(shop: int = 6, florist: int = 3, florists: int = 2) -> Capacity:
    return Capacity(Figure(shop, Source.RULE), Figure(florist, Source.RULE), florists)
