from __future__ import annotations

from dataclasses import replace

import pytest

from messages.callbacks.order import Do
from messages.delivery.address import address_menu
from messages.order.board import order_label
from messages.order.cards import card, reminder
from messages.ui.order_view import Look
from orders.client.ready_texts import ReadyText, offered_texts
from orders.model.delivery_facts import AddressSource
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.rules import RecipientCalls
from orders.schedule.deadlines import DeadlineKind
from orders.steps.delivery_commands import AskAddress, CheckZone, FindAddress
from orders.steps.flow import apply, decide
from tests.builders import COURIER, DIRECTOR, MANAGER, RULES, SELLER
from tests.messages.journeys import EN, NOW, RU, as_read, at, everything, labels, taps

GIFT_WORDS = ("подар", "сюрприз", "букет", "цвет", "gift", "surprise", "flower")
CALLS = replace(RULES, recipient_calls=RecipientCalls.SHOP)


def unknown(stage: str) -> Order:
    return at(stage, address="")


@pytest.mark.requirement("X24")
@pytest.mark.parametrize("viewer", [DIRECTOR, MANAGER, SELLER], ids=lambda one: one.role.value)
def test_no_step_that_needs_the_address_is_the_widest_button(viewer: Actor) -> None:
    for stage in ("photo", "liked", "courier chosen", "third party", "searched"):
        screen = card(unknown(stage), viewer, RULES, NOW, RU)
        assert "📍 Адрес неизвестен. Спросите клиента" in as_read(screen)
        assert taps(screen)[0].do in {Do.ADDRESS, Do.TAKE_BACK}, stage
        assert sum(map(len, labels(screen))) <= 8, stage
    before_photo = [one.do for one in taps(card(unknown("assigned"), viewer, RULES, NOW, RU))]
    assert before_photo[0] is Do.ADDRESS or before_photo[:2] == [Do.PHOTO, Do.ADDRESS]


@pytest.mark.requirement("X24")
def test_board_alarm_and_courier_know_that_it_is_unknown() -> None:
    order = unknown("courier chosen")
    assert "адрес?" in order_label(order, NOW, RULES, RU)
    assert "адрес?" not in order_label(at("courier chosen"), NOW, RULES, RU)
    rung = reminder(order, DeadlineKind.LEAVE_NOW, SELLER, RULES, NOW, RU)
    assert labels(rung)[0] == ["Узнать адрес"]
    assert "Адрес неизвестен" in as_read(rung)
    courier = card(order, COURIER, RULES, NOW, RU)
    assert "Без адреса не выезжайте" in as_read(courier)
    assert taps(courier)[0].do is not Do.LEFT
    assert labels(reminder(order, DeadlineKind.ADDRESS_UNKNOWN, MANAGER, RULES, NOW, RU))[0] == [
        "Узнать адрес"
    ]
    assert ReadyText.ASK_ADDRESS in offered_texts(order)
    assert ReadyText.ASK_ADDRESS not in offered_texts(at("courier chosen"))


@pytest.mark.requirement("R68", "X24")
def test_the_recipient_s_words_tell_of_no_gift_and_the_phone_waits_for_the_rule() -> None:
    order = unknown("photo")
    menu = address_menu(Look(order, SELLER, RULES, NOW, RU))
    assert "Получателю не звоните и не пишите" in as_read(menu)
    assert "Спросим получателя сами" not in everything(menu)
    ask = AskAddress(AddressSource.RECIPIENT)
    asked = apply(order, decide(order, ask, SELLER, NOW, CALLS))
    allowed = as_read(address_menu(Look(asked, SELLER, CALLS, NOW, RU)))
    assert "Телефон получателя: " in allowed
    for t in (RU, EN):
        words = t.plain("address-recipient-words").casefold()
        assert not [one for one in GIFT_WORDS if one in words]


@pytest.mark.requirement("X24", "R70")
def test_the_card_asks_for_the_zone_before_anything_else() -> None:
    order = unknown("photo")
    order = apply(order, decide(order, FindAddress("Садовая 5, кв 12"), SELLER, NOW, RULES))
    buttons = [one for row in labels(card(order, SELLER, RULES, NOW, RU)) for one in row]
    assert buttons[0] == "Зона та же, без доплаты"
    assert buttons.index("Другая зона: доплата") < buttons.index("🔒 Я доставлю: уточните зону")
    order = apply(order, decide(order, CheckZone(other=True), SELLER, NOW, RULES))
    assert "📍 Адрес в другой зоне" in as_read(card(order, SELLER, RULES, NOW, RU))
