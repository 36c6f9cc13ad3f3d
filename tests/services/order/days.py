"""Plays a shop's ordinary day by a seeded generator, and compares with the slow model after each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from heapq import heappop, heappush
from random import Random

from sqlalchemy import select

from messages.i18n.texts import Translator
from messages.order.cards import card, group_card
from orders.model.details import Category, DeliveryKind, Line, Window
from orders.model.money import Money
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Refusal
from orders.money.balance import balance, expected_payout, settle
from services.order.desk import Desk
from storage.db.database import Database
from storage.db.tables import deadlines
from storage.order import orders as order_rows
from storage.shop import shops
from tests.builders import COURIER, DIRECTOR, NOON, RULES, SELLER, a_line
from tests.messages.journeys import as_read, whole
from tests.services.order.slow_cards import (
    Expected,
    for_courier,
    for_director,
    for_group,
    for_seller,
    wrong_with,
)
from tests.services.order.slow_deadlines import reminders
from tests.services.order.slow_model import OVER, Page, SlowOrder, minutes
from tests.services.order.stories import GOODS, Step, Story
from tests.services.workplace import Clock, an_incoming

SHOP_RULES = replace(
    RULES,
    commission_percent=Decimal("18.5"),
    commission_by_category=((Category.TEA_COFFEE, Decimal(10)),),
    acquiring_percent=Decimal("2.5"),
    acquiring_fixed=Money(300),
    delivery_fee=Money(40_000),
    early_minutes=15,
    call_delay_seconds=0,
)
_ORDERS = 12
_WAYS = ("own", "own", "courier", "courier", "courier", "outside", "outside", "pick-up")
_RU = Translator("ru")


@dataclass
class Played:
    """An order of the day, in the model and in the database, and its story."""

    paper: SlowOrder
    order_id: int
    story: Iterator[Step]
    steps: int = 0


class Day:
    """Plays one day. `differences` describes where model and product differ."""

    def __init__(self, day: int, desk: Desk, database: Database, clock: Clock) -> None:
        self.day, self._desk, self._database, self._clock = day, desk, database, clock
        self._rng = Random(day)
        self._queue: list[tuple[datetime, int, Step]] = []
        self.orders: list[Played] = []
        self.names: list[str] = []
        self.differences: list[str] = []

    async def play(self) -> None:
        """Play from the first order of the morning until the last one has ended."""
        await self._open()
        morning = self._clock.now
        placed = sorted(morning + minutes(self._rng.randrange(240)) for _ in range(_ORDERS))
        while placed or self._queue:
            if placed and (not self._queue or placed[0] <= self._queue[0][0]):
                self._clock.now = placed.pop(0)
                await self._receive()
            else:
                at, index, step = heappop(self._queue)
                self._clock.now = at
                await self._carry_out(self.orders[index], step)
                self._go_on(index)
        self._clock.turn(1)
        for played in self.orders:
            await self._hold(played, "the end of the day")

    async def _open(self) -> None:
        self._clock.now = NOON - timedelta(hours=3)
        async with self._database.write() as c:
            shop = await shops.get(c, 1)
            assert shop is not None
            await shops.put(c, replace(shop, rules=SHOP_RULES))

    async def _receive(self) -> None:
        rng, now = self._rng, self._clock.now
        way = rng.choice(_WAYS)
        price, tea = 100 * rng.randrange(1500, 9000), 100 * rng.choice([0, 0, 390, 455])
        needs_photo = rng.randrange(5) != 0 or bool(tea)
        fee = rng.choice([None, 35_000, 49_900])
        is_urgent = rng.randrange(4) == 0
        starts = now + minutes(rng.randrange(45, 90) if is_urgent else rng.randrange(120, 360))
        window = Window(starts, starts + minutes(60))
        incoming = an_incoming(
            now,
            lines=_lines(price, tea, needs_photo=needs_photo),
            paid=Money(price),
            delivery_fee=None if fee is None else Money(fee),
            window=window,
            delivery=DeliveryKind.PICKUP if way == "pick-up" else DeliveryKind.COURIER,
        )
        order = (await self._desk.receive(1, incoming)).order
        page = Page("new", now, window.start, window.end, "Лесная 5, кв 12, домофон 12К")
        paper = SlowOrder(incoming.number, now, price, tea, fee, needs_photo, way == "pick-up", page)
        story = Story(Random(rng.random()), paper, order.id, now, way)
        self.orders.append(Played(paper, order.id, story.tell()))
        await self._hold(self.orders[-1], "placed")
        self._go_on(len(self.orders) - 1)

    def _go_on(self, index: int) -> None:
        step = next(self.orders[index].story, None)
        if step is not None:
            heappush(self._queue, (step.at, index, step))

    async def _carry_out(self, played: Played, step: Step) -> None:
        played.steps += 1
        self.names.append(step.name)
        answer = ""
        try:
            await self._desk.do(played.order_id, step.command, step.actor)
        except Refusal as refused:
            answer = refused.reason.value
        if answer != step.refused:
            self._differ(played, step.name, "answer", step.refused or "granted", answer or "granted")
        if step.note is not None:
            step.note()
        await self._hold(played, step.name)

    def _differ(self, played: Played, step: str, what: str, model: object, product: object) -> None:
        where = f"day {self.day}, order {played.paper.number}, step {played.steps} ({step})"
        when = f"{self._clock.now:%H:%M} UTC"
        self.differences.append(f"{where}, {when}: {what}: the model says {model}, the product {product}")

    async def _hold(self, played: Played, step: str) -> None:
        """Compare one stored order with the model."""
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, played.order_id)
            rows = await c.execute(select(deadlines).where(deadlines.c.order_id == played.order_id))
            due = {row.kind: row.due_at for row in rows if row.due_at is not None}
        assert order is not None
        paper = played.paper
        if order.status != paper.status:
            self._differ(played, step, "status", paper.status, order.status.value)
        for what, model, product in (*_sums(order, paper), *_moments(due, reminders(paper))):
            if model != product:
                self._differ(played, step, what, model, product)
        for reader, wrong in _cards(order, paper, self._clock.now):
            if wrong:
                self.differences.append(
                    f"day {self.day}, order {paper.number}, step {played.steps} ({step}), "
                    f"{self._clock.now:%H:%M} UTC: card of {reader}: {wrong}"
                )


def _lines(price: int, tea: int, *, needs_photo: bool) -> tuple[Line, ...]:
    category = Category.FLOWERS_GIFTS if needs_photo else Category.OTHER
    goods = a_line(name=GOODS, paid=Money(price - tea), category=category)
    if not tea:
        return (goods,)
    return (goods, a_line(name="Чай", paid=Money(tea), category=Category.TEA_COFFEE))


def _sums(order: Order, paper: SlowOrder) -> Iterator[tuple[str, object, object]]:
    found, money = balance(order, SHOP_RULES), paper.money()
    product = None
    if found is not None:
        product = {
            "paid": found.paid.minor,
            "refund": found.refund.minor,
            "commission": found.commission.minor,
            "acquiring": found.acquiring.minor,
            "shop": found.to_shop.minor,
        }
    yield "kopecks", money, product
    payout = expected_payout(order, SHOP_RULES)
    expected = None if paper.status == "declined" else money["shop"]
    yield "expected payout", expected, payout.minor if payout else None
    if paper.status not in OVER:
        settlement = settle(order, SHOP_RULES)
        back = (settlement.refund, settlement.kept)
        yield "refund now", paper.refund_of_cancelling(), tuple(one.minor if one else None for one in back)
    closing = order.progress.closing
    if paper.status == "cancelled":
        kept = closing.kept.minor if closing and closing.kept else None
        yield "kept", paper.page.kept, kept


def _moments(due: dict[str, datetime], expected: dict[str, datetime]) -> Iterator[tuple[str, object, object]]:
    for kind in sorted({*due, *expected}):
        yield f"deadline {kind}", _said(expected.get(kind)), _said(due.get(kind))


def _said(at: datetime | None) -> str:
    return "none" if at is None else f"{at:%H:%M}"


def _cards(order: Order, paper: SlowOrder, now: datetime) -> Iterator[tuple[str, str]]:
    wanted: tuple[tuple[str, Actor, Expected], ...] = (
        ("the director", DIRECTOR, for_director(paper, now)),
        ("the seller", SELLER, for_seller(paper, SELLER.name, now)),
        ("the courier", COURIER, for_courier(paper, COURIER.name, now)),
    )
    for reader, viewer, expected in wanted:
        text = as_read(card(order, viewer, SHOP_RULES, now, _RU))
        if not expected.is_all:
            text += "\n" + as_read(whole(order, viewer, SHOP_RULES, now, _RU))
        yield reader, wrong_with(text, expected)
    group = as_read(group_card(order, SHOP_RULES, now, _RU))
    yield "the group", wrong_with(group, for_group(paper, now))
