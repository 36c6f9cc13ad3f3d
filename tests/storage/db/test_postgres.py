"""What is so on PostgreSQL alone: writers work side by side, and the server may go away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from orders.schedule.deadlines import Deadline, DeadlineKind
from storage.db import database as module
from storage.db import engines
from storage.db.database import BUSY_SECONDS, Database
from storage.db.errors import DatabaseUnavailable
from storage.db.tables import webhook_events
from storage.order import deadlines, orders
from storage.order.deadlines import Due
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from tests.builders import NOON, an_order
from tests.deadline_rows import want
from tests.postgres import CUT_OFF_OTHERS
from tests.storage.conftest import Keep, opened

NOWHERE = "postgresql+asyncpg://florist:geheim@/orders?host=/nowhere"


@pytest.fixture
def database(postgres: Database) -> Database:
    """For `keep` and the shop."""
    return postgres


@pytest.fixture
async def elsewhere_too(postgres_url: str) -> AsyncIterator[Database]:
    async with opened(postgres_url) as second:
        yield second


async def run(database: Database, statement: str) -> None:
    async with database.write() as c:
        await c.execute(text(statement))


async def test_a_row_that_is_held_too_long_is_given_up(
    keep: Keep, postgres: Database, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow_to_connect(url: str, **settings: Any) -> AsyncEngine:  # noqa: ANN401 - whatever else an engine takes
        settings["connect_args"] |= {"timeout": BUSY_SECONDS}
        return create_async_engine(url, **settings)

    monkeypatch.setattr(module, "BUSY_SECONDS", 0.1)
    monkeypatch.setattr(engines, "create_async_engine", slow_to_connect)
    order = await keep(an_order())
    async with postgres.write() as c, opened(postgres_url) as impatient:
        await orders.get(c, order.id, for_update=True)
        with pytest.raises(DatabaseUnavailable, match="lock timeout"):
            await run(impatient, "UPDATE orders SET hidden = true")


async def test_a_held_order_can_be_read_and_referred_to(
    keep: Keep, postgres: Database, elsewhere_too: Database
) -> None:
    order = await keep(an_order())
    async with postgres.write() as c:
        await orders.get(c, order.id, for_update=True)
        async with elsewhere_too.write() as other:
            assert await orders.get(other, order.id) == order
            await want(other, order.id, Deadline(DeadlineKind.ACCEPT_SOON, NOON))


async def claim(c: AsyncConnection) -> list[int]:
    return [row.version for row in await outbox.claim(c, Channel.TELEGRAM, NOON, 10)]


async def test_a_row_that_is_just_being_changed_leaves_after_the_change(
    keep: Keep, postgres: Database, elsewhere_too: Database
) -> None:
    order = await keep(an_order())
    card = Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, version=1)
    async with postgres.write() as c:
        await outbox.put(c, [card])
    async with postgres.write() as c:
        await outbox.put(c, [replace(card, version=2)])
        async with elsewhere_too.write() as other:
            assert await claim(other) == []
    async with elsewhere_too.write() as other:
        assert await claim(other) == [2]


async def test_a_change_that_meets_a_claim_puts_a_row_of_its_own(
    keep: Keep, postgres: Database, elsewhere_too: Database
) -> None:
    order = await keep(an_order())
    card = Outgoing(Channel.TELEGRAM, Kind.CARD, order.id, Priority.CARD, NOON, version=1)

    async def change() -> None:
        async with elsewhere_too.write() as other:
            await outbox.put(other, [replace(card, version=2)])

    async with postgres.write() as c:
        await outbox.put(c, [card])
    async with postgres.write() as c:
        assert await claim(c) == [1]
        changing = asyncio.create_task(change())
        await asyncio.sleep(0.1)
        assert not changing.done()
    await changing
    async with postgres.write() as c:
        assert await claim(c) == [2]


async def test_a_deadline_of_an_order_that_is_just_being_changed_waits(
    keep: Keep, postgres: Database, elsewhere_too: Database
) -> None:
    order = await keep(an_order())
    async with postgres.write() as c:
        await want(c, order.id, Deadline(DeadlineKind.ACCEPT_SOON, NOON))
    async with postgres.write() as c:
        await orders.get(c, order.id, for_update=True)
        async with elsewhere_too.write() as other:
            assert await deadlines.claim(other, NOON, 10) == []
    async with elsewhere_too.write() as other:
        assert await deadlines.claim(other, NOON, 10) == [Due(order.id, DeadlineKind.ACCEPT_SOON, NOON)]


async def test_a_server_that_does_not_answer_is_unavailable(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "ANSWER_SECONDS", 1.0)
    async with opened(postgres_url) as database:
        await database.ping()
        with pytest.raises(DatabaseUnavailable, match="no answer"):
            await run(database, "SELECT pg_sleep(20)")
        await database.ping()


async def write_while_cut_off(database: Database, other: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(uuid="u", event="e", at=NOON))
        await run(other, CUT_OFF_OTHERS)
        await c.execute(text("SELECT 1"))


async def test_a_connection_that_breaks_is_told_and_replaced(
    postgres: Database, elsewhere_too: Database
) -> None:
    with pytest.raises(DatabaseUnavailable):
        await write_while_cut_off(postgres, elsewhere_too)
    await postgres.ping()
    async with postgres.snapshot() as c:
        assert (await c.execute(text("SELECT count(*) FROM webhook_events"))).scalar_one() == 0


async def test_connections_that_broke_while_nobody_used_them_are_replaced_unseen(
    postgres: Database, postgres_url: str
) -> None:
    await postgres.ping()
    async with opened(postgres_url) as other:
        await run(other, CUT_OFF_OTHERS)
    await postgres.ping()


async def test_a_server_that_is_not_there_is_unavailable_and_the_password_stays_secret() -> None:
    async with opened(NOWHERE) as database:
        with pytest.raises(DatabaseUnavailable) as refused:
            await database.ping()
    assert "nowhere" in str(refused.value)
    assert "geheim" not in str(refused.value)


async def test_a_database_that_is_not_there_is_unavailable(postgres_url: str) -> None:
    absent = make_url(postgres_url).set(database="absent").render_as_string()
    async with opened(absent) as database:
        with pytest.raises(DatabaseUnavailable, match="absent"):
            await database.ping()


async def test_more_work_than_connections_waits_its_turn_or_is_refused(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def impatient(url: str, **settings: Any) -> AsyncEngine:  # noqa: ANN401 - whatever else an engine takes
        return create_async_engine(url, **settings | {"pool_timeout": 0.01})

    monkeypatch.setattr(engines, "create_async_engine", impatient)
    monkeypatch.setattr(engines, "POOL_SIZE", 1)
    monkeypatch.setattr(engines, "MOST_CONNECTIONS", 2)
    async with opened(postgres_url) as database, AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(database.snapshot())
        with pytest.raises(DatabaseUnavailable, match="timed out"):
            await database.ping()


@pytest.mark.parametrize(
    "wrong", ["SELECT no_such_column FROM orders", "SELECT 1/0", "SELECT 99999999999::integer"]
)
async def test_a_wrong_question_is_no_outage(postgres: Database, wrong: str) -> None:
    with pytest.raises(DBAPIError):
        await run(postgres, wrong)


async def test_where_nothing_can_be_written_the_database_is_unavailable(postgres: Database) -> None:
    with pytest.raises(DatabaseUnavailable, match="read-only"):
        async with postgres.snapshot() as c:
            await c.execute(text("DELETE FROM orders"))
