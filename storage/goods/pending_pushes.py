"""What the marketplace has yet to be told of products: the rows whose moment `push_at` is set."""

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
"""The problem of a product that the marketplace refused without a word."""


@dataclass(frozen=True, slots=True)
class Push:
    """A product that the marketplace should have otherwise: `shown`, and the product's own stock.

    `asked_by` is whose wish it is; `problem` what the marketplace said against it the last time.
    """

    product: Product
    shown: bool
    asked_by: int | None
    attempts: int
    problem: str = ""


async def claim(c: AsyncConnection, shop_id: int, now: datetime, until: datetime, limit: int) -> list[Push]:
    """Take what is due at `now`; nobody else takes it before `until`, by which it should be known."""
    ready = select(products).where(products.c.shop_id == shop_id, products.c.push_at <= now)
    first = ready.order_by(products.c.push_at, products.c.id).limit(limit)
    rows = (await c.execute(first.with_for_update(skip_locked=True))).all()
    taken = products.c.id.in_([row.id for row in rows])
    await c.execute(own_work(update(products).where(taken).values(push_at=until)))
    return await _pushes(c, shop_id, rows)


async def next_due(c: AsyncConnection, shop_id: int) -> datetime | None:
    """When the next try is due."""
    own = select(func.min(products.c.push_at)).where(products.c.shop_id == shop_id)
    moment: datetime | None = await c.scalar(own)
    return moment


async def refuse(c: AsyncConnection, product_id: int, problem: str) -> bool:
    """The marketplace does not take it, so it is not tried again until somebody wishes anew.

    Says whether that is news: it did not say the same before.
    """
    own = products.c.id == product_id
    before = await c.scalar(select(products.c.problem).where(own))
    await c.execute(update(products).where(own).values(push_at=None, problem=problem))
    return before != problem


async def try_again(c: AsyncConnection, ids: Sequence[int], at: datetime, *, counts: bool) -> None:
    """It is not known whether the marketplace took it: the same once more, not before `at`."""
    attempts = products.c.attempts + int(counts)
    await c.execute(update(products).where(products.c.id.in_(ids)).values(push_at=at, attempts=attempts))


async def refused(c: AsyncConnection, shop_id: int, limit: int) -> list[Push]:
    """What the marketplace did not take, by name."""
    own = select(products).where(products.c.shop_id == shop_id, products.c.problem != "")
    return await _list(c, shop_id, own.order_by(products.c.words, products.c.id).limit(limit))


async def of_product(c: AsyncConnection, shop_id: int, product_id: int) -> Push | None:
    """How one product stands with the marketplace: None when it has it as it should."""
    own = select(products).where(products.c.shop_id == shop_id, products.c.id == product_id)
    behind = (products.c.push_at.is_not(None)) | (products.c.problem != "")
    found = await _list(c, shop_id, own.where(behind))
    return found[0] if found else None


async def count(c: AsyncConnection, shop_id: int) -> int:
    """How many products the marketplace has otherwise than they should be."""
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
