from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from storage.backup.backed_up_tables import Belonging
from storage.backup.backup_copy import Around, BackupCopy, CopyRecord
from storage.db import serial
from storage.db.errors import BackupUnavailable
from tests.builders import ACCEPTED, LONG_WAY, NOON, an_order


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "another disk" / "копия #1?.db"


@pytest.fixture
def copy(path: Path) -> BackupCopy:
    return BackupCopy(path)


def a_record(order_id: int = 7, version: int = 1, shop_id: int = 1, number: str = "25836184") -> CopyRecord:
    order = an_order(*LONG_WAY[: version - 1], number=number, id=order_id, shop_id=1)
    document = serial.order_document(order)
    return CopyRecord(order_id, shop_id, number, version, order.status, NOON, document, f"Заказ {number} 🌷")


async def everything(copy: BackupCopy) -> list[CopyRecord]:
    return [record async for record in copy.all_latest()]


def exists(path: Path) -> bool:
    return path.exists()


def take_out(path: Path) -> None:
    path.unlink()


async def test_any_tool_reads_the_copy(copy: BackupCopy, path: Path) -> None:
    for version in (1, 2):
        await copy.write(a_record(version=version))
    with closing(sqlite3.connect(path)) as viewer:
        assert viewer.execute("SELECT count(*) FROM orders").fetchone() == (2,)
        row = viewer.execute("SELECT number, status, saved_at, readable FROM latest_orders").fetchone()
        address = viewer.execute("SELECT document ->> '$.details.address' FROM latest_orders").fetchone()
        plain = viewer.execute("SELECT document FROM latest_orders").fetchone()[0]
    assert row == ("25836184", "accepted", "2026-03-08T09:00:00+00:00", "Заказ 25836184 🌷")
    assert address == ("Лесная 5, кв 12, домофон 12К",)
    assert "Пионы «Облако»" in plain


async def test_the_copy_is_one_file(copy: BackupCopy, path: Path) -> None:
    await copy.write(a_record())
    assert [file.name for file in path.parent.iterdir()] == [path.name]


async def test_an_order_is_restored_from_its_document(copy: BackupCopy, path: Path) -> None:
    record = a_record(version=len(LONG_WAY) + 1)
    await copy.write(record)
    [found] = await BackupCopy(path).latest("25836184")
    assert found == record
    assert serial.read_order(found.document) == an_order(*LONG_WAY, number="25836184", id=7)


async def test_the_same_version_again_changes_nothing(copy: BackupCopy) -> None:
    for version in (2, 1, 2, 1):
        await copy.write(a_record(version=version))
    assert [record.version for record in await copy.versions(7)] == [1, 2]
    assert await copy.versions(8) == []


async def test_the_newest_version_counts_whenever_it_came(copy: BackupCopy) -> None:
    for version in (3, 1, 2):
        await copy.write(a_record(version=version))
    assert [record.version for record in await copy.latest("25836184")] == [3]
    assert [record.version for record in await everything(copy)] == [3]


async def test_shops_may_have_the_same_number(copy: BackupCopy) -> None:
    await copy.write(a_record(8, shop_id=2))
    await copy.write(a_record(7, shop_id=1))
    await copy.write(a_record(9, number="258"))
    assert [record.shop_id for record in await copy.latest("25836184")] == [1, 2]
    assert [record.order_id for record in await everything(copy)] == [7, 8, 9]
    assert await copy.latest("nothing") == []


async def test_moments_are_kept_in_utc(copy: BackupCopy, path: Path) -> None:
    await copy.write(replace(a_record(), saved_at=NOON.astimezone(ZoneInfo("Asia/Omsk"))))
    with closing(sqlite3.connect(path)) as viewer:
        assert viewer.execute("SELECT saved_at FROM orders").fetchone() == ("2026-03-08T09:00:00+00:00",)
    assert (await copy.versions(7))[0].saved_at == NOON


async def test_many_writes_at_once_are_all_kept(copy: BackupCopy, path: Path) -> None:
    writers = (copy, BackupCopy(path))
    await asyncio.gather(*(writers[number % 2].write(a_record(number)) for number in range(1, 13)))
    assert len(await everything(copy)) == 12


async def test_hostile_words_are_kept(copy: BackupCopy) -> None:
    words = "<b>'\";--\u202e\0🌷\ud83d" + "ж" * 5_000
    order = an_order(ACCEPTED, card_text=words)
    record = replace(a_record(), readable=words, number="№ \ud83d'", document=serial.order_document(order))
    await copy.write(record)
    [found] = await copy.versions(7)
    assert found.readable == words.replace("\ud83d", "?").replace("\0", "")
    assert found.number == "№ ?'"
    assert json.dumps(found.document["details"]["card_text"]) == json.dumps(words.replace("\ud83d", "?"))
    assert await copy.latest("№ \ud83d'") == [found]


async def test_a_copy_that_is_not_there_is_told_and_not_made(copy: BackupCopy, path: Path) -> None:
    with pytest.raises(BackupUnavailable) as missing:
        await copy.latest("1")
    assert missing.value.path == path
    with pytest.raises(BackupUnavailable):
        await everything(copy)
    assert not exists(path)


async def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "disk").write_text("a file where the disk should be")
    with pytest.raises(BackupUnavailable, match="disk"):
        await BackupCopy(tmp_path / "disk" / "copy.db").write(a_record())


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("shopping list\n" * 100)
    with pytest.raises(BackupUnavailable, match="not a database"):
        await BackupCopy(path).write(a_record())
    assert path.read_text() == "shopping list\n" * 100


async def test_a_disk_that_comes_back_is_written_again(copy: BackupCopy, path: Path) -> None:
    await copy.write(a_record(1))
    take_out(path)
    await copy.write(a_record(2))
    assert [record.order_id for record in await everything(copy)] == [2]


async def test_versions_that_are_written_together_are_all_there(copy: BackupCopy, path: Path) -> None:
    raw = {"number": "25836184"}
    first = replace(a_record(1), around=Around(raw, {"name": "Пионы"}))
    second = replace(a_record(1, 2), around=Around(raw, {"name": "Розы"}))
    await copy.write(first, second, a_record(2))
    assert [record.version for record in await copy.versions(1)] == [1, 2]
    assert [raw async for _, raw in copy.whole_orders()] == [raw, None]
    assert await copy.shops() == {1: {"name": "Розы"}}


DIE_WRITING = """
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 1")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE orders SET document = '{}', readable = readable || hex(randomblob(9000))")
os._exit(0)
"""
"""The file has half of the change, and its journal what was there before."""


@pytest.mark.requirement("R81", "X3", "X11")
async def test_a_copy_whose_writer_died_is_read_as_it_was_before(copy: BackupCopy, path: Path) -> None:
    records = [a_record(order_id=number) for number in range(1, 40)]
    for record in records:
        await copy.write(record)
    subprocess.run([sys.executable, "-c", DIE_WRITING, path], check=True)  # noqa: ASYNC221 - our own words
    assert path.with_name(f"{path.name}-journal").stat().st_size > 0

    assert await copy.count() == len(records)
    assert await everything(copy) == records


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


async def test_whether_it_could_be_written_is_found_out_without_changing_a_byte(
    copy: BackupCopy, path: Path
) -> None:
    with pytest.raises(BackupUnavailable):
        await copy.could_write()
    assert content(path) is None
    await copy.write(a_record())
    before = content(path)
    await copy.could_write()
    assert content(path) == before
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BackupUnavailable, match="locked"):
            await copy.could_write()


@pytest.mark.requirement("R63")
async def test_what_is_erased_beside_the_orders_is_overwritten_whatever_sqlite_does_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect

    def as_sqlite_is_built_elsewhere(*args: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - as in sqlite3
        made: sqlite3.Connection = connect(*args, **options)
        made.execute("PRAGMA secure_delete = OFF")
        return made

    monkeypatch.setattr(sqlite3, "connect", as_sqlite_is_built_elsewhere)
    copy = BackupCopy(tmp_path / "copy.db")
    await copy.keep_beside_orders({}, [Belonging("client_talk", "[1]", "words of a client")], [])
    assert b"words of a client" in copy.path.read_bytes()
    await copy.keep_beside_orders({}, [], [("client_talk", "[1]")])
    assert b"words of a client" not in copy.path.read_bytes()
