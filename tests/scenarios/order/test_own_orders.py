"""Sellers and couriers see an order from the moment it is given to them, everywhere alike (R14).

That no button reaches it before is in tests/handlers/order/test_refused_steps.py.
"""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from sandbox.driver import SeenMessage
from tests.scenarios.finding import is_card, newest
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, cards_of, menu, seen, step

NOT_YOURS = "Такого заказа нет, или он назначен не вам."


async def _asks(stage: Stage, person: str, words: str) -> SeenMessage:
    sent = await stage.driver.text(person, words)
    return await stage.driver.wait_message(person, lambda message: message.message_id > sent.message_id)


async def _opens_by_link(stage: Stage, person: str, number: str) -> SeenMessage:
    order = await stage.order(number)
    started = await stage.driver.start(person, f"o{order.id}")
    return await stage.driver.wait_message(person, lambda m: m.message_id > started.message_id)


async def _sees_nothing(stage: Stage, person: str, number: str) -> None:
    """Not on the board, not by number, not by a part of it, not by link, not by a button."""
    board = await _asks(stage, person, "Заказы")
    assert "Заказов нет." in board.text
    assert not any(number in text for text in board.button_texts)
    assert "0" in board.button_texts[3]
    for words in (number, number[2:]):
        told = await _asks(stage, person, words)
        assert "среди ваших нет" in told.text
    assert (await _opens_by_link(stage, person, number)).text == NOT_YOURS
    await assert_refused(stage, person, number, Do.OPEN, NOT_YOURS)


async def _sees_it(stage: Stage, person: str, number: str) -> None:
    board = await _asks(stage, person, "Заказы")
    assert any(number in text for text in board.button_texts)
    for words in (number, number[2:]):
        told = await _asks(stage, person, words)
        assert number in told.text.partition("\n")[0]
    told = await _opens_by_link(stage, person, number)
    assert number in told.text.partition("\n")[0]


@pytest.mark.requirement("R14", "R20", "R40", "R44")
async def test_a_seller_and_a_courier_see_an_order_from_the_moment_it_is_given_until_it_is_anothers(
    stage: Stage,
) -> None:
    number = await stage.accepted()
    await _sees_nothing(stage, "florist", number)
    await _it_is_given(stage, number)
    await _sees_it(stage, "florist", number)
    old = await stage.card("florist", number)
    await _it_is_given_to_another(stage, number)
    toast = await stage.driver.press("florist", old.message_id, "Загрузить фото", stale=True)
    assert toast.text == "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
    await _sees_nothing(stage, "florist", number)
    await _couriers(stage, number)


async def _card_leaves(stage: Stage, person: str, number: str) -> None:
    await stage.driver.wait_chat(person, lambda chat: not any(is_card(one, number) for one in newest(chat)))


async def _it_is_given(stage: Stage, number: str) -> None:
    """The one it is given to is told at once and aloud, the others read who it is."""
    assert not await cards_of(stage, "florist", number)
    asked = await menu(stage, "director", number, "Назначить сотрудника", "Кто собирает заказ?")
    assert "Оля · без заказов" in asked.button_texts
    toast = await stage.choose("director", number, "Оля")
    assert toast.text == "Собирает Оля. Сотрудник получит карточку."
    told = await stage.card("florist", number, "Принят · ")
    assert not told.silent
    assert "Оля" in (await stage.card("manager", number, "Оля")).text
    line = await stage.driver.wait_message("director", containing="собирает Оля", chat="group")
    assert number in line.text


async def _it_is_given_to_another(stage: Stage, number: str) -> None:
    asked = await menu(stage, "director", number, "Назначить сотрудника", "Кто собирает заказ?")
    assert "Оля · 1 заказ" in asked.button_texts
    await stage.choose("director", number, "Ирина")
    await stage.card("florist2", number)
    await _card_leaves(stage, "florist", number)


async def _couriers(stage: Stage, number: str) -> None:
    """A courier reads where to and no more; one who is replaced loses the card."""
    asked = await menu(stage, "florist2", number, "Найти курьера", "Кто повезёт заказ?")
    assert {"Пётр · без заказов", "Семён · без заказов"} <= set(asked.button_texts)
    toast = await stage.choose("florist2", number, "Пётр")
    assert toast.text == "Повезёт Пётр. Когда заказ уедет, нажмите «Курьер вышел»."
    told = await stage.card("courier", number)
    assert not told.silent
    await _sees_it(stage, "courier", number)
    card = await seen(stage, "courier", number, "Москва, Лесная ул., 5, кв. 12")
    assert "телефон скрыт до выезда" in card.text
    assert not [secret for secret in ("Игорь", "С днём рождения", "₽") if secret in card.text]
    await assert_refused(stage, "courier", number, Do.HISTORY, "Этот шаг делает другой сотрудник")

    await step(stage, "florist2", number, "Найти курьера")
    await stage.choose("florist2", number, "Семён")
    await stage.card("courier2", number)
    await _card_leaves(stage, "courier", number)
    await _sees_nothing(stage, "courier", number)
