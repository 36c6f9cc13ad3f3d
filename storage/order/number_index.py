"""The numbers of orders by their ends, so that any part of one is found without reading a million of them.

A part of a number is the beginning of one of its ends: `3618` is how `36184` begins, an end of `25836184`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.columns import plain
from storage.db.tables import number_parts, orders

SHORTEST = 4
"""Characters of the shortest end that is kept: fewer are in so many numbers that an index helps nothing."""

_AFTER_ALL = "\U0010ffff"
"""Sorts behind every character that a number may have."""


async def add(c: AsyncConnection, order_id: int, shop_id: int, number: str) -> None:
    """Let the order be found by each part of its number."""
    kept = plain(number)
    ends = {kept[start:] for start in range(max(1, len(kept) - SHORTEST + 1))}
    rows = [{"shop_id": shop_id, "part": end, "order_id": order_id} for end in sorted(ends)]
    await c.execute(upserts.insert(c, number_parts), rows)


def found_by(shop_id: int, part: str) -> ColumnElement[bool]:
    """Whether the number of an order of this shop contains the part."""
    if len(part) < SHORTEST:
        contains = orders.c.number.contains(part, autoescape=True)
        # a select of its own, which reads the index of numbers and not the orders
        return orders.c.id.in_(select(orders.c.id).where(orders.c.shop_id == shop_id, contains))
    begins = (number_parts.c.part >= part, number_parts.c.part < part + _AFTER_ALL)
    return orders.c.id.in_(select(number_parts.c.order_id).where(number_parts.c.shop_id == shop_id, *begins))
