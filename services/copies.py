"""The copy of every order in a file of its own, for the day when everything else is down (R80, R81)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from messages.record import readable
from messages.texts import Translator
from services.own_copy import OwnCopy
from services.restore import shop_document
from storage import events, marketplace, serial, shops, spare_couriers, staff
from storage import orders as order_rows
from storage.backup_copy import Around, CopyRecord
from storage.database import Database


class Copies:
    """Writes the copy of one version of one order, and finds what the copy has missed."""

    def __init__(self, database: Database, own: OwnCopy, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._own = own
        self._copy = own.copy
        self._clock = clock

    async def write(self, order_id: int, version: int) -> None:
        """Write the order as it was at `version`; again is no harm. Raises BackupUnavailable."""
        await self._own.make_sure()
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

        Gives the number of versions. Raises BackupUnavailable, DatabaseUnavailable.
        """
        await self.try_writing()
        await self._own.make_sure()
        return await self._own.fill_gaps()
