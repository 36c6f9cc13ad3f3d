"""A SQLite file is one bot's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable


async def test_a_second_bot_of_a_file_is_refused_until_the_first_has_ended(tmp_path: Path) -> None:
    first, second = [Database(f"sqlite+aiosqlite:///{tmp_path}/data/orders.db") for _ in range(2)]
    with first.occupied():
        with pytest.raises(DatabaseUnavailable, match="another bot works with this file"), second.occupied():
            pass
        await second.migrate()
        await second.ping()
    with second.occupied():
        await second.ping()
    for database in (first, second):
        await database.close()


def test_a_folder_that_takes_no_lock_is_named(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/orders.db")
    (tmp_path / "orders.db.lock").mkdir()
    with pytest.raises(DatabaseUnavailable, match=r"orders\.db\.lock"), database.occupied():
        pass


def test_a_servers_database_has_any_number_of_bots() -> None:
    one, other = [Database("postgresql+asyncpg://nobody@127.0.0.1:1/none") for _ in range(2)]
    with one.occupied(), other.occupied():
        pass
