"""Hides shops and opens them again (R8-R10): on request, and automatically at the set time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.shop.closures import ShopView
from orders.access.roles import Act, may
from orders.goods.products import can_change_goods
from orders.model.order import Mark
from orders.model.people import CHIEFS, MARKETPLACE, Actor, mark_of
from orders.model.rules import ShopRules
from orders.shop.closures import Hiding, Spell, ends_at, next_due
from services.goods.goods_desk import may_change, own_only, taken_orders
from services.health.background import repeat
from storage.db import tables
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable
from storage.goods import flowers, pending_pushes, products
from storage.money import money_reports
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import closures
from storage.team import staff

BATCH = 20
REST = 60.0
"""The longest pause in seconds between two checks: clocks may be set."""
SHORTEST_REST = 0.05
SAME = timedelta(minutes=1)
"""Ends this close count as one request: a double tap."""

log = structlog.get_logger(__name__)


MOST_ORDERS = 10
"""Orders in hand that the shop's screen lists."""


@dataclass(frozen=True, slots=True)
class Turned:
    """The result of a request to hide or open: the current hiding, and whether the request changed it."""

    hiding: Hiding | None
    changed: bool


class ShopClosures:
    """Hides and opens shops. Raises Refusal NOT_YOURS for those who may not (R14, X6)."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._woken = database.subscribe(tables.hidings)
        self._clock = clock

    async def hide(self, actor: Actor) -> Turned:
        """Hide the shop until somebody opens it. A hidden shop is not changed (R9)."""
        shop_id, mark = may_change(actor), mark_of(actor, self._clock())
        async with self._database.write() as c:
            changed = await closures.begin(c, shop_id, mark, None, None)
            hiding = await closures.current(c, shop_id)
            if changed and hiding is not None:
                await _tell(c, hiding, NewsKind.SHOP_HIDDEN, mark.at, but=actor, sound=False)
        log.info("shop_hidden", shop_id=shop_id, changed=changed)
        return Turned(hiding, changed)

    async def current(self, shop_id: int) -> Hiding | None:
        """Returns why and until when the shop is hidden; None while it is open."""
        async with self._database.snapshot() as c:
            return await closures.current(c, shop_id)

    async def latest(self, shop_id: int) -> Hiding | None:
        """Returns the last time that the shop was hidden; None if it never was."""
        async with self._database.snapshot() as c:
            return next(iter(await closures.latest(c, shop_id, 1)), None)

    async def overview(self, shop_id: int, viewer: Actor, *, has_marketplace: bool) -> ShopView:
        """Returns the shop's state as this person may see it (R10)."""
        async with self._database.snapshot() as c:
            taken, total = await taken_orders(c, shop_id, self._clock(), own_only(viewer), MOST_ORDERS)
            found = await flowers.all_flowers(c, shop_id)
            return ShopView(
                hiding=next(iter(await closures.latest(c, shop_id, 1)), None),
                products=await products.total(c, shop_id),
                stopped=await products.stopped_count(c, shop_id),
                out=[one.name for one in found if one.is_out],
                behind=await pending_pushes.count(c, shop_id),
                taken=taken,
                taken_total=total,
                may_change=can_change_goods(viewer, shop_id),
                has_marketplace=has_marketplace,
                has_reports=await money_reports.total(c, shop_id) > 0,
                run_by_reader=shop_id if may(viewer, Act.RUN_SHOPS, shop_id) else 0,
            )

    async def set_end(self, actor: Actor, spell: Spell, rules: ShopRules) -> Turned:
        """Set when the hidden shop opens automatically; an open shop stays open."""
        shop_id, now = may_change(actor), self._clock()
        until = ends_at(spell, now, rules)
        async with self._database.write() as c:
            hiding = await closures.current(c, shop_id)
            if hiding is None or _is_same(hiding.until, until):
                return Turned(hiding, changed=False)
            due_at = next_due(until, now, rules, reminded=False)
            await closures.postpone(c, hiding.id, until, due_at)
            hiding = await closures.current(c, shop_id)
        log.info("shop_end_set", shop_id=shop_id, changed=True)
        return Turned(hiding, changed=True)

    async def open(self, actor: Actor) -> Turned:
        """Open the shop. An open shop is not changed (R9)."""
        shop_id, mark = may_change(actor), mark_of(actor, self._clock())
        async with self._database.write() as c:
            hiding = await closures.current(c, shop_id)
            changed = hiding is not None and await closures.end(c, hiding.id, mark)
            if hiding is not None and changed:
                await _tell(c, hiding, NewsKind.SHOP_OPEN, mark.at, but=actor, sound=False)
        log.info("shop_opened", shop_id=shop_id, changed=changed)
        return Turned(hiding, changed)

    async def confirm_app(self, actor: Actor, hiding_id: int) -> Turned:
        """Record that the marketplace's app shows the same: hidden while it is hidden here, else open."""
        shop_id, mark = may_change(actor), mark_of(actor, self._clock())
        async with self._database.write() as c:
            hiding = await closures.get(c, shop_id, hiding_id)
            if hiding is None:
                return Turned(None, changed=False)
            changed = await closures.confirm_app(c, hiding.id, shown=hiding.is_over, mark=mark)
        log.info("shop_app_confirmed", shop_id=shop_id, changed=changed)
        return Turned(hiding, changed)

    async def run(self) -> None:
        """Remind, and open what is due, until cancelled. What the bot missed while down is done at once."""
        await repeat(self._turn, self._woken)

    async def _turn(self) -> float:
        """Do what is due, each shop separately; returns the seconds until the next turn."""
        now = self._clock()
        async with self._database.snapshot() as c:
            found = await closures.due_ids(c, now, BATCH)
        for hiding_id, shop_id in found:
            try:
                await self._do_one(hiding_id, now)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("hiding_set_aside", shop_id=shop_id, hiding=hiding_id)
                await self._set_aside(hiding_id, shop_id, now)
        async with self._database.snapshot() as c:
            due_at = await closures.next_due(c)
        if due_at is None:
            return REST
        return min(REST, max(SHORTEST_REST, (due_at - self._clock()).total_seconds()))

    async def _do_one(self, hiding_id: int, now: datetime) -> None:
        async with self._database.write() as c:
            for hiding in await closures.due(c, now, 1, hiding_id):
                await _do_due(c, hiding, now)

    async def _set_aside(self, hiding_id: int, shop_id: int, now: datetime) -> None:
        """Set aside a hiding that cannot be ended; the chiefs are told to open the shop themselves (X22)."""
        async with self._database.write() as c:
            await closures.set_aside(c, hiding_id)
            chiefs = await staff.of_shop(c, shop_id, CHIEFS)
            await shop_notifications.put(c, to_all(chiefs, NewsKind.NOT_REOPENED, hiding_id, now, sound=True))


async def _do_due(c: AsyncConnection, hiding: Hiding, now: datetime) -> None:
    if hiding.until is not None and hiding.until > now:
        await closures.remind(c, hiding.id, hiding.until)
        await _tell(c, hiding, NewsKind.REOPENS_SOON, now, sound=True)
        return
    await closures.end(c, hiding.id, Mark(now, MARKETPLACE.role))
    await _tell(c, hiding, NewsKind.SHOP_OPEN, now, sound=True)
    log.info("shop_opened_by_itself", shop_id=hiding.shop_id)


async def _tell(
    c: AsyncConnection,
    hiding: Hiding,
    kind: NewsKind,
    now: datetime,
    *,
    sound: bool,
    but: Actor | None = None,
) -> None:
    """Notify the directors and managers, except the person who did it."""
    chiefs = await staff.of_shop(c, hiding.shop_id, CHIEFS)
    others = [one for one in chiefs if but is None or one.staff_id != but.staff_id]
    await shop_notifications.put(c, to_all(others, kind, hiding.id, now, sound=sound))


def _is_same(one: datetime | None, other: datetime | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < SAME
