"""What is done in Telegram reaches the marketplace without a second tap, and no call is made twice (X1)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from sandbox.driver import PlacedOrder, SeenMessage
from tests.scenarios.aftermath import wait_until_quiet
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    force,
    history,
    marketplace_knows,
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


@pytest.mark.requirement("R41", "X1", "X4", "X20")
async def test_each_step_is_told_once_and_cannot_be_taken_back_then(stage: Stage) -> None:
    number = await photographed(stage)
    await its_photo_is_confirmed_there(stage, number)
    await stage.tap("florist", number, "Я доставлю")
    assert (await at_market(stage, number, LEFT)).called == {"accept": 1, "courierLeft": 1}
    await marketplace_knows(stage, number, Status.COURIER_LEFT)
    await assert_refused(stage, "florist", number, Do.UNDO, "Flowwow уже знает об этом шаге")

    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    done = await at_market(stage, number, FINISHED)
    await marketplace_knows(stage, number, Status.DONE)
    assert done.called == {"accept": 1, "courierLeft": 1, "finish": 1}
    lines = [line for line in await history(stage, "director", number) if "во Flowwow отмечено" in line]
    assert [line.rpartition(": ")[2] for line in lines] == ["Принят", "Фото", "Курьер вышел", "Выполнен"]
    await a_third_party_skips_a_step_that_the_marketplace_wants(stage)


async def its_photo_is_confirmed_there(stage: Stage, number: str) -> None:
    """By the marketplace itself; nothing is left to be tapped then."""
    card = await stage.card("florist", number, "Загрузите фото и в приложении Flowwow")
    assert UPLOADED in card.button_texts
    await stage.driver.change_order(int(number), photoBeforeUrl="https://cdn.example/photo.jpg")
    await marketplace_knows(stage, number, Status.PHOTO)
    await wait_until_quiet(stage)
    assert UPLOADED not in (await stage.card("florist", number, "Фото · ")).button_texts


async def a_third_party_skips_a_step_that_the_marketplace_wants(stage: Stage) -> None:
    number = await photographed(stage)
    toast = await stage.tap("florist", number, UPLOADED)
    assert toast.text == "Записано: во Flowwow это отмечено."
    await marketplace_knows(stage, number, Status.PHOTO)
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


@pytest.mark.requirement("X1", "X3", "X13")
@pytest.mark.timeout(600)  # it waits for pauses that grow, and on a busy machine for each step
async def test_while_the_marketplace_is_down_people_are_told_steps_wait_and_undone_ones_never_leave(
    stage: Stage,
) -> None:
    kept, undone = await stage.new_order(), await stage.new_order()
    await stage.driver.faults(marketplace={"500": 1})
    missed = str((await stage.driver.place_order("tea", deliver="none")).id)
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
    assert (await stage.driver.wait_message("manager", containing="Flowwow снова отвечает")).silent
    await stage.card("manager", missed)
    await wait_until_quiet(stage)
    assert "Flowwow ещё не знает" not in (await stage.card("manager", kept, "Принят · ")).text
    assert (await stage.driver.order(int(undone))).called == {}


@pytest.mark.requirement("X1", "X3")
async def test_what_the_marketplace_refuses_is_marked_by_hand_and_what_it_has_heard_is_not_said_again(
    stage: Stage,
) -> None:
    await a_refused_step_is_marked_by_hand(stage)
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


async def a_refused_step_is_marked_by_hand(stage: Stage) -> None:
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
