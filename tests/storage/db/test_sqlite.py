"""What is so on SQLite alone: one writer at a time, one file."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from storage.db import database as module
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable
from storage.db.tables import webhook_events
from tests.builders import NOON

A_ROW = {"uuid": "u1", "event": "0", "at": NOON}


async def test_a_writer_that_never_gets_its_turn_gives_up(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    async with sqlite.write():
        with pytest.raises(DatabaseUnavailable, match="another writer"):
            async with sqlite.write():
                pytest.fail("two writers at once")
    async with sqlite.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))


async def test_a_database_locked_by_another_program_is_unavailable(
    sqlite: Database, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    impatient = Database(sqlite_url)
    async with sqlite.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
        with pytest.raises(DatabaseUnavailable, match="locked"):
            await impatient.could_write()
    await impatient.close()


async def test_a_commit_waits_for_the_disk(sqlite: Database) -> None:
    async with sqlite.snapshot() as c:
        found = [
            (await c.execute(text(f"PRAGMA {name}"))).scalar_one() for name in ("journal_mode", "synchronous")
        ]
    assert found == ["wal", 2]


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "orders.db"
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    await database.ping()
    await database.close()
    assert path.stat().st_size > 0


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/file/orders.db")
    with pytest.raises(DatabaseUnavailable, match="file"):
        await database.migrate()
    with pytest.raises(DatabaseUnavailable, match="file"):
        await database.is_made()
    await database.close()


async def test_to_ask_whether_a_database_is_there_makes_none(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/data/orders.db")
    assert not await database.is_made()
    assert not (tmp_path / "data").exists()
    await database.migrate()
    assert await database.is_made()
    await database.close()


async def test_a_file_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}")
    with pytest.raises(DatabaseUnavailable, match="unable to open"):
        await database.ping()
    await database.close()


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "orders.db").write_text("something else, long enough to be read as a header " * 20)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/orders.db")
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        await database.ping()
    await database.close()


async def test_who_is_cancelled_while_writing_can_still_write_on_the_way_out(sqlite: Database) -> None:
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
    slow = f"{numbers} SELECT max(i) FROM n"
    begun = asyncio.Event()

    async def write_for_long() -> None:
        try:
            async with sqlite.write() as c:
                await c.execute(insert(webhook_events).values(A_ROW))
                begun.set()
                await c.execute(text(slow))
        finally:
            async with sqlite.write() as c:
                await c.execute(insert(webhook_events).values(A_ROW))

    writing = asyncio.create_task(write_for_long())
    await begun.wait()
    await asyncio.sleep(0.05)  # into the slow statement
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with sqlite.snapshot() as c:
        assert (await c.execute(select(func.count()).select_from(webhook_events))).scalar_one() == 1
