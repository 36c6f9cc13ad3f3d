"""The driver of SQLite: as few journeys to its thread as there are statements, and nothing is lost by it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from storage.db.database import Database
from storage.db.sqlite_driver import Connection, connect
from storage.db.tables import webhook_events
from tests.builders import NOON

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) SELECT i FROM n"


@pytest.fixture
def journeys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what was carried out in the thread."""
    made = list[str]()
    real = Connection._execute  # noqa: SLF001 - the one way to the thread

    async def noting(
        connection: Connection, what: Callable[..., object], *args: object, **more: object
    ) -> object:
        made.append(what.__name__)
        return await real(connection, what, *args, **more)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(Connection, "_execute", noting)
    return made


def a_row(number: int) -> dict[str, object]:
    return {"uuid": f"u{number}", "event": "0", "at": NOON}


async def test_a_statement_takes_one_journey_with_its_beginning_and_its_rows(
    sqlite: Database, journeys: list[str]
) -> None:
    await sqlite.ping()
    journeys.clear()
    async with sqlite.write() as c:
        await c.execute(insert(webhook_events).values(a_row(1)))
        assert (await c.scalars(select(webhook_events.c.uuid))).all() == ["u1"]
    assert len(journeys) == len(("begin and insert", "select", "commit"))
    journeys.clear()
    async with sqlite.read_one() as c:
        assert await c.scalar(select(func.count()).select_from(webhook_events)) == 1
    async with sqlite.snapshot():
        pass
    async with sqlite.write():
        pass
    assert len(journeys) == len(("select",))


@pytest.mark.parametrize("many", [499, 500, 501, 1700])
async def test_all_rows_come_however_many_there_are(sqlite: Database, many: int) -> None:
    statement = text(NUMBERS.format(many))
    async with sqlite.snapshot() as c:
        assert (await c.scalars(statement)).all() == list(range(1, many + 1))
        async with c.stream(statement) as rows:
            assert [row.i async for row in rows] == list(range(1, many + 1))
        async with c.stream(statement) as rows:
            assert (await anext(aiter(rows))).i == 1
        assert await c.scalar(statement) == 1


async def test_what_failed_is_taken_back_and_the_connection_goes_on(sqlite: Database) -> None:
    with pytest.raises(IntegrityError):
        await write(sqlite, [a_row(1)], [a_row(1)])
    async with sqlite.write() as c:
        await c.execute(insert(webhook_events), [a_row(2), a_row(3)])
        await c.rollback()
    async with sqlite.write() as c:
        assert await c.scalar(select(func.count()).select_from(webhook_events)) == 0
        assert (await c.execute(insert(webhook_events).values(a_row(4)))).rowcount == 1


async def write(database: Database, *batches: Sequence[dict[str, object]]) -> None:
    async with database.write() as c:
        for batch in batches:
            await c.execute(insert(webhook_events), batch)


async def test_after_a_lock_no_later_statement_commits_by_itself(tmp_path: Path) -> None:
    file = str(tmp_path / "one.db")
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("CREATE TABLE one (number INTEGER)")
    other.execute("BEGIN IMMEDIATE")
    connection: Connection = await connect(file, isolation_level=None, timeout=0)  # type: ignore[assignment]
    connection.begin_with("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError):
        await connection.fetch("INSERT INTO one VALUES (1)", ())
    other.execute("ROLLBACK")
    await connection.fetch("INSERT INTO one VALUES (2)", ())
    await connection.rollback()
    assert other.execute("SELECT count(*) FROM one").fetchone() == (0,)
    await connection.close()
    other.close()
