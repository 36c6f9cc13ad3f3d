from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import quick_sqlite
from storage.quick_sqlite import AT_ONCE, QuickConnection, QuickCursor

MANY = AT_ONCE * 2 + 7
COUNT_UP = f"""
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {MANY})
    SELECT n FROM numbers
"""


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[QuickConnection]:
    connection = await quick_sqlite.connect(str(tmp_path / "quick.db"), isolation_level=None)
    yield connection
    await connection.close()


@pytest.fixture
async def cursor(connection: QuickConnection) -> QuickCursor:
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE cards (id INTEGER PRIMARY KEY, words TEXT UNIQUE)")
    return cursor


async def test_rows_come_with_the_names_of_their_columns(cursor: QuickCursor) -> None:
    await cursor.execute("SELECT ? AS status, 2 AS version", ["new"])
    assert [column[0] for column in cursor.description] == ["status", "version"]
    assert await cursor.fetchall() == [("new", 2)]


async def test_a_statement_without_rows_tells_how_many_it_changed(cursor: QuickCursor) -> None:
    await cursor.executemany("INSERT INTO cards (words) VALUES (?)", [["one"], ["two"]])
    await cursor.execute("UPDATE cards SET words = words || '!'")
    assert (cursor.rowcount, cursor.description) == (2, None)


async def test_what_an_insert_returns_is_committed_with_it(
    connection: QuickConnection, cursor: QuickCursor
) -> None:
    await cursor.execute("INSERT INTO cards (words) VALUES ('one') RETURNING id")
    assert await cursor.fetchone() == (1,)
    assert cursor.lastrowid == 1
    other = connection.cursor()
    await other.execute("SELECT words FROM cards")
    assert await other.fetchall() == [("one",)]


async def test_a_long_answer_comes_whole(cursor: QuickCursor) -> None:
    await cursor.execute(COUNT_UP)
    assert await cursor.fetchall() == [(n,) for n in range(1, MANY + 1)]


async def test_a_long_answer_comes_in_parts(cursor: QuickCursor) -> None:
    await cursor.execute(COUNT_UP)
    found = []
    while part := await cursor.fetchmany(300):
        found += part
    assert found == [(n,) for n in range(1, MANY + 1)]


async def test_a_long_answer_that_nobody_wants_holds_nothing_up(cursor: QuickCursor) -> None:
    await cursor.execute(COUNT_UP)
    await cursor.close()
    await cursor.execute("DROP TABLE cards")


async def test_an_error_is_sqlites_own(cursor: QuickCursor) -> None:
    await cursor.execute("INSERT INTO cards (words) VALUES ('one')")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        await cursor.execute("INSERT INTO cards (words) VALUES ('one')")
