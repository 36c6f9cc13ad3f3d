"""Nobody opens: a chief answers the courier by one tap (R56, X19)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from messages.callbacks.order import Do, Tap
from messages.i18n.texts import Translator
from messages.order.cards import card
from messages.ui.screen import Screen
from orders.bell.table import Recipient, ears
from orders.model.order import Order, Topic
from orders.model.people import Actor, Role
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps.flow import apply, decide
from storage.team import staff
from tests.builders import DIRECTOR as CHIEF
from tests.builders import NOON, RULES
from tests.handlers.conftest import DIRECTOR, Shop
from tests.messages.journeys import labels
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X19", "R56")

RU = Translator("ru")


async def at_the_door(shop: Shop) -> tuple[Order, Actor]:
    """The courier has said that nobody is there; the client had agreed to a neighbour."""
    services = shop.app.services
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, "+79160000300", "Пётр", Role.COURIER)
        await staff.connect(c, member.staff_id, 300, "ru", "Пётр")
    courier = Actor(Role.COURIER, member.staff_id, "Пётр", shop_id=1)
    order = await receive(services.desk, datetime.now(UTC))
    commands: tuple[tuple[do.Command, Actor], ...] = (
        (do.Accept(), CHIEF),
        (do.AssignCourier(member.staff_id, "Пётр"), CHIEF),
        (do.Propose(Topic.THIRD_PERSON, "соседке Кате"), CHIEF),
        (do.AnswerProposal(1, agreed=True, words="да"), CHIEF),
        (do.Dispatch(by_self=False, reason="спешит"), CHIEF),
        (delivery.FindNobody(), courier),
    )
    for command, actor in commands:
        order = await services.desk.do(order.id, command, actor)
    return order, courier


def seen(order: Order, viewer: Actor, phone: str = "") -> Screen:
    return card(order, viewer, RULES, NOON, RU, None, phone)


async def test_each_answer_is_one_tap_and_stands_on_the_couriers_card(shop: Shop) -> None:
    order, courier = await at_the_door(shop)
    desk = shop.app.services.desk
    rows = labels(seen(order, CHIEF, "+79160000300"))
    assert rows[0] == ["Отдать: соседке Кате"]
    shown = [one for row in rows for one in row]
    assert {"Подождать 10 мин", "Везти назад", "Написать курьеру"} <= set(shown)
    assert not {"Подождать 10 мин", "Отдать: соседке Кате"} & {
        one for row in labels(seen(order, courier)) for one in row
    }
    for button, words in (
        (Do.GIVE_TO, "Отдайте другому человеку, клиент согласен: соседке Кате"),
        (Do.WAIT, "Подождите ещё 10 минут."),
    ):
        assert "Передано." in await shop.hears(DIRECTOR, data=Tap(do=button, order=order.id).pack())
        order = await desk.look(order.id, courier)
        assert words in seen(order, courier).text


async def test_who_may_not_answer_is_told_so(shop: Shop) -> None:
    order, _ = await at_the_door(shop)
    [toast] = await shop.hears(300, data=Tap(do=Do.GIVE_TO, order=order.id + 1).pack())
    assert toast
    order = await shop.app.services.desk.look(order.id, CHIEF)
    assert order.remarks == ()


async def test_where_the_client_agrees_no_more_the_chief_is_asked_for_the_words(shop: Shop) -> None:
    order, courier = await at_the_door(shop)
    desk = shop.app.services.desk
    await desk.do(order.id, do.Withdraw(1, "передумала"), CHIEF)
    said = await shop.hears(DIRECTOR, data=Tap(do=Do.GIVE_TO, order=order.id).pack())
    assert any("курьеру" in words for words in said[1:])
    await shop.hears(DIRECTOR, text="Ждите у подъезда")
    assert "Ждите у подъезда" in seen(await desk.look(order.id, courier), courier).text


async def test_the_courier_hears_that_a_chief_sends_it_back(shop: Shop) -> None:
    order, courier = await at_the_door(shop)
    event = decide(order, delivery.BringBack(), CHIEF, NOON, RULES)
    assert Recipient.CARRIER in ears(order, event)
    back = apply(order, event)
    assert back.status is Status.RETURNING
    assert "Верните заказ в магазин." in seen(back, courier).text
