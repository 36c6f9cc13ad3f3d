"""The currencies and categories that the product feed lists before the first product."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import products


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The currencies of the products that have a price, the most used first, and their categories."""

    currencies: tuple[str, ...]
    categories: tuple[str, ...]


async def of_shop(c: AsyncConnection, shop_id: int) -> Catalogue:
    """Returns the shop's catalogue; it is empty when no product has a price."""
    priced = (products.c.shop_id == shop_id, products.c.price_minor > 0)
    used = select(products.c.currency).where(*priced).group_by(products.c.currency)
    currencies = await c.scalars(used.order_by(func.count().desc(), products.c.currency))
    categories = await c.scalars(select(products.c.category).where(*priced).distinct())
    return Catalogue(tuple(currencies), tuple(sorted(categories)))
