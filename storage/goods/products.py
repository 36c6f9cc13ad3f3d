"""The products of the shops, and what of them the marketplace still has to be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.goods.products import Ingredient, Product, Told, wants_shown
from orders.model.money import Money
from storage.db import upserts
from storage.db.errors import NoSuchProduct, NoSuchShop
from storage.db.locks import hold_table
from storage.db.tables import flowers as flower_table
from storage.db.tables import products, recipes
from storage.goods import flowers

_T = TypeVar("_T")

_AT_ONCE = 500
"""Products in one statement: below the number of variables that SQLite takes."""


async def page(
    c: AsyncConnection, shop_id: int, limit: int, offset: int = 0, part: str = ""
) -> list[Product]:
    """The shop's products by name; with `part` those whose name or offer id contains it, in any case."""
    query = select(products).where(*_listed(shop_id, part)).order_by(products.c.words, products.c.id)
    return await load(c, (await c.execute(query.limit(limit).offset(offset))).all())


async def total(c: AsyncConnection, shop_id: int, part: str = "") -> int:
    """How many products `page` has in all."""
    return (await c.execute(select(func.count()).where(*_listed(shop_id, part)))).scalar_one()


async def stopped_count(c: AsyncConnection, shop_id: int) -> int:
    """How many products stand on the stop list."""
    own = (products.c.shop_id == shop_id, products.c.stopped)
    return (await c.execute(select(func.count()).where(*own))).scalar_one()


async def after(c: AsyncConnection, shop_id: int, product_id: int, limit: int) -> list[Product]:
    """The next products by id: all of them, a piece at a time; begin with 0."""
    ahead = select(products).where(products.c.shop_id == shop_id, products.c.id > product_id)
    return await load(c, (await c.execute(ahead.order_by(products.c.id).limit(limit))).all())


async def get(c: AsyncConnection, shop_id: int, product_id: int) -> Product | None:
    """A product of this shop; None for another shop's."""
    own = select(products).where(products.c.id == product_id, products.c.shop_id == shop_id)
    found = await load(c, (await c.execute(own)).all())
    return found[0] if found else None


async def by_offer_ids(c: AsyncConnection, shop_id: int, offer_ids: Collection[str]) -> dict[str, Product]:
    """The shop's products of these offer ids, as far as there are any."""
    found: dict[str, Product] = {}
    for some in _pieces(sorted(set(offer_ids))):
        query = select(products).where(products.c.shop_id == shop_id, products.c.offer_id.in_(some))
        found |= {one.offer_id: one for one in await load(c, (await c.execute(query)).all())}
    return found


async def needing(c: AsyncConnection, shop_id: int, flower: str) -> list[Product]:
    """The shop's products whose recipe needs the flower of this key."""
    query = select(products).join_from(products, recipes)
    query = query.where(products.c.shop_id == shop_id, recipes.c.flower == flower)
    return await load(c, (await c.execute(query.order_by(products.c.words, products.c.id))).all())


async def put_many(c: AsyncConnection, shop_id: int, wanted: Sequence[Product], now: datetime) -> None:
    """Keep these products as they are given, recipes too; each is matched by its offer id.

    Read, change and put back in one transaction: a product is written whole, but for `told`, which only
    `tell` changes. Raises NoSuchShop.
    """
    for some in _pieces(wanted):
        values = [_values(replace(product, shop_id=shop_id)) for product in some]
        statement = upserts.insert(c, products)
        changes = {name: statement.excluded[name] for name in values[0] if name not in _KEY}
        try:
            kept = statement.on_conflict_do_update(index_elements=list(_KEY), set_=changes)
            await c.execute(kept, values)
        except IntegrityError as error:
            raise NoSuchShop(shop_id) from error
        ids = await _ids(c, shop_id, [product.offer_id for product in some])
        await _put_recipes(c, {ids[product.offer_id]: product.recipe for product in some})
        await settle(c, shop_id, list(ids.values()), now)


async def set_stock(
    c: AsyncConnection, shop_id: int, product_id: int, stock: int | None, now: datetime, by: int | None
) -> Product:
    """So many are there; None: it is not counted. `by` is told if the marketplace does not take it.

    Raises NoSuchProduct.
    """
    return await _change(c, shop_id, product_id, {"stock": stock}, now, by)


async def set_stopped(
    c: AsyncConnection, shop_id: int, product_id: int, *, stopped: bool, now: datetime, by: int | None
) -> Product:
    """On the stop list or off it (R60). Raises NoSuchProduct."""
    return await _change(c, shop_id, product_id, {"stopped": stopped}, now, by)


async def set_recipe(
    c: AsyncConnection,
    shop_id: int,
    product_id: int,
    recipe: Sequence[Ingredient],
    now: datetime,
    by: int | None,
) -> Product:
    """What one of it is made of (R83). Raises NoSuchProduct."""
    await _own(c, shop_id, product_id)
    await _put_recipes(c, {product_id: recipe})
    return await _change(c, shop_id, product_id, {}, now, by)


async def hold(c: AsyncConnection) -> None:
    """Nobody else changes products until this transaction ends: take it before reading what is put back."""
    await hold_table(c, products)


async def tell(c: AsyncConnection, shop_id: int, known: Mapping[int, Told], now: datetime) -> None:
    """The marketplace is known to have these products so; what is still otherwise is to be told."""
    which = update(products).where(products.c.id == bindparam("product"))
    statement = which.values(told_shown=bindparam("shown"), told_stock=bindparam("amount"))
    values = [{"product": id_, "shown": told.shown, "amount": told.stock} for id_, told in known.items()]
    if values:
        await c.execute(statement, values)
    await settle(c, shop_id, list(known), now)


async def forget_others(c: AsyncConnection, shop_id: int, known: Collection[int]) -> None:
    """All but the known ones the marketplace has no more: nothing is brought there, the shop keeps them."""
    had = select(products.c.id).where(products.c.shop_id == shop_id, products.c.marketplace_id.is_not(None))
    gone = sorted(set(await c.scalars(had)) - set(known))
    nothing = {"marketplace_id": None, "told_shown": None, "told_stock": None, "push_at": None, "problem": ""}
    for some in _pieces(gone):
        await c.execute(update(products).where(products.c.id.in_(some)).values(**nothing))


async def settle(
    c: AsyncConnection, shop_id: int, ids: Sequence[int], now: datetime, by: int | None = None
) -> list[Product]:
    """After a change: what the marketplace does not have as it should be is to be told, from `now` on.

    Gives the products that are to be told. `by` is who wishes it.
    """
    stems = await flowers.stems(c, shop_id)
    behind: list[Product] = []
    for some in _pieces(ids):
        rows = (await c.execute(select(products).where(products.c.id.in_(some)))).all()
        of_them = await load(c, rows)
        differing = [product for product in of_them if is_behind(product, wants_shown(product, stems))]
        await _mark(c, some, [product.id for product in differing], now, by)
        behind += differing
    return behind


def is_behind(product: Product, shown: bool) -> bool:
    """Whether the marketplace has it otherwise than it should be; of what it never had it knows nothing."""
    if product.marketplace_id is None:
        return False
    counted = product.stock is not None and product.stock != product.told.stock
    return counted or product.told.shown is not shown


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the shops of the backup copy: goods come again from the marketplace."""
    for table in (recipes, products, flower_table):
        await c.execute(delete(table))


_KEY = ("shop_id", "offer_id")


def _listed(shop_id: int, part: str) -> tuple[ColumnElement[bool], ...]:
    own = products.c.shop_id == shop_id
    return (own, products.c.words.contains(part.casefold(), autoescape=True)) if part else (own,)


async def _change(
    c: AsyncConnection,
    shop_id: int,
    product_id: int,
    values: Mapping[str, Any],
    now: datetime,
    by: int | None,
) -> Product:
    await _own(c, shop_id, product_id)
    if values:
        await c.execute(update(products).where(products.c.id == product_id).values(**values))
    await settle(c, shop_id, [product_id], now, by)
    return await _own(c, shop_id, product_id)


async def _own(c: AsyncConnection, shop_id: int, product_id: int) -> Product:
    found = await get(c, shop_id, product_id)
    if found is None:
        raise NoSuchProduct(shop_id, product_id)
    return found


async def _ids(c: AsyncConnection, shop_id: int, offer_ids: Sequence[str]) -> dict[str, int]:
    query = select(products.c.offer_id, products.c.id).where(products.c.shop_id == shop_id)
    found = await c.execute(query.where(products.c.offer_id.in_(offer_ids)))
    return {offer_id: product_id for offer_id, product_id in found}  # noqa: C416 - rows are no pairs to mypy


async def _put_recipes(c: AsyncConnection, wanted: Mapping[int, Sequence[Ingredient]]) -> None:
    await c.execute(delete(recipes).where(recipes.c.product_id.in_(list(wanted))))
    rows = [
        {"product_id": id_, "flower": one.key, "name": one.flower, "stems": one.stems, "place": place}
        for id_, recipe in wanted.items()
        for place, one in enumerate(recipe)
    ]
    if rows:
        await c.execute(recipes.insert(), rows)


async def _mark(
    c: AsyncConnection, ids: Sequence[int], behind: Sequence[int], now: datetime, by: int | None
) -> None:
    """What is as it should be waits for nothing; what is not is to be told at once, as if for the first time.

    What the marketplace refused is brought there again only when a person wishes anew: they hear it anew.
    """
    level = products.c.id.in_(set(ids) - set(behind))
    await c.execute(update(products).where(level).values(push_at=None, attempts=0, problem=""))
    wish = {"push_at": now, "attempts": 0} | ({} if by is None else {"asked_by": by, "problem": ""})
    due = update(products).where(products.c.id == bindparam("product"))
    if by is None:
        due = due.where(products.c.problem == "")
    if behind:
        await c.execute(due.values(**wish), [{"product": product_id} for product_id in behind])


async def load(c: AsyncConnection, rows: Sequence[Row[Any]]) -> list[Product]:
    """The products of these rows of the table, with their recipes."""
    made = await _recipes(c, [row.id for row in rows])
    return [_product(row, made.get(row.id, ())) for row in rows]


async def _recipes(c: AsyncConnection, ids: Sequence[int]) -> dict[int, tuple[Ingredient, ...]]:
    found: dict[int, tuple[Ingredient, ...]] = {}
    for some in _pieces(ids):
        query = select(recipes).where(recipes.c.product_id.in_(some))
        for row in await c.execute(query.order_by(recipes.c.product_id, recipes.c.place)):
            one = Ingredient(row.name, row.stems)
            found[row.product_id] = (*found.get(row.product_id, ()), one)
    return found


def _pieces(whole: Sequence[_T]) -> list[Sequence[_T]]:
    return [whole[at : at + _AT_ONCE] for at in range(0, len(whole), _AT_ONCE)]


def _product(row: Row[Any], recipe: tuple[Ingredient, ...]) -> Product:
    return Product(
        id=row.id,
        shop_id=row.shop_id,
        offer_id=row.offer_id,
        name=row.name,
        price=None if row.price_minor is None else Money(row.price_minor, row.currency),
        category=row.category,
        description=row.description,
        picture_url=row.picture_url,
        url=row.url,
        marketplace_id=row.marketplace_id,
        stock=row.stock,
        stopped=row.stopped,
        recipe=recipe,
        told=Told(row.told_shown, row.told_stock),
    )


def _values(product: Product) -> dict[str, Any]:
    return {
        "shop_id": product.shop_id,
        "offer_id": product.offer_id,
        "name": product.name,
        "words": f"{product.name} {product.offer_id}".casefold(),
        "price_minor": product.price.minor if product.price else None,
        "currency": product.price.currency if product.price else None,
        "category": product.category,
        "description": product.description,
        "picture_url": product.picture_url,
        "url": product.url,
        "marketplace_id": product.marketplace_id,
        "stock": product.stock,
        "stopped": product.stopped,
    }
