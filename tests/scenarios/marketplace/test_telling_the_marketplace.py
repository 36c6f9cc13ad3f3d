"""What is done in Telegram reaches the marketplace without a second tap, and no call is made twice (X1)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from sandbox.driver import PlacedOrder, SeenMessage
from sandbox.driver.wire import PATIENCE
from tests.sandbox.tools import eventually
from tests.scenarios.aftermath import wait_until_quiet
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    force,
    history,
    marketplace_knows,
    on_the_way,
    photographed,
    seen,
    step,
)

IN_APP = "Сделано в приложении"
UPLOADED = "Загрузил(а) во Flowwow"
ACCEPTED, FINISHED, LEFT = 2, 3, 4
"""The marketplace's own codes."""


async def at_market(stage: Stage, number: str, status: int) -> PlacedOrder:
    """The order at the marketplace, once it has this status there."""
    return await stage.driver.wait_order(int(number), lambda order: order.status == status)


async def refused(stage: Stage, person: str, number: str) -> SeenMessage:
    """The word about a call that the marketplace refused."""
    return await stage.driver.wait_message(
        person, lambda message: number in message.text and "Flowwow не принял" in message.text
    )


@pytest.mark.requirement("X1", "X4")
async def test_each_step_is_told_once_and_cannot_be_taken_back_then(stage: Stage) -> None:
    number = await on_the_way(stage)
    assert (await at_market(stage, number, LEFT)).called == {"accept": 1, "courierLeft": 1}
    await marketplace_knows(stage, number, Status.COURIER_LEFT)
    await assert_refused(stage, "florist", number, Do.UNDO, "Flowwow уже знает об этом шаге")

    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    done = await at_market(stage, number, FINISHED)
    await marketplace_knows(stage, number, Status.DONE)
    assert done.called == {"accept": 1, "courierLeft": 1, "finish": 1}
    lines = [line for line in await history(stage, "director", number) if "во Flowwow отмечено" in line]
    assert [line.rpartition(": ")[2] for line in lines] == ["Принят", "Курьер вышел", "Выполнен"]


@pytest.mark.requirement("X1", "R41")
async def test_a_third_party_is_finished_even_where_the_marketplace_wants_the_step_between(
    stage: Stage,
) -> None:
    number = await photographed(stage)
    await stage.tap("florist", number, "Сторонний курьер")
    await choose_answer(stage, "florist", number, "Яндекс Доставка")
    await choose_answer(stage, "florist", number, "Нет")
    await seen(stage, "florist", number, "сторонний курьер Яндекс Доставка")
    told = await stage.details("florist", number)
    assert "В приложении Flowwow выберите стороннего курьера" in told.text
    await stage.tap("florist", number, "Курьер забрал")
    await seen(stage, "florist", number, "У стороннего курьера с")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    done = await at_market(stage, number, FINISHED)
    assert done.called == {"accept": 1, "finish": 2, "courierLeft": 1}  # the first finish was refused
    await marketplace_knows(stage, number, Status.DONE)


@pytest.mark.requirement("X1", "X3")
@pytest.mark.timeout(600)  # it waits for pauses that grow, and on a busy machine for each step
async def test_while_the_marketplace_is_down_steps_wait_and_undone_ones_never_leave(stage: Stage) -> None:
    kept, undone = await stage.new_order(), await stage.new_order()
    await stage.driver.faults(marketplace={"500": 1})
    await stage.tap("manager", kept, "Принять")
    await seen(stage, "manager", kept, "Flowwow ещё не знает: «Принят»")
    await stage.tap("manager", undone, "Принять")
    await stage.card("manager", undone, "Принят · ")
    await step(stage, "manager", undone, "Вернуть шаг")
    await choose_answer(stage, "manager", undone, "Не тот заказ")
    for chief in ("director", "manager"):
        word = await stage.driver.wait_message(chief, containing="Flowwow не отвечает", timeout=90)
        assert not word.silent
    assert (await stage.driver.order(int(kept))).called == {}

    await stage.driver.faults()
    assert (await at_market(stage, kept, ACCEPTED)).called == {"accept": 1}
    await stage.driver.wait_message("manager", containing="Flowwow снова отвечает")
    await wait_until_quiet(stage)
    assert "Flowwow ещё не знает" not in (await stage.card("manager", kept, "Принят · ")).text
    assert (await stage.driver.order(int(undone))).called == {}


@pytest.mark.requirement("X1")
async def test_a_rate_limit_is_waited_for_and_nobody_is_troubled(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.driver.faults(marketplace={"429": 1})
    await stage.tap("manager", number, "Принять")

    async def was_told_to_wait() -> bool:
        return (await stage.driver.fault_counts()).of("marketplace", "429") > 0

    await eventually(was_told_to_wait, seconds=PATIENCE, pause=0.1)
    await stage.driver.faults()
    assert (await at_market(stage, number, ACCEPTED)).called == {"accept": 1}
    await marketplace_knows(stage, number, Status.ACCEPTED)
    assert not [m for m in await stage.driver.messages("manager") if "Flowwow не" in m.text]


@pytest.mark.requirement("X1")
async def test_what_the_marketplace_refuses_is_told_in_its_words_and_marked_by_hand(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.driver.cancel_order(int(number), deliver="none")
    await stage.tap("manager", number, "Принять")
    word = await refused(stage, "manager", number)
    assert "Ответ Flowwow: Order is cancelled; orderId: is cancelled" in word.text
    assert not word.silent
    other = await refused(stage, "director", number)

    stranger = await force(stage, "florist", number, Do.IN_APP, "accepted")
    assert stranger.text == "Такого заказа нет, или он назначен не вам."
    forged = await force(stage, "manager", number, Do.IN_APP, "done")
    assert forged.text == "Заказ принят, этот шаг пока невозможен. Откройте карточку заново."
    nonsense = await force(stage, "manager", number, Do.IN_APP, "paid")
    assert nonsense.text == "Заказ с тех пор изменился. Откройте его карточку."
    toast = await stage.driver.press("manager", word.message_id, IN_APP)
    assert toast.text == "Записано: во Flowwow это отмечено."
    await marketplace_knows(stage, number, Status.ACCEPTED)
    settled = await stage.driver.wait_message("manager", containing="во Flowwow отмечено «Принят»")
    assert settled.message_id == word.message_id
    version = (await stage.order(number)).version
    toast = await stage.driver.press("director", other.message_id, IN_APP)
    assert toast.text == "Уже сделано, ничего не изменилось."
    assert (await stage.order(number)).version == version
    assert (await stage.driver.order(int(number))).called == {"accept": 1}


@pytest.mark.requirement("X1", "X3")
async def test_a_call_that_was_heard_before_the_bot_died_is_not_made_again(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.driver.faults(marketplace={"timeout_after": 1}, timeout_seconds=60)
    await stage.tap("manager", number, "Принять")
    await at_market(stage, number, ACCEPTED)
    assert (await stage.order(number)).marketplace_status is Status.NEW
    await stage.kill_bot()
    await stage.driver.faults()
    await stage.start_bot()
    await marketplace_knows(stage, number, Status.ACCEPTED)
    assert (await stage.driver.order(int(number))).called == {"accept": 1}


@pytest.mark.requirement("X1", "X20")
async def test_a_photo_is_confirmed_by_the_marketplace_itself_or_by_a_tap(stage: Stage) -> None:
    by_itself = await photographed(stage)
    card = await stage.card("florist", by_itself, "Загрузите фото и в приложении Flowwow")
    assert UPLOADED in card.button_texts
    await stage.driver.change_order(int(by_itself), photoBeforeUrl="https://cdn.example/photo.jpg")
    await marketplace_knows(stage, by_itself, Status.PHOTO)
    await wait_until_quiet(stage)
    card = await stage.card("florist", by_itself, "Фото · ")
    assert UPLOADED not in card.button_texts

    by_tap = await photographed(stage)
    toast = await stage.tap("florist", by_tap, UPLOADED)
    assert toast.text == "Записано: во Flowwow это отмечено."
    await marketplace_knows(stage, by_tap, Status.PHOTO)
    assert (await stage.driver.order(int(by_tap))).called == {"accept": 1}
