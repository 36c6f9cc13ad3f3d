"""Handing over: by whom, and to whom (R50-R57). The ordinary way is in test_couriers."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.order import Handover
from orders.model.status import Status
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    history,
    menu,
    on_the_way,
    seen,
    write_answer,
)


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


@pytest.mark.requirement("R53", "R66")
async def test_who_finishes_for_the_courier_long_before_the_window_answers_one_question_after_the_other(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(EARLY_MINUTES="15")
    await stage.hire("director", "manager", "florist", "courier")
    number = await on_the_way(stage)
    await stage.tap("manager", number, "Выполнен")
    toast = await stage.tap("manager", number, "Лично")
    assert toast.text == "Ответьте на вопрос ниже"
    asked = await stage.driver.wait_message("manager", containing="Клиент согласен получить раньше?")
    assert "окно доставки начнётся через " in asked.text
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    await choose_answer(stage, "manager", number, "Да, согласен")
    await stage.driver.wait_message("manager", containing="везёт не вы")
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    await choose_answer(stage, "manager", number, "У курьера нет связи")

    await stage.card("director", number, "Завершил не курьер: У курьера нет связи")
    await stage.card("director", number, "Раньше окна, клиент согласен: Да, согласен")
    await seen(stage, "courier", number, "Выполнен · ")
    completion = (await stage.order(number)).progress.completion
    assert completion is not None
    assert (completion.done.name, completion.reason) == ("Вера", "У курьера нет связи")
    lines = await history(stage, "director", number)
    assert any("раньше окна, клиент согласен: Да, согласен" in line for line in lines)
