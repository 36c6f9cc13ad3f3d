"""Fires deadlines: one APScheduler job is armed for the earliest row, again after each change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.schedule.deadlines import deadlines, step_of
from orders.schedule.reminders import FOR_ACCEPTANCE
from services.health.set_aside import Part, tell_directors
from services.health.troubles import TroubleKind, Troubles
from services.order import recipients
from services.order.desk import audiences_of
from storage.db import tables
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable
from storage.order import deadlines as rows
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.sending.outbox import Outgoing
from storage.shop import shop_with_staff
from storage.shop.shop_with_staff import ShopWithStaff

JOB = "next-deadline"
BATCH = 100
GATHERING = 0.05
"""Seconds during which further changes are collected."""
HELD_SECONDS = 0.1
"""Retry delay in seconds for a due row that could not be claimed, because its order is locked."""

log = structlog.get_logger(__name__)


class Alarms:
    """Fires what is due. The rows are authoritative; the scheduler only knows the next time."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        troubles: Troubles | None = None,
    ) -> None:
        self._database = database
        self._changed = database.subscribe(tables.deadlines)
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._firing = asyncio.Lock()
        self._failure: Exception | None = None
        self._troubles = troubles or Troubles(clock)

    async def run(self) -> None:
        """Keep the job armed until cancelled. What fell due while the bot was down fires at once (R16).

        Raises the error that prevented arming or firing; the caller runs it again.
        """
        scheduler = self._scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.start()
        self._failure = None
        try:
            while True:
                self._changed.clear()
                await self._arm()
                await self._changed.wait()
                if self._failure is not None:
                    raise self._failure
                await asyncio.sleep(GATHERING)
        finally:
            async with self._firing:  # wait for the transaction that is firing
                scheduler.shutdown(wait=False)

    async def _arm(self) -> None:
        async with self._database.read_one() as c:
            due_at = await rows.earliest(c)
        if due_at is None:
            return
        self._scheduler.add_job(
            self._fire,
            DateTrigger(max(due_at, self._clock())),
            id=JOB,
            replace_existing=True,
            misfire_grace_time=None,
        )

    async def fire_due(self) -> int:
        """Fire all that is due now; returns how many the last transaction fired."""
        fired = await self._fire_some()
        while fired == BATCH:
            fired = await self._fire_some()
        return fired

    async def _fire(self) -> None:
        try:
            if not await self.fire_due():
                await asyncio.sleep(HELD_SECONDS)
        except Exception as error:  # noqa: BLE001 - `run` raises it
            self._failure = error
        self._changed.set()  # arm for the next deadline

    async def _fire_some(self) -> int:
        """Fire a batch in one transaction, to wait for the disk once; returns its size."""
        async with self._firing:
            try:
                async with self._database.write() as c:
                    now = self._clock()
                    found = await rows.claim(c, now, BATCH)
                    heard = await _raise_alarms(c, found, now)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("alarms_fired_one_by_one")
                return await self._fire_one_by_one()
        self._say_who_hears(heard)
        return len(found)

    async def _fire_one_by_one(self) -> int:
        """Fire one by one after a failed batch: a broken one is set aside, the others still ring (X22)."""
        now, heard = self._clock(), list[bool]()
        async with self._database.snapshot() as c:
            keys = await rows.due_keys(c, now, BATCH)
        for order_id, kind in keys:
            try:
                async with self._database.write() as c:
                    heard += await _raise_alarms(c, await rows.claim_one(c, order_id, kind, now), now)
            except DatabaseUnavailable:
                raise
            except Exception:
                log.exception("alarm_set_aside", order_id=order_id, kind=kind)
                async with self._database.write() as c:
                    await rows.set_aside(c, order_id, kind, now)
                    await tell_directors(c, order_id, Part.ALARM, now)
        self._say_who_hears(heard)
        return len(keys)

    def _say_who_hears(self, heard: Sequence[bool]) -> None:
        """Report a trouble when a reminder to accept an order has nobody to ring for (X13)."""
        if not all(heard):
            self._troubles.report(TroubleKind.NOBODY, "a reminder to accept an order reaches nobody")
        elif heard:
            self._troubles.over(TroubleKind.NOBODY)


async def _raise_alarms(c: AsyncConnection, found: Sequence[rows.Due], now: datetime) -> list[bool]:
    """Put the alarms into the outbox; returns for each reminder to accept whether it rings for anybody.

    An unreadable order cannot be shown: it is skipped and reported to the directors.
    """
    orders, unreadable = await order_rows.load_readable(c, {due.order_id for due in found})
    for due in found:
        if due.order_id in unreadable:
            log.error("alarm_unreadable", order_id=due.order_id, kind=due.kind, why=unreadable[due.order_id])
            await tell_directors(c, due.order_id, Part.ALARM, now)
    heard: list[bool] = []
    for shop_id in {order.shop_id for order in orders.values()}:
        of_shop = [due for due in found if due.order_id in orders and orders[due.order_id].shop_id == shop_id]
        crew = await shop_with_staff.of_shop(c, shop_id)
        if crew is not None:
            heard += await _raise_alarms_of(c, crew, orders, of_shop, now)
    return heard


async def _raise_alarms_of(
    c: AsyncConnection,
    crew: ShopWithStaff,
    orders: Mapping[int, Order],
    found: Sequence[rows.Due],
    now: datetime,
) -> list[bool]:
    audiences = await audiences_of(c, crew, {due.order_id for due in found})
    outgoing: list[Outgoing] = []
    heard: list[bool] = []
    for due in found:
        order = orders[due.order_id]
        # Counted by now, not by `due_at`: after a downtime one reminder stands for all missed ones.
        step = step_of(due.kind, order, crew.shop.rules, now)
        outgoing += recipients.of_deadline(order, due.kind, step, audiences[order.id], now)
        if due.kind in FOR_ACCEPTANCE:
            heard.append(recipients.reaches_anybody(order, due.kind, step, audiences[order.id]))
        log.info("alarm_fired", order_id=order.id, kind=due.kind)
    await outbox.put(c, outgoing)
    await rows.rewrite_all(
        c, {order_id: partial(deadlines, orders[order_id], crew.shop.rules) for order_id in audiences}
    )
    return heard
