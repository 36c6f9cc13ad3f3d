"""Reminds the chiefs to count the flowers, as often as the shop's rule says (R83)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from orders.model.people import CHIEFS
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.goods import flowers
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shop_log, shops
from storage.shop.shop_log import NoteKind
from storage.shop.shops import Shop
from storage.team import staff

LOOK_SECONDS = 60.0
LATEST = timedelta(hours=6)
"""After the shop opened: a bot that starts later waits for the next morning."""


class CountReminders:
    """Checks each minute for shops that have opened and whose last count is too old."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Check until cancelled."""
        while True:
            await self.remind()
            await asyncio.sleep(LOOK_SECONDS)

    async def remind(self) -> None:
        """Notify the chiefs of every shop where a reminder is due."""
        now = self._clock()
        async with self._database.snapshot() as c:
            due = [shop for shop in await shops.all_shops(c) if await self._is_due(shop, now)]
        for shop in due:
            await self._tell(shop, now)

    async def _is_due(self, shop: Shop, now: datetime) -> bool:
        if not is_time(shop.rules, now):
            return False
        async with self._database.snapshot() as c:
            known = await flowers.all_flowers(c, shop.id)
            marks = [one.counted.at for one in known if one.counted is not None]
            told_at = await shop_log.last_at(c, shop.id, NoteKind.COUNT)
        done = [*marks, *([told_at] if told_at is not None else [])]
        return bool(known) and not any(_is_recent(at, shop.rules, now) for at in done)

    async def _tell(self, shop: Shop, now: datetime) -> None:
        async with self._database.write() as c:
            note = await shop_log.add(c, shop.id, NoteKind.COUNT, now, {})
            people = await staff.of_shop(c, shop.id, CHIEFS)
            await shop_notifications.put(c, to_all(people, NewsKind.COUNT_FLOWERS, note, now, sound=False))


def is_time(rules: ShopRules, now: datetime) -> bool:
    """Whether the shop wants reminders and opened less than `LATEST` ago."""
    here = now.astimezone(rules.zone)
    opens = datetime.combine(here.date(), rules.opens_at, rules.zone)
    return rules.count_days > 0 and timedelta() <= here - opens < LATEST


def _is_recent(at: datetime, rules: ShopRules, now: datetime) -> bool:
    """Compares dates, so that the reminder does not drift to a later time each morning."""
    return (now.astimezone(rules.zone).date() - at.astimezone(rules.zone).date()).days < rules.count_days
