from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules
from storage.db.database import Database
from storage.db.errors import NotLeading
from storage.db.leader import Leader
from storage.order import orders
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from tests.postgres import PostgresServer

Keep = Callable[[Order], Awaitable[Order]]


class Deposed(Leader):
    """A leader that loses the lead after `looks` more checks."""

    def __init__(self, looks: float = 0) -> None:
        self.looks = looks

    async def confirm(self) -> None:
        self.looks -= 1
        if self.looks < 0:
            raise NotLeading("the database")


@asynccontextmanager
async def opened(url: str, leader: Leader | None = None) -> AsyncIterator[Database]:
    database = Database(url, leader)
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture(scope="session")
def used_again(postgres_server: PostgresServer) -> str:
    return postgres_server.new_database()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, used_again: str) -> Iterator[str]:
    """A database for tests of PostgreSQL only."""
    yield used_again
    postgres_server.empty(used_again)


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Runs each storage test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated, empty database."""
    async with opened(database_url) as database:
        yield database


@pytest.fixture
async def sqlite(sqlite_url: str) -> AsyncIterator[Database]:
    async with opened(sqlite_url) as database:
        yield database


@pytest.fixture
async def postgres(postgres_url: str) -> AsyncIterator[Database]:
    async with opened(postgres_url) as database:
        yield database


@pytest.fixture
async def elsewhere(database: Database, database_url: str) -> AsyncIterator[Database]:
    """The same database over separate connections, which see only committed data."""
    async with opened(database_url) as second:
        yield second


@pytest.fixture
async def shop(database: Database) -> Shop:
    """Shop 1, to which the builders' orders belong."""
    async with database.write() as c:
        return await shops.put(c, Shop(0, 4711, "Лепесток", "ru", ShopRules(call_delay_seconds=0)))


@pytest.fixture
async def anna(database: Database, shop: Shop) -> Member:
    async with database.write() as c:
        return await staff.add(c, shop.id, "+79160000010", "Анна", Role.MANAGER)


@pytest.fixture
def keep(database: Database, shop: Shop) -> Keep:
    """Stores an order of the shop and returns it with its id."""

    async def keep_order(order: Order) -> Order:
        async with database.write() as c:
            return await orders.add(c, order)

    return keep_order
