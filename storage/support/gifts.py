"""The small gifts that a shop offers after a mishap (R85)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.money import Money
from storage.db.support_tables import gifts as table

_MONEY = TypeAdapter(Money)


@dataclass(frozen=True, slots=True)
class ListedGift:
    """A gift on a shop's list; `cost` is what the shop pays for it."""

    id: int
    name: str
    cost: Money


async def of_shop(c: AsyncConnection, shop_id: int) -> list[ListedGift]:
    """Returns the shop's gifts in the order in which they were added."""
    rows = await c.execute(select(table).where(table.c.shop_id == shop_id).order_by(table.c.id))
    return [_read(row) for row in rows]


async def add(c: AsyncConnection, shop_id: int, name: str, cost: Money) -> None:
    """Add a gift to the list."""
    values = {"shop_id": shop_id, "name": name, "cost": _MONEY.dump_python(cost, mode="json")}
    await c.execute(insert(table).values(values))


async def remove(c: AsyncConnection, shop_id: int, gift_id: int) -> None:
    """Remove a gift from the list; orders that it was given with keep it."""
    await c.execute(delete(table).where(table.c.shop_id == shop_id, table.c.id == gift_id))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before those of the backup copy are restored."""
    await c.execute(delete(table))


def _read(row: Row[Any]) -> ListedGift:
    return ListedGift(row.id, row.name, _MONEY.validate_python(row.cost))
