"""Reminds the chiefs each morning of the shop's open cases, until they are closed (R93)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import CHIEFS
from orders.support.cases import morning
from storage.db.database import Database
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shops
from storage.support import cases
from storage.team import staff

LOOK_SECONDS = 30.0

log = structlog.get_logger(__name__)


class Mornings:
    """Puts the reminders into the outbox."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            await self.remind()
            await asyncio.sleep(LOOK_SECONDS)

    async def remind(self) -> int:
        """Put the reminders that are due into the outbox, one per shop; returns the number of shops."""
        now = self._clock()
        async with self._database.snapshot() as c:
            found = await cases.due_shops(c, now)
        for shop_id in found:
            async with self._database.write() as c:
                await _remind(c, shop_id, now)
            log.info("support_reminded", shop_id=shop_id)
        return len(found)


async def _remind(c: AsyncConnection, shop_id: int, now: datetime) -> None:
    shop = await shops.get(c, shop_id)
    if shop is None:
        return
    await cases.remind_again(c, shop_id, now, morning(now, 1, shop.rules))
    chiefs = await staff.of_shop(c, shop_id, CHIEFS)
    await shop_notifications.put(c, to_all(chiefs, NewsKind.SUPPORT_OPEN, 0, now, sound=True))
