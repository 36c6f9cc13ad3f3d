"""Handing over: by whom, to whom, and what if nobody takes it (R50-R57, R90, R91)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.order import Handover
from orders.model.status import Status
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    force,
    history,
    menu,
    on_the_way,
    seen,
    told_aloud,
    write_answer,
)


@pytest.mark.requirement("R50", "R51", "R53", "R55")
async def test_the_courier_hands_it_over_in_person(stage: Stage) -> None:
    number = await on_the_way(stage)
    asked = await menu(stage, "courier", number, "Выполнен", "Как вручён заказ?")
    assert "Не уверены на 100 %? Не завершайте." in asked.text
    await stage.tap("courier", number, "Ещё не вручён")
    await stage.card("courier", number, " · +7")
    assert (await stage.order(number)).status is Status.COURIER_LEFT

    await stage.tap("courier", number, "Выполнен")
    toast = await stage.tap("courier", number, "Лично")
    assert toast.text == "Выполнен."
    await stage.card("director", number, "Вручён лично, ")
    completion = (await stage.order(number)).progress.completion
    assert completion is not None
    assert (completion.handover, completion.done.name, completion.reason) == (Handover.IN_PERSON, "Пётр", "")


@pytest.mark.requirement("R66")
async def test_who_delivers_long_before_the_window_asks_the_client_first(stage: Stage) -> None:
    number = await on_the_way(stage)
    await stage.kill_bot()
    await stage.start_bot(EARLY_MINUTES="15")
    await stage.tap("courier", number, "Выполнен")
    toast = await stage.tap("courier", number, "Лично")
    assert toast.text == "Ответьте на вопрос ниже"
    asked = await stage.driver.wait_message("courier", containing="Клиент согласен получить раньше?")
    assert "окно доставки начнётся через " in asked.text
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    await choose_answer(stage, "courier", number, "Да, согласен")
    await stage.card("director", number, "Раньше окна, клиент согласен: Да, согласен")
    lines = await history(stage, "director", number)
    assert any("раньше окна, клиент согласен: Да, согласен" in line for line in lines)


@pytest.mark.requirement("R14", "R53", "R56", "R57")
async def test_a_third_person_needs_agreement_and_a_comment(stage: Stage) -> None:
    number = await on_the_way(stage)
    await _nothing_of_this_finishes_it(stage, number)
    await stage.tap("courier", number, "Выполнен")
    asked = await menu(stage, "courier", number, "Другому человеку", "заранее согласился")
    assert asked.button_texts == ["Согласовано с клиентом", "Не согласовано"]
    await stage.tap("courier", number, "Согласовано с клиентом")
    await stage.driver.wait_message("courier", containing="кому именно передан?")
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    below = await write_answer(stage, "courier", number, "\u200b\u200b")
    assert "кому именно передан?" in below.text
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    await choose_answer(stage, "courier", number, "Соседям")
    await stage.driver.wait_message("courier", containing="что ответил клиент?")
    assert (await choose_answer(stage, "courier", number, "Да, можно отдать")).text == "Выполнен."

    await stage.card("director", number, ": Соседям")
    completion = (await stage.order(number)).progress.completion
    assert completion is not None
    assert (completion.handover, completion.comment) == (Handover.THIRD_PERSON, "Соседям")


async def _nothing_of_this_finishes_it(stage: Stage, number: str) -> None:
    """Others press, or the client has not agreed."""
    words = "Такого заказа нет, или он назначен не вам."
    await assert_refused(stage, "courier2", number, Do.IN_PERSON, words)
    await assert_refused(stage, "florist2", number, Do.IN_PERSON, words)
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Другому человеку")
    await stage.tap("courier", number, "Не согласовано")
    await stage.card("courier", number, " · +7")
    assert (await stage.order(number)).status is Status.COURIER_LEFT


@pytest.mark.requirement("R53")
async def test_somebody_else_who_finishes_it_gives_a_reason(stage: Stage) -> None:
    number = await on_the_way(stage)
    await stage.tap("manager", number, "Выполнен")
    toast = await stage.tap("manager", number, "Лично")
    assert toast.text == "Ответьте на вопрос ниже"
    await stage.driver.wait_message("manager", containing="везёт не вы")
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    await choose_answer(stage, "manager", number, "У курьера нет связи")

    await stage.card("director", number, "Завершил не курьер: У курьера нет связи")
    await seen(stage, "courier", number, "Выполнен · ")
    completion = (await stage.order(number)).progress.completion
    assert completion is not None
    assert (completion.done.name, completion.reason) == ("Вера", "У курьера нет связи")


@pytest.mark.requirement("R53", "R57")
async def test_both_questions_are_put_one_after_the_other(stage: Stage) -> None:
    await stage.hire("helen")
    number = await on_the_way(stage)
    await force(stage, "helen", number, Do.AGREED)
    why = await stage.driver.wait_message("helen", containing="Why do you finish it for the courier?")
    await stage.driver.press("helen", why.message_id, "The courier has no connection")
    to_whom = await stage.driver.wait_message("helen", containing="who exactly took it?")
    await stage.driver.text("helen", "Sergey, the guard")
    agreed = await stage.driver.wait_message("helen", containing="what did the client answer?")
    await stage.driver.press("helen", agreed.message_id, "Yes, you may")
    await seen(stage, "helen", number, "Done · ")
    assert to_whom.message_id != why.message_id
    completion = (await stage.order(number)).progress.completion
    assert completion is not None
    assert (completion.comment, completion.reason) == ("Sergey, the guard", "The courier has no connection")


@pytest.mark.requirement("R90", "R91")
async def test_a_recipient_refuses_and_another_one_gets_it(stage: Stage) -> None:
    number = await on_the_way(stage)
    await stage.tap("courier", number, "Получатель отказался")
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    toast = await stage.tap("courier", number, "Да, везём обратно")
    assert toast.text == "Отмечено. Везите заказ в магазин."
    await told_aloud(stage, "manager", number, "Возвращается · ")
    await seen(stage, "courier", number, "Верните заказ в магазин.")
    assert (await stage.order(number)).status is Status.RETURNING
    words = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
    await assert_refused(stage, "courier", number, Do.REDISPATCH, words)
    await assert_refused(stage, "courier", number, Do.REFUSED, "Отказ получателя уже отмечен: ")

    await stage.tap("manager", number, "Везти другому получателю")
    assert (await stage.order(number)).status is Status.RETURNING
    below = await write_answer(stage, "manager", number, "Сестре Ольге, Садовая 3")
    assert below.text.startswith("🚚 Курьер вышел · ")
    card = await told_aloud(stage, "courier", number, "Сестре Ольге, Садовая 3")
    assert card.text.startswith("🚚 Курьер вышел · ")
    assert "Мария" not in card.text
    assert "+79990000055" not in card.text
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    await stage.card("director", number, "Выполнен · ")
    assert (await stage.order(number)).progress.agreed_change == "Сестре Ольге, Садовая 3"
