"""Each refused step answers with its reason, in the person's language, and changes nothing."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, on_the_way

NEW = {
    Do.SELF: ("Заказ ещё новый. Сначала примите его.", "The order is still new. Accept it first."),
    Do.IN_PERSON: ("Заказ ещё новый.", "The order is still new."),
    Do.LIKED: ("Заказ ещё новый.", "The order is still new."),
    Do.HIDE: ("Заказ ещё новый.", "The order is still new."),
    Do.UNDO: ("Возвращать нечего.", "There is nothing to take back."),
    Do.PHOTO: ("Заказ ещё новый.", "The order is still new."),
    Do.ASSIGN: ("Заказ ещё новый.", "The order is still new."),
}
ACCEPTED = {
    Do.ACCEPT: ("Уже принят: ", "Already accepted: "),
    Do.LEFT: ("Сначала выберите курьера или нажмите «Я доставлю».", "Choose a courier first, or press"),
    Do.IN_PERSON: ("Заказ ещё не выехал.", "The order has not left yet."),
    Do.LIKED: ("Заказ принят, этот шаг пока невозможен.", "The order is accepted, this step is not possible"),
    Do.REFUSED: ("Заказ принят, этот шаг пока невозможен.", "The order is accepted, this step is not"),
    Do.REDISPATCH: ("Заказ принят, этот шаг пока невозможен.", "The order is accepted, this step is not"),
    Do.DONE: ("Заказ ещё не выехал.", "The order has not left yet."),
}
ON_THE_WAY = {
    Do.SELF: ("Курьер уже вышел: ", "The courier has left already: "),
    Do.LEFT: ("Курьер уже вышел: ", "The courier has left already: "),
    Do.THIRD_PARTY: (
        "Курьер уже вышел, так сейчас нельзя.",
        "The courier has left, this is not possible now.",
    ),
    Do.DECLINE_YES: ("Курьер уже вышел, так сейчас нельзя.", "The courier has left, this is not possible"),
    Do.DECLINE: ("Курьер уже вышел, так сейчас нельзя.", "The courier has left, this is not possible now."),
    Do.PHOTO: ("Курьер уже вышел, так сейчас нельзя.", "The courier has left, this is not possible now."),
    Do.FIND_COURIER: ("Курьер уже вышел, так сейчас нельзя.", "The courier has left, this is not possible"),
    Do.HIDE: ("Курьер уже вышел, так сейчас нельзя.", "The courier has left, this is not possible now."),
}
CLOSED = {
    Do.ACCEPT: ("Заказ уже закрыт: ", "The order is closed already: "),
    Do.SELF: ("Заказ уже закрыт: ", "The order is closed already: "),
    Do.CANCEL_YES: ("Заказ уже закрыт: ", "The order is closed already: "),
    Do.PHOTO: ("Заказ уже закрыт: ", "The order is closed already: "),
}


async def _all_refused(stage: Stage, number: str, steps: dict[Do, tuple[str, str]]) -> None:
    for do, (russian, english) in steps.items():
        await assert_refused(stage, "manager", number, do, russian)
        await assert_refused(stage, "helen", number, do, english)


@pytest.mark.requirement("R2")
async def test_what_a_new_and_an_accepted_order_refuse(stage: Stage) -> None:
    await stage.hire("helen")
    number = await stage.new_order()
    await _all_refused(stage, number, NEW)
    await stage.tap("director", number, "Принять")
    await stage.card("director", number, "Принят · ")
    await _all_refused(stage, number, ACCEPTED)


@pytest.mark.requirement("R2")
async def test_what_an_order_on_its_way_and_a_closed_one_refuse(stage: Stage) -> None:
    await stage.hire("helen")
    number = await on_the_way(stage)
    await _all_refused(stage, number, ON_THE_WAY)
    await stage.tap("director", number, "Ещё…")
    await stage.tap("director", number, "Клиент отменяет")
    await stage.tap("director", number, "Да, клиент просил")
    await stage.card("director", number, "Клиент отменил")
    await _all_refused(stage, number, CLOSED)


@pytest.mark.requirement("R41")
async def test_an_order_with_a_third_party_does_not_leave_with_our_courier(stage: Stage) -> None:
    number = await stage.accepted("manager")
    await stage.tap("manager", number, "Ещё…")
    await stage.tap("manager", number, "Сторонний курьер")
    await stage.driver.text("manager", "Иван, +7 999 123-45-67")
    await stage.card("manager", number, "сторонний курьер Иван")
    words = "Заказ у стороннего курьера. Когда он доставит, нажмите «Выполнен»."
    await assert_refused(stage, "manager", number, Do.LEFT, words)


@pytest.mark.requirement("R2")
async def test_a_pickup_is_not_delivered(stage: Stage) -> None:
    number = await stage.accepted("manager", "pickup")
    words = "Это самовывоз: везти заказ не нужно."
    for do in (Do.SELF, Do.LEFT, Do.THIRD_PARTY, Do.FIND_COURIER):
        await assert_refused(stage, "manager", number, do, words)
