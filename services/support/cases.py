"""The only way to the cases for the marketplace's support; every call checks rights (R49, R92-R94)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from orders.access.roles import Act, may_at_home
from orders.model.order import Order
from orders.model.people import Actor, mark_of
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.shop.rule_book import RULES
from orders.support.cases import (
    LONGEST_WORDS,
    MOST_MATTERS,
    MOST_NOTES,
    Case,
    CaseNote,
    Matter,
    NoteKind,
    by_promise,
    held_until,
    morning,
)
from orders.support.guide import may_tell_support
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.support import cases

log = structlog.get_logger(__name__)


class CaseGone(LookupError):  # noqa: N818 - named after the state it reports
    """The order has no open case (any more), or the case is full."""


class TooSoon(Exception):  # noqa: N818 - named after the state it reports
    """Support was written to recently: another message would move the shop to the end of the queue (R94)."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class Cases:
    """Raises Refusal for those who may not see the order, or may not write to support about it."""

    def __init__(self, database: Database, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock

    async def of_order(self, order_id: int, actor: Actor) -> Case | None:
        """The open case of an order."""
        await self._allowed(order_id, actor)
        async with self._database.snapshot() as c:
            return await cases.open_of_order(c, order_id)

    async def open_ones(self, actor: Actor) -> list[tuple[Case, Order]]:
        """The open cases of the actor's shop that they may read, the oldest promise first (R93)."""
        async with self._database.snapshot() as c:
            found = by_promise(await cases.open_of_shop(c, actor.shop_id or 0))
            orders = {one.id: one for one in await order_rows.load(c, [case.order_id for case in found])}
        with_orders = [(case, orders[case.order_id]) for case in found if case.order_id in orders]
        return [(case, order) for case, order in with_orders if may_tell_support(order, actor)]

    async def all_of_order(self, order_id: int, actor: Actor) -> list[Case]:
        """All cases of an order, closed ones too."""
        await self._allowed(order_id, actor)
        async with self._database.snapshot() as c:
            return await cases.of_order(c, order_id)

    async def closed_ones(self, actor: Actor, limit: int, offset: int) -> list[tuple[Case, Order]]:
        """A page of the closed cases of the actor's shop that they may read, the newest first."""
        only_own = None if may_at_home(actor, Act.SEE_ALL_ORDERS) else actor.staff_id
        async with self._database.snapshot() as c:
            found = await cases.closed_of_shop(c, actor.shop_id or 0, limit, offset, seller_id=only_own)
            orders = {one.id: one for one in await order_rows.load(c, [case.order_id for case in found])}
        with_orders = [(case, orders[case.order_id]) for case in found if case.order_id in orders]
        return [(case, order) for case, order in with_orders if may_tell_support(order, actor)]

    async def past(self, case_id: int, actor: Actor) -> tuple[Case, Order]:
        """A case of the actor's shop by its id, open or closed. Raises CaseGone."""
        async with self._database.snapshot() as c:
            case = await cases.get(c, actor.shop_id or 0, case_id)
        if case is None:
            raise CaseGone(case_id)
        return case, await self._allowed(case.order_id, actor)

    async def raise_matter(
        self, order_id: int, actor: Actor, key: str, title: str, rules: ShopRules, words: str = ""
    ) -> Case:
        """Add a matter for support to the order's case, once per key. Raises CaseGone when it is full."""
        order, now = await self._allowed(order_id, actor), self._clock()
        matter = Matter(key, title, mark_of(actor, now), words)
        async with self._database.write() as c:
            case = await cases.open_of_order(c, order_id, for_update=True)
            if case is None:
                new = Case(0, order.shop_id, order_id, (matter,), (), morning(now, 1, rules))
                return await cases.add(c, new)
            if key in {one.key for one in case.matters}:
                return case
            if len(case.matters) >= MOST_MATTERS:
                raise CaseGone(order_id)
            case = replace(case, matters=(*case.matters, matter))
            await cases.save(c, case)
        return case

    async def sent(self, order_id: int, actor: Actor, words: str, rules: ShopRules) -> Case:
        """Record a message to support, with time and author (R92). Raises TooSoon, CaseGone."""
        await self._allowed(order_id, actor)
        now = self._clock()
        async with self._database.write() as c:
            case = await cases.open_of_order(c, order_id, for_update=True)
            until = held_until(case, now, rules)
            if until is not None:
                raise TooSoon(until)
            case = _noted(case, CaseNote(NoteKind.SENT, mark_of(actor, now), words[:LONGEST_WORDS]))
            await cases.save(c, case)
        log.info("support_told", order_id=order_id, matters=len(case.matters))
        return case

    async def answered(self, order_id: int, actor: Actor, words: str, file_id: str = "") -> Case:
        """Record support's answer: its words, or a picture of them. Raises CaseGone."""
        note = CaseNote(NoteKind.ANSWER, mark_of(actor, self._clock()), words[:LONGEST_WORDS], file_id)
        return await self._change(order_id, actor, lambda case: _noted(case, note))

    async def come_back(self, order_id: int, actor: Actor, days: int, rules: ShopRules) -> Case:
        """Set in how many days the chiefs are reminded of the case, in the morning. Raises CaseGone.

        Accepts any number that the rule allows: a button may be older than a change of the rule.
        """
        rule = RULES["come_back_days"]
        if not rule.least <= days <= rule.most:
            raise CaseGone(order_id)
        at = morning(self._clock(), days, rules)
        return await self._change(order_id, actor, lambda case: replace(case, come_back_at=at))

    async def close(self, order_id: int, actor: Actor, result: str) -> Case:
        """Close the case with this result. Raises CaseGone."""
        note = CaseNote(NoteKind.CLOSED, mark_of(actor, self._clock()), result[:LONGEST_WORDS])
        return await self._change(order_id, actor, lambda case: replace(_noted(case, note), is_over=True))

    async def _change(self, order_id: int, actor: Actor, change: Callable[[Case], Case]) -> Case:
        await self._allowed(order_id, actor)
        async with self._database.write() as c:
            before = await cases.open_of_order(c, order_id, for_update=True)
            if before is None:
                raise CaseGone(order_id)
            after = change(before)
            await cases.save(c, after)
        return after

    async def _allowed(self, order_id: int, actor: Actor) -> Order:
        order = await self._desk.look(order_id, actor)
        if not may_tell_support(order, actor):
            raise Refusal(Reason.NOT_YOURS, order.status)
        return order


def _noted(case: Case | None, note: CaseNote) -> Case:
    if case is None or len(case.notes) >= MOST_NOTES:
        raise CaseGone
    return replace(case, notes=(*case.notes, note))
