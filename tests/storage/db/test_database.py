from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.db.database import Database
from storage.db.tables import memberships, webhook_events
from tests.builders import NOON

A_ROW = {"uuid": "u1", "event": "0", "at": NOON}


async def value_in(database: Database) -> str | None:
    async with database.snapshot() as c:
        found: str | None = await c.scalar(select(webhook_events.c.event))
    return found


async def test_what_is_written_is_there_for_others_after_leaving(
    database: Database, elsewhere: Database
) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
        assert await value_in(elsewhere) is None
    assert await value_in(elsewhere) == "0"


async def write_and_fail(database: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
        raise RuntimeError("stop")


async def test_an_exception_takes_everything_back(database: Database, elsewhere: Database) -> None:
    with pytest.raises(RuntimeError, match="stop"):
        await write_and_fail(database)
    assert await value_in(elsewhere) is None


async def test_a_cancelled_task_takes_everything_back_and_blocks_nobody(
    database: Database, elsewhere: Database
) -> None:
    started = asyncio.Event()

    async def write_for_ever() -> None:
        async with database.write() as c:
            await c.execute(insert(webhook_events).values(A_ROW))
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write_for_ever())
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
    assert await value_in(elsewhere) == "0"


async def test_of_many_writers_at_once_none_is_lost(database: Database, elsewhere: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))

    async def count_up(through: Database) -> None:
        async with through.write() as c:
            held = await c.execute(select(webhook_events.c.event).with_for_update())
            number = int(held.scalar_one())
            await asyncio.sleep(0)
            await c.execute(update(webhook_events).values(event=str(number + 1)))

    await asyncio.gather(*(count_up(through) for through in (database, elsewhere) for _ in range(20)))
    assert await value_in(database) == "40"


async def test_a_reader_sees_one_moment_while_others_write(database: Database, elsewhere: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
    async with database.snapshot() as c:
        before = await c.scalar(select(webhook_events.c.event))
        async with elsewhere.write() as other:
            await other.execute(update(webhook_events).values(event="1"))
        assert await c.scalar(select(webhook_events.c.event)) == before == "0"
    assert await value_in(database) == "1"


async def test_who_asks_sees_what_is_committed_then(database: Database, elsewhere: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
        async with elsewhere.read_one() as other:
            assert await other.scalar(select(webhook_events.c.event)) is None
    async with elsewhere.read_one() as other:
        assert await other.scalar(select(webhook_events.c.event)) == "0"


async def test_a_broken_key_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as c:
            await c.execute(insert(memberships).values(staff_id=1, shop_id=1, role="seller"))


async def test_a_database_that_answers_is_well(database: Database) -> None:
    await database.ping()
