"""What the head of the product feed has to name before the first product: currencies and categories."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import products


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Of the products that have a price: their currencies, the most used first, and their categories."""

    currencies: tuple[str, ...]
    categories: tuple[str, ...]


async def of_shop(c: AsyncConnection, shop_id: int) -> Catalogue:
    """Nothing in it where the shop has no products."""
    priced = (products.c.shop_id == shop_id, products.c.price_minor > 0)
    used = select(products.c.currency).where(*priced).group_by(products.c.currency)
    currencies = await c.scalars(used.order_by(func.count().desc(), products.c.currency))
    categories = await c.scalars(select(products.c.category).where(*priced).distinct())
    return Catalogue(tuple(currencies), tuple(sorted(categories)))
