from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from orders.model.order import Order
from orders.steps import commands as do
from services.backup.backup_writer import BackupWriter
from services.backup.compare import Difference, differences
from services.order.desk import Desk
from storage.backup.backup_copy import BackupCopy, CopyRecord
from storage.db import serial
from storage.db.database import Database
from storage.db.errors import BackupUnavailable, UnreadableDocument
from storage.db.tables import orders
from tests.builders import MANAGER, NOON
from tests.services.workplace import Clock, own_copy, receive


@pytest.fixture
def copy(tmp_path: Path) -> BackupCopy:
    return BackupCopy(tmp_path / "another disk" / "copy.db")


@pytest.fixture
def copies(database: Database, copy: BackupCopy, clock: Clock) -> BackupWriter:
    return BackupWriter(database, own_copy(database, copy, clock), clock)


@pytest.fixture
async def accepted(desk: Desk) -> Order:
    order = await receive(desk, NOON)
    return await desk.do(order.id, do.Accept(), MANAGER)


@pytest.mark.requirement("R80", "R81")
async def test_each_version_is_written_as_it_was_then(
    copies: BackupWriter, copy: BackupCopy, accepted: Order
) -> None:
    await copies.write(accepted.id, 2)
    await copies.write(accepted.id, 1)
    first, second = await copy.versions(accepted.id)
    assert (first.version, first.status) == (1, "new")
    assert (second.version, second.status) == (2, "accepted")
    assert serial.read_order(second.document) == accepted
    assert second.saved_at == NOON


@pytest.mark.requirement("R81")
async def test_a_person_reads_composition_address_and_contacts_in_the_copy(
    copies: BackupWriter, copy: BackupCopy, accepted: Order
) -> None:
    await copies.write(accepted.id, 2)
    [record] = await copy.latest(accepted.number)
    for words in (
        accepted.number,
        "Пионы «Облако» 15 шт",
        "Лесная 5, кв 12, домофон 12К",
        "+79160000001",
        "+79160000002",
        "С днём рождения, мама",
        "Анна",
    ):
        assert words in record.readable


async def test_writing_a_version_again_or_one_that_is_not_there_does_no_harm(
    copies: BackupWriter, copy: BackupCopy, accepted: Order
) -> None:
    for _ in range(2):
        await copies.write(accepted.id, 2)
    await copies.write(accepted.id, 3)
    await copies.write(999, 1)
    assert [record.version for record in await copy.versions(accepted.id)] == [2]


async def several(copies: BackupWriter, *keys: tuple[int, int]) -> list[BaseException | None]:
    """What each heard of those who want something written at once."""
    return await asyncio.gather(*(copies.write(*key) for key in keys), return_exceptions=True)


@pytest.mark.requirement("R80")
async def test_those_who_write_at_once_are_all_written_and_each_hears_of_a_failure(
    copies: BackupWriter, copy: BackupCopy, desk: Desk, database: Database, tmp_path: Path, clock: Clock
) -> None:
    accepted = [await desk.do((await receive(desk, NOON)).id, do.Accept(), MANAGER) for _ in range(5)]
    keys = [(order.id, version) for order in accepted for version in (1, 2)]
    assert await several(copies, *keys, *keys) == [None] * 20
    for order in accepted:
        assert [record.status for record in await copy.versions(order.id)] == ["new", "accepted"]
    assert await differences(database, copy) == []
    (tmp_path / "file").write_text("no folder")
    unwritable = BackupCopy(tmp_path / "file" / "copy.db")
    nowhere = BackupWriter(database, own_copy(database, unwritable, clock), clock)
    assert {type(heard) for heard in await several(nowhere, *keys)} == {BackupUnavailable}


@pytest.mark.requirement("R80")
async def test_an_order_that_cannot_be_read_keeps_no_other_from_being_written(
    copies: BackupWriter, copy: BackupCopy, desk: Desk, database: Database, accepted: Order
) -> None:
    damaged, other = await receive(desk, NOON), await receive(desk, NOON)
    async with database.write() as c:
        await c.execute(update(orders).where(orders.c.id == damaged.id).values(document={"number": 1}))
    heard = await several(copies, (accepted.id, 2), (damaged.id, 1), (other.id, 1))
    assert [type(one) for one in heard] == [type(None), UnreadableDocument, type(None)]
    assert [record.order_id async for record in copy.all_latest()] == [accepted.id, other.id]


async def test_who_waited_for_one_that_was_stopped_is_written_all_the_same(
    copies: BackupWriter, copy: BackupCopy, desk: Desk, accepted: Order
) -> None:
    other = await receive(desk, NOON)
    keys = ((accepted.id, 1), (accepted.id, 2), (other.id, 1))
    first, *others = [asyncio.create_task(copies.write(*key)) for key in keys]
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.gather(*others)
    assert [record.order_id async for record in copy.all_latest()] == [accepted.id, other.id]


async def test_a_copy_that_holds_all_orders_differs_in_nothing(
    copies: BackupWriter, copy: BackupCopy, database: Database, desk: Desk, accepted: Order
) -> None:
    other = await receive(desk, NOON)
    for version in (1, 2):
        await copies.write(accepted.id, version)
    await copies.write(other.id, 1)
    assert await differences(database, copy) == []


@pytest.mark.requirement("R80", "X11")
async def test_missing_older_and_foreign_copies_are_found(
    copies: BackupWriter, copy: BackupCopy, database: Database, desk: Desk, accepted: Order
) -> None:
    missing = await receive(desk, NOON)
    await copies.write(accepted.id, 1)
    document = serial.order_document(replace(accepted, id=999, number="foreign"))
    await copy.write(CopyRecord(999, 1, "foreign", 7, "accepted", NOON, document, "чужой"))
    assert await differences(database, copy) == [
        Difference(accepted.number, 2, 1),
        Difference(missing.number, 1, None),
        Difference("foreign", None, 7),
    ]


@pytest.mark.requirement("R80", "X11")
async def test_a_copy_that_was_altered_is_found_though_its_version_is_right(
    copies: BackupWriter, copy: BackupCopy, database: Database, accepted: Order, tmp_path: Path
) -> None:
    await copies.write(accepted.id, 1)
    await copies.write(accepted.id, 2)
    [_, record] = await copy.versions(accepted.id)
    document = json.loads(json.dumps(record.document))
    document["details"]["address"] = "Другая 7"
    with closing(sqlite3.connect(tmp_path / "another disk" / "copy.db")) as other:
        other.execute("UPDATE orders SET document = ? WHERE version = 2", (json.dumps(document),))
        other.commit()
    assert await differences(database, copy) == [Difference(accepted.number, 2, 2)]


def rewrite(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change every kept document of the orders."""
    with closing(sqlite3.connect(path)) as db:
        for row, text in db.execute("SELECT rowid, document FROM orders").fetchall():
            document = json.loads(text)
            change(document)
            db.execute("UPDATE orders SET document = ? WHERE rowid = ?", (json.dumps(document), row))
        db.commit()


def as_an_earlier_version(document: dict[str, Any]) -> None:
    """Without the fields that nothing has filled yet, as a version wrote them that did not know them."""
    for part in (document, document["details"], document["progress"]):
        for name in [name for name, value in part.items() if value in (None, [], "", False)]:
            del part[name]


@pytest.mark.requirement("R80", "X11")
async def test_a_copy_that_an_earlier_version_wrote_is_no_difference_but_every_change_is_one(
    copies: BackupWriter, copy: BackupCopy, database: Database, accepted: Order, tmp_path: Path
) -> None:
    for version in (1, 2):
        await copies.write(accepted.id, version)
    path = tmp_path / "another disk" / "copy.db"
    before = len((await copy.versions(accepted.id))[-1].document["progress"])
    rewrite(path, as_an_earlier_version)
    assert len((await copy.versions(accepted.id))[-1].document["progress"]) < before
    assert await differences(database, copy) == []

    whole = path.read_bytes()
    for change in (
        lambda document: document["details"].update(address="Другая 7"),
        lambda document: document["progress"].update(status="new"),
        lambda document: document["progress"].pop("accepted", None) or document["details"].pop("recipient"),
        lambda document: document.update(number="1"),
        lambda document: document.pop("details"),
    ):
        path.write_bytes(whole)
        rewrite(path, change)
        assert await differences(database, copy) == [Difference(accepted.number, 2, 2)]


@pytest.mark.requirement("R80", "X11")
async def test_a_version_that_is_missing_before_the_newest_is_found(
    copies: BackupWriter, copy: BackupCopy, database: Database, accepted: Order
) -> None:
    await copies.write(accepted.id, 2)
    assert await differences(database, copy) == [Difference(accepted.number, 2, 2, missing=(1,))]


async def test_without_a_copy_there_is_nothing_to_compare(database: Database, copy: BackupCopy) -> None:
    with pytest.raises(BackupUnavailable):
        await differences(database, copy)
