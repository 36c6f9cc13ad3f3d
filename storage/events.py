"""The history of the orders (X5): one event per version, never changed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders import flow
from orders.events import Event, Received
from orders.order import Order
from storage import serial, upserts
from storage.errors import EventExists, NoSuchOrder, UnreadableDocument
from storage.tables import events, orders


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event, and the version of the order that it made."""

    version: int
    event: Event


async def add(c: AsyncConnection, order_id: int, version: int, event: Event) -> None:
    """Record what made this version of the order. Raises EventExists, NoSuchOrder."""
    values = {
        "order_id": order_id,
        "version": version,
        "kind": serial.event_tag(event),
        "at": event.mark.at,
        "document": serial.event_document(event),
    }
    try:
        is_new = await upserts.add(c, events, values)
    except IntegrityError as error:
        raise NoSuchOrder(order_id) from error
    if not is_new:
        raise EventExists(order_id, version)


async def history(c: AsyncConnection, order_id: int) -> list[Recorded]:
    """All that happened to the order, oldest first."""
    return [_recorded(row) for row in await c.execute(_history(order_id))]


async def order_at(c: AsyncConnection, order_id: int, version: int) -> Order | None:
    """The order as it was at a version, replayed from its history; None where that does not reach so far."""
    kept = await c.execute(select(orders.c.shop_id, orders.c.placed_at).where(orders.c.id == order_id))
    rows = await c.execute(_history(order_id).where(events.c.version <= version))
    order = None
    origin = kept.one_or_none()
    for recorded in map(_recorded, rows):
        if isinstance(recorded.event, Received):
            order = (
                flow.receive(order_id, origin.shop_id, recorded.event, origin.placed_at) if origin else None
            )
        elif order is not None:
            order = flow.apply(order, recorded.event)
    return order if order is not None and order.version == version else None


def _history(order_id: int) -> Select[Any]:
    return select(events).where(events.c.order_id == order_id).order_by(events.c.version)


def _recorded(row: Row[Any]) -> Recorded:
    try:
        return Recorded(row.version, serial.read_event(row.document))
    except UnreadableDocument as error:
        raise UnreadableDocument(f"event {row.version} of order {row.order_id}", error.why) from error
