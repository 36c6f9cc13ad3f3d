from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from storage import database as module
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.tables import memberships, webhook_events
from tests.builders import NOON

A_ROW = {"uuid": "u1", "event": "0", "at": NOON}


async def value_in(database: Database) -> str | None:
    async with database.read() as c:
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
            number = int((await c.execute(select(webhook_events.c.event))).scalar_one())
            await asyncio.sleep(0)
            await c.execute(update(webhook_events).values(event=str(number + 1)))

    await asyncio.gather(*(count_up(through) for through in (database, elsewhere) for _ in range(20)))
    assert await value_in(database) == "40"


async def test_a_reader_sees_one_moment_while_others_write(database: Database, elsewhere: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))
    async with database.read() as c:
        before = await c.scalar(select(webhook_events.c.event))
        async with elsewhere.write() as other:
            await other.execute(update(webhook_events).values(event="1"))
        assert await c.scalar(select(webhook_events.c.event)) == before == "0"
    assert await value_in(database) == "1"


async def test_a_writer_that_never_gets_its_turn_gives_up(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    async with database.write():
        with pytest.raises(DatabaseUnavailable, match="another writer"):
            async with database.write():
                pytest.fail("two writers at once")
    async with database.write() as c:
        await c.execute(insert(webhook_events).values(A_ROW))


async def test_a_database_locked_by_another_program_is_unavailable(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    impatient = Database(database_url)
    async with database.write():
        with pytest.raises(DatabaseUnavailable, match="locked"):
            async with impatient.write():
                pytest.fail("two writers at once")
    await impatient.close()


async def test_a_broken_key_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.write() as c:
            await c.execute(insert(memberships).values(staff_id=1, shop_id=1, role="seller"))


async def test_a_commit_waits_for_the_disk(database: Database, elsewhere: Database) -> None:
    for each in (database, elsewhere):
        async with each.read() as c:
            found = [
                (await c.execute(text(f"PRAGMA {name}"))).scalar_one()
                for name in ("journal_mode", "synchronous")
            ]
        assert found == ["wal", 2]


async def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "orders.db"
    database = Database(f"sqlite+aiosqlite:///{path}")
    await database.migrate()
    await database.ping()
    await database.close()
    assert path.stat().st_size > 0


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DatabaseUnavailable, match="file"):
        Database(f"sqlite+aiosqlite:///{tmp_path}/file/orders.db")


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
