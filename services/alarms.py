"""Deadlines that fall due: one APScheduler job is armed for the earliest row, again after each change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.deadlines import deadlines, step_of
from services import notices
from services.desk import audience_of
from services.pulse import Pulse
from storage import deadlines as rows
from storage import orders as order_rows
from storage import outbox, shops
from storage.database import Database
from storage.errors import StorageError, UnreadableDocument

JOB = "next-deadline"
BATCH = 100
RETRY_SECONDS = 5
HELD_SECONDS = 0.1
"""Before one looks again at what is due and cannot be had: another worker fires it, or the order is held."""

log = structlog.get_logger(__name__)


class Alarms:
    """Wakes people when something is due. Rows are the truth; the scheduler only knows the next moment."""

    def __init__(self, database: Database, pulse: Pulse, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._pulse = pulse
        self._changed = pulse.subscribe()
        self._clock = clock
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._firing = asyncio.Lock()

    async def run(self) -> None:
        """Keep the job armed until cancelled. What fell due while nobody ran fires at once (R16)."""
        self._scheduler.start()
        try:
            while True:
                self._changed.clear()
                try:
                    await self._arm()
                    await self._changed.wait()
                except StorageError:
                    log.exception("alarms_not_armed")
                    await asyncio.sleep(RETRY_SECONDS)
        finally:
            async with self._firing:  # what is being fired is finished first
                self._scheduler.shutdown(wait=False)

    async def _arm(self) -> None:
        async with self._database.read() as c:
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

    async def _fire(self) -> None:
        try:
            async with self._firing, self._database.write() as c:
                now = self._clock()
                found = await rows.claim(c, now, BATCH)
                for due in found:
                    await _raise_alarm_if_readable(c, due, now)
            if not found:
                await asyncio.sleep(HELD_SECONDS)
        except Exception:
            log.exception("alarm_failed")
            await asyncio.sleep(RETRY_SECONDS)
        self._pulse.beat()


async def _raise_alarm_if_readable(c: AsyncConnection, due: rows.Due, now: datetime) -> None:
    """An order that cannot be read has nothing to show: it is passed over, and silences no other."""
    try:
        await _raise_alarm(c, due, now)
    except UnreadableDocument:
        log.exception("alarm_unreadable", order_id=due.order_id, kind=due.kind)


async def _raise_alarm(c: AsyncConnection, due: rows.Due, now: datetime) -> None:
    order = await order_rows.get(c, due.order_id)
    shop = await shops.get(c, order.shop_id) if order else None
    if order is None or shop is None:
        return
    audience = await audience_of(c, order, shop)
    # By now, not by `due_at`: after a while in which nobody ran, the first missed reminder stands for all.
    step = step_of(due.kind, order, shop.rules, now)
    await outbox.put(c, notices.of_deadline(order, due.kind, step, audience, now))
    await rows.rewrite(c, order.id, partial(deadlines, order, shop.rules))
    log.info("alarm_fired", order_id=order.id, kind=due.kind)
