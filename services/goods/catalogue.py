"""The shop's products and flowers, as screens list them (R11, R61, R83)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from orders.goods.products import Flower, Product
from storage.db.database import Database
from storage.goods import flowers, pending_pushes, products


@dataclass(frozen=True, slots=True)
class ProductPage:
    """One page of the list. `stems`: how many of each counted flower the shop has."""

    found: Sequence[Product]
    page: int
    pages: int
    total: int
    stems: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ProductView:
    """One product; `problem`: why the marketplace refused its last change, None if it did not."""

    product: Product
    total: int
    stems: Mapping[str, int]
    problem: str | None


class Catalogue:
    """Reads products and flowers; `GoodsDesk` changes them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, shop_id: int, page: int, size: int, part: str = "") -> ProductPage:
        """Returns a page of the products whose name contains `part`; past the end, the last page."""
        async with self._database.snapshot() as c:
            total = await products.total(c, shop_id, part)
            pages = max(1, ceil(total / size))
            page = min(page, pages - 1)
            found = await products.page(c, shop_id, size, page * size, part)
            return ProductPage(found, page, pages, total, await flowers.stems(c, shop_id))

    async def at(self, shop_id: int, place: int) -> Product | None:
        """Returns the product at this place of the list, from 0; None past the end."""
        async with self._database.snapshot() as c:
            return next(iter(await products.page(c, shop_id, 1, place)), None)

    async def product(self, shop_id: int, product_id: int) -> ProductView | None:
        """Returns the product; None if the shop has none with this id."""
        async with self._database.snapshot() as c:
            product = await products.get(c, shop_id, product_id)
            if product is None:
                return None
            push = await pending_pushes.of_product(c, shop_id, product_id)
            stems, total = await flowers.stems(c, shop_id), await products.total(c, shop_id)
        return ProductView(product, total, stems, push.problem if push is not None else None)

    async def flowers(self, shop_id: int) -> list[Flower]:
        """Returns the flowers of all recipes."""
        async with self._database.snapshot() as c:
            return await flowers.all_flowers(c, shop_id)

    async def stems(self, shop_id: int) -> dict[str, int]:
        """Returns how many of each counted flower the shop has."""
        async with self._database.snapshot() as c:
            return await flowers.stems(c, shop_id)
