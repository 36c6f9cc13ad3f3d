"""The history of the orders (X5): one event per version of an order.

Events never change, except that personal data is erased from them when its time has come (R63).

After a restore, a version whose preceding events are missing from the backup copy is stored as a snapshot:
the whole order at that version, and the event that made it where that is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.steps import flow
from orders.steps.events import Event, Received
from storage.db import serial, upserts
from storage.db.errors import EventExists, NoSuchOrder, UnreadableDocument
from storage.db.tables import events, orders

_SNAPSHOT = "snapshot"
_HISTORIES = (
    select(events)
    .where(events.c.order_id.in_(bindparam("order_ids", expanding=True)))
    .order_by(events.c.order_id, events.c.version)
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event and the version of the order that it produced."""

    version: int
    event: Event


@dataclass(frozen=True, slots=True)
class History:
    """The stored history of one order: one row per version, oldest first."""

    rows: tuple[Row[Any], ...]

    def event_of(self, version: int) -> serial.Document | None:
        """Returns the document of the event that produced this version; None where it is not known."""
        return next((_event(row) for row in self.rows if row.version == version), None)

    def order_at(self, version: int, shop_id: int, placed_at: datetime) -> Order | None:
        """Returns the order at a version, replayed from its events; None where the history does not reach it.

        `shop_id` and `placed_at` come from the order, as the events do not contain them.
        """
        order: Order | None = None
        for row in self.rows:
            if row.version <= version:
                order = _after(order, row, shop_id, placed_at)
        return order if order is not None and order.version == version else None


async def add(c: AsyncConnection, order_id: int, version: int, event: Event) -> None:
    """Store the event that produced this version.

    Raises EventExists when the version has one already, NoSuchOrder when there is no such order.
    """
    await _add(c, order_id, version, serial.event_tag(event), event.mark.at, serial.event_document(event))


async def _add(
    c: AsyncConnection, order_id: int, version: int, kind: str, at: datetime, document: serial.Document
) -> None:
    values = {"order_id": order_id, "version": version, "kind": kind, "at": at, "document": document}
    try:
        is_new = await upserts.add(c, events, values)
    except IntegrityError as error:
        raise NoSuchOrder(order_id) from error
    if not is_new:
        raise EventExists(order_id, version)


async def add_snapshot(c: AsyncConnection, order: Order, event: serial.Document | None, at: datetime) -> None:
    """Store a version of an order as a snapshot. Raises like `add`."""
    document = {"order": serial.order_document(order), "event": event}
    await _add(c, order.id, order.version, _SNAPSHOT, at, document)


async def history(c: AsyncConnection, order_id: int) -> list[Recorded]:
    """Returns the known events of the order, oldest first."""
    recorded = [_recorded(row) for row in await c.execute(_history(order_id))]
    return [entry for entry in recorded if entry is not None]


async def histories(c: AsyncConnection, order_ids: Collection[int]) -> dict[int, History]:
    """Returns the stored histories of these orders by order id, read in one statement."""
    found: dict[int, list[Row[Any]]] = {order_id: [] for order_id in order_ids}
    for row in await c.execute(_HISTORIES, {"order_ids": list(order_ids)}):
        found[row.order_id].append(row)
    return {order_id: History(tuple(rows)) for order_id, rows in found.items()}


async def versions(c: AsyncConnection, order_id: int) -> list[int]:
    """Returns the versions of the order that have a stored event or snapshot, in ascending order."""
    query = select(events.c.version).where(events.c.order_id == order_id).order_by(events.c.version)
    return list(await c.scalars(query))


async def rewrite(
    c: AsyncConnection,
    order_id: int,
    of_event: Callable[[serial.Document], serial.Document],
    of_order: Callable[[serial.Document], serial.Document],
) -> None:
    """Rewrite all stored documents of an order's history, to erase personal data from them (R63)."""
    for row in (await c.execute(_history(order_id))).all():
        document = row.document
        if row.kind == _SNAPSHOT:
            event = document["event"]
            fresh = {"order": of_order(document["order"]), "event": event and of_event(event)}
        else:
            fresh = of_event(document)
        this = update(events).where(events.c.order_id == order_id, events.c.version == row.version)
        await c.execute(this.values(document=fresh))


async def order_at(c: AsyncConnection, order_id: int, version: int) -> Order | None:
    """Returns the order at a version, replayed from its events; None where the history does not reach it."""
    query = select(orders.c.shop_id, orders.c.placed_at).where(orders.c.id == order_id)
    origin = (await c.execute(query)).one_or_none()
    history = (await histories(c, [order_id]))[order_id]
    return history.order_at(version, origin.shop_id, origin.placed_at) if origin else None


def _after(order: Order | None, row: Row[Any], shop_id: int, placed_at: datetime) -> Order | None:
    """Applies one row of the history to the order and returns the result."""
    if row.kind == _SNAPSHOT:
        return serial.read_order(row.document["order"])
    event = _read(row, row.document)
    if isinstance(event, Received):
        return flow.receive(row.order_id, shop_id, event, placed_at)
    return flow.apply(order, event) if order is not None else None


def _event(row: Row[Any]) -> serial.Document | None:
    document: serial.Document | None = row.document["event"] if row.kind == _SNAPSHOT else row.document
    return document


def _history(order_id: int) -> Select[Any]:
    return select(events).where(events.c.order_id == order_id).order_by(events.c.version)


def _recorded(row: Row[Any]) -> Recorded | None:
    document = _event(row)
    return Recorded(row.version, _read(row, document)) if document is not None else None


def _read(row: Row[Any], document: serial.Document) -> Event:
    try:
        return serial.read_event(document)
    except UnreadableDocument as error:
        raise UnreadableDocument(f"event {row.version} of order {row.order_id}", error.why) from error
