from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from benchmarks.shop import database_of
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop


@pytest.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Database]:
    """A database at the path that benchmarks use."""
    database = database_of(tmp_path)
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture
async def shop(sqlite: Database) -> Shop:
    async with sqlite.write() as c:
        return await shops.put(c, Shop(0, None, "Лепесток", "ru", ShopRules()))
