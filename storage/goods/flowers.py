"""The flowers that recipes need, and the counted stems of each (R83)."""

from __future__ import annotations

from sqlalchemy import and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.goods.products import Flower
from orders.model.order import Mark
from storage.db import serial, upserts
from storage.db.tables import flowers, products, recipes


async def all_flowers(c: AsyncConnection, shop_id: int) -> list[Flower]:
    """Returns every flower of the shop's recipes; those used by the most products come first."""
    needed = func.count(recipes.c.product_id)
    query = (
        select(
            recipes.c.flower,
            func.min(recipes.c.name).label("name"),
            needed.label("products"),
            func.min(flowers.c.stems).label("stems"),
            func.min(flowers.c.counted).label("counted"),
        )
        .join_from(recipes, products)
        .outerjoin(flowers, and_(flowers.c.shop_id == shop_id, flowers.c.flower == recipes.c.flower))
        .where(products.c.shop_id == shop_id)
        .group_by(recipes.c.flower)
        .order_by(needed.desc(), recipes.c.flower)
    )
    return [
        Flower(
            row.flower,
            row.name,
            row.products,
            row.stems,
            serial.read_mark(row.counted) if row.counted else None,
        )
        for row in await c.execute(query)
    ]


async def stems(c: AsyncConnection, shop_id: int) -> dict[str, int]:
    """Returns the stems in stock of each counted flower of the shop, by the flower's key."""
    query = select(flowers.c.flower, flowers.c.stems).where(flowers.c.shop_id == shop_id)
    return {row.flower: row.stems for row in await c.execute(query)}


async def set_stems(c: AsyncConnection, shop_id: int, flower: str, amount: int | None, counted: Mark) -> bool:
    """Store the stems in stock of a flower; None: it is in stock and not counted.

    Returns False when nothing changed. After a change the caller has to `settle` the products that need it.
    """
    key = {"shop_id": shop_id, "flower": flower}
    if (await stems(c, shop_id)).get(flower) == amount:
        return False
    if amount is None:
        own = (flowers.c.shop_id == shop_id, flowers.c.flower == flower)
        await c.execute(delete(flowers).where(*own))
    else:
        values = {"stems": amount, "counted": serial.mark_document(counted)}
        await upserts.put(c, flowers, key, values)
    return True
