from __future__ import annotations

import pytest

from orders.goods.products import Flower, Ingredient, Product, Told, flower_key
from orders.model.order import Order
from orders.model.people import Actor, Role, client_of
from orders.model.refusals import Refusal
from orders.steps import commands as do
from services.goods.goods_desk import GoodsDesk, needing_orders, own_only, taken_orders
from services.order.desk import Desk
from storage.db.database import Database
from storage.db.errors import NoSuchProduct
from storage.goods import flowers, pending_pushes, products
from storage.sending.shop_notifications import NewsKind
from tests.builders import (
    CLIENT,
    COURIER,
    DIRECTOR,
    MANAGER,
    NOON,
    SELLER,
    a_line,
    a_product,
    minutes,
)
from tests.outbox_rows import take_news
from tests.services.workplace import DIRECTOR_CHAT, MANAGER_CHAT, Clock, an_incoming

PEONY = flower_key("пион")
CLOUD = a_product(recipe=(Ingredient("пион", 15), Ingredient("эвкалипт", 3)))
MIXED = a_product(offer_id="mix", name="Микс", marketplace_id=502, recipe=(Ingredient("Пионы", 2),))
STRANGER = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)


@pytest.fixture
def goods_desk(database: Database, clock: Clock) -> GoodsDesk:
    return GoodsDesk(database, clock)


@pytest.fixture
async def kept(database: Database) -> dict[str, Product]:
    """Two products that the marketplace shows."""
    async with database.write() as c:
        await products.put_many(c, 1, [CLOUD, MIXED], NOON)
        found = await products.by_offer_ids(c, 1, ["p-15", "mix"])
        await products.tell(c, 1, {one.id: Told(shown=True, stock=0) for one in found.values()}, NOON)
    return found


async def peonies(database: Database) -> Flower:
    async with database.snapshot() as c:
        return next(one for one in await flowers.all_flowers(c, 1) if one.key == PEONY)


async def to_be_hidden(database: Database) -> set[str]:
    """What the marketplace is to be told to hide."""
    async with database.write() as c:
        found = await pending_pushes.claim(c, 1, NOON, NOON, 10)
    return {push.product.offer_id for push in found if not push.shown}


async def taken(desk: Desk, database: Database, **line: str) -> Order:
    return (await desk.receive(1, an_incoming(NOON, lines=(a_line(**line),)))).order


@pytest.mark.requirement("R11", "R83")
async def test_out_of_a_flower_hides_what_needs_it_and_names_the_orders(
    goods_desk: GoodsDesk, desk: Desk, database: Database, kept: dict[str, Product]
) -> None:
    by_recipe = await taken(desk, database, offer_id="p-15", name="Облако")
    by_name = await taken(desk, database, offer_id="", name="Букет из пионов")
    await taken(desk, database, offer_id="r-7", name="Розы")
    closed = await taken(desk, database, offer_id="p-15")
    await desk.do(closed.id, do.Cancel("передумал"), client_of(closed.id))
    await goods_desk.set_stopped(DIRECTOR, kept["mix"].id, stopped=True)

    change = await goods_desk.set_stems(MANAGER, await peonies(database), 0)

    assert change.changed
    assert change.flower.is_out
    assert change.flower.counted is not None
    assert change.flower.counted.name == MANAGER.name
    assert [one.offer_id for one in change.products] == ["mix", "p-15"]
    assert [(order.id, stems) for order, stems in change.needs] == [(by_recipe.id, 15), (by_name.id, None)]
    assert await to_be_hidden(database) == {"p-15", "mix"}
    assert not (await goods_desk.set_stems(DIRECTOR, change.flower, 0)).changed

    back = await goods_desk.set_stems(MANAGER, change.flower, None)
    assert back.changed
    assert await to_be_hidden(database) == {"mix"}, "only what nothing else hides is brought back"


@pytest.mark.requirement("R83")
async def test_what_the_count_does_not_cover_is_hidden(
    goods_desk: GoodsDesk, database: Database, kept: dict[str, Product]
) -> None:
    counted = (Ingredient("пионы", 14), Ingredient("роза", 9))
    [change] = await goods_desk.count_flowers(MANAGER, counted)
    assert (change.flower.key, change.flower.stems, change.changed) == (PEONY, 14, True)
    assert {one.offer_id for one in change.products} == {"p-15", "mix"}
    assert await to_be_hidden(database) == {"p-15"}
    async with database.snapshot() as c:
        assert await flowers.stems(c, 1) == {PEONY: 14}
    await goods_desk.count_flowers(MANAGER, (Ingredient("пион", 15),))
    assert await to_be_hidden(database) == set()


@pytest.mark.requirement("R11", "R83")
async def test_a_seller_who_sees_the_last_stem_go_tells_the_chiefs_once(
    goods_desk: GoodsDesk, database: Database, kept: dict[str, Product], clock: Clock
) -> None:
    flower = await peonies(database)
    assert await goods_desk.say_out(SELLER, flower)
    assert not await goods_desk.say_out(SELLER, flower), "a double tap rings nobody again"
    async with database.write() as c:
        told = await take_news(c)
    assert {(one.kind, one.sound, one.chat_id) for one in told} == {
        (NewsKind.FLOWER_SAID_OUT, True, chat) for chat in (DIRECTOR_CHAT, MANAGER_CHAT)
    }
    assert await to_be_hidden(database) == set(), "only a chief hides"
    clock.now += minutes(11)
    assert await goods_desk.say_out(SELLER, flower)
    with pytest.raises(Refusal):
        await goods_desk.say_out(COURIER, flower)
    await goods_desk.set_stems(MANAGER, flower, 0)
    clock.now += minutes(11)
    assert not await goods_desk.say_out(SELLER, await peonies(database))


@pytest.mark.requirement("R83")
async def test_a_new_recipe_counts_at_once(
    goods_desk: GoodsDesk, database: Database, kept: dict[str, Product]
) -> None:
    await goods_desk.set_stems(MANAGER, await peonies(database), 0)
    product = await goods_desk.set_recipe(MANAGER, kept["p-15"].id, (Ingredient("роза", 7),))
    assert product.recipe == (Ingredient("роза", 7),)
    assert await to_be_hidden(database) == {"mix"}


@pytest.mark.requirement("R14", "R60", "X6")
@pytest.mark.parametrize("actor", [SELLER, COURIER, CLIENT, STRANGER])
async def test_goods_are_changed_by_the_shops_chiefs_alone(
    goods_desk: GoodsDesk, database: Database, kept: dict[str, Product], actor: Actor
) -> None:
    cloud, flower = kept["p-15"].id, await peonies(database)
    for wish in (
        goods_desk.set_stopped(actor, cloud, stopped=True),
        goods_desk.set_stock(actor, cloud, 0),
        goods_desk.set_recipe(actor, cloud, ()),
    ):
        with pytest.raises((Refusal, NoSuchProduct)):
            await wish
    if actor is not STRANGER:
        with pytest.raises(Refusal):
            await goods_desk.set_stems(actor, flower, 0)
        with pytest.raises(Refusal):
            await goods_desk.count_flowers(actor, (Ingredient("пион", 0),))
    async with database.snapshot() as c:
        found = await products.by_offer_ids(c, 1, kept)
        assert {key: one.recipe for key, one in found.items()} == {k: one.recipe for k, one in kept.items()}
        assert await flowers.stems(c, 1) == {}


@pytest.mark.requirement("R10", "R14")
async def test_taken_orders_are_listed_to_those_who_may_see_them(desk: Desk, database: Database) -> None:
    first = await taken(desk, database, name="Пионы")
    second = await taken(desk, database, name="Пионы")
    await desk.do(second.id, do.Accept(), MANAGER)
    await desk.do(second.id, do.AssignSeller(SELLER.staff_id or 0, SELLER.name), MANAGER)
    async with database.snapshot() as c:
        listed, total = await taken_orders(c, 1, NOON, own_only(MANAGER), 1)
        assert ([one.id for one in listed], total) == ([first.id], 2)
        listed, total = await taken_orders(c, 1, NOON, own_only(SELLER), 9)
        assert ([one.id for one in listed], total) == ([second.id], 1)
        needs = await needing_orders(c, 1, PEONY, NOON, own_only(SELLER))
        assert [order.id for order, _ in needs] == [second.id]
        assert await taken_orders(c, 2, NOON, None, 9) == ([], 0)
