"""Runs one goods sync per shop that has a number at the marketplace (X6)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from flowwow.goods.goods_sync import GoodsSync
from storage.db import tables
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.shop import shops

LOOK_SECONDS = 60.0
"""The maximum seconds between two checks for new shops."""

log = structlog.get_logger(__name__)


class GoodsSyncs:
    """Starts a sync for each shop, including shops added later, by their numbers at the marketplace."""

    def __init__(self, make: Callable[[int], GoodsSync], database: Database) -> None:
        self._make = make
        self._database = database
        self._woken = database.subscribe(tables.shops)

    async def run(self) -> None:
        """Work until cancelled."""
        started: set[int] = set()
        async with asyncio.TaskGroup() as group:
            while True:
                self._woken.clear()
                for number in await self._numbers() - started:
                    started.add(number)
                    group.create_task(self._make(number).run())
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_SECONDS):
                        await self._woken.wait()

    async def _numbers(self) -> set[int]:
        try:
            async with self._database.snapshot() as c:
                known = await shops.all_shops(c)
        except StorageError as error:
            log.warning("goods_shops_unknown", why=str(error))
            return set()
        return {shop.marketplace_id for shop in known if shop.marketplace_id is not None}
