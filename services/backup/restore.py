"""Rebuilds an empty database from the backup copy (X11): orders, history, shops, people and goods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.delivery.spare_couriers import SpareCourier
from orders.model.order import Order
from orders.model.people import Role
from orders.schedule.deadlines import deadlines
from orders.steps import flow
from orders.steps.events import Event, Received
from services.order import recipients
from storage.backup import backed_up_tables, sequences
from storage.backup.backup_copy import BackupCopy, CopyRecord
from storage.db import serial
from storage.db.database import Database
from storage.db.errors import BackupUnavailable, StorageError, UnreadableDocument
from storage.delivery import spare_couriers
from storage.goods import products
from storage.money import transactions
from storage.order import deadlines as deadline_rows
from storage.order import events, marketplace_objects
from storage.order import orders as order_rows
from storage.sending import fallback, outbox
from storage.shop import closures, shop_log, shops
from storage.shop.shops import Shop
from storage.support import branded, gifts, guide
from storage.team import invitations, staff
from storage.team.staff import BySettings, Member


class NotEmpty(StorageError):  # noqa: N818 - named after the state it reports, as the errors of storage are
    """The database holds orders already; a restore must not overwrite them."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How much was restored. `without_history`: versions whose event the copy does not have."""

    orders: int
    versions: int
    people: int
    without_history: int


def shop_document(
    shop: Shop, people: Sequence[Member], spares: Sequence[SpareCourier] = ()
) -> dict[str, Any]:
    """A shop, its staff and its spare couriers, as the backup copy stores them."""
    return {
        "marketplace_id": shop.marketplace_id,
        "name": shop.name,
        "language": shop.language,
        "rules": serial.rules_document(shop.rules),
        "group_chat_id": shop.group_chat_id,
        "of_settings": shop.of_settings,
        "people": [
            {
                "staff_id": member.staff_id,
                "role": member.role.value,
                "name": member.name,
                "phone": member.phone,
                "telegram_id": member.telegram_id,
                "language": member.language,
                "by_settings": member.by_settings,
            }
            for member in people
        ],
        "spare_couriers": [
            {"name": spare.name, "phone": spare.phone, "note": spare.note} for spare in spares
        ],
    }


async def restore(
    database: Database, copy: BackupCopy, shop: Shop, now: datetime, advance: Callable[[], None]
) -> Restored:
    """Restore everything in one transaction: all or nothing. `advance` is called after each order.

    `shop` comes from the settings: it stands in for a shop that the copy does not describe. Raises NotEmpty,
    BackupUnavailable, DatabaseUnavailable, UnreadableDocument.
    """
    await copy.count()  # raises where there is no copy, before `try_writing` could create one
    with suppress(BackupUnavailable):  # adds tables that an old copy lacks
        await copy.try_writing(now)
    counts = [0, 0, 0]
    async with database.write() as c:
        if await order_rows.is_any(c):
            raise NotEmpty("the database holds orders already; a copy is restored into an empty one only")
        rules = _Shops(shop, await _put_shops_back(c, await copy.shops(), shop))
        async for records, raw in copy.whole_orders():
            order, bare = await _put_order_back(c, records, rules)
            await outbox.put(c, recipients.still_to_tell(order, now))
            if raw is not None:
                await marketplace_objects.keep_raw(c, order.id, raw, records[0].saved_at)
            counts = [counts[0] + 1, counts[1] + len(records), counts[2] + bare]
            advance()
        if kept := await copy.belongings():
            await backed_up_tables.put_back(c, kept)
        await sequences.go_on_after_highest(c)
        people = len({member.staff_id for member in await staff.everybody(c)})
    return Restored(counts[0], counts[1], people, counts[2])


class _Shops:
    """The restored shops; a shop that only its orders name is created with the first of them."""

    def __init__(self, settings: Shop, known: dict[int, Shop]) -> None:
        self._settings = settings
        self._known = known

    async def of(self, c: AsyncConnection, shop_id: int) -> Shop:
        if shop_id not in self._known:
            taken = bool(self._known)
            other = replace(self._settings, marketplace_id=None, group_chat_id=None)
            shop = replace(other, name=f"{other.name} {shop_id}") if taken else self._settings
            self._known[shop_id] = replace(shop, id=shop_id)
            await shops.put_back(c, self._known[shop_id])
        return self._known[shop_id]


async def _put_shops_back(
    c: AsyncConnection, documents: dict[int, dict[str, Any]], settings: Shop
) -> dict[int, Shop]:
    """Replace the shops and people that a first start has made by the copy's; nobody is dropped."""
    present = await staff.everybody(c)
    if not documents:
        return {}
    await staff.remove_all(c)
    await transactions.remove_all(c)
    await products.remove_all(c)
    await closures.remove_all(c)
    await outbox.remove_all(c)
    await spare_couriers.remove_all(c)
    await invitations.remove_all(c)
    await shop_log.remove_all(c)
    await guide.remove_all(c)
    await gifts.remove_all(c)
    await branded.remove_all(c)
    await fallback.remove_all(c)
    await shops.remove_all(c)
    known = {}
    for shop_id, document in documents.items():
        known[shop_id], people, spares = _read_shop(shop_id, document)
        await shops.put_back(c, known[shop_id])
        for person in people:
            await staff.put_back(c, person)
        for name, phone, note in spares:
            await spare_couriers.put(c, shop_id, name, phone, note)
    await sequences.go_on_after_highest(c)
    await _take_on(c, present, settings)
    return known


async def _take_on(c: AsyncConnection, present: Sequence[Member], settings: Shop) -> None:
    """Add people of the database who are not in the copy to the shop of the settings."""
    newcomers = [member for member in present if not await staff.by_phone(c, member.phone)]
    for member in newcomers:
        shop = await shops.of_settings(c, settings) or await shops.put_of_settings(c, settings)
        added = await staff.add(c, shop.id, member.phone, member.name, member.role)
        if member.telegram_id is not None and not await staff.by_telegram(c, member.telegram_id):
            await staff.connect(c, added.staff_id, member.telegram_id, member.language, member.name)


def copied_shop(shop_id: int, document: dict[str, Any]) -> Shop:
    """A shop as the copy holds it. Raises UnreadableDocument."""
    return _read_shop(shop_id, document)[0]


def _read_shop(
    shop_id: int, document: dict[str, Any]
) -> tuple[Shop, list[Member], list[tuple[str, str, str]]]:
    """A shop, its people and its spare couriers as (name, phone, note). Raises UnreadableDocument."""
    try:
        shop = Shop(
            shop_id,
            document["marketplace_id"],
            document["name"],
            document["language"],
            serial.read_rules(document["rules"]),
            document["group_chat_id"],
            document.get("of_settings", False),  # absent in a copy of an earlier release
        )
        people = [
            Member(**{
                **person,
                "role": Role(person["role"]),
                "shop_id": shop_id,
                # a copy of an earlier release does not say whom the settings named
                "by_settings": BySettings(person["by_settings"]) if person.get("by_settings") else None,
            })
            for person in document["people"]
        ]  # fmt: skip
        # a copy of an earlier release has no spare couriers
        spares = [(one["name"], one["phone"], one["note"]) for one in document.get("spare_couriers", [])]
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableDocument(f"shop {shop_id}", type(error).__name__) from None
    return shop, people, spares


async def _put_order_back(
    c: AsyncConnection, records: Sequence[CopyRecord], known: _Shops
) -> tuple[Order, int]:
    """Store the newest version as the order, and each version in the history.

    Returns the order, and the number of versions without an event.
    """
    order = copied_order(records[-1])
    shop = await known.of(c, order.shop_id)
    await order_rows.put_back(c, order)
    before, bare = None, 0
    for record in records:
        version = copied_order(record)
        event = serial.read_event(record.event) if record.event is not None else None
        if event is not None and _replayed(before, event, version) == version:
            await events.add(c, order.id, version.version, event)
        else:
            bare += event is None
            await events.add_snapshot(c, version, record.event, record.saved_at)
        before = version
    await deadline_rows.rewrite(c, order.id, partial(deadlines, order, shop.rules))
    return order, bare


def _replayed(before: Order | None, event: Event, version: Order) -> Order | None:
    """Apply the event to the version before; None where that version is missing."""
    if isinstance(event, Received):
        return flow.receive(version.id, version.shop_id, event, version.placed_at)
    return flow.apply(before, event) if before is not None else None


def copied_order(record: CopyRecord) -> Order:
    """The order as the copy holds it. Raises UnreadableDocument."""
    try:
        return replace(serial.read_order(record.document), id=record.order_id)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"order {record.number}, version {record.version}", error.why) from error
