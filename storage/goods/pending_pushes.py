"""Products to push to the marketplace: the rows with `push_at` set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.goods.products import Product, wants_shown
from storage.db.tables import products
from storage.db.wakes import own_work
from storage.goods import flowers
from storage.goods.products import load

UNEXPLAINED = "?"
"""The problem of a product that the marketplace refused without a reason."""


@dataclass(frozen=True, slots=True)
class Push:
    """A product to update at the marketplace, to the visibility `shown` and the stock of the product.

    `asked_by` is the member who made the change; `problem` the marketplace's reason for its last refusal.
    """

    product: Product
    shown: bool
    asked_by: int | None
    attempts: int
    problem: str = ""


async def claim(c: AsyncConnection, shop_id: int, now: datetime, until: datetime, limit: int) -> list[Push]:
    """Claim the pushes due at `now`. The lease ends at `until`, when an unfinished push is due again."""
    ready = select(products).where(products.c.shop_id == shop_id, products.c.push_at <= now)
    first = ready.order_by(products.c.push_at, products.c.id).limit(limit)
    rows = (await c.execute(first.with_for_update(skip_locked=True))).all()
    taken = products.c.id.in_([row.id for row in rows])
    await c.execute(own_work(update(products).where(taken).values(push_at=until)))
    return await _pushes(c, shop_id, rows)


async def next_due(c: AsyncConnection, shop_id: int) -> datetime | None:
    """Returns when the shop's next push is due; None where none is."""
    own = select(func.min(products.c.push_at)).where(products.c.shop_id == shop_id)
    moment: datetime | None = await c.scalar(own)
    return moment


async def refuse(c: AsyncConnection, product_id: int, problem: str) -> bool:
    """Store a refusal. The product is not pushed again until somebody changes it.

    Returns whether the problem differs from the one stored before.
    """
    own = products.c.id == product_id
    before = await c.scalar(select(products.c.problem).where(own))
    await c.execute(update(products).where(own).values(push_at=None, problem=problem))
    return before != problem


async def try_again(c: AsyncConnection, ids: Sequence[int], at: datetime, *, counts: bool) -> None:
    """Schedule a retry, not before `at`, for pushes whose result is unknown. `counts`: count the attempt."""
    attempts = products.c.attempts + int(counts)
    await c.execute(update(products).where(products.c.id.in_(ids)).values(push_at=at, attempts=attempts))


async def refused(c: AsyncConnection, shop_id: int, limit: int) -> list[Push]:
    """Returns the pushes that the marketplace refused, sorted by name."""
    own = select(products).where(products.c.shop_id == shop_id, products.c.problem != "")
    return await _list(c, shop_id, own.order_by(products.c.words, products.c.id).limit(limit))


async def of_product(c: AsyncConnection, shop_id: int, product_id: int) -> Push | None:
    """Returns the pending or refused push of one product; None when the marketplace is up to date."""
    own = select(products).where(products.c.shop_id == shop_id, products.c.id == product_id)
    behind = (products.c.push_at.is_not(None)) | (products.c.problem != "")
    found = await _list(c, shop_id, own.where(behind))
    return found[0] if found else None


async def count(c: AsyncConnection, shop_id: int) -> int:
    """Returns the number of the shop's products with a pending or refused push."""
    behind = (products.c.push_at.is_not(None)) | (products.c.problem != "")
    return (await c.execute(select(func.count()).where(products.c.shop_id == shop_id, behind))).scalar_one()


async def _list(c: AsyncConnection, shop_id: int, query: Select[Any]) -> list[Push]:
    return await _pushes(c, shop_id, (await c.execute(query)).all())


async def _pushes(c: AsyncConnection, shop_id: int, rows: Sequence[Row[Any]]) -> list[Push]:
    stems = await flowers.stems(c, shop_id)
    return [
        Push(product, wants_shown(product, stems), row.asked_by, row.attempts, row.problem)
        for product, row in zip(await load(c, rows), rows, strict=True)
    ]
