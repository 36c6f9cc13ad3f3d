"""A feed or a price list, sent to the bot: looked through, applied, and then in the shop's own feed (R61)."""

from __future__ import annotations

import aiohttp
import pytest

from messages.callbacks.price_lists import ImportDo, ImportTap
from orders.goods.products import Product
from sandbox.driver import SeenMessage
from storage.goods import products as goods
from tests.flowwow.feeds import availability, read_feed
from tests.scenarios.stage import HOST, ON_BOTH, WITHOUT_MARKETPLACE, Stage
from tests.scenarios.steps import forge, plain
from tests.sheets import a_workbook

SECRET = "long_random_text-44"
FEED = """<?xml version="1.0" encoding="windows-1251"?>
<!DOCTYPE yml_catalog SYSTEM "shops.dtd">
<yml_catalog date="2026-03-08 12:00"><shop><name>Лепесток</name>
<categories><category id="7">Букеты</category></categories><offers>
<offer id="p-15" available="true"><price>4900</price><currencyId>RUR</currencyId><categoryId>7</categoryId>
<name>Пионы «Облако»</name></offer>
<offer id="p-16" available="false"><price>1000</price><currencyId>RUR</currencyId><categoryId>7</categoryId>
<name>Тюльпаны</name></offer>
</offers></shop></yml_catalog>"""


async def send(stage: Stage, person: str, content: bytes, name: str) -> SeenMessage:
    """Send a file, and read the bot's answer to it."""
    sent = await stage.driver.document(person, content, name=name)
    return await stage.driver.wait_message(person, lambda seen: seen.reply_to_message_id == sent.message_id)


async def products(stage: Stage) -> dict[str, Product]:
    database = stage.database()
    async with database.snapshot() as c:
        found = await goods.page(c, 1, 100)
    await database.close()
    return {product.offer_id: product for product in found}


async def feed(stage: Stage, secret: str = SECRET) -> tuple[int, bytes]:
    """What whoever knows this secret reads."""
    url = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}/feed/{secret}.xml"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.read()


@ON_BOTH
@pytest.mark.requirement("R61")
async def test_a_feed_is_looked_through_applied_once_and_served(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(FEED_SECRET=SECRET, **WITHOUT_MARKETPLACE)  # whose goods would come as well
    await stage.hire("director", "manager")
    told = await send(stage, "director", FEED.encode("cp1251"), "товары.xml")
    assert "Новых: 2, изменится: 0, без изменений: 0" in told.text
    assert await products(stage) == {}
    assert (await feed(stage))[0] == 503

    await stage.kill_bot()
    await stage.start_bot()
    await stage.driver.press("director", told.message_id, "Применить")
    done = await stage.driver.wait_message("director", containing="Добавлено: 2, изменено: 0.")
    assert done.message_id == told.message_id
    again = await forge(stage, "manager", ImportTap(list=1, do=ImportDo.APPLY).pack())
    assert again.text == "Этот прайс-лист уже применён."
    status, content = await feed(stage)
    assert (status, availability(read_feed(content))) == (200, {"p-15": True, "p-16": False})
    for wrong in ("", "another", SECRET + "x"):
        assert (await feed(stage, wrong))[0] == 404
    assert SECRET not in stage.bot.log

    sheet = a_workbook([("Артикул", "Цена", "Остаток"), ("p-15", "5 200 ₽", 0), ("p-17", 100, 1)])
    told = await send(stage, "manager", sheet, "цены.xlsx")
    assert "цена 4 900 ₽ → 5 200 ₽, остаток нет → 0" in plain(told)
    assert "Нет в файле: 1." in told.text
    assert "Не удалось прочитать: 1." in told.text
    await stage.driver.press("manager", told.message_id, "Нет в файле: 1")
    await stage.driver.wait_message("manager", containing="Тюльпаны (p-16)")
    await stage.driver.press("manager", told.message_id, "Применить")
    await stage.driver.wait_message("manager", containing="Добавлено: 0, изменено: 1.")
    kept = await products(stage)
    assert sorted(kept) == ["p-15", "p-16"]
    assert kept["p-16"].stopped
    assert availability(read_feed((await feed(stage))[1])) == {"p-15": False, "p-16": False}


async def test_price_lists_are_for_chiefs_and_bad_ones_say_what_is_wrong(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(**WITHOUT_MARKETPLACE)
    await stage.hire("director", "manager", "florist", "courier")
    told = await send(stage, "manager", FEED.encode("cp1251"), "товары.yml")
    for person in ("florist", "courier"):
        refused = await send(stage, person, FEED.encode("cp1251"), "товары.xml")
        assert refused.text == "Отчёты и прайс-листы принимают директор и менеджер."
    await stage.driver.press("manager", told.message_id, "Отмена")
    await stage.driver.wait_message("manager", containing="отменён, ничего не изменено.")
    for do in ImportDo:
        over = await forge(stage, "manager", ImportTap(list=1, do=do).pack())
        assert over.text == "Этот прайс-лист уже отменён. Пришлите файл ещё раз."
    bad = {
        b'<!DOCTYPE y [<!ENTITY a "b">]><y>&a;</y>': "Файл повреждён",
        FEED.encode("utf-16"): "Файл не читается: это не XML",
        b"<y/>": "В файле нет товаров с артикулом.",
    }
    for content, words in bad.items():
        assert (await send(stage, "director", content, "feed.xml")).text.startswith(words)
    assert await products(stage) == {}
