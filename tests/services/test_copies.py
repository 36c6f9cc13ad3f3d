from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from orders import commands as do
from orders.order import Order
from services.copies import Copies
from services.copy_compare import Difference, differences
from services.desk import Desk
from storage import serial
from storage.backup_copy import BackupCopy, CopyRecord
from storage.database import Database
from storage.errors import BackupUnavailable
from tests.builders import MANAGER, NOON
from tests.services.workplace import Clock, own_copy, receive


@pytest.fixture
def copy(tmp_path: Path) -> BackupCopy:
    return BackupCopy(tmp_path / "another disk" / "copy.db")


@pytest.fixture
def copies(database: Database, copy: BackupCopy, clock: Clock) -> Copies:
    return Copies(database, own_copy(database, copy, clock), clock)


@pytest.fixture
async def accepted(desk: Desk) -> Order:
    order = await receive(desk, NOON)
    return await desk.do(order.id, do.Accept(), MANAGER)


@pytest.mark.requirement("R80", "R81")
async def test_each_version_is_written_as_it_was_then(
    copies: Copies, copy: BackupCopy, accepted: Order
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
    copies: Copies, copy: BackupCopy, accepted: Order
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
    copies: Copies, copy: BackupCopy, accepted: Order
) -> None:
    for _ in range(2):
        await copies.write(accepted.id, 2)
    await copies.write(accepted.id, 3)
    await copies.write(999, 1)
    assert [record.version for record in await copy.versions(accepted.id)] == [2]


async def test_a_copy_that_holds_all_orders_differs_in_nothing(
    copies: Copies, copy: BackupCopy, database: Database, desk: Desk, accepted: Order
) -> None:
    other = await receive(desk, NOON)
    for version in (1, 2):
        await copies.write(accepted.id, version)
    await copies.write(other.id, 1)
    assert await differences(database, copy) == []


@pytest.mark.requirement("R80", "X11")
async def test_missing_older_and_foreign_copies_are_found(
    copies: Copies, copy: BackupCopy, database: Database, desk: Desk, accepted: Order
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
    copies: Copies, copy: BackupCopy, database: Database, accepted: Order, tmp_path: Path
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


@pytest.mark.requirement("R80", "X11")
async def test_a_version_that_is_missing_before_the_newest_is_found(
    copies: Copies, copy: BackupCopy, database: Database, accepted: Order
) -> None:
    await copies.write(accepted.id, 2)
    assert await differences(database, copy) == [Difference(accepted.number, 2, 2, missing=(1,))]


async def test_without_a_copy_there_is_nothing_to_compare(database: Database, copy: BackupCopy) -> None:
    with pytest.raises(BackupUnavailable):
        await differences(database, copy)
