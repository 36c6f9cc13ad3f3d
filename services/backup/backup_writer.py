"""Copies every order to a file of its own, for the day when everything else is down (R80, R81)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.order.history.record import readable
from orders.model.order import Order
from services.backup.backup_guard import OwnCopy
from services.backup.restore import shop_document
from services.health.set_aside import BROKEN
from storage.backup.backup_copy import Around, CopyRecord
from storage.db import serial
from storage.db.database import Database
from storage.db.errors import UnreadableDocument
from storage.delivery import spare_couriers
from storage.order import events, marketplace_objects
from storage.order import orders as order_rows
from storage.shop import shop_with_staff
from storage.shop.shop_with_staff import ShopWithStaff
from storage.shop.shops import Shop

_Key = tuple[int, int]
"""An order's id and one of its versions."""


@dataclass(frozen=True, slots=True, eq=False)
class _Wish:
    """A version to write; the outcome is the error that prevented it, or None."""

    key: _Key
    outcome: asyncio.Future[Exception | None]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the database holds of the orders to write, read in one snapshot."""

    orders: Mapping[int, Order]
    unreadable: Mapping[int, str]
    histories: Mapping[int, events.History]
    raws: Mapping[int, dict[str, Any]]
    shops: Mapping[int, Shop]
    documents: Mapping[int, dict[str, Any]]
    """The shops with their people, as the copy stores them."""


class BackupWriter:
    """Copies one version of one order at a time, and finds the versions that the copy lacks."""

    def __init__(self, database: Database, own: OwnCopy, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._own = own
        self._copy = own.copy
        self._clock = clock
        self._waiting: list[_Wish] = []
        self._turn = asyncio.Lock()

    async def write(self, order_id: int, version: int) -> None:
        """Write the order as it was at `version`; idempotent.

        Calls that arrive during a write wait, and are then read and written together. Raises
        BackupUnavailable, and UnreadableDocument where this version cannot be read.
        """
        wish = _Wish((order_id, version), asyncio.get_running_loop().create_future())
        self._waiting.append(wish)
        async with self._turn:
            if not wish.outcome.done():
                together, self._waiting = self._waiting, []
                await self._write_together(together)
        if (failure := wish.outcome.result()) is not None:
            raise failure

    async def _write_together(self, wishes: Sequence[_Wish]) -> None:
        try:
            outcomes = await self._outcomes({wish.key for wish in wishes})
        except BROKEN:  # one unreadable order must not keep back the others
            outcomes = await self._one_by_one({wish.key for wish in wishes})
        except Exception as error:  # noqa: BLE001 - every waiting caller gets the error and tries again
            outcomes = {wish.key: error for wish in wishes}
        except BaseException:  # the caller that wrote for all was cancelled: the others write for themselves
            self._waiting = [*wishes, *self._waiting]
            raise
        for wish in wishes:
            wish.outcome.set_result(outcomes.get(wish.key))

    async def _one_by_one(self, keys: Collection[_Key]) -> dict[_Key, Exception]:
        failures: dict[_Key, Exception] = {}
        for key in sorted(keys):
            try:
                failures |= await self._outcomes({key})
            except Exception as error:  # noqa: BLE001 - each caller gets its own error
                failures[key] = error
        return failures

    async def _outcomes(self, keys: Collection[_Key]) -> dict[_Key, Exception]:
        """Write these versions; returns the error of each one that failed."""
        await self._own.ensure_writable()
        async with self._database.snapshot() as c:
            found = await _find(c, {order_id for order_id, _ in keys})
        records, failures = list[CopyRecord](), dict[_Key, Exception]()
        for key in sorted(keys):
            try:
                record = _record(found, *key, self._clock())
            except Exception as error:  # noqa: BLE001 - one broken order must not keep back the others
                failures[key] = error
            else:
                records += [record] if record else []
        await self._copy.write(*records)
        return failures

    async def try_writing(self) -> None:
        """Raises BackupUnavailable when the copy cannot be written now."""
        await self._copy.try_writing(self._clock())

    async def catch_up(self) -> int:
        """Put the versions that the copy lacks into the outbox: the disk or the file may have been replaced.

        Returns the number of versions. Raises BackupUnavailable, DatabaseUnavailable.
        """
        await self.try_writing()
        await self._own.ensure_writable()
        return await self._own.fill_gaps()


async def _find(c: AsyncConnection, order_ids: Collection[int]) -> _Found:
    orders, unreadable = await order_rows.load_readable(c, order_ids)
    shop_ids = {order.shop_id for order in orders.values()}
    found = [crew for shop_id in shop_ids if (crew := await shop_with_staff.of_shop(c, shop_id))]
    return _Found(
        orders,
        unreadable,
        await events.histories(c, order_ids),
        await marketplace_objects.raws_by_id(c, order_ids),
        {crew.shop.id: crew.shop for crew in found},
        {crew.shop.id: await _with_people(c, crew) for crew in found},
    )


async def _with_people(c: AsyncConnection, crew: ShopWithStaff) -> dict[str, Any]:
    return shop_document(crew.shop, crew.members, await spare_couriers.of_shop(c, crew.shop.id))


def _record(found: _Found, order_id: int, version: int, now: datetime) -> CopyRecord | None:
    """One version as the copy stores it; None where the database no longer has it, or never had."""
    if order_id in found.unreadable:
        raise UnreadableDocument(f"order {order_id}", found.unreadable[order_id])
    order, history = found.orders.get(order_id), found.histories[order_id]
    if order is not None and order.version != version:  # it has changed in the meantime
        order = history.order_at(version, order.shop_id, order.placed_at)
    shop = found.shops.get(order.shop_id) if order else None
    if order is None or shop is None:
        return None
    return CopyRecord(
        order_id=order.id,
        shop_id=order.shop_id,
        number=order.number,
        version=order.version,
        status=order.status.value,
        saved_at=now,
        document=serial.order_document(order),
        readable=readable(order, shop.rules, Translator(shop.language), now),
        event=history.event_of(version),
        around=Around(found.raws.get(order_id), found.documents[shop.id]),
    )
