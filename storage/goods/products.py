"""The products of the shops, and which of them differ from what the marketplace has."""

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
"""Products per statement, below SQLite's limit of bound parameters."""


async def page(
    c: AsyncConnection, shop_id: int, limit: int, offset: int = 0, part: str = ""
) -> list[Product]:
    """Returns the shop's products by name. `part` keeps those with it in name or offer id, ignoring case."""
    query = select(products).where(*_listed(shop_id, part)).order_by(products.c.words, products.c.id)
    return await load(c, (await c.execute(query.limit(limit).offset(offset))).all())


async def total(c: AsyncConnection, shop_id: int, part: str = "") -> int:
    """Returns the number of products on all pages of `page`."""
    return (await c.execute(select(func.count()).where(*_listed(shop_id, part)))).scalar_one()


async def stopped_count(c: AsyncConnection, shop_id: int) -> int:
    """Returns the number of products on the shop's stop list."""
    own = (products.c.shop_id == shop_id, products.c.stopped)
    return (await c.execute(select(func.count()).where(*own))).scalar_one()


async def after(c: AsyncConnection, shop_id: int, product_id: int, limit: int) -> list[Product]:
    """Returns the next `limit` products by id. Start with 0 to iterate over all products in batches."""
    ahead = select(products).where(products.c.shop_id == shop_id, products.c.id > product_id)
    return await load(c, (await c.execute(ahead.order_by(products.c.id).limit(limit))).all())


async def get(c: AsyncConnection, shop_id: int, product_id: int) -> Product | None:
    """Returns a product; None when this shop has none with that id."""
    own = select(products).where(products.c.id == product_id, products.c.shop_id == shop_id)
    found = await load(c, (await c.execute(own)).all())
    return found[0] if found else None


async def by_offer_ids(c: AsyncConnection, shop_id: int, offer_ids: Collection[str]) -> dict[str, Product]:
    """Returns the shop's products by offer id; unknown offer ids are left out."""
    found: dict[str, Product] = {}
    for some in _pieces(sorted(set(offer_ids))):
        query = select(products).where(products.c.shop_id == shop_id, products.c.offer_id.in_(some))
        found |= {one.offer_id: one for one in await load(c, (await c.execute(query)).all())}
    return found


async def needing(c: AsyncConnection, shop_id: int, flower: str) -> list[Product]:
    """Returns the shop's products whose recipe needs the flower with this key, by name."""
    query = select(products).join_from(products, recipes)
    query = query.where(products.c.shop_id == shop_id, recipes.c.flower == flower)
    return await load(c, (await c.execute(query.order_by(products.c.words, products.c.id))).all())


async def put_many(c: AsyncConnection, shop_id: int, wanted: Sequence[Product], now: datetime) -> None:
    """Upsert products with their recipes by offer id, and schedule their pushes.

    Writes every field except `told`, which only `tell` changes: read and write products in one transaction.
    Raises NoSuchShop when there is no such shop.
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
    """Set the stock of a product; None: it is not counted.

    The member `by` is notified if the marketplace refuses it. Raises NoSuchProduct when the shop has no such
    product.
    """
    return await _change(c, shop_id, product_id, {"stock": stock}, now, by)


async def set_stopped(
    c: AsyncConnection, shop_id: int, product_id: int, *, stopped: bool, now: datetime, by: int | None
) -> Product:
    """Put a product on the stop list or take it off (R60). Raises like `set_stock`."""
    return await _change(c, shop_id, product_id, {"stopped": stopped}, now, by)


async def set_recipe(
    c: AsyncConnection,
    shop_id: int,
    product_id: int,
    recipe: Sequence[Ingredient],
    now: datetime,
    by: int | None,
) -> Product:
    """Set the recipe of a product (R83). Raises like `set_stock`."""
    await _own(c, shop_id, product_id)
    await _put_recipes(c, {product_id: recipe})
    return await _change(c, shop_id, product_id, {}, now, by)


async def hold(c: AsyncConnection) -> None:
    """Lock the products until this transaction ends. Call it before reading products to write them back."""
    await hold_table(c, products)


async def tell(c: AsyncConnection, shop_id: int, known: Mapping[int, Told], now: datetime) -> None:
    """Store what the marketplace has of these products, and schedule pushes for those that differ."""
    which = update(products).where(products.c.id == bindparam("product"))
    statement = which.values(told_shown=bindparam("shown"), told_stock=bindparam("amount"))
    values = [{"product": id_, "shown": told.shown, "amount": told.stock} for id_, told in known.items()]
    if values:
        await c.execute(statement, values)
    await settle(c, shop_id, list(known), now)


async def forget_others(c: AsyncConnection, shop_id: int, known: Collection[int]) -> None:
    """Mark all products except `known` as missing at the marketplace: the shop keeps them, pushes stop."""
    had = select(products.c.id).where(products.c.shop_id == shop_id, products.c.marketplace_id.is_not(None))
    gone = sorted(set(await c.scalars(had)) - set(known))
    nothing = {"marketplace_id": None, "told_shown": None, "told_stock": None, "push_at": None, "problem": ""}
    for some in _pieces(gone):
        await c.execute(update(products).where(products.c.id.in_(some)).values(**nothing))


async def settle(
    c: AsyncConnection, shop_id: int, ids: Sequence[int], now: datetime, by: int | None = None
) -> list[Product]:
    """After a change, schedule pushes at `now` for those products that the marketplace has differently.

    Returns these products. `by` is the member who made the change.
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
    """Returns whether the marketplace's state differs from the desired one; False if it lacks the product."""
    if product.marketplace_id is None:
        return False
    counted = product.stock is not None and product.stock != product.told.stock
    return counted or product.told.shown is not shown


async def remove_all(c: AsyncConnection) -> None:
    """Delete all goods before the shops are restored from the backup copy."""
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
    return {offer_id: product_id for offer_id, product_id in found}  # noqa: C416 - mypy does not accept rows as pairs


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
    """Clears the pushes of products that are up to date; schedules the others at once, with no attempts yet.

    A refused product is pushed again only when a person changes it; they are notified of a new refusal.
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
    """Returns the products of these table rows, with their recipes."""
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
