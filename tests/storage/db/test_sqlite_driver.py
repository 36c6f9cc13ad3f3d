"""A statement is one journey to the thread of its connection, and nothing of it is lost on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import IntegrityError

from storage.db.database import Database
from storage.db.tables import shops

MANY = 1234
"""More rows than come along with their statement."""
COUNTED = text(
    f"WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {MANY}) SELECT x FROM n"
)


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def elsewhere(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
def journeys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the threads of all connections are asked to do."""
    asked: list[str] = []
    ask = aiosqlite.Connection._execute  # noqa: SLF001 - the one door to the thread

    async def noted(connection: aiosqlite.Connection, work: Any, *args: Any, **named: Any) -> Any:  # noqa: ANN401
        asked.append("statement" if isinstance(work, partial) else work.__name__)
        return await ask(connection, work, *args, **named)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(aiosqlite.Connection, "_execute", noted)
    return asked


async def test_a_statement_is_one_journey_and_a_transaction_one_more(
    database: Database, journeys: list[str]
) -> None:
    await database.ping()
    journeys.clear()
    async with database.snapshot() as c:
        for _ in range(3):
            assert (await c.execute(select(shops.c.id))).all() == []
    assert journeys == ["statement"] * 3 + ["commit"]


async def test_many_rows_are_all_there_in_their_order_read_at_once_or_streamed(database: Database) -> None:
    every = list(range(1, MANY + 1))
    async with database.snapshot() as c:
        assert list((await c.execute(COUNTED)).scalars()) == every
        found = await c.execute(COUNTED)
        assert [*(row.x for row in found.fetchmany(250)), *(row.x for row in found)] == every
        async with c.stream(COUNTED) as rows:
            assert [row.x async for row in rows] == every
        async with c.stream(COUNTED) as rows:
            assert await rows.fetchone() == (1,)
        async with c.stream(COUNTED) as rows:
            assert [row.x for row in await rows.fetchall()] == every


async def test_what_is_streamed_comes_in_pieces(database: Database, journeys: list[str]) -> None:
    async with database.snapshot() as c, c.stream(COUNTED) as rows:
        journeys.clear()
        await rows.fetchmany(300)
        assert len(journeys) < 3
        async for _ in rows:
            pass
    assert len(journeys) > 3


async def test_rows_that_are_left_unread_hold_no_lock(database: Database) -> None:
    async with database.snapshot() as c, c.stream(COUNTED) as rows:
        await rows.fetchone()
    async with database.write() as c:
        await c.execute(text("DROP TABLE cards"))


async def test_a_statement_says_how_many_rows_it_changed_and_which_id_it_gave(database: Database) -> None:
    row = {"marketplace_id": 1, "name": "a", "language": "ru", "rules": {}}
    async with database.write() as c:
        assert (await c.execute(insert(shops), row)).inserted_primary_key == (1,)
        many = [{**row, "marketplace_id": number} for number in range(2, MANY + 1)]
        assert (await c.execute(insert(shops), many)).rowcount == MANY - 1
        gone = delete(shops).where(shops.c.id > 1)
        assert (await c.execute(gone)).rowcount == MANY - 1
        with pytest.raises(IntegrityError):
            await c.execute(insert(shops), row)


async def test_whoever_reads_sees_the_moment_of_the_first_statement(database: Database) -> None:
    count = text("SELECT count(*) FROM shops")
    async with database.snapshot() as c:
        before = (await c.execute(count)).scalar_one()
        async with database.write() as writer:
            row = {"marketplace_id": 1, "name": "a", "language": "ru", "rules": {}}
            await writer.execute(insert(shops), row)
        assert (await c.execute(count)).scalar_one() == before
    async with database.snapshot() as c:
        assert (await c.execute(count)).scalar_one() == before + 1


async def test_whoever_is_cancelled_while_beginning_leaves_nobody_waiting(
    database: Database, elsewhere: Database
) -> None:
    for _ in range(5):
        task = asyncio.create_task(database.try_writing())
        for _ in range(12):
            await asyncio.sleep(0)
            if database._turn.locked():  # noqa: SLF001 - it is about to begin
                break
        await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        async with asyncio.timeout(5):
            await elsewhere.try_writing()
            await database.try_writing()


async def test_a_snapshot_that_asks_nothing_costs_no_journey(database: Database, journeys: list[str]) -> None:
    await database.ping()
    journeys.clear()
    async with database.snapshot():
        pass
    assert journeys == []
