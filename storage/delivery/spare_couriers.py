"""The spare couriers of a shop: couriers from outside, called one after another when needed (R89)."""

from __future__ import annotations

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.delivery.spare_couriers import SpareCourier
from storage.db import upserts
from storage.db.errors import NoSuchShop
from storage.db.tables import spare_couriers as table

_OF_SHOP = select(table).where(table.c.shop_id == bindparam("shop_id")).order_by(table.c.id)


async def put(c: AsyncConnection, shop_id: int, name: str, phone: str, note: str) -> None:
    """Upsert a spare courier by phone. Raises NoSuchShop when there is no such shop."""
    key = {"shop_id": shop_id, "phone": phone}
    try:
        await upserts.put(c, table, key, {"name": name, "note": note})
    except IntegrityError as error:
        raise NoSuchShop(shop_id) from error


async def of_shop(c: AsyncConnection, shop_id: int) -> list[SpareCourier]:
    """Returns the shop's spare couriers in the order in which they were added and are called."""
    return [_spare(row) for row in await c.execute(_OF_SHOP, {"shop_id": shop_id})]


async def get(c: AsyncConnection, shop_id: int, spare_id: int) -> SpareCourier | None:
    """Returns a spare courier of the shop, or None."""
    row = await c.execute(select(table).where(table.c.shop_id == shop_id, table.c.id == spare_id))
    found = row.one_or_none()
    return _spare(found) if found else None


async def remove(c: AsyncConnection, shop_id: int, spare_id: int) -> None:
    """Remove a spare courier; the calls noted in orders are kept."""
    await c.execute(delete(table).where(table.c.shop_id == shop_id, table.c.id == spare_id))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before those of the backup copy are restored."""
    await c.execute(delete(table))


def _spare(row: Row[int, int, str, str, str]) -> SpareCourier:
    return SpareCourier(row.id, row.name, row.phone, row.note)
