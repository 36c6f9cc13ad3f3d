"""Keeps the shops' other data in the backup copy: people, goods, recipes, drafts (X11)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from services.backup.backup_guard import OwnCopy
from services.backup.restore import shop_document
from storage.backup import backed_up_tables
from storage.backup.backed_up_tables import Belonging
from storage.backup.backup_copy import Beside
from storage.backup.copied_tables import digest_of
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.delivery import spare_couriers
from storage.order import orders as order_rows
from storage.shop import shops
from storage.team import staff

EVERY_SECONDS = 60.0
"""At most this many seconds of changes are lost with the machine."""

AT_ONCE = 500
"""Rows compared without a pause, some 20 ms, so that taps are handled in the meantime."""
PAUSE_SECONDS = 0.05

log = structlog.get_logger(__name__)


class Belongings:
    """Compares the database with the copy each minute, and once more at an orderly stop.

    When the copy cannot be written, the health checks tell people.
    """

    def __init__(self, database: Database, own: OwnCopy) -> None:
        self._database = database
        self._own = own
        self._copy = own.copy

    async def run(self) -> None:
        """Copy changes until cancelled."""
        try:
            while True:
                await self._try(PAUSE_SECONDS)
                await asyncio.sleep(EVERY_SECONDS)
        finally:
            await self._try()

    async def keep(self, pause: float = 0) -> bool:
        """Write what has changed since the last copy; returns False where nothing had.

        A database without orders, while the copy has some, is a new machine before its restore: the copy
        stays as it is. `pause` is in seconds. Raises BackupUnavailable, DatabaseUnavailable.
        """
        async with self._database.snapshot() as c:
            has_orders = await order_rows.is_any(c)
        if has_orders:
            await self._own.ensure_writable()
        kept = await self._copy.beside_orders()
        if kept.has_orders and not has_orders:
            return False
        async with self._database.snapshot() as c:
            documents = await _shop_documents(c)
            changed, gone = await _compared(c, kept, pause)
        news = {shop_id: one for shop_id, one in documents.items() if kept.shops.get(shop_id) != one}
        gone_shops = kept.shops.keys() - documents.keys()
        if not (news or changed or gone or gone_shops):
            return False
        await self._copy.keep_beside_orders(news, changed, gone, gone_shops)
        return True

    async def _try(self, pause: float = 0) -> None:
        try:
            if await self.keep(pause):
                log.info("belongings_copied")
        except StorageError as error:
            log.warning("belongings_not_copied", why=str(error))


async def _shop_documents(c: AsyncConnection) -> Mapping[int, dict[str, Any]]:
    return {
        shop.id: shop_document(
            shop, await staff.of_shop(c, shop.id), await spare_couriers.of_shop(c, shop.id)
        )
        for shop in await shops.all_shops(c)
    }


async def _compared(
    c: AsyncConnection, kept: Beside, pause: float
) -> tuple[list[Belonging], set[tuple[str, str]]]:
    """Rows that are missing in the copy or differ there, and keys of rows that only the copy has."""
    changed, gone, seen = [], set(kept.digests), 0
    async for one in backed_up_tables.every(c):
        seen += 1
        if seen % AT_ONCE == 0:
            await asyncio.sleep(pause)
        place = one.table, one.key
        gone.discard(place)
        if kept.digests.get(place) != digest_of(one):
            changed.append(one)
    return changed, gone
