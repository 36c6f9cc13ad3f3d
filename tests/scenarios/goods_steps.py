"""Scenario steps about the shop and its products."""

from __future__ import annotations

from datetime import datetime, timedelta

from orders.goods.products import Product
from orders.shop.closures import Hiding
from sandbox.driver import SeenMessage, Toast
from storage.db.tables import hidings as hidings_table
from storage.goods import products
from storage.shop import closures, shops
from tests.scenarios.stage import Stage

PEONIES = "Пионы «Облако»"
ROSES = "Розы «Эквадор»"
EUSTOMA = "Эустома белая"


async def open_shop(stage: Stage, person: str = "director") -> SeenMessage:
    """Press «Магазин» on the permanent keyboard."""
    sent = await stage.driver.text(person, "Магазин")
    return await stage.driver.wait_message(person, lambda m: m.message_id > sent.message_id and bool(m.text))


async def kept_goods(stage: Stage) -> dict[str, Product]:
    """The stored products, by the names in this module."""
    database = stage.database()
    async with database.snapshot() as c:
        (shop, *_) = await shops.all_shops(c)
        found = await products.page(c, shop.id, 100)
    await database.close()
    known = (PEONIES, ROSES, EUSTOMA)
    return {next((name for name in known if one.name.startswith(name)), one.name): one for one in found}


async def read_goods(stage: Stage) -> dict[str, Product]:
    """Refresh the products from the marketplace, and wait for the result."""
    mark = await stage.driver.mark()
    await open_shop(stage)
    toast = await stage.driver.press_last("director", "Обновить товары")
    assert toast.text == "Обновляю, это может занять минуту"
    await stage.driver.wait_message("director", containing="Товары обновлены", since=mark)
    return await kept_goods(stage)


async def set_recipe(stage: Stage, name: str, recipe: str, person: str = "director") -> SeenMessage:
    """Go to the product and send its recipe."""
    shown = await walk_to(stage, name, person)
    await stage.driver.press(person, shown.message_id, "Рецепт")
    await stage.driver.wait_message(person, containing="из чего он?", since=shown.event_id)
    sent = await stage.driver.text(person, recipe)
    return await stage.driver.wait_message(person, lambda m: m.message_id > sent.message_id and bool(m.text))


async def walk_to(stage: Stage, name: str, person: str = "director") -> SeenMessage:
    """Press «Остатки», then «Дальше» until the product is shown."""
    shop = await open_shop(stage, person)
    await stage.driver.press(person, shop.message_id, "Остатки")
    shown = await stage.driver.wait_message(person, containing=" из ", since=shop.event_id)
    while not shown.text.startswith(name):
        shown = await next_of_walk(stage, shown, person)
    return shown


async def next_of_walk(stage: Stage, shown: SeenMessage, person: str = "director") -> SeenMessage:
    """Press «Дальше», and wait for the next product in the same message."""
    await stage.driver.press(person, shown.message_id, "Дальше →")
    return await stage.driver.wait_message(person, containing=" из ", since=shown.event_id)


async def tap_line(stage: Stage, person: str, beginning: str) -> Toast:
    """Press the button whose label begins so, on the newest message with one."""

    def label(message: SeenMessage) -> str | None:
        return next((text for text in message.button_texts if text.startswith(beginning)), None)

    return await stage.driver.press_newest(person, label, wanted=f"«{beginning}…»")


async def hiding_of(stage: Stage) -> Hiding | None:
    """The latest stored hiding of the shop."""
    database = stage.database()
    async with database.snapshot() as c:
        (shop, *_) = await shops.all_shops(c)
        found = await closures.latest(c, shop.id, 1)
    await database.close()
    return next(iter(found), None)


async def let_end_be(stage: Stage, until: datetime, reminder: timedelta) -> None:
    """Set the end of the hiding in the database, instead of waiting for hours."""
    database = stage.database()
    async with database.write() as c:
        values = {"until": until, "due_at": until - reminder}
        await c.execute(hidings_table.update().values(**values))
    await database.close()
