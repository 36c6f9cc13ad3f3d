"""A database that fails says so, in words that carry nobody's data, and takes nothing into the void."""

# ruff: noqa: ASYNC240 - small files of a test; nobody else waits
from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from storage.backup.backup_copy import BackupCopy
from storage.db import serial
from storage.db.database import Database
from storage.db.errors import DatabaseDamaged, DatabaseUnavailable, PhotosUnavailable, UnreadableDocument
from storage.db.tables import memberships, staff
from storage.photo.photo_files import PhotoFiles
from tests.builders import NOON, an_order


@pytest.fixture
def file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite+aiosqlite:///"))


async def test_a_file_that_was_moved_away_takes_nothing_in_until_it_is_back(
    sqlite: Database, file: Path
) -> None:
    await sqlite.ping()
    aside = file.rename(file.with_name("aside.db"))
    for use in (sqlite.ping, sqlite.try_writing):
        with pytest.raises(DatabaseUnavailable, match="removed or replaced"):
            await use()
    file.write_bytes(b"")
    with pytest.raises(DatabaseUnavailable, match="removed or replaced"):
        await sqlite.ping()
    aside.replace(file)
    await sqlite.try_writing()


async def test_whoever_listens_hears_of_each_outage_with_its_reason(sqlite_url: str, file: Path) -> None:
    heard: list[DatabaseUnavailable] = []
    database = Database(sqlite_url)
    database.listen_for_outages(heard.append)
    await database.ping()
    file.unlink()
    with pytest.raises(DatabaseUnavailable):
        await database.ping()
    await database.close()
    assert [error.why for error in heard] == ["the file was removed or replaced while the bot ran"]


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\0" + b"\xff" * 8000])
async def test_a_file_that_is_no_database_is_damaged_and_not_only_away(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "orders.db").write_bytes(content)
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/orders.db")
    with pytest.raises(DatabaseDamaged):
        await database.migrate()
    await database.close()


async def test_a_hole_in_the_file_is_found(sqlite: Database, file: Path) -> None:
    await sqlite.find_damage()
    await sqlite.close()
    content = bytearray(file.read_bytes())
    content[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    file.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        await sqlite.find_damage()


async def test_a_database_that_is_well_can_be_written_and_has_no_damage(database: Database) -> None:
    await database.try_writing()
    await database.find_damage()


async def test_errors_do_not_show_the_values_of_a_statement(database: Database) -> None:
    async with database.write() as c:
        await c.execute(insert(staff).values(id=1, phone="+79160000001", language="Аделаида"))
    with pytest.raises(IntegrityError) as broken:
        async with database.write() as c:
            await c.execute(insert(memberships).values(staff_id=1, shop_id=99, role="Аделаида"))
    assert "Аделаида" not in str(broken.value)


def test_an_unreadable_document_is_named_without_its_content() -> None:
    document = serial.order_document(an_order(number="1"))
    document["details"]["client"] = {"name": ["Аделаида"], "phone": 7}
    with pytest.raises(UnreadableDocument) as unreadable:
        serial.read_order(document)
    assert "details.client.name" in str(unreadable.value)
    assert "Аделаида" not in str(unreadable.value)
    assert unreadable.value.__cause__ is None


async def test_a_folder_of_photos_is_tried_by_reserving_room_and_left_empty(tmp_path: Path) -> None:
    await PhotoFiles(tmp_path / "photos").try_writing()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(PhotosUnavailable, match="blocked"):
        await PhotoFiles(tmp_path / "blocked").try_writing()


async def test_a_copy_of_the_first_days_is_brought_up_to_date(tmp_path: Path) -> None:
    copy = BackupCopy(tmp_path / "copy.db")
    await copy.try_writing(NOON)
    await copy.try_writing(NOON)
    assert await copy.count() == 0
    assert await copy.shops() == {}
