"""An index of the suffixes of order numbers, to find an order by any part of its number without a full scan.

Every part of a number is a prefix of a suffix of it: `3618` is a prefix of `36184`, a suffix of `25836184`.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.columns import plain
from storage.db.tables import number_parts, orders

SHORTEST = 4
"""Length of the shortest stored suffix. Shorter parts occur in too many numbers for an index to help."""

_AFTER_ALL = "\U0010ffff"
"""Sorts after every character of a number, for a range scan by prefix."""


async def add(c: AsyncConnection, order_id: int, shop_id: int, number: str) -> None:
    """Index the number of an order, so that `found_by` finds it by any part."""
    kept = plain(number)
    ends = {kept[start:] for start in range(max(1, len(kept) - SHORTEST + 1))}
    rows = [{"shop_id": shop_id, "part": end, "order_id": order_id} for end in sorted(ends)]
    await c.execute(upserts.insert(c, number_parts), rows)


def found_by(shop_id: int, part: str) -> ColumnElement[bool]:
    """Returns the condition that an order of this shop has a number that contains the part."""
    if len(part) < SHORTEST:
        contains = orders.c.number.contains(part, autoescape=True)
        # a subselect, so that the database scans the index on the numbers and not the table
        return orders.c.id.in_(select(orders.c.id).where(orders.c.shop_id == shop_id, contains))
    begins = (number_parts.c.part >= part, number_parts.c.part < part + _AFTER_ALL)
    return orders.c.id.in_(select(number_parts.c.order_id).where(number_parts.c.shop_id == shop_id, *begins))
