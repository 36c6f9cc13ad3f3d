"""Sends the chiefs each evening what to buy for the orders of today and tomorrow (X27)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from orders.model.people import CHIEFS
from orders.schedule.daily import is_due
from services.load.days import ShopDays
from storage.db.database import Database
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shop_log, shops
from storage.shop.shop_log import NoteKind
from storage.shop.shops import Shop
from storage.team import staff

LOOK_SECONDS = 60.0

log = structlog.get_logger(__name__)


class ShoppingLists:
    """Checks each minute in which shops the list is due."""

    def __init__(self, database: Database, days: ShopDays, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._days = days
        self._clock = clock

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            await self.send()
            await asyncio.sleep(LOOK_SECONDS)

    async def send(self) -> None:
        """Put the lists that are due into the outbox, without sound; an empty list is not sent."""
        now = self._clock()
        async with self._database.snapshot() as c:
            due = [
                shop
                for shop in await shops.all_shops(c)
                if is_due(
                    shop.rules.shopping_at,
                    shop.rules.zone,
                    await shop_log.last_at(c, shop.id, NoteKind.SHOPPING),
                    now,
                )
            ]
        for shop in due:
            needed = await self._days.shopping(shop)
            if needed.to_buy or needed.without_recipe:
                await self._tell(shop, now)

    async def _tell(self, shop: Shop, now: datetime) -> None:
        async with self._database.write() as c:
            note = await shop_log.add(c, shop.id, NoteKind.SHOPPING, now, {})
            chiefs = await staff.of_shop(c, shop.id, CHIEFS)
            await shop_notifications.put(c, to_all(chiefs, NewsKind.SHOPPING, note, now, sound=False))
        log.info("shopping_list_sent", shop_id=shop.id)
