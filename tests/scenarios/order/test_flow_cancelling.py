"""The client cancels: who gets what back, who is told, and where the order goes then (R21, R22, R46-R49)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.money import Money
from orders.model.status import Status
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    cards_of,
    choose_answer,
    history,
    menu,
    on_the_way,
    photographed,
    plain,
    seen,
    step,
    told_aloud,
)


@pytest.mark.requirement("R21", "R46", "R48", "R49")
async def test_before_the_courier_left_everything_goes_back(stage: Stage) -> None:
    number = await photographed(stage)
    await stage.card("manager", number, "Фото · ")
    await step(stage, "manager", number, "Клиент отменяет")
    asked = await stage.driver.wait_message("manager", containing="Клиент сам просил отменить заказ в чате?")
    assert "Клиенту вернётся вся сумма: 4 900 ₽." in plain(asked)
    assert "напишите в поддержку Flowwow" in asked.text
    assert (await stage.order(number)).status is Status.PHOTO
    toast = await stage.tap("manager", number, "Да, клиент просил")
    assert toast.text == "Заказ отменён. Сообщите в поддержку Flowwow."

    card = await told_aloud(stage, "director", number, "Клиент отменил · ")
    assert "Клиенту возвращается вся сумма: 4 900 ₽" in plain(card)
    told = await told_aloud(stage, "florist", number, "Клиент отменил · ")
    assert "₽" not in told.text
    await stage.driver.wait_message("director", containing="клиент отменил", chat="group")
    closing = (await stage.order(number)).progress.closing
    assert closing is not None
    assert (closing.refund, closing.kept) == (Money(490_000), Money(0))


@pytest.mark.requirement("R28", "R47", "R48")
async def test_on_the_way_the_shop_keeps_the_delivery_fee(stage: Stage) -> None:
    number = await on_the_way(stage)
    await stage.card("director", number, "Курьер вышел · ")
    await step(stage, "director", number, "Клиент отменяет")
    asked = await stage.driver.wait_message("director", containing="Клиент сам просил отменить")
    assert "Клиенту вернётся 4 550 ₽. Магазину останется за доставку 350 ₽." in plain(asked)
    await stage.tap("director", number, "Да, клиент просил")

    card = await stage.card("manager", number, "Клиент отменил · ")
    assert "Клиенту возвращается 4 550 ₽, магазину за доставку 350 ₽" in plain(card)
    told = await told_aloud(stage, "courier", number, "Клиент отменил · ")
    assert "Лесная" not in told.text
    closing = (await stage.order(number)).progress.closing
    assert closing is not None
    assert (closing.refund, closing.kept) == (Money(455_000), Money(35_000))
    lines = await history(stage, "director", number)
    assert any("отменён клиентом" in line and "магазину за доставку" in line for line in lines)


@pytest.mark.requirement("R47")
async def test_with_a_third_party_courier_it_counts_as_on_the_way(stage: Stage) -> None:
    number = await photographed(stage)
    await stage.tap("florist", number, "Сторонний курьер")
    await choose_answer(stage, "florist", number, "Яндекс Доставка")
    await choose_answer(stage, "florist", number, "Нет")
    await stage.card("manager", number, "Яндекс Доставка · контакта нет")
    await stage.tap("florist", number, "Курьер забрал")
    await stage.card("manager", number, "У стороннего курьера с")
    await step(stage, "manager", number, "Клиент отменяет")
    asked = await stage.driver.wait_message("manager", containing="Клиент сам просил отменить")
    assert "Магазину останется за доставку 350 ₽." in plain(asked)


@pytest.mark.requirement("R71")
async def test_a_seller_cannot_cancel(stage: Stage) -> None:
    number = await photographed(stage)
    words = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
    await assert_refused(stage, "florist", number, Do.CANCEL_YES, words)
    await assert_refused(stage, "florist", number, Do.CANCEL, words)


@pytest.mark.requirement("R6", "R22")
async def test_a_cancelled_order_is_removed_from_the_list_and_stays_in_the_archive(stage: Stage) -> None:
    number = await stage.accepted("manager")
    await step(stage, "manager", number, "Клиент отменяет")
    await stage.tap("manager", number, "Да, клиент просил")
    await stage.card("manager", number, "Клиент отменил · ")
    await stage.driver.text("manager", "Заказы")
    board = await stage.driver.wait_message("manager", containing="Не показано: 1 отменённый")
    await stage.driver.press("manager", board.message_id, "Отменённые 1")
    await stage.driver.wait_message(
        "manager", lambda m: m.message_id == board.message_id and any(number in b for b in m.button_texts)
    )

    toast = await stage.tap("manager", number, "Убрать из списка")
    assert toast.text == "Убран из списка. Он остался в архиве."
    await stage.driver.text("manager", "Заказы")
    board = await stage.driver.wait_message("manager", containing="Не показано: 1 убран из списка")
    assert not any(number in text for text in board.button_texts)
    await stage.driver.press("manager", board.message_id, "Архив 1")
    await stage.driver.wait_message(
        "manager", lambda m: m.message_id == board.message_id and any(number in b for b in m.button_texts)
    )
    words = "Уже сделано, ничего не изменилось."
    await assert_refused(stage, "manager", number, Do.HIDE, words)
    assert len(await cards_of(stage, "manager", number)) == 1


@pytest.mark.requirement("R47", "R91")
async def test_a_returning_order_is_cancelled_minus_the_delivery_fee(stage: Stage) -> None:
    number = await on_the_way(stage)
    await stage.tap("courier", number, "Получатель отказался")
    await stage.tap("courier", number, "Да, везём обратно")
    asked = await menu(stage, "director", number, "Клиент отменяет", "Клиент сам просил отменить")
    assert "Магазину останется за доставку 350 ₽." in plain(asked)
    await stage.tap("director", number, "Да, клиент просил")
    await seen(stage, "courier", number, "Клиент отменил · ")
