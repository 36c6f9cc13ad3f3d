"""Several shops in one bot: added in the chat, told apart on every screen, one tap from each other (X6)."""

from __future__ import annotations

import pytest

from messages.callbacks.delivery import SpareDo, SpareTap
from messages.callbacks.photos import CheckTap, MoveDo, MoveTap
from messages.shop.shops import ShopsDo, ShopsTap
from sandbox.driver import SeenMessage
from storage.shop import closures
from tests.scenarios.stage import SECOND_SHOP, Stage
from tests.scenarios.steps import NO_BUTTON, forge

FIRST, SECOND = "🏪 Цветы на Лесной", "🏪 Роза на Садовой"


async def _answer(stage: Stage, words: str, containing: str) -> SeenMessage:
    mark = await stage.driver.mark()
    await stage.driver.text("director", words)
    return await stage.driver.wait_message("director", containing=containing, since=mark)


async def _keys(stage: Stage, person: str) -> set[str]:
    """The keys below the chat; the shop in which the person is has a tick."""
    texts = (await stage.driver.chat(person)).keyboard_texts
    assert len([one for one in texts if one.endswith(" ✓")]) == 1
    return {one.removesuffix(" ✓") for one in texts}


async def _add_shop(stage: Stage) -> None:
    await stage.driver.text("director", "Магазин")
    await stage.driver.press_last("director", "Настройки…")
    await stage.driver.press_last("director", "Магазины…")
    await stage.driver.press_last("director", "Добавить магазин")
    await stage.driver.wait_message("director", containing="Как называется новый магазин?")
    await _answer(stage, "цветы на лесной", "Такой магазин уже есть.")
    asked = await _answer(stage, "Роза на Садовой", "Добавить магазин «Роза на Садовой»?")
    mark = await stage.driver.mark()
    await stage.driver.press("director", asked.message_id, "Добавить")
    added = await stage.driver.wait_message("director", containing="Номера во Flowwow ещё нет", since=mark)
    await stage.driver.press("director", added.message_id, "Номер во Flowwow")
    await stage.driver.wait_message("director", containing="Какой номер у магазина во Flowwow?")
    await _answer(stage, "пять", "Нужен номер цифрами.")
    await _answer(stage, str(stage.config.marketplace[0].shop_id), "Этот номер у другого магазина.")
    await _answer(stage, str(SECOND_SHOP), f"Номер во Flowwow: {SECOND_SHOP}")


async def _list_shops(stage: Stage) -> SeenMessage:
    shop = await _answer(stage, "Магазин", "Магазин ")
    await stage.driver.press("director", shop.message_id, "Настройки…")
    mark = await stage.driver.mark()
    await stage.driver.press_last("director", "Магазины…")
    return await stage.driver.wait_message("director", containing="Ваши магазины (", since=mark)


async def _is_hidden(stage: Stage) -> list[bool]:
    database = stage.database()
    async with database.snapshot() as c:
        found = [await closures.current(c, shop_id) is not None for shop_id in (1, 2)]
    await database.close()
    return found


@pytest.mark.requirement("X6", "R14")
async def test_a_second_shop_is_added_in_the_chat_and_one_tap_away(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot()
    await stage.hire("director", "manager", "florist")
    await _add_shop(stage)
    assert {FIRST, SECOND} <= await _keys(stage, "director")
    number = str((await stage.driver.place_order(shop=SECOND_SHOP)).id)
    card = await stage.card("director", number)
    assert SECOND in card.text

    board = await _answer(stage, FIRST, "Заказов нет.")
    assert FIRST in board.text
    await stage.tap("director", number, "Принять")
    await stage.card("director", number, "Принят")
    board = await _answer(stage, "Заказы", "Заказы")
    assert SECOND in board.text  # the tap has led to its shop

    order_id = (await stage.order(number)).id
    for button in (
        CheckTap(order=order_id, photo=0, ticked=0, made_of=""),
        MoveTap(do=MoveDo.ASK, order=order_id, photo=1),
        SpareTap(do=SpareDo.SHOW, order=order_id),
    ):
        await _answer(stage, FIRST, "Заказов нет.")
        toast = await forge(stage, "director", button.pack())
        assert not (toast.text or "").startswith("Такого заказа нет"), button

    await _answer(stage, FIRST, "Заказов нет.")
    shop = await _answer(stage, "Магазин", "Магазин открыт")
    await _answer(stage, SECOND, SECOND)
    await stage.driver.press("director", shop.message_id, "Скрыть магазин")
    await stage.driver.wait_message("director", containing="Магазин скрыт")
    assert await _is_hidden(stage) == [True, False]

    found = await _answer(stage, SECOND, SECOND)
    assert found.text
    mine = await _answer(stage, number, "Принят")
    assert SECOND in mine.text
    for person in ("manager", "florist"):
        seen = await stage.driver.messages(person)
        assert not any(number in message.text or "🏪" in message.text for message in seen)
        keyboard = (await stage.driver.chat(person)).keyboard_texts
        assert not any("🏪" in label for label in keyboard)
        for do in ShopsDo:
            for shop_id in (1, 2):
                toast = await forge(stage, person, ShopsTap(do=do, shop=shop_id, arg="name").pack())
                assert toast.text == NO_BUTTON, (person, do)


@pytest.mark.requirement("X6", "R17")
async def test_who_joins_a_second_shop_finds_the_way_there_at_once(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot()
    await stage.hire("director", "manager", "florist")
    await _add_shop(stage)
    await stage.driver.text("director", "Сотрудники")
    await stage.driver.press_last("director", "Пригласить ссылкой")
    await stage.driver.press_last("director", "Флорист")
    shown = await stage.driver.wait_message("director", containing="Больше я её не покажу")
    await stage.driver.start("florist", shown.text.partition("?start=")[2].split()[0])
    await stage.driver.wait_message("florist", containing="Вы подключены к магазину «Роза на Садовой»")
    assert {FIRST, SECOND} <= await _keys(stage, "florist")

    await stage.driver.text("director", "Сотрудники")
    await stage.driver.press_last("director", "Добавить сотрудника")
    await stage.driver.wait_message("director", containing="Кого добавить?")
    asked = await _answer(stage, "Вероника +79990000005", "Кем добавить?")
    await stage.driver.press("director", asked.message_id, "Курьер")
    await stage.driver.wait_message(
        "director", containing="Добавлен сотрудник: Вероника · Курьер. Этот человек уже подключён"
    )
    told = await stage.driver.wait_message("manager", containing="Вы подключены к магазину «Роза на Садовой»")
    assert told.silent
    assert {FIRST, SECOND, "Новые"} <= await _keys(stage, "manager")  # here a manager still


async def test_a_shop_is_added_only_when_confirmed_and_an_empty_one_can_be_removed(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot()
    await stage.hire("director", "manager", "florist")
    number = str((await stage.driver.place_order()).id)
    await stage.card("director", number)
    listed = await _list_shops(stage)
    await stage.driver.press("director", listed.message_id, "Добавить магазин")
    await stage.driver.wait_message("director", containing="Как называется новый магазин?")
    card = await _answer(stage, number, number)  # the number of an order opens the order
    assert "Как называется" not in card.text
    await _answer(stage, "000111222", "Заказа")

    listed = await _list_shops(stage)
    await stage.driver.press("director", listed.message_id, "Добавить магазин")
    await _answer(stage, "000111222", "похоже на номер заказа")
    asked = await _answer(stage, "Роза на Садовой", "Добавить магазин «Роза на Садовой»?")
    mark = await stage.driver.mark()
    await stage.driver.press("director", asked.message_id, "Отмена")
    await stage.driver.wait_message("director", containing="Ваши магазины (1)", since=mark)
    toast = await forge(stage, "director", ShopsTap(do=ShopsDo.CREATE, shop=1).pack())
    assert toast.text == "Этот вопрос уже закрыт."

    listed = await _list_shops(stage)
    await stage.driver.press("director", listed.message_id, "Добавить магазин")
    asked = await _answer(stage, "Роза на Садовой", "Добавить магазин «Роза на Садовой»?")
    mark = await stage.driver.mark()
    await stage.driver.press("director", asked.message_id, "Добавить")
    sheet = await stage.driver.wait_message("director", containing="Номера во Flowwow ещё нет", since=mark)
    await stage.driver.wait_message("director", containing="добавлен, вы в нём", since=mark)
    assert {FIRST, SECOND} <= await _keys(stage, "director")
    await stage.driver.press("director", sheet.message_id, "Часовой пояс")
    await stage.driver.wait_message("director", containing="Какой часовой пояс?")
    await _answer(stage, "UTC+5", "Может быть, Asia/Yekaterinburg, Asia/Almaty?")
    sheet = await _answer(stage, "Екатеринбург", "Часовой пояс: Asia/Yekaterinburg")
    await stage.driver.press("director", sheet.message_id, "Убрать магазин")
    sure = await stage.driver.wait_message("director", containing="Убрать магазин «Роза на Садовой»?")
    mark = await stage.driver.mark()
    await stage.driver.press("director", sure.message_id, "Убрать")
    await stage.driver.wait_message(
        "director", containing="Магазин «Роза на Садовой» убран. Вы в магазине «Цветы на Лесной».", since=mark
    )
    assert not any("🏪" in label for label in (await stage.driver.chat("director")).keyboard_texts)
