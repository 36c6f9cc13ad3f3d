"""Requests to read the marketplace's goods, and what people are notified of about goods."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import CHIEFS
from storage.db.database import Database
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.team import staff


class GoodsNews:
    """Connects people with the jobs that call the marketplace."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._wishes: dict[int, set[int]] = {}
        self._wished: list[asyncio.Event] = []

    def wake_at_wishes(self, woken: asyncio.Event) -> None:
        """Set this event at each request to read: requests are not stored in a table."""
        self._wished.append(woken)

    def wish_to_read(self, shop_id: int, staff_id: int) -> None:
        """Request that the shop's goods are read from the marketplace now."""
        self._wishes.setdefault(shop_id, set()).add(staff_id)
        for woken in self._wished:
            woken.set()

    def take_wishes(self, shop_id: int) -> frozenset[int]:
        """Returns and clears who has requested it; the first poll after a restart fulfils lost requests."""
        return frozenset(self._wishes.pop(shop_id, ()))

    async def tell(self, shop_id: int, kind: NewsKind, staff_ids: Collection[int]) -> None:
        """Notify these people, silently: they asked for it."""
        if not staff_ids:
            return
        async with self._database.write() as c:
            await _put(c, shop_id, kind, staff_ids, self._clock(), sound=False)

    async def put_refused(
        self, c: AsyncConnection, shop_id: int, staff_id: int | None, now: datetime
    ) -> None:
        """Notify of a change that the marketplace refused: the person who made it, or else the chiefs."""
        await _put(c, shop_id, NewsKind.GOODS_REFUSED, _known(staff_id), now, sound=True)

    async def put_waiting(
        self, c: AsyncConnection, shop_id: int, staff_ids: Collection[int | None], now: datetime
    ) -> None:
        """Notify that the marketplace is unreachable for a while, and that retries go on."""
        whose = {staff_id for staff_id in staff_ids if staff_id is not None}
        await _put(c, shop_id, NewsKind.GOODS_WAIT, whose, now, sound=False)


def _known(staff_id: int | None) -> set[int]:
    return set() if staff_id is None else {staff_id}


async def _put(
    c: AsyncConnection, shop_id: int, kind: NewsKind, whose: Collection[int], now: datetime, *, sound: bool
) -> None:
    chiefs = [member for member in await staff.of_shop(c, shop_id) if member.role in CHIEFS]
    asked = [member for member in chiefs if member.staff_id in whose] or chiefs
    await shop_notifications.put(c, to_all(asked, kind, 0, now, sound=sound))
