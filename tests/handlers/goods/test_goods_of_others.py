"""Goods and the shop's door are for those who may, by whatever button; no recipe is asked for again."""

from __future__ import annotations

import pytest

from messages.callbacks.goods import ShopDo, ShopTap, flower_number
from messages.callbacks.price_lists import ImportDo, ImportTap
from orders.goods.products import Ingredient, Product, flower_key
from orders.model.people import Role
from orders.model.rules import ShopRules
from services.health.clock import utc_now
from storage.goods import products
from storage.shop import closures, shops
from storage.shop.shops import Shop as ShopRow
from storage.team import staff
from tests.builders import a_product
from tests.handlers.conftest import DIRECTOR, STRANGER, Shop

MANAGER, FLORIST, COURIER = 200, 300, 400
CHIEFS_ONLY = "Магазин и товары скрывает директор или менеджер."
NO_BUTTON = "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
OWN_WAYS = {ShopDo.WAY, ShopDo.WAY_DROP, ShopDo.WAY_TRY}
"""Buttons of the addresses that each of the staff has for the case that Telegram fails."""
PEONY = flower_number(flower_key("пион"))


@pytest.fixture
async def goods(shop: Shop) -> Shop:
    """Peonies with a recipe; a manager, a florist and a courier; and another shop with goods of its own."""
    recipe = (Ingredient("пион", 15),)
    async with shop.app.database.write() as c:
        for role, chat in ((Role.MANAGER, MANAGER), (Role.SELLER, FLORIST), (Role.COURIER, COURIER)):
            member = await staff.add(c, 1, f"+79160000{chat}", role.value, role)
            await staff.connect(c, member.staff_id, chat, "ru", role.value)
        await products.put_many(c, 1, [a_product(recipe=recipe)], utc_now())
        other = await shops.put(c, ShopRow(0, 999, "Чужие цветы", "ru", ShopRules(), None))
        await products.put_many(c, other.id, [a_product(name="Чужие пионы")], utc_now())
    return shop


async def kept(shop: Shop) -> list[Product]:
    async with shop.app.database.snapshot() as c:
        return [one for place in (1, 2) for one in await products.page(c, place, 100)]


async def presses(shop: Shop, person: int, do: ShopDo, id_: int = 1, arg: str = "1") -> list[str]:
    return await shop.hears(person, data=ShopTap(do=do, id=id_, arg=arg).pack())


@pytest.mark.requirement("R14", "R60", "R83")
async def test_goods_are_changed_by_chiefs_and_those_of_another_shop_by_nobody_here(goods: Shop) -> None:
    before = await kept(goods)
    own, foreign = before
    for do in (ShopDo.STOP, ShopDo.SELL, ShopDo.PAUSE, ShopDo.RESUME, ShopDo.STOCK, ShopDo.RECIPE):
        assert await presses(goods, DIRECTOR, do, foreign.id) == ["Этого товара больше нет"], do
        assert await presses(goods, FLORIST, do, own.id) == [CHIEFS_ONLY], do
    for do in (ShopDo.BACK, ShopDo.COUNT, ShopDo.WALK):
        assert await presses(goods, FLORIST, do, PEONY, "") == [CHIEFS_ONLY], do
    for data in (
        "g:stop:x::0",
        "g:stock:1:-5:0",
        "g:stock:1:٣:0",
        "g:goods:0::-1",
        "g:until:0:x:0",
        "g:out:1",
    ):
        assert (await goods.hears(DIRECTOR, data=data))[0], data
    gone = await presses(goods, DIRECTOR, ShopDo.OUT, flower_number("роз"), "")
    assert gone == ["Этого цветка больше нет в рецептах"]
    assert await kept(goods) == before


@pytest.mark.requirement("R8", "R14")
async def test_florists_do_not_turn_the_door_and_couriers_and_strangers_reach_nothing(goods: Shop) -> None:
    for do in ShopDo:
        for person in (COURIER, STRANGER) if do not in OWN_WAYS else (STRANGER,):
            assert await presses(goods, person, do) == [NO_BUTTON], (do, person)
    for do in (ShopDo.HIDE, ShopDo.OPEN, ShopDo.UNTIL, ShopDo.APP, ShopDo.READ):
        assert await presses(goods, FLORIST, do) == [CHIEFS_ONLY], do
    async with goods.app.database.snapshot() as c:
        assert await closures.latest(c, 1, 1) == []
    assert "".join(await goods.hears(COURIER, text="Магазин")).startswith("Не понял.")
    await presses(goods, DIRECTOR, ShopDo.HIDE)
    assert "Магазин скрыт" in "".join(await goods.hears(FLORIST, text="Магазин"))
    assert "Чего нет" in str(goods.wire.buttons)
    assert "Открыть магазин" not in str(goods.wire.buttons)


@pytest.mark.requirement("R83")
async def test_words_that_are_no_recipe_are_asked_for_again(goods: Shop) -> None:
    await presses(goods, DIRECTOR, ShopDo.RECIPE, arg="")
    for words, part in (("<" * 900, "&lt;"), ("пион 15 роза 20", "пион 15 роза 20"), ("😀" * 2000, "😀")):
        assert "".join(await goods.hears(DIRECTOR, text=words)).startswith(f"Не понял: «{part}"), part
    told = "".join(await goods.hears(DIRECTOR, text="Пион & <b>роза</b> 5"))
    assert "Рецепт: Пион &amp; &lt;b&gt;роза&lt;/b&gt; 5" in told
    await presses(goods, DIRECTOR, ShopDo.RECIPE, arg="")
    assert "Рецепта нет" in "".join(await goods.hears(DIRECTOR, text="-"))
    assert (await kept(goods))[0].recipe == ()


async def test_a_price_list_that_is_not_there_or_not_theirs_is_applied_by_nobody(goods: Shop) -> None:
    for do in ImportDo:
        for person in (FLORIST, COURIER):
            assert await goods.hears(person, data=ImportTap(list=1, do=do).pack()) == [NO_BUTTON], do
        gone = await goods.hears(DIRECTOR, data=ImportTap(list=9, do=do).pack())
        assert gone == ["Этого прайс-листа здесь нет. Пришлите файл ещё раз."]
