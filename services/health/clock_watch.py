"""Detects jumps of the machine's clock: time sync, a power cut, a laptop that slept.

Waits are computed when they begin, so they are computed again after a jump. Times stored while the clock ran
ahead must not delay what is due now.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.schedule.deadlines import deadlines
from storage.db.database import Database
from storage.order import deadlines as deadline_rows
from storage.order import order_chats
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.shop import shops

LOOK_SECONDS = 5.0
LEAST_JUMP = timedelta(seconds=2)

log = structlog.get_logger(__name__)


class ClockWatch:
    """Compares the clock with the monotonic clock, which cannot be set."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._clock = clock
        self._steady = steady
        self._ahead = timedelta(0)
        """By how much the clock was set back; unknown, and so zero, for jumps before the start."""
        self._must_mend = True
        self._seen = clock(), steady()

    async def run(self) -> None:
        """Watch until cancelled. Raises when stored times cannot be corrected; the caller runs it again."""
        while True:
            await self._mend_notes()
            await asyncio.sleep(LOOK_SECONDS)
            now, steady = self._clock(), self._steady()
            jump = now - self._seen[0] - timedelta(seconds=steady - self._seen[1])
            self._seen = now, steady
            if abs(jump) >= LEAST_JUMP:
                log.warning("clock_jumped", seconds=round(jump.total_seconds()))
                self._must_mend, self._ahead = jump < timedelta(0), -jump
                self._database.wake_all()

    async def _mend_notes(self) -> None:
        if not self._must_mend:
            return
        async with self._database.write() as c:
            await outbox.bring_forward(c, self._clock(), self._ahead)
            await _forget_future(c, self._clock())
        self._must_mend = False


async def _forget_future(c: AsyncConnection, now: datetime) -> None:
    """Treat an alarm that rang in the future as rung now, so that the next one becomes due."""
    orders, unreadable = await order_rows.load_readable(c, await deadline_rows.clamp_fired(c, now))
    known = {shop.id: shop for shop in await shops.all_shops(c)}
    for order_id, why in unreadable.items():
        log.error("deadlines_not_mended", order_id=order_id, why=why)
    for order in orders.values():
        if order.shop_id in known:
            wanted = partial(deadlines, order, known[order.shop_id].rules)
            await deadline_rows.rewrite(c, order.id, wanted)
            await _draw_alarms_anew(c, order.id, now)


async def _draw_alarms_anew(c: AsyncConnection, order_id: int, now: datetime) -> None:
    """Redraw the visible alarms: drawn under the wrong clock, they state a wrong lateness."""
    chats = (await order_chats.by_orders(c, [order_id]))[order_id]
    places = [(Kind.ALARM, chat) for chat in sorted(chats.alarms)]
    places += [(Kind.WAITING, chat) for chat in sorted(chats.waiting)]
    await outbox.put(
        c,
        [
            Outgoing(Channel.TELEGRAM, kind, order_id, Priority.ALARM, now, target=chat)
            for kind, chat in places
        ],
    )
