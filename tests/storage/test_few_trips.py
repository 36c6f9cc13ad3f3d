"""The connection to SQLite that makes one trip for each statement."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.few_trips import AT_ONCE, QuickConnection

MANY = 3 * AT_ONCE + 1
COUNT_UP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most) SELECT i FROM n"


@pytest.fixture
async def numbers(sqlite: Database) -> Database:
    async with sqlite.write() as c:
        await c.execute(text("CREATE TABLE numbers (i INTEGER PRIMARY KEY)"))
    return sqlite


@pytest.fixture
async def driver(tmp_path: Path) -> AsyncIterator[QuickConnection]:
    async with QuickConnection(str(tmp_path / "plain.db"), isolation_level=None) as connection:
        yield connection  # type: ignore[misc]  # aiosqlite's __aenter__ names its own class


async def _kept(database: Database) -> list[int]:
    async with database.read() as c:
        return list(await c.scalars(text("SELECT i FROM numbers ORDER BY i")))


async def _add(c: AsyncConnection, *numbers: int) -> int:
    result = await c.execute(text("INSERT INTO numbers VALUES (:i)"), [{"i": i} for i in numbers])
    return result.rowcount


async def _add_twice(database: Database) -> None:
    async with database.write() as c:
        await _add(c, 1)
        await _add(c, 1)


@pytest.mark.parametrize("most", [0, 1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, MANY])
async def test_an_answer_is_whole_however_long_it_is(sqlite: Database, most: int) -> None:
    async with sqlite.read() as c:
        found = list(await c.scalars(text(f"SELECT i FROM ({COUNT_UP}) WHERE i <= :most"), {"most": most}))
    assert found == list(range(1, most + 1))


async def test_a_long_answer_can_be_read_bit_by_bit(sqlite: Database) -> None:
    async with sqlite.read() as c, c.stream(text(COUNT_UP), {"most": MANY}) as rows:
        assert [row.i async for row in rows] == list(range(1, MANY + 1))


async def test_the_rest_of_an_answer_may_stay_where_it_is(numbers: Database) -> None:
    async with numbers.read() as c, c.stream(text(COUNT_UP), {"most": MANY}) as rows:
        assert (await anext(aiter(rows))).i == 1
    async with numbers.write() as c:
        assert await _add(c, 1) == 1


async def test_many_rows_are_written_by_one_statement_and_counted(numbers: Database) -> None:
    async with numbers.write() as c:
        assert await _add(c, 1, 2, 3) == 3
    assert await _kept(numbers) == [1, 2, 3]


async def test_what_failed_is_not_kept_and_the_connection_works_on(numbers: Database) -> None:
    with pytest.raises(IntegrityError):
        await _add_twice(numbers)
    async with numbers.write() as c:
        await _add(c, 2)
    assert await _kept(numbers) == [2]


async def _cancel(task: asyncio.Task[None], begun: asyncio.Event) -> None:
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_writer_that_is_cancelled_keeps_nothing(numbers: Database) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with numbers.write() as c:
            await _add(c, 1)
            begun.set()
            await asyncio.Event().wait()

    await _cancel(asyncio.create_task(write()), begun)
    async with numbers.write() as c:
        await _add(c, 7)
    assert await _kept(numbers) == [7]


async def test_a_reader_that_is_cancelled_on_its_way_leaves_nothing_open(numbers: Database) -> None:
    begun = asyncio.Event()

    async def read() -> None:
        async with numbers.read() as c:
            begun.set()
            await c.execute(text(f"SELECT count(*) FROM ({COUNT_UP})"), {"most": 300_000})

    await _cancel(asyncio.create_task(read()), begun)
    async with numbers.write() as c:
        await _add(c, 7)
    assert await _kept(numbers) == [7]


async def test_a_reader_sees_the_moment_of_its_first_look(numbers: Database) -> None:
    async with numbers.read() as c:
        before = list(await c.scalars(text("SELECT i FROM numbers")))
        async with numbers.write() as writing:
            await _add(writing, 1)
        after = list(await c.scalars(text("SELECT i FROM numbers")))
    assert before == after == []
    assert await _kept(numbers) == [1]


async def test_a_transaction_without_a_statement_is_none(driver: QuickConnection) -> None:
    driver.begin_with_next("BEGIN")
    await driver.commit()
    seen = [await _is_in_transaction(driver)]
    driver.begin_with_next("BEGIN")
    seen.append(await _is_in_transaction(driver))
    await driver.rollback()
    seen.append(await _is_in_transaction(driver))
    assert seen == [False, True, False]


async def _is_in_transaction(driver: QuickConnection) -> bool:
    await driver.cursor().execute("SELECT 1")
    return driver.in_transaction
