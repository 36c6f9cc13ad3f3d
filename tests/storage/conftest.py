from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from orders.order import Order
from orders.people import Role
from orders.rules import ShopRules
from storage import orders, shops, staff
from storage.database import Database
from storage.shops import Shop
from storage.staff import Member

Keep = Callable[[Order], Awaitable[Order]]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file, migrated and empty; each test takes a copy."""
    path = tmp_path_factory.mktemp("migrated") / "orders.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


async def _migrate(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await database.close()


@pytest.fixture
def database_url(tmp_path: Path, migrated: Path) -> str:
    return f"sqlite+aiosqlite:///{shutil.copy(migrated, tmp_path)}"


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def elsewhere(database: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database over connections of its own: it sees only what was committed."""
    second = Database(database_url)
    yield second
    await second.close()


@pytest.fixture
async def shop(database: Database) -> Shop:
    """The shop of the builders' orders, number 1."""
    async with database.write() as c:
        return await shops.put(c, Shop(0, 4711, "Лепесток", "ru", ShopRules()))


@pytest.fixture
async def anna(database: Database, shop: Shop) -> Member:
    async with database.write() as c:
        return await staff.add(c, shop.id, "+79160000010", "Анна", Role.MANAGER)


@pytest.fixture
def keep(database: Database, shop: Shop) -> Keep:
    """Keeps an order of the shop and gives it back with its id."""

    async def keep_order(order: Order) -> Order:
        async with database.write() as c:
            return await orders.add(c, order)

    return keep_order
