"""The copy of every order in a file of its own, for the day when everything else is down (R80, R81)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from messages.record import readable
from messages.texts import Translator
from orders.order import Order
from storage import events, serial, shops
from storage import orders as order_rows
from storage.backup_copy import BackupCopy, CopyRecord
from storage.database import Database


class Copies:
    """Writes the copy of one version of one order."""

    def __init__(self, database: Database, copy: BackupCopy, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._copy = copy
        self._clock = clock

    async def write(self, order_id: int, version: int) -> None:
        """Write the order as it was at `version`; again is no harm. Raises BackupUnavailable."""
        async with self._database.read() as c:
            order = await events.order_at(c, order_id, version)
            shop = await shops.get(c, order.shop_id) if order else None
        if order is None or shop is None:
            return
        now = self._clock()
        text = readable(order, shop.rules, Translator(shop.language), now)
        await self._copy.write(
            CopyRecord(
                order_id=order.id,
                shop_id=order.shop_id,
                number=order.number,
                version=order.version,
                status=order.status.value,
                saved_at=now,
                document=serial.order_document(order),
                readable=text,
            )
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One order that the copy does not hold as the database does. `copied` is None where it is missing."""

    number: str
    stored: int | None
    copied: int | None


async def differences(database: Database, copy: BackupCopy) -> list[Difference]:
    """Compare every order's newest version in both; same version but other content counts as different."""
    copied = {record.order_id: record async for record in copy.all_latest()}
    found = []
    async with database.read() as c:
        async for order in order_rows.every(c):
            record = copied.pop(order.id, None)
            if record is None or not _same(order, record):
                found.append(Difference(order.number, order.version, record.version if record else None))
    return found + [Difference(record.number, None, record.version) for record in copied.values()]


def _same(order: Order, record: CopyRecord) -> bool:
    return record.version == order.version and record.document == serial.order_document(order)
