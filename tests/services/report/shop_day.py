"""Plays a shop's day through the desk, as data for the tests of reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from orders.model.details import Window
from orders.model.money import Money
from orders.model.order import Handover, Order
from orders.model.people import client_of
from orders.model.rules import ShopRules
from orders.money.money_report import Operation, Transaction
from orders.steps import commands as do
from orders.support.compensation import Compensation, Entry, EntryKind
from services.order.desk import Desk
from storage.db.database import Database
from storage.money import transactions
from storage.shop import shops
from storage.support import compensations
from tests.builders import COURIER, DIRECTOR, MANAGER, RULES, SELLER, a_mark
from tests.services.workplace import Clock, an_incoming

DAY = date(2026, 3, 10)
"""A Tuesday, two days after the holiday."""
HOLIDAY = date(2026, 3, 8)
FIRST_NUMBER = 25_836_101
PAID = 520_000
"""Kopecks paid for each order; its fees are 20 % and 2.5 %."""
SHOP_RULES = replace(
    RULES,
    call_delay_seconds=0,
    commission_percent=Decimal(20),
    acquiring_percent=Decimal("2.5"),
    delivery_fee=Money(35_000),
)


@dataclass(frozen=True, slots=True)
class Told:
    """The course of one order. `accepted`: minutes after it was placed.

    `photo`: minutes before the window starts. `late`: minutes after it ends. None: the step does not happen.
    """

    hour: int
    placed: str = "08:00"
    accepted: float | None = 4
    photo: float | None = 90
    liked: bool | None = True
    late: float | None = -20
    ends: str = ""
    """"cancel" or "decline" in place of a delivery."""


BUSY: tuple[Told, ...] = (
    Told(9, "07:05", 3),
    Told(10, "07:20", 2, liked=None),
    Told(10, "07:31", 5),
    Told(10, "07:45", 12),
    Told(11, "08:02", 4, liked=None),
    Told(11, "08:10", 3),
    Told(12, "08:15", 2),
    Told(12, "08:40", 6),
    Told(12, "08:55", 4, late=18),
    Told(12, "09:05", 3, liked=None),
    Told(12, "09:10", 21),
    Told(12, "09:20", 3, photo=20),
    Told(13, "09:45", 4),
    Told(13, "10:00", 3, liked=None),
    Told(13, "10:10", 2, late=4),
    Told(13, "10:20", 5, liked=False),
    Told(15, "11:00", 4),
    Told(15, "11:20", 3, liked=None),
    Told(16, "12:40", 4),
    Told(17, "13:00", 6, late=35),
    Told(18, "14:10", 3),
    Told(18, "14:25", 2, liked=None),
    Told(18, "14:50", 4, ends="cancel"),
    Told(19, "15:10", None, ends="decline"),
)
"""Twenty-four orders that differ in what reports count."""

USUAL: tuple[Told, ...] = tuple(
    Told(hour, accepted=None)
    for hour in (9, 9, 10, 10, 10, 11, 11, 11, 12, 12, 13, 13, 14, 15, 16, 17, 18, 18)
)
_ON_HOLIDAY = {8: 3, 9: 5, 10: 8, 11: 7, 12: 6, 13: 4, 14: 3, 15: 3, 16: 2, 17: 2, 18: 1}


async def open_shop(database: Database, rules: ShopRules = SHOP_RULES, shop_id: int = 1) -> None:
    """Set a shop's rules."""
    async with database.write() as c:
        shop = await shops.get(c, shop_id)
        assert shop is not None
        await shops.put(c, replace(shop, rules=rules))


async def play(desk: Desk, clock: Clock, day: date, told: tuple[Told, ...], first: int) -> list[Order]:
    """Play a day, with numbers from `first` on; leaves the clock in the evening."""
    found = [await _order(desk, clock, day, one, str(first + at)) for at, one in enumerate(told)]
    clock.now = at_clock(day, time(20, 30))
    return found


async def play_holiday(desk: Desk, clock: Clock) -> None:
    """Add the holiday's orders, of which only the hours matter."""
    number = 30_000_000
    for hour, count in _ON_HOLIDAY.items():
        for _ in range(count):
            number += 1
            await _order(desk, clock, HOLIDAY, Told(hour, accepted=None), str(number))


def at_clock(day: date, at: time) -> datetime:
    """A time in the shop's zone."""
    return datetime.combine(day, at, SHOP_RULES.zone)


async def pay_out(database: Database, *numbers: str) -> None:
    """Store the marketplace's transactions of these orders, with fees of 22.5 %."""
    rows = [
        Transaction(f"{number}-{operation}", number, operation, minor)
        for number in numbers
        for operation, minor in (
            (Operation.PAID, PAID),
            (Operation.COMMISSION, -PAID * 20 // 100),
            (Operation.ACQUIRING, -PAID * 25 // 1000),
        )
    ]
    async with database.write() as c:
        await transactions.add(c, 1, rows)


async def claim(database: Database, order: Order, at: datetime) -> None:
    """Store a compensation for this order: costs of 450 roubles, a claim of 400, a gift of 150."""
    mark = a_mark(DIRECTOR, at)
    entries = (
        Entry(EntryKind.COST, mark, "такси", Money(45_000)),
        Entry(EntryKind.ASKED, mark, "такси", Money(40_000)),
        Entry(EntryKind.GIFT, mark, "конфеты", Money(15_000)),
    )
    async with database.write() as c:
        await compensations.put(c, Compensation(0, 1, order.id, at, entries))


async def _order(desk: Desk, clock: Clock, day: date, told: Told, number: str) -> Order:
    placed = at_clock(day, time.fromisoformat(told.placed))
    window = Window(at_clock(day, time(told.hour)), at_clock(day, time(told.hour + 1)))
    clock.now = placed
    incoming = an_incoming(placed, number, window=window, paid=Money(PAID), delivery_fee=Money(35_000))
    order = (await desk.receive(1, incoming)).order
    if told.accepted is not None:
        clock.turn(told.accepted)
        await desk.do(order.id, do.Accept(), MANAGER)
        await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)
    if told.ends:
        end = do.Cancel("передумал") if told.ends == "cancel" else do.Decline("нет пионов")
        return await desk.do(order.id, end, MANAGER)
    if told.accepted is None or told.photo is None:
        return order
    clock.now = max(clock.now, window.start - timedelta(minutes=told.photo))
    await desk.do(order.id, do.AttachPhoto(f"{order.id:064x}", f"{order.id}.jpg"), SELLER)
    if told.liked is not None:
        await desk.do(order.id, do.PhotoShown(f"{order.id:064x}"), client_of(order.id))
        words = "" if told.liked else "Где открытка?"
        await desk.do(order.id, do.Rate(liked=told.liked, complaint=words), client_of(order.id))
    return await _delivered(desk, clock, order, window, told)


async def _delivered(desk: Desk, clock: Clock, order: Order, window: Window, told: Told) -> Order:
    if told.late is None:
        return order
    if told.liked is False:
        await desk.do(order.id, do.AttachPhoto(f"{order.id + 10**6:064x}", f"{order.id}-2.jpg"), SELLER)
    await desk.do(order.id, do.AssignCourier(4, "Пётр"), MANAGER)
    await desk.do(order.id, do.Dispatch(by_self=False, reason="пора ехать"), COURIER)
    clock.now = max(clock.now, window.end + timedelta(minutes=told.late))
    return await desk.do(order.id, do.Complete(Handover.IN_PERSON), COURIER)
