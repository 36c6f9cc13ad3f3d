"""A wrong tap is taken back, with a reason, in time, and the history shows both (X4)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from tests.scenarios.aftermath import wait_until_quiet
from tests.scenarios.client_steps import client_card, follow
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
    write_answer,
)

ACCEPTED_THERE = 2
"""The marketplace's own code."""


async def silence(stage: Stage) -> None:
    """The marketplace hears of nothing from now on: a step that it knows of cannot be taken back."""
    await stage.driver.faults(marketplace={"500": 1})


async def accepted(stage: Stage) -> str:
    """An order that the manager has accepted, of which the marketplace has not heard."""
    number = await stage.new_order()
    await silence(stage)
    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят · ")
    return number


@pytest.mark.requirement("X4", "X5")
async def test_accepting_is_undone_and_the_history_shows_both(stage: Stage) -> None:
    number = await accepted(stage)
    await step(stage, "manager", number, "Вернуть шаг")
    await stage.driver.wait_message("manager", containing="Что случилось с последним шагом")
    assert (await stage.order(number)).status is Status.ACCEPTED
    toast = await choose_answer(stage, "manager", number, "Нажали по ошибке")
    assert toast.text == "Шаг возвращён."

    await stage.card("director", number, "Новый · ")
    alert = await stage.driver.wait_message("director", containing="Новый заказ", chat="group")
    assert number in alert.text
    order = await stage.order(number)
    assert (order.status, order.progress.accepted, order.version) == (Status.NEW, None, 3)
    lines = await history(stage, "director", number)
    assert [line.partition(": ")[2] for line in lines] == [
        "заказ поступил",
        "принят",
        "возвращён шаг «принят»: Нажали по ошибке",
    ]


@pytest.mark.requirement("X4")
async def test_what_was_undone_can_be_done_again_but_not_undone_twice(stage: Stage) -> None:
    number = await accepted(stage)
    await step(stage, "manager", number, "Вернуть шаг")
    await write_answer(stage, "manager", number, "не тот заказ")
    await stage.card("manager", number, "Новый · ")
    await assert_refused(stage, "manager", number, Do.UNDO, "Возвращать нечего.")
    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят · ")
    assert (await stage.order(number)).status is Status.ACCEPTED


@pytest.mark.requirement("X4")
async def test_the_courier_takes_his_own_done_back(stage: Stage) -> None:
    number = await on_the_way(stage)
    await silence(stage)
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    await seen(stage, "courier", number, "Выполнен · ")
    await stage.tap("courier", number, "Вернуть шаг")
    await choose_answer(stage, "courier", number, "Не тот заказ")
    card = await stage.card("courier", number, "Курьер вышел · ")
    assert "Лесная" in card.text
    order = await stage.order(number)
    assert (order.status, order.progress.completion) == (Status.COURIER_LEFT, None)


@pytest.mark.requirement("X4")
async def test_somebody_else_cannot_undo_but_the_director_can(stage: Stage) -> None:
    await stage.hire("helen")
    number = await photographed(stage)
    await silence(stage)
    await stage.tap("florist", number, "Я доставлю")
    await stage.card("director", number, "Курьер вышел · ")
    await assert_refused(stage, "manager", number, Do.UNDO, "Вернуть шаг может тот, кто его сделал (")
    await assert_refused(stage, "helen", number, Do.UNDO, "Only who took the step (")

    await step(stage, "director", number, "Вернуть шаг")
    await choose_answer(stage, "director", number, "Обстоятельства изменились")
    await told_aloud(stage, "florist", number, "Фото · ")
    assert (await stage.order(number)).status is Status.PHOTO


@pytest.mark.requirement("X4")
async def test_too_late_is_too_late(empty_stage: Stage) -> None:
    await empty_stage.start_bot(UNDO_MINUTES="0.0001")
    await empty_stage.hire("director", "manager", "helen")
    number = await accepted(empty_stage)
    card = await empty_stage.card("manager", number, "Принят · ")
    await empty_stage.driver.press("manager", card.message_id, "Ещё…")
    opened = await empty_stage.driver.wait_message("manager", lambda m: "← Назад" in m.button_texts)
    assert "Вернуть шаг" not in opened.button_texts
    await assert_refused(empty_stage, "manager", number, Do.UNDO, "Поздно: шаг можно вернуть")
    await assert_refused(empty_stage, "director", number, Do.UNDO, "Поздно: шаг можно вернуть")


@pytest.mark.requirement("X4")
async def test_the_photo_of_an_undone_upload_stays_on_disk(stage: Stage) -> None:
    number = await photographed(stage)
    (photo,) = (await stage.order(number)).progress.photos
    await step(stage, "florist", number, "Вернуть шаг")
    await choose_answer(stage, "florist", number, "Нажали по ошибке")
    await stage.card("director", number, "Принят · ")
    assert (await stage.order(number)).progress.photos == ()
    assert (stage.folder / "data/photos" / photo.path).is_file()


@pytest.mark.requirement("X3", "X4", "X18")
async def test_a_wrong_tap_is_taken_back_at_once_and_neither_flowwow_nor_the_client_hears_of_it(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(CALL_DELAY_SECONDS="120")
    await stage.hire("director", "manager")
    number = await stage.new_order()
    await follow(stage, number)
    await wait_until_quiet(stage)
    before = [str(message) for message in await stage.driver.messages("client")]
    await stage.tap("manager", number, "Принять")
    card = await stage.card("manager", number, "Принят · ")
    assert card.button_texts[0] == "↩ Отменить"
    await stage.kill_bot()
    await stage.start_bot()
    toast = await stage.driver.press("manager", card.message_id, "↩ Отменить")
    assert toast.text == "Шаг возвращён."
    await stage.card("manager", number, "Новый · ")
    lines = await history(stage, "director", number)
    assert lines[-1].endswith("возвращён шаг «принят»: Нажали по ошибке")
    assert (await stage.driver.order(int(number))).called == {}
    assert [str(message) for message in await stage.driver.messages("client")] == before


@pytest.mark.requirement("X18")
async def test_after_its_few_seconds_the_step_is_told_and_the_button_leaves(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(CALL_DELAY_SECONDS="1")
    await stage.hire("director", "manager")
    number = await stage.new_order()
    await follow(stage, number)
    await stage.tap("manager", number, "Принять")
    told = await stage.driver.wait_order(int(number), lambda order: order.status == ACCEPTED_THERE)
    assert told.called == {"accept": 1}
    await client_card(stage, number, "Магазин собирает заказ")
    await stage.driver.wait_message(
        "manager", lambda seen: "Принят · " in seen.text and "↩ Отменить" not in seen.button_texts
    )
