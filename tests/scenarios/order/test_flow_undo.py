"""A wrong tap is taken back, with a reason, in time, and the history shows both (X4).

Who may do it, and for how long, is in tests/orders/steps/test_status_table.py.
"""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.aftermath import wait_until_quiet
from tests.scenarios.client_steps import client_card, follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, choose_answer, history, step, upload, write_answer

ACCEPTED_THERE = 2
"""The marketplace's own code."""


@pytest.mark.requirement("X4", "X5")
async def test_a_step_is_taken_back_and_done_again_and_the_history_shows_all_of_it(stage: Stage) -> None:
    number = await stage.new_order()
    # A step that the marketplace knows of cannot be taken back: it hears of nothing from now on.
    await stage.driver.faults(marketplace={"500": 1})
    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят · ")
    await step(stage, "manager", number, "Вернуть шаг")
    await stage.driver.wait_message("manager", containing="Что случилось с последним шагом")
    assert (await stage.order(number)).status is Status.ACCEPTED
    await write_answer(stage, "manager", number, "не тот заказ")

    await stage.card("director", number, "Новый · ")
    alert = await stage.driver.wait_message("director", containing="Новый заказ", chat="group")
    assert number in alert.text
    order = await stage.order(number)
    assert (order.status, order.progress.accepted, order.version) == (Status.NEW, None, 3)
    await assert_refused(stage, "manager", number, Do.UNDO, "Возвращать нечего.")

    await stage.tap("manager", number, "Принять")
    await stage.card("manager", number, "Принят · ")
    await _a_photo_is_taken_back_and_stays_on_disk(stage, number)
    lines = await history(stage, "director", number)
    assert [line.partition(": ")[2] for line in lines] == [
        "заказ поступил",
        "принят",
        "возвращён шаг «принят»: не тот заказ",
        "принят",
        "фото, версия 1",
        "возвращён шаг «фото загружено»: Нажали по ошибке",
    ]


async def _a_photo_is_taken_back_and_stays_on_disk(stage: Stage, number: str) -> None:
    await stage.tap("manager", number, "Загрузить фото")
    await upload(stage, "manager", number, a_jpeg())
    (photo,) = (await stage.order(number)).progress.photos
    await step(stage, "manager", number, "Вернуть шаг")
    toast = await choose_answer(stage, "manager", number, "Нажали по ошибке")
    assert toast.text == "Шаг возвращён."
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
    await _after_its_seconds_the_step_is_told_and_the_button_leaves(stage, number)


async def _after_its_seconds_the_step_is_told_and_the_button_leaves(stage: Stage, number: str) -> None:
    await stage.stop_bot()
    await stage.start_bot(CALL_DELAY_SECONDS="1")
    await stage.tap("manager", number, "Принять")
    told = await stage.driver.wait_order(int(number), lambda order: order.status == ACCEPTED_THERE)
    assert told.called == {"accept": 1}
    await client_card(stage, number, "Магазин собирает заказ")
    await stage.driver.wait_message(
        "manager", lambda seen: "Принят · " in seen.text and "↩ Отменить" not in seen.button_texts
    )
