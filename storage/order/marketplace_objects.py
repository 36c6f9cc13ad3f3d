"""The marketplace's raw object of each order, and the webhook deliveries processed so far (X1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.errors import NoSuchOrder
from storage.db.tables import orders, raw_orders, webhook_events

_RAW = select(raw_orders.c.raw).where(raw_orders.c.order_id == bindparam("order_id"))

_RAWS = select(raw_orders.c.order_id, raw_orders.c.raw).where(
    raw_orders.c.order_id.in_(bindparam("order_ids", expanding=True))
)


async def keep_raw(c: AsyncConnection, order_id: int, raw: Mapping[str, Any], at: datetime) -> None:
    """Store the latest raw object of an order. Raises NoSuchOrder when there is no such order."""
    try:
        await upserts.put(c, raw_orders, {"order_id": order_id}, {"raw": dict(raw), "at": at})
    except IntegrityError as error:
        raise NoSuchOrder(order_id) from error


async def forget(c: AsyncConnection, order_id: int) -> None:
    """Delete the raw object of an order."""
    await c.execute(delete(raw_orders).where(raw_orders.c.order_id == order_id))


async def raw_of(c: AsyncConnection, order_id: int) -> dict[str, Any] | None:
    """Returns the latest raw object of an order; None where there is none."""
    raw: dict[str, Any] | None = await c.scalar(_RAW, {"order_id": order_id})
    return raw


async def raws_by_id(c: AsyncConnection, order_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Returns the raw objects of these orders by order id."""
    found = await c.execute(_RAWS, {"order_ids": list(order_ids)})
    return {row.order_id: row.raw for row in found}


async def raws_of(c: AsyncConnection, shop_id: int, numbers: Collection[str]) -> dict[str, dict[str, Any]]:
    """Returns the raw objects of a shop's orders by the marketplace's number."""
    query = select(orders.c.number, raw_orders.c.raw).join(raw_orders, raw_orders.c.order_id == orders.c.id)
    found = await c.execute(query.where(orders.c.shop_id == shop_id, orders.c.number.in_(numbers)))
    return {row.number: row.raw for row in found}


async def is_done(c: AsyncConnection, uuid: str) -> bool:
    """Returns whether the webhook delivery with this uuid was processed before."""
    return await c.scalar(select(webhook_events.c.uuid).where(webhook_events.c.uuid == uuid)) is not None


async def mark_done(c: AsyncConnection, uuid: str, event: str, at: datetime) -> bool:
    """Mark a delivery as processed. Returns False when it is marked already; the unique key decides."""
    return await upserts.add(c, webhook_events, {"uuid": uuid, "event": event, "at": at})
