"""The shop's courier acts for himself, and he and the manager write to each other (R44, R53, X19)."""

from __future__ import annotations

import pytest

from messages.i18n.texts import Translator
from messages.order.cards import card
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from tests.builders import (
    ACCEPTED,
    COURIER,
    COURIER_ASSIGNED,
    MANAGER,
    NOBODY_THERE,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER_ASSIGNED,
    Given,
    an_order,
)
from tests.messages.journeys import labels

RU = Translator("ru")
GIVEN = (ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED)
PICKED_UP: Given = (do.Dispatch(by_self=False), COURIER)
WRITTEN: Given = (delivery.Say("Код домофона не подходит"), COURIER)
ANSWERED: Given = (delivery.Say("Код 48, подождите"), MANAGER)


def seen(order: Order, viewer: Actor, phone: str = "") -> Screen:
    return card(order, viewer, RULES, NOON, RU, None, phone)


@pytest.mark.requirement("R2", "R53")
def test_the_courier_takes_it_out_of_the_shop_himself() -> None:
    assert labels(seen(an_order(*GIVEN), COURIER))[0] == ["Забрал"]
    left = an_order(*GIVEN, PICKED_UP)
    assert left.status is Status.COURIER_LEFT
    assert left.progress.dispatched is not None
    assert left.progress.dispatched.staff_id == COURIER.staff_id
    assert labels(seen(left, COURIER))[:2] == [["↩ Отменить"], ["Выполнен"]]
    with pytest.raises(Refusal) as refused:
        an_order(*(one for one in GIVEN if one is not PHOTO_ATTACHED), PICKED_UP)
    assert refused.value.reason is Reason.PHOTO_REASON_NEEDED


@pytest.mark.requirement("R44")
def test_the_courier_reads_the_clients_wish_without_numbers_that_are_not_his() -> None:
    order = an_order(*GIVEN, client_note="Позвоните, если никого: +7 916 123-45-67, site.example")
    text = seen(order, COURIER).text
    assert "Просьба клиента: Позвоните, если никого" in text
    assert "123-45-67" not in text


@pytest.mark.requirement("X19")
def test_what_the_courier_writes_reaches_the_manager_and_the_answer_comes_back() -> None:
    asked = an_order(*GIVEN, PICKED_UP, WRITTEN)
    assert "Код домофона не подходит" in seen(asked, MANAGER).text
    assert labels(seen(asked, MANAGER))[0] == ["Написать курьеру"]
    answered = an_order(*GIVEN, PICKED_UP, WRITTEN, ANSWERED)
    assert "Код 48, подождите" in seen(answered, COURIER).text
    assert [remark.by_carrier for remark in answered.remarks] == [True, False]


@pytest.mark.requirement("X19")
@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ((*GIVEN, (delivery.Say(" "), COURIER)), Reason.TO_SHOP_NEEDED),
        ((*GIVEN, (delivery.Say(""), MANAGER)), Reason.TO_COURIER_NEEDED),
        ((ACCEPTED, (delivery.Say("где вы?"), MANAGER)), Reason.COURIER_NEEDED),
    ],
)
def test_words_are_asked_for_and_somebody_must_be_there_to_read_them(
    given: tuple[Given, ...], reason: Reason
) -> None:
    with pytest.raises(Refusal) as refused:
        an_order(*given)
    assert refused.value.reason is reason


@pytest.mark.requirement("R43", "R53")
def test_chiefs_read_the_couriers_number_and_nobody_else_does() -> None:
    order = an_order(*GIVEN, PICKED_UP, NOBODY_THERE)
    assert "+79160000004" in seen(order, MANAGER, "+79160000004").text
    assert "+79160000004" not in seen(order, COURIER, "+79160000004").text
    assert "Написать менеджеру" in {label for row in labels(seen(order, COURIER)) for label in row}
