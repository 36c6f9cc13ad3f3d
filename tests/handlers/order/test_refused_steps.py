"""Each refused step answers with its reason, in the person's language, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from messages.callbacks.order import Do, Tap
from orders.model.details import DeliveryKind
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.steps import commands as do
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import an_incoming

HELEN, FLORIST, COURIER, OTHER = 300, 400, 500, 600
BOSS = Actor(Role.DIRECTOR, 1, "Ирина", 1)

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
NOT_YOURS = "Такого заказа нет, или он назначен не вам."
ANOTHERS_STEP = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."


async def hire(shop: Shop, role: Role, chat: int, name: str, language: str = "ru") -> Actor:
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, f"+79160000{chat}", name, role)
        await staff.connect(c, member.staff_id, chat, language, name)
    return Actor(role, member.staff_id, name, 1)


def desk_of(shop: Shop) -> Desk:
    return Desk(shop.app.database, utc_now)


async def an_order(shop: Shop, *steps: do.Command, kind: DeliveryKind = DeliveryKind.COURIER) -> Order:
    desk = desk_of(shop)
    order = (await desk.receive(1, an_incoming(utc_now(), delivery=kind))).order
    for one in steps:
        order = await desk.do(order.id, one, BOSS)
    return order


async def presses(shop: Shop, person: int, order: Order, button: Do, arg: str = "") -> str:
    """The toast that answers the button; the order stays as it was."""
    before = await desk_of(shop).look(order.id, BOSS)
    [said, *_] = await shop.hears(person, data=Tap(do=button, order=order.id, arg=arg).pack()) or [""]
    assert await desk_of(shop).look(order.id, BOSS) == before, button
    return said


@pytest.mark.requirement("R2", "R41")
async def test_what_an_order_refuses_at_each_stage_is_said_in_both_languages(shop: Shop) -> None:
    await hire(shop, Role.MANAGER, HELEN, "Helen", "en")
    accept, left = do.Accept(), do.Dispatch(by_self=True, reason="так просили")
    stages: Sequence[tuple[tuple[do.Command, ...], dict[Do, tuple[str, str]]]] = (
        ((), NEW),
        ((accept,), ACCEPTED),
        ((accept, left), ON_THE_WAY),
        ((accept, left, do.Cancel("передумал")), CLOSED),
    )
    for steps, refused in stages:
        order = await an_order(shop, *steps)
        for button, (russian, english) in refused.items():
            assert (await presses(shop, DIRECTOR, order, button)).startswith(russian), button
            assert (await presses(shop, HELEN, order, button)).startswith(english), button


@pytest.mark.requirement("R2", "R41")
async def test_a_pickup_is_not_delivered_nor_what_a_third_party_carries(shop: Shop) -> None:
    pickup = await an_order(shop, do.Accept(), kind=DeliveryKind.PICKUP)
    for button in (Do.SELF, Do.LEFT, Do.THIRD_PARTY, Do.FIND_COURIER):
        assert await presses(shop, DIRECTOR, pickup, button) == "Это самовывоз: везти заказ не нужно."
    outside = await an_order(shop, do.Accept(), do.HandToThirdParty("Иван", "+79991234567"))
    assert await presses(shop, DIRECTOR, outside, Do.LEFT) == (
        "Заказ у стороннего курьера. Когда он доставит, нажмите «Выполнен»."
    )


@pytest.mark.requirement("R14", "R63")
async def test_an_order_is_reached_by_no_button_of_whoever_does_not_work_on_it(shop: Shop) -> None:
    florist = await hire(shop, Role.SELLER, FLORIST, "Оля")
    await hire(shop, Role.COURIER, COURIER, "Пётр")
    await hire(shop, Role.SELLER, OTHER, "Ира")
    assert florist.staff_id is not None
    given = do.AssignSeller(florist.staff_id, "Оля")
    for steps, strange in (((), (FLORIST, COURIER)), ((do.Accept(), given), (COURIER, OTHER))):
        order = await an_order(shop, *steps)
        for button in set(Do) - {Do.ASSIGN_TO, Do.COURIER_IS}:
            for person in strange:
                assert await presses(shop, person, order, button) == NOT_YOURS, (button, person)


@pytest.mark.requirement("R14", "R71")
async def test_what_others_decide_is_refused_to_florist_and_courier(shop: Shop) -> None:
    florist = await hire(shop, Role.SELLER, FLORIST, "Оля")
    courier = await hire(shop, Role.COURIER, COURIER, "Пётр")
    assert florist.staff_id is not None
    assert courier.staff_id is not None
    order = await an_order(
        shop,
        do.Accept(),
        do.AssignSeller(florist.staff_id, "Оля"),
        do.AssignCourier(courier.staff_id, "Пётр"),
    )
    for button in (Do.CANCEL, Do.CANCEL_YES, Do.DECLINE_YES, Do.ASSIGN, Do.ASSIGN_TO, Do.HISTORY_FILE):
        assert await presses(shop, FLORIST, order, button, "1") == ANOTHERS_STEP, button
    for button in (Do.HISTORY, Do.HISTORY_FILE, Do.WHOLE, Do.CONTACT, Do.AGREEMENTS):
        assert (await presses(shop, COURIER, order, button)).startswith("Этот шаг делает другой"), button


@pytest.mark.requirement("R20")
async def test_an_assignment_that_is_wrong_in_any_way_changes_nothing(shop: Shop) -> None:
    florist = await hire(shop, Role.SELLER, FLORIST, "Оля")
    assert florist.staff_id is not None
    order = await an_order(shop, do.Accept(), do.AssignSeller(florist.staff_id, "Оля"))
    for arg in ("999", "0", "-1", "Оля", ""):
        assert await presses(shop, DIRECTOR, order, Do.ASSIGN_TO, arg) == (
            "Этого сотрудника больше нет в магазине. Выберите другого."
        )
    again = await presses(shop, DIRECTOR, order, Do.ASSIGN_TO, str(florist.staff_id))
    assert again == "Уже сделано, ничего не изменилось."
