"""Sellers and couriers see an order from the moment it is given to them, everywhere alike (R14)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, seen

NOT_YOURS = "Такого заказа нет, или он назначен не вам."


async def _asks(stage: Stage, person: str, words: str) -> SeenMessage:
    sent = await stage.driver.text(person, words)
    return await stage.driver.wait_message(person, lambda message: message.message_id > sent.message_id)


async def _sees_nothing(stage: Stage, person: str, number: str) -> None:
    """Not on the board, not by number, not by a part of it, not by link, not by any button."""
    board = await _asks(stage, person, "Заказы")
    assert "Заказов нет." in board.text
    assert not any(number in text for text in board.button_texts)
    assert "0" in board.button_texts[3]
    for words in (number, number[2:], f"№{number}"):
        told = await _asks(stage, person, words)
        assert "среди ваших нет" in told.text
    order = await stage.order(number)
    started = await stage.driver.start(person, f"o{order.id}")
    told = await stage.driver.wait_message(person, lambda m: m.message_id > started.message_id)
    assert told.text == NOT_YOURS
    for do in Do:
        if do not in {Do.ASSIGN_TO, Do.COURIER_IS}:
            await assert_refused(stage, person, number, do, NOT_YOURS)


async def _sees_it(stage: Stage, person: str, number: str) -> None:
    board = await _asks(stage, person, "Заказы")
    assert any(number in text for text in board.button_texts)
    for words in (number, number[2:], f"#{number}"):
        told = await _asks(stage, person, words)
        assert number in told.text.partition("\n")[0]
    order = await stage.order(number)
    started = await stage.driver.start(person, f"o{order.id}")
    told = await stage.driver.wait_message(person, lambda m: m.message_id > started.message_id)
    assert number in told.text.partition("\n")[0]


@pytest.mark.requirement("R14")
async def test_a_new_order_is_for_chiefs_and_not_for_sellers_and_couriers(stage: Stage) -> None:
    number = await stage.new_order()
    for person in ("director", "manager"):
        await stage.card(person, number)
        await _sees_it(stage, person, number)
    for person in ("florist", "courier"):
        await _sees_nothing(stage, person, number)
    await stage.tap("director", number, "Принять")
    for person in ("florist", "courier"):
        await _sees_nothing(stage, person, number)


@pytest.mark.requirement("R14", "R20")
async def test_a_seller_sees_it_from_assignment_to_reassignment(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await _sees_it(stage, "florist", number)
    await _sees_nothing(stage, "florist2", number)
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Ирина")
    await stage.card("florist2", number)
    await _sees_nothing(stage, "florist", number)
    await _sees_it(stage, "florist2", number)


@pytest.mark.requirement("R14", "R40", "R44")
async def test_a_courier_sees_his_deliveries_only(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.card("courier", number)
    await _sees_it(stage, "courier", number)
    await _sees_nothing(stage, "courier2", number)
    card = await seen(stage, "courier", number, "Лесная")
    assert "Игорь" not in card.text
    assert "С днём рождения" not in card.text
    await assert_refused(stage, "courier", number, Do.HISTORY, "Этот шаг делает другой сотрудник")
    await assert_refused(stage, "courier", number, Do.WHOLE, "Этот шаг делает другой сотрудник")
    await assert_refused(stage, "courier", number, Do.CONTACT, "Этот шаг делает другой сотрудник")
