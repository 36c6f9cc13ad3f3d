"""What the marketplace said: its own object of each order, and which webhook deliveries are done (X1)."""

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
    """Keep the latest object of an order, as it came. Raises NoSuchOrder."""
    try:
        await upserts.put(c, raw_orders, {"order_id": order_id}, {"raw": dict(raw), "at": at})
    except IntegrityError as error:
        raise NoSuchOrder(order_id) from error


async def forget(c: AsyncConnection, order_id: int) -> None:
    """The marketplace's object of an order is not kept any more."""
    await c.execute(delete(raw_orders).where(raw_orders.c.order_id == order_id))


async def raw_of(c: AsyncConnection, order_id: int) -> dict[str, Any] | None:
    """The marketplace's object of an order, as it was read last."""
    raw: dict[str, Any] | None = await c.scalar(_RAW, {"order_id": order_id})
    return raw


async def raws_by_id(c: AsyncConnection, order_ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """The objects that are kept of these orders, by the orders' ids."""
    found = await c.execute(_RAWS, {"order_ids": list(order_ids)})
    return {row.order_id: row.raw for row in found}


async def raws_of(c: AsyncConnection, shop_id: int, numbers: Collection[str]) -> dict[str, dict[str, Any]]:
    """The objects that are kept of a shop's orders, by the marketplace's number."""
    query = select(orders.c.number, raw_orders.c.raw).join(raw_orders, raw_orders.c.order_id == orders.c.id)
    found = await c.execute(query.where(orders.c.shop_id == shop_id, orders.c.number.in_(numbers)))
    return {row.number: row.raw for row in found}


async def is_done(c: AsyncConnection, uuid: str) -> bool:
    """Whether a webhook delivery of this uuid was worked off before."""
    return await c.scalar(select(webhook_events.c.uuid).where(webhook_events.c.uuid == uuid)) is not None


async def mark_done(c: AsyncConnection, uuid: str, event: str, at: datetime) -> bool:
    """Mark a delivery as done; False when somebody was quicker: the unique key decides."""
    return await upserts.add(c, webhook_events, {"uuid": uuid, "event": event, "at": at})
