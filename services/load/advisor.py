"""Advises the chiefs in time to take fewer orders for an hour that is full (X28)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.bell.ringing import NOT_KNOWN, rings_in_private
from orders.load.advice import Advised, advice, rings
from orders.load.load import Hour
from orders.model.people import CHIEFS
from services.load.days import ShopDays
from storage.bell import hearing
from storage.db.database import Database
from storage.load import advice as said
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import closures, shops
from storage.shop.shops import Shop
from storage.team import staff

LOOK_SECONDS = 60.0

log = structlog.get_logger(__name__)


class LoadAdvisor:
    """Checks each minute, in every shop that is not hidden, whether an hour of today or tomorrow is full."""

    def __init__(self, database: Database, days: ShopDays, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._days = days
        self._clock = clock

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Send each shop at most one advice."""
        async with self._database.snapshot() as c:
            found = [shop for shop in await shops.all_shops(c) if await closures.current(c, shop.id) is None]
        for shop in found:
            await self._advise(shop)

    async def _advise(self, shop: Shop) -> None:
        now, today = self._clock(), self._days.today(shop)
        loads = [await self._days.load(shop, day) for day in (today, today + timedelta(days=1))]
        async with self._database.snapshot() as c:
            before = await said.of_shop(c, shop.id)
        hour = advice(loads, before, now)
        if hour is None:
            return
        async with self._database.write() as c:
            await said.note(c, shop.id, Advised(hour.start, now, hour.to_do))
            await shop_notifications.put(c, await _news(c, shop, hour, now))
        log.info("load_advised", shop_id=shop.id, orders=hour.to_do)


async def _news(c: AsyncConnection, shop: Shop, hour: Hour, now: datetime) -> list[News]:
    """News for the chiefs: with sound if the hour is near, but not in a person's quiet hours."""
    heard = (await hearing.of_shop(c, shop.id)).by_staff
    local = now.astimezone(shop.rules.zone).time()
    found = []
    for chief in await staff.of_shop(c, shop.id, CHIEFS):
        if chief.telegram_id is not None:
            own = heard.get(chief.staff_id, NOT_KNOWN)
            sound = rings(hour, now) and rings_in_private(own, local, in_group_too=False, must_ring=False)
            subject = int(hour.start.timestamp())
            found.append(News(shop.id, chief.telegram_id, NewsKind.LOAD_ADVICE, subject, sound, now))
    return found
