"""Two people open the link of one client at the same moment (X7)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import text

from orders.model.people import Role
from orders.model.rules import ShopRules
from services.client.clients import Clients, Opening
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import orders
from storage.sending.outbox import Channel, Kind
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import DIRECTOR, NOON
from tests.postgres import PostgresServer
from tests.sandbox.tools import eventually
from tests.services.workplace import Clock, receive, rows
from tests.storage.conftest import opened

FIRST, SECOND, CHIEF = 501, 502, 503
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def url(postgres_server: PostgresServer) -> Iterator[str]:
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """PostgreSQL: on SQLite writers come one after another."""
    async with opened(url) as database:
        async with database.write() as c:
            shop = await shops.put(c, Shop(0, 4711, "Лепесток", "ru", ShopRules()))
            chief = await staff.add(c, shop.id, "+79160000010", "Ирина", Role.DIRECTOR)
            await staff.connect(c, chief.staff_id, CHIEF, "ru", "")
        yield database


@pytest.mark.requirement("X7")
async def test_of_two_who_open_a_link_at_once_one_is_the_client_and_the_shop_hears_of_the_other(
    database: Database, desk: Desk, clock: Clock
) -> None:
    clients = Clients(database, clock, "secret")
    order = await receive(desk, NOON)
    token = await clients.link(order.id, DIRECTOR)

    async def both_wait() -> bool:
        async with database.snapshot() as c:
            return bool(await c.scalar(text(WAITING)) == 2)

    async with database.write() as c:
        await orders.get(c, order.id, for_update=True)
        opening = [asyncio.create_task(clients.open(token, chat, "ru")) for chat in (FIRST, SECOND)]
        await eventually(both_wait, pause=0.05)
    assert sorted(await asyncio.gather(*opening)) == [Opening.OPENED, Opening.TAKEN]
    owner = FIRST if await opening[0] is Opening.OPENED else SECOND
    left = [(row.kind, row.target) for row in await rows(database, channel=Channel.TELEGRAM)]
    assert (Kind.CLIENT_SECOND, CHIEF) in left
    assert [chat for kind, chat in left if kind is Kind.CLIENT_CARD] == [owner]
