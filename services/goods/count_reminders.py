"""Reminds those who may count the flowers of it, as often as the rule of the shop says (R83)."""

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
"""After the shop opened: a bot that was started later waits for the next morning."""


class CountReminders:
    """Looks each minute whether a shop has opened whose flowers nobody has counted for long enough."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self.remind()
            await asyncio.sleep(LOOK_SECONDS)

    async def remind(self) -> None:
        """Tell the directors and managers of every shop where it is time."""
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
    """Whether the shop reminds at all, and has opened not long ago."""
    here = now.astimezone(rules.zone)
    opens = datetime.combine(here.date(), rules.opens_at, rules.zone)
    return rules.count_days > 0 and timedelta() <= here - opens < LATEST


def _is_recent(at: datetime, rules: ShopRules, now: datetime) -> bool:
    """Counted by days, so that it does not come later every morning."""
    return (now.astimezone(rules.zone).date() - at.astimezone(rules.zone).date()).days < rules.count_days
