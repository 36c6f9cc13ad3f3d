"""The copy of every order in a file of its own, for the day when everything else is down (R80, R81)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from messages.record import readable
from messages.texts import Translator
from orders.order import Order
from services.pulse import Pulse
from services.restore import shop_document
from storage import events, marketplace, outbox, serial, shops, spare_couriers, staff
from storage import orders as order_rows
from storage.backup_copy import Around, BackupCopy, CopyRecord
from storage.database import Database
from storage.outbox import Channel, Kind, Outgoing, Priority

AT_ONCE = 500
"""Versions put into the outbox in one transaction, when many are missing in the copy."""

Stored = TypeVar("Stored")
Copied = TypeVar("Copied")


class Copies:
    """Writes the copy of one version of one order, and finds what the copy has missed."""

    def __init__(
        self, database: Database, copy: BackupCopy, clock: Callable[[], datetime], pulse: Pulse | None = None
    ) -> None:
        self._database = database
        self._copy = copy
        self._clock = clock
        self._pulse = pulse or Pulse()

    async def write(self, order_id: int, version: int) -> None:
        """Write the order as it was at `version`; again is no harm. Raises BackupUnavailable."""
        async with self._database.read() as c:
            order = await order_rows.get(c, order_id)
            if order is not None and order.version != version:  # it has changed in the meantime
                order = await events.order_at(c, order_id, version)
            shop = await shops.get(c, order.shop_id) if order else None
            event = await events.document_of(c, order_id, version)
            raw = await marketplace.raw_of(c, order_id)
            people = await staff.of_shop(c, shop.id) if shop else []
            spares = await spare_couriers.of_shop(c, shop.id) if shop else []
        if order is None or shop is None:
            return
        now = self._clock()
        record = CopyRecord(
            order_id=order.id,
            shop_id=order.shop_id,
            number=order.number,
            version=order.version,
            status=order.status.value,
            saved_at=now,
            document=serial.order_document(order),
            readable=readable(order, shop.rules, Translator(shop.language), now),
            event=event,
        )
        await self._copy.write(record, Around(raw, shop_document(shop, people, spares)))

    async def try_writing(self) -> None:
        """Raises BackupUnavailable when the copy cannot be written now."""
        await self._copy.try_writing(self._clock())

    async def catch_up(self) -> int:
        """Put what the copy has not into the outbox: somebody may have changed the disk or lost the file.

        Gives the number of versions. Raises BackupUnavailable.
        """
        await self.try_writing()
        missing = await missing_versions(self._database, self._copy)
        now = self._clock()
        for start in range(0, len(missing), AT_ONCE):
            async with self._database.write() as c:
                await outbox.put(c, [_wanted(*one, now) for one in missing[start : start + AT_ONCE]])
            self._pulse.beat()
        return len(missing)


def _wanted(order_id: int, version: int, now: datetime) -> Outgoing:
    return Outgoing(Channel.COPY, Kind.RECORD, order_id, Priority.COPY, now, version=version)


async def missing_versions(database: Database, copy: BackupCopy) -> list[tuple[int, int]]:
    """Every order's versions (id, version) that the database holds and the copy does not."""
    gaps = await copy.incomplete()
    missing = []
    async with database.read() as c:
        async for order_id, newest, copied in _side_by_side(order_rows.versions(c), copy.newest_versions()):
            if newest is None or (newest == copied and order_id not in gaps):
                continue
            there = gaps.get(order_id) or frozenset(range(1, (copied or 0) + 1))
            kept = await events.versions(c, order_id)
            missing += [(order_id, version) for version in kept if version not in there]
    return missing


@dataclass(frozen=True, slots=True)
class Difference:
    """One order that the copy does not hold as the database does. `copied` is None where it is missing.

    `missing`: versions before the copy's newest that the database holds and the copy does not.
    """

    number: str
    stored: int | None
    copied: int | None
    missing: tuple[int, ...] = ()


async def differences(database: Database, copy: BackupCopy) -> list[Difference]:
    """Compare every order in both; same version but other content counts as different."""
    gaps = await copy.incomplete()
    found = []
    async with database.read() as c:
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


def _difference(order: Order | None, record: CopyRecord | None, missing: tuple[int, ...]) -> Difference:
    number = order.number if order else record.number if record else ""
    return Difference(number, order.version if order else None, record.version if record else None, missing)


def _same(order: Order, record: CopyRecord) -> bool:
    return record.version == order.version and record.document == serial.order_document(order)


async def _side_by_side(
    stored: AsyncIterator[tuple[int, Stored]], copied: AsyncIterator[tuple[int, Copied]]
) -> AsyncIterator[tuple[int, Stored | None, Copied | None]]:
    """Both go up by id: of a million orders only two are in memory at a time."""
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
