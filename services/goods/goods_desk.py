"""The only way in which people change goods; every change checks the actor's rights."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.roles import Act, may_at_home
from orders.goods.products import Flower, Ingredient, Product, can_change_goods, stems_needed
from orders.model.order import Mark, Order
from orders.model.people import CHIEFS, Actor, mark_of
from orders.model.refusals import Reason, Refusal
from orders.order.board import Section, Span
from storage.db import serial
from storage.db.database import Database
from storage.goods import flowers
from storage.goods import products as goods
from storage.order import board
from storage.order.board import BoardQuery
from storage.sending import shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shop_log
from storage.shop.shop_log import NoteKind
from storage.team import staff

MOST_LIVE = 500
"""Orders searched for a flower: more than any shop has in hand at once."""

SAID_LATELY = timedelta(minutes=10)
"""One report about a flower is enough for this time: a second one notifies nobody."""

log = structlog.get_logger(__name__)

Needs = tuple[tuple[Order, int | None], ...]
"""Orders that need a flower, with the number of stems; None: unknown, only the name says so."""


@dataclass(frozen=True, slots=True)
class FlowerChange:
    """The result for one flower: the products whose recipe needs it, and the orders in hand that do."""

    flower: Flower
    changed: bool
    products: tuple[Product, ...]
    needs: Needs


class GoodsDesk:
    """Changes goods. Raises Refusal NOT_YOURS for those who may not (R14, X6)."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def set_stopped(self, actor: Actor, product_id: int, *, stopped: bool) -> Product:
        """Put a product on the stop list or take it off (R60). Raises NoSuchProduct."""
        async with self._change(actor) as (c, shop_id, mark):
            product = await goods.set_stopped(
                c, shop_id, product_id, stopped=stopped, now=mark.at, by=actor.staff_id
            )
        log.info("product_stopped", product_id=product_id, stopped=stopped)
        return product

    async def set_stock(self, actor: Actor, product_id: int, stock: int | None) -> Product:
        """Set the stock of a product; None: it is not counted any more (R83). Raises NoSuchProduct."""
        async with self._change(actor) as (c, shop_id, mark):
            return await goods.set_stock(c, shop_id, product_id, stock, mark.at, actor.staff_id)

    async def set_recipe(self, actor: Actor, product_id: int, recipe: Sequence[Ingredient]) -> Product:
        """Set what a product is made of (R83). Raises NoSuchProduct."""
        async with self._change(actor) as (c, shop_id, mark):
            return await goods.set_recipe(c, shop_id, product_id, recipe, mark.at, actor.staff_id)

    async def set_stems(self, actor: Actor, flower: Flower, stems: int | None) -> FlowerChange:
        """Set a flower's stems; 0: products that need it are hidden (R11); None: in stock, uncounted."""
        async with self._change(actor) as (c, shop_id, mark):
            changed = await flowers.set_stems(c, shop_id, flower.key, stems, mark)
            concerned = await goods.needing(c, shop_id, flower.key)
            if changed:
                ids = [product.id for product in concerned]
                await goods.settle(c, shop_id, ids, mark.at, actor.staff_id)
            found = await flowers.all_flowers(c, shop_id)
            needs = await needing_orders(c, shop_id, flower.key, mark.at)
        after = next((one for one in found if one.key == flower.key), flower)
        log.info("flower_counted", stems=stems, products=len(concerned))
        return FlowerChange(after, changed, tuple(concerned), needs)

    async def count_flowers(self, actor: Actor, counted: Sequence[Ingredient]) -> tuple[FlowerChange, ...]:
        """Set several flowers; a flower that no recipe needs is not stored and not in the result."""
        changed: dict[str, bool] = {}
        async with self._change(actor) as (c, shop_id, mark):
            known = {one.key for one in await flowers.all_flowers(c, shop_id)}
            for one in counted:
                if one.key not in known:
                    continue
                changed[one.key] = await flowers.set_stems(c, shop_id, one.key, one.stems, mark)
                if changed[one.key]:
                    ids = [product.id for product in await goods.needing(c, shop_id, one.key)]
                    await goods.settle(c, shop_id, ids, mark.at, actor.staff_id)
            return tuple(
                [
                    FlowerChange(
                        flower,
                        changed[flower.key],
                        tuple(await goods.needing(c, shop_id, flower.key)),
                        await needing_orders(c, shop_id, flower.key, mark.at),
                    )
                    for flower in await flowers.all_flowers(c, shop_id)
                    if flower.key in changed
                ]
            )

    async def say_out(self, actor: Actor, flower: Flower) -> bool:
        """A seller reports that a flower has run out: the chiefs are asked to hide what needs it (R11, R83).

        Returns False where they know already. Raises Refusal.
        """
        if actor.shop_id is None or not may_at_home(actor, Act.SEE_GOODS):
            raise Refusal(Reason.NOT_YOURS)
        mark = mark_of(actor, self._clock())
        async with self._database.write() as c:
            await goods.hold(c)
            lately = await shop_log.since(c, actor.shop_id, NoteKind.FLOWER, mark.at - SAID_LATELY)
            if flower.is_out or any(note.document["flower"] == flower.key for note in lately):
                return False
            document = {"flower": flower.key, "by": serial.mark_document(mark)}
            note_id = await shop_log.add(c, actor.shop_id, NoteKind.FLOWER, mark.at, document)
            chiefs = await staff.of_shop(c, actor.shop_id, CHIEFS)
            news = to_all(chiefs, NewsKind.FLOWER_SAID_OUT, note_id, mark.at, sound=True)
            await shop_notifications.put(c, news)
        log.info("flower_said_out", shop_id=actor.shop_id)
        return True

    @asynccontextmanager
    async def _change(self, actor: Actor) -> AsyncIterator[tuple[AsyncConnection, int, Mark]]:
        shop_id = may_change(actor)
        async with self._database.write() as c:
            await goods.hold(c)
            yield c, shop_id, mark_of(actor, self._clock())


def may_change(actor: Actor) -> int:
    """The shop whose goods this actor may change. Raises Refusal."""
    if actor.shop_id is None or not can_change_goods(actor, actor.shop_id):
        raise Refusal(Reason.NOT_YOURS)
    return actor.shop_id


async def taken_orders(
    c: AsyncConnection, shop_id: int, now: datetime, visible_to: int | None, limit: int
) -> tuple[list[Order], int]:
    """The orders in hand, by delivery, at most `limit`; and the number of all of them (R10)."""
    query = BoardQuery(shop_id, Section.ALL, Span(), now, visible_to)
    found = [order for order in await board.page(c, query, MOST_LIVE, 0) if not order.is_final]
    return found[:limit], len(found)


async def needing_orders(
    c: AsyncConnection, shop_id: int, flower: str, now: datetime, visible_to: int | None = None
) -> Needs:
    """The orders in hand that need the flower, with the stems each needs (R83)."""
    taken, _ = await taken_orders(c, shop_id, now, visible_to, MOST_LIVE)
    offer_ids = {line.offer_id for order in taken for line in order.details.lines if line.offer_id}
    known = await goods.by_offer_ids(c, shop_id, offer_ids)
    recipes = {offer_id: product.recipe for offer_id, product in known.items()}
    needs = ((order, stems_needed(order, flower, recipes)) for order in taken)
    return tuple((order, stems) for order, stems in needs if stems != 0)


def own_only(actor: Actor) -> int | None:
    """The staff id to filter by: sellers see only their own orders (R14); None: all orders."""
    return None if may_at_home(actor, Act.SEE_ALL_ORDERS) else actor.staff_id
