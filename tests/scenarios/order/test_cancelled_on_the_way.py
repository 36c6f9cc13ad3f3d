"""A cancelled order stops whoever carries it, support gets its text, and the history leaves as a file."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    history,
    on_the_way,
    photographed,
    seen,
    step,
    told_aloud,
)


@pytest.mark.requirement("R21", "R28", "R48", "R49", "R71")
async def test_the_courier_says_that_he_has_stopped_and_support_reads_why(stage: Stage) -> None:
    await stage.stop_bot()
    await stage.start_bot(STOP_REPEAT_MINUTES="0.02")
    number = await on_the_way(stage)
    await step(stage, "manager", number, "Клиент отменяет")
    asked = await stage.driver.wait_message("manager", containing="Клиент сам просил отменить заказ в чате?")
    assert "пусть напишет туда" in asked.text
    await stage.tap("manager", number, "Да: передумал")

    card = await stage.card("manager", number, "Курьер ещё едет")
    assert "Отменяет заказ поддержка Flowwow" in card.text
    await stage.tap("manager", number, "Написать в поддержку")
    case = await stage.card("manager", number, "Просим отменить заказ.")
    assert "Клиент просит отменить заказ в чате, причина: передумал." in case.text
    assert "Курьер в пути, выехал в " in case.text
    await stage.tap("manager", number, "← Назад")
    told = await told_aloud(stage, "courier", number, "Остановитесь: клиент отменил заказ.")
    assert "передумал" not in told.text

    def is_alarm(message: SeenMessage) -> bool:
        return "отменён: остановитесь" in message.text and number in message.text and not message.silent

    for person in ("courier", "manager"):
        await stage.driver.wait_message(person, is_alarm)
    toast = await stage.tap("courier", number, "Вижу, остановился")
    assert toast.text == "Записано: вы остановились. Верните заказ в магазин."
    await stage.card("manager", number, "Остановился: ")
    await assert_refused(stage, "courier", number, Do.STOPPED, "Уже сделано, ничего не изменилось.")
    lines = await history(stage, "director", number)
    assert lines[-1].endswith("Пётр: с отменённым заказом остановились")


@pytest.mark.requirement("X5")
async def test_the_history_leaves_as_one_file_for_chiefs_alone(stage: Stage) -> None:
    number = await photographed(stage)
    await stage.tap("manager", number, "Связаться")
    await stage.tap("manager", number, "Спросить клиента")
    await stage.tap("manager", number, "Отдать другому")
    await choose_answer(stage, "manager", number, "Соседям")
    await stage.driver.wait_message("manager", containing="Можно отдать ваш заказ")
    await history(stage, "manager", number)
    mark = await stage.driver.mark()
    await stage.tap("manager", number, "История файлом")
    sent = await stage.driver.wait_message(
        "manager", lambda message: message.document is not None, since=mark
    )
    assert sent.document is not None
    page = (await stage.driver.download(sent.document.url)).decode()
    assert "data:image/jpeg;base64," in page
    assert "спросили клиента: Отдать другому: Соседям" in page
    assert "Оля (флорист)" in page

    words = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
    await assert_refused(stage, "florist", number, Do.HISTORY_FILE, words)
    unknown = "Такого заказа нет, или он назначен не вам."
    await assert_refused(stage, "courier", number, Do.HISTORY_FILE, unknown)
    await seen(stage, "manager", number, "Фото · ")
