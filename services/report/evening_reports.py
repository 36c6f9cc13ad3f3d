"""Puts everybody's report into the outbox, once each evening at the time of the shop's rule (X10)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime

import structlog

from orders.schedule.daily import due_day
from storage.db.database import Database
from storage.sending import evening_reports, shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff

LOOK_SECONDS = 30.0

log = structlog.get_logger(__name__)


class EveningReports:
    """Creates the outbox rows; reports are counted and drawn when they are sent (`Reports.deliver`)."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> int:
        """Put the reports that are due into the outbox; returns the number of shops."""
        now = self._clock()
        async with self._database.snapshot() as c:
            due = [
                (shop, day)
                for shop in await shops.all_shops(c)
                if (day := due_day(shop.rules.report_at, shop.rules.zone, now)) is not None
                and not await evening_reports.is_sent(c, shop.id, day)
            ]
        return sum([await self._put(shop, day, now) for shop, day in due])

    async def _put(self, shop: Shop, day: date, now: datetime) -> bool:
        """The rows and the note that they were created share a transaction: a restart sends nothing twice."""
        async with self._database.write() as c:
            if not await evening_reports.take(c, shop.id, day):
                return False
            people = await staff.of_shop(c, shop.id)
            news = to_all(people, NewsKind.EVENING_REPORT, day.toordinal(), now, sound=False)
            await shop_notifications.put(c, news)
        log.info("evening_reports_due", shop_id=shop.id, people=len(news))
        return True
