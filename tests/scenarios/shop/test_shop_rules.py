"""The rules of an added shop: a director sets them in the chat, and they hold there alone (X6, R78)."""

from __future__ import annotations

from http import HTTPStatus

import aiohttp
import pytest

from messages.shop.shops import ShopsDo, ShopsTap
from sandbox.driver import SeenMessage
from storage.shop import shops
from tests.scenarios.stage import HOST, SECOND_SHOP, Stage
from tests.scenarios.steps import NO_BUTTON, forge, menu

SECRET = "long_random_text-45"


async def _answer(stage: Stage, words: str, containing: str) -> SeenMessage:
    mark = await stage.driver.mark()
    await stage.driver.text("director", words)
    return await stage.driver.wait_message("director", containing=containing, since=mark)


async def _press(stage: Stage, screen: SeenMessage, button: str, containing: str) -> SeenMessage:
    """Press, and wait until the screen shows what the button leads to."""
    mark = await stage.driver.mark()
    await stage.driver.press("director", screen.message_id, button)
    return await stage.driver.wait_message(
        "director", lambda one: one.message_id == screen.message_id, containing=containing, since=mark
    )


async def _add_shop(stage: Stage) -> SeenMessage:
    shop = await _answer(stage, "Магазин", "Магазин ")
    settings = await _press(stage, shop, "Настройки…", "Настройки · ")
    listed = await _press(stage, settings, "Магазины…", "Ваши магазины")
    await _press(stage, listed, "Добавить магазин", "Как называется новый магазин?")
    asked = await _answer(stage, "Роза на Садовой", "Добавить магазин «Роза на Садовой»?")
    added = await _press(stage, asked, "Добавить", "Номера во Flowwow ещё нет")
    await _press(stage, added, "Номер во Flowwow", "Какой номер у магазина")
    return await _answer(stage, str(SECOND_SHOP), f"Номер во Flowwow: {SECOND_SHOP}")


async def _feed_status(stage: Stage) -> int:
    url = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}/feed/{SECRET}.xml"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status


async def _contacts(stage: Stage) -> list[int]:
    database = stage.database()
    async with database.snapshot() as c:
        found = [shop.rules.contacts_most for shop in await shops.all_shops(c)]
    await database.close()
    return found


@pytest.mark.requirement("X6", "R78", "R58", "R61")
async def test_a_director_sets_the_rules_of_an_added_shop_in_the_chat(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(FEED_SECRETS=f"{SECOND_SHOP}:{SECRET}")
    await stage.hire("director", "manager")
    assert await _feed_status(stage) == HTTPStatus.NOT_FOUND
    sheet = await _add_shop(stage)
    assert await _feed_status(stage) in {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}  # no goods read yet

    groups = await _press(stage, sheet, "Правила и деньги…", "Правила магазина")
    page = await _press(stage, groups, "Клиент и данные", "Клиент и личные данные")
    assert "Обращений к клиенту, который не отвечает, не больше: 5" in page.text
    await _press(stage, page, "Обращений", "Пришлите целое число от 1 до 100.")
    flaw = await _answer(stage, "много", "Не понимаю ответ, ничего не изменено.")
    assert "Пришлите целое число от 1 до 100." in flaw.text
    await _answer(stage, "500", "Больше 100 нельзя, ничего не изменено.")
    mark = await stage.driver.mark()
    await stage.driver.sticker("director")
    await stage.driver.wait_message("director", containing="Здесь нужен текст.", since=mark)
    page = await _answer(stage, "3", "не отвечает, не больше: 3")
    assert await _contacts(stage) == [5, 3]

    groups = await _press(stage, page, "← Назад", "Правила магазина")
    money = await _press(stage, groups, "Комиссия", "Комиссия и доставка")
    kinds = await _press(stage, money, "По видам товаров", "Прочее: как у остальных")
    await _press(stage, kinds, "← Назад", "Комиссия и доставка")
    groups = await _press(stage, money, "← Назад", "Правила магазина")
    costs = await _press(stage, groups, "Отказ", "доля комиссии: 100 %")
    await _press(stage, costs, "Новый заказ", "Пришлите процент")
    await _answer(stage, "12,5%", "доля комиссии: 12,5 %")
    number = str((await stage.driver.place_order(shop=SECOND_SHOP)).id)
    await stage.card("director", number)
    await menu(stage, "director", number, "Отказаться", "отказ стоит 12,5 % комиссии Flowwow")

    first = ShopsTap(do=ShopsDo.GROUP, shop=1, arg="declining").pack()
    mark = await stage.driver.mark()
    await forge(stage, "director", first)
    of_settings = await stage.driver.wait_message("director", containing="взяты из файла .env", since=mark)
    assert "доля комиссии: 12,5 %" not in of_settings.text
    for shop in (1, 2):
        toast = await forge(
            stage, "manager", ShopsTap(do=ShopsDo.RULE, shop=shop, arg="contacts_most").pack()
        )
        assert toast.text == NO_BUTTON
    toast = await forge(stage, "director", ShopsTap(do=ShopsDo.RULE, shop=2, arg="timezone").pack())
    assert toast.text == NO_BUTTON
    assert await _contacts(stage) == [5, 3]


@pytest.mark.requirement("R78", "R16")
async def test_a_rule_of_the_first_shop_set_in_the_chat_holds_over_restarts_until_it_is_given_back(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(CONTACTS_MOST="5")
    await stage.hire("director")
    shop = await _answer(stage, "Магазин", "Магазин ")
    settings = await _press(stage, shop, "Настройки…", "Настройки · ")
    listed = await _press(stage, settings, "Магазины…", "Ваши магазины")
    name = next(one.text for row in listed.buttons for one in row if one.text.startswith("🏪"))
    sheet = await _press(stage, listed, name, "Начальные правила этого магазина взяты из файла .env")
    groups = await _press(stage, sheet, "Правила и деньги…", "Правила магазина")
    page = await _press(stage, groups, "Клиент и данные", "не отвечает, не больше: 5")
    await _press(stage, page, "Обращений", "Пришлите целое число от 1 до 100.")
    await _answer(stage, "3", "не отвечает, не больше: 3 (задано здесь)")

    await stage.stop_bot()
    await stage.start_bot(CONTACTS_MOST="7", CONTACTS_MINUTES="44")
    assert await _contacts(stage) == [3]
    mark = await stage.driver.mark()
    await forge(stage, "director", ShopsTap(do=ShopsDo.GROUP, shop=1, arg="client").pack())
    page = await stage.driver.wait_message("director", containing="3 (задано здесь)", since=mark)
    assert "44 мин" in page.text
    question = await _press(stage, page, "Обращений", "В файле .env: 7")
    await _press(stage, question, "Вернуть как в настройках", "не отвечает, не больше: 7\n")
    assert await _contacts(stage) == [7]
