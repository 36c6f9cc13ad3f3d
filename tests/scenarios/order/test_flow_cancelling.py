"""The client cancels: who gets what back, who is told, and where the order goes then (R21, R22, R46-R49)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.money import Money
from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    cards_of,
    history,
    on_the_way,
    photographed,
    plain,
    step,
    told_aloud,
)


@pytest.mark.requirement("R6", "R21", "R22", "R46", "R48")
async def test_before_the_courier_left_everything_goes_back_and_the_order_goes_to_the_archive(
    stage: Stage,
) -> None:
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
    await _it_is_removed_from_the_list_and_found_in_the_archive(stage, number)


async def _it_is_removed_from_the_list_and_found_in_the_archive(stage: Stage, number: str) -> None:
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
    await assert_refused(stage, "manager", number, Do.HIDE, "Уже сделано, ничего не изменилось.")
    assert len(await cards_of(stage, "manager", number)) == 1
    sent = await stage.driver.text("director", number)
    card = await stage.driver.wait_message(
        "director", lambda m: m.message_id > sent.message_id, containing=number
    )
    assert card.text.startswith("⚫ ")


@pytest.mark.requirement("R21", "R28", "R47", "R48", "R49", "R71")
async def test_on_the_way_the_fee_is_kept_the_courier_says_that_he_has_stopped_and_support_reads_why(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(STOP_REPEAT_MINUTES="0.02")
    await stage.hire("director", "manager", "florist", "courier")
    number = await on_the_way(stage)
    await assert_refused(stage, "florist", number, Do.CANCEL_YES, "Этот шаг делает другой сотрудник")
    await step(stage, "manager", number, "Клиент отменяет")
    asked = await stage.driver.wait_message("manager", containing="Клиент сам просил отменить заказ в чате?")
    assert "пусть напишет туда" in asked.text
    assert "Клиенту вернётся 4 550 ₽. Магазину останется за доставку 350 ₽." in plain(asked)
    await stage.tap("manager", number, "Да: передумал")

    card = await stage.card("manager", number, "Курьер ещё едет")
    assert "Клиенту возвращается 4 550 ₽, магазину за доставку 350 ₽" in plain(card)
    assert "Отменяет заказ поддержка Flowwow" in card.text
    closing = (await stage.order(number)).progress.closing
    assert closing is not None
    assert (closing.refund, closing.kept) == (Money(455_000), Money(35_000))
    await stage.tap("manager", number, "Написать в поддержку")
    case = await stage.card("manager", number, "Просим отменить заказ.")
    assert "Клиент просит отменить заказ в чате, причина: передумал." in case.text
    assert "Курьер в пути, выехал в " in case.text
    await stage.tap("manager", number, "← Назад")
    await _the_courier_stops(stage, number)
    lines = await history(stage, "director", number)
    assert any("отменён клиентом" in line and "магазину за доставку" in line for line in lines)
    assert lines[-1].endswith("Пётр: с отменённым заказом остановились")


async def _the_courier_stops(stage: Stage, number: str) -> None:
    told = await told_aloud(stage, "courier", number, "Остановитесь: клиент отменил заказ.")
    assert "передумал" not in told.text
    assert "Лесная" not in told.text

    def is_alarm(message: SeenMessage) -> bool:
        return "отменён: остановитесь" in message.text and number in message.text and not message.silent

    for person in ("courier", "manager"):
        await stage.driver.wait_message(person, is_alarm)
    toast = await stage.tap("courier", number, "Вижу, остановился")
    assert toast.text == "Записано: вы остановились. Верните заказ в магазин."
    await stage.card("manager", number, "Остановился: ")
    await assert_refused(stage, "courier", number, Do.STOPPED, "Уже сделано, ничего не изменилось.")
