"""Compares the database with the backup copy, in both directions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import TypeVar

from orders.model.order import Order
from storage.backup.backup_copy import BackupCopy, CopyRecord
from storage.db import serial
from storage.db.database import Database
from storage.db.errors import UnreadableDocument
from storage.order import events
from storage.order import orders as order_rows

Stored = TypeVar("Stored")
Copied = TypeVar("Copied")


async def missing_versions(database: Database, copy: BackupCopy) -> list[tuple[int, int]]:
    """Every order's versions (id, version) that the database holds and the copy does not."""
    gaps = await copy.incomplete()
    missing = []
    async with database.snapshot() as c:
        async for order_id, newest, copied in _side_by_side(order_rows.versions(c), copy.newest_versions()):
            if newest is None or (newest == copied and order_id not in gaps):
                continue
            there = gaps.get(order_id) or frozenset(range(1, (copied or 0) + 1))
            kept = await events.versions(c, order_id)
            missing += [(order_id, version) for version in kept if version not in there]
    return missing


async def knows_more(copy: BackupCopy, database: Database) -> bool:
    """Whether the copy holds an order, or a version of one, that the database has never had.

    The copy is always written after the database. So such a copy belongs to another database, or to this one
    before an older state of it was restored.
    """
    async with database.snapshot() as c:
        both = _side_by_side(order_rows.versions(c), copy.newest_versions())
        beyond = {
            order_id: copied async for order_id, stored, copied in both if copied and copied > (stored or 0)
        }
    if not beyond:
        return False
    async with database.snapshot() as c:  # orders may have changed between the two reads
        now = {order_id: version async for order_id, version in order_rows.versions(c)}
    return any(copied > now.get(order_id, 0) for order_id, copied in beyond.items())


@dataclass(frozen=True, slots=True)
class Difference:
    """One order that differs between copy and database. `copied` is None where the copy lacks it.

    `missing`: versions older than the copy's newest that the database holds and the copy does not.
    """

    number: str
    stored: int | None
    copied: int | None
    missing: tuple[int, ...] = ()


async def differences(database: Database, copy: BackupCopy) -> list[Difference]:
    """Compare every order in both; the same version with other content counts as different."""
    gaps = await copy.incomplete()
    found = []
    async with database.snapshot() as c:
        stored = ((order.id, order) async for order in order_rows.every(c))
        copied = ((record.order_id, record) async for record in copy.all_latest())
        async for order_id, order, record in _side_by_side(stored, copied):
            missing: tuple[int, ...] = ()
            if order is not None and record is not None and order_id in gaps:
                kept = await events.versions(c, order_id)
                missing = tuple(v for v in kept if v < record.version and v not in gaps[order_id])
            if order is None or record is None or missing or not _same(order, record):
                found.append(_difference(order, record, missing))
    return found


@dataclass(frozen=True, slots=True)
class CopyState:
    """The result of reading the copy alone. `unreadable` names each unreadable version, and why."""

    orders: int
    versions: int
    unreadable: tuple[str, ...]


async def look_through(copy: BackupCopy) -> CopyState:
    """Read every version of every order in the copy, and its event. Raises BackupUnavailable."""
    await copy.find_damage()
    orders = versions = 0
    unreadable: list[str] = []
    async for records, _ in copy.whole_orders():
        orders, versions = orders + 1, versions + len(records)
        unreadable += [why for record in records if (why := _flaw(record))]
    return CopyState(orders, versions, tuple(unreadable))


def _flaw(record: CopyRecord) -> str:
    try:
        serial.read_order(record.document)
        if record.event is not None:
            serial.read_event(record.event)
    except UnreadableDocument as error:
        return f"{record.number}, version {record.version}: {error.why}"
    return ""


def _difference(order: Order | None, record: CopyRecord | None, missing: tuple[int, ...]) -> Difference:
    number = order.number if order else record.number if record else ""
    return Difference(number, order.version if order else None, record.version if record else None, missing)


def _same(order: Order, record: CopyRecord) -> bool:
    """Compares orders, not documents: a document of an earlier release lacks the fields added later."""
    try:
        copied = serial.read_order(record.document)
    except UnreadableDocument:
        return False
    return record.version == order.version and replace(copied, id=order.id) == order


async def _side_by_side(
    stored: AsyncIterator[tuple[int, Stored]], copied: AsyncIterator[tuple[int, Copied]]
) -> AsyncIterator[tuple[int, Stored | None, Copied | None]]:
    """Joins two streams sorted by id, with only two orders in memory at a time."""
    left, right = await anext(stored, None), await anext(copied, None)
    while left or right:
        if left and (not right or left[0] < right[0]):
            yield left[0], left[1], None
            left = await anext(stored, None)
        elif right and (not left or right[0] < left[0]):
            yield right[0], None, right[1]
            right = await anext(copied, None)
        elif left and right:
            yield left[0], left[1], right[1]
            left, right = await anext(stored, None), await anext(copied, None)
