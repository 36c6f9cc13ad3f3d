"""Notes on the cards of those who work on an order, and nowhere else (X19)."""

from __future__ import annotations

import pytest

from messages.card.details import details
from messages.client.card import client_card
from messages.i18n.texts import Translator
from messages.order.cards import card, group_card
from messages.order.history.record import readable
from messages.ui.order_view import Look
from orders.model.delivery_facts import RemarkKind
from orders.model.order import Order
from orders.model.people import Actor
from orders.steps import delivery_commands as delivery
from orders.steps.phone_steps import without_client_phone
from tests.builders import (
    ACCEPTED,
    COMPLETED,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    DISPATCHED,
    MANAGER,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    an_order,
)
from tests.messages.journeys import labels

RU = Translator("ru")
IN_WORK = (ACCEPTED, SELLER_ASSIGNED)
CLIENT_PHONE, RECIPIENT_PHONE = "8 916 000-00-01", "89160000002"
VOICE = delivery.Note("", RemarkKind.VOICE, "file", "2026/03/1-notes/1.ogg", 67)

pytestmark = pytest.mark.requirement("X19")


def note(words: str, by: Actor = SELLER) -> Given:
    return delivery.Note(words), by


def seen(order: Order, viewer: Actor) -> str:
    return card(order, viewer, RULES, NOON, RU).text


def whole(order: Order, viewer: Actor) -> str:
    return details(Look(order, viewer, RULES, NOON, RU)).text


def test_the_newest_note_stands_on_the_card_and_the_others_behind_details() -> None:
    order = an_order(*IN_WORK, note("белую ленту"), note("без блёсток", MANAGER))
    for viewer in (MANAGER, SELLER):
        assert "📝 Анна: без блёсток · ещё 1" in seen(order, viewer)
        assert "белую ленту" not in seen(order, viewer)
        assert "Оля: белую ленту" in whole(order, viewer)
    assert "📝 Оля: белую ленту" in seen(an_order(*IN_WORK, note("белую ленту")), MANAGER)


def test_a_voice_message_is_named_and_heard_by_a_button() -> None:
    order = an_order(*IN_WORK, (VOICE, SELLER))
    assert "📝 Оля: 🎤 голосовое 1:07" in seen(order, MANAGER)
    assert ["Голосовые и фото"] in labels(details(Look(order, MANAGER, RULES, NOON, RU)))
    silent = an_order(*IN_WORK, note("белую ленту"))
    assert ["Голосовые и фото"] not in labels(details(Look(silent, MANAGER, RULES, NOON, RU)))


def test_the_manager_answers_the_florist_by_a_button() -> None:
    asked = an_order(*IN_WORK, note("роз нет, что делать?"))
    assert "Ответить" in {one for row in labels(card(asked, MANAGER, RULES, NOON, RU)) for one in row}
    assert "Ответить" not in {one for row in labels(card(asked, SELLER, RULES, NOON, RU)) for one in row}


@pytest.mark.requirement("R44")
def test_a_courier_reads_what_was_said_since_there_was_one() -> None:
    order = an_order(*IN_WORK, note("сюрприз от Игоря"), COURIER_ASSIGNED, note("домофон 48"))
    assert "домофон 48" in seen(order, COURIER)
    assert "Игоря" not in seen(order, COURIER) + whole(order, COURIER)


@pytest.mark.requirement("R62", "R68", "R82")
def test_phones_in_a_note_are_hidden_from_those_who_may_not_read_them() -> None:
    words = f"клиент {CLIENT_PHONE}, получатель {RECIPIENT_PHONE}, соседка 89161112233"
    order = an_order(*IN_WORK, COURIER_ASSIGNED, PHOTO_ATTACHED, note(words))
    for viewer in (DIRECTOR, MANAGER, SELLER, COURIER):
        for text in (seen(order, viewer), whole(order, viewer)):
            assert CLIENT_PHONE not in text
            assert RECIPIENT_PHONE not in text
            assert "соседка 89161112233" in text
    left = an_order(*IN_WORK, COURIER_ASSIGNED, PHOTO_ATTACHED, note(words), DISPATCHED)
    assert RECIPIENT_PHONE in seen(left, COURIER)
    assert CLIENT_PHONE not in seen(left, COURIER)
    assert RECIPIENT_PHONE not in whole(left, SELLER)


@pytest.mark.requirement("R82")
def test_the_file_of_the_order_names_its_notes_without_the_clients_phone() -> None:
    order = an_order(*IN_WORK, note(f"звонил {CLIENT_PHONE}"), (VOICE, SELLER))
    text = readable(without_client_phone(order), RULES, RU, NOON)
    assert "звонил •••" in text
    assert "2026/03/1-notes/1.ogg: 🎤 голосовое 1:07" in text
    assert CLIENT_PHONE in readable(order, RULES, RU, NOON)


@pytest.mark.requirement("R63")
def test_neither_the_group_nor_the_client_reads_a_note() -> None:
    order = an_order(*IN_WORK, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED, note("соседка Катя, кв. 14"))
    assert "Катя" not in group_card(order, RULES, NOON, RU).text
    assert "Катя" not in client_card(order, "Rose", RULES, NOON, RU).text


@pytest.mark.requirement("R63")
def test_of_an_order_that_is_over_only_the_chiefs_read_the_notes() -> None:
    order = an_order(*IN_WORK, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED, note("соседка Катя"), COMPLETED)
    assert "Катя" in whole(order, MANAGER)
    for viewer in (SELLER, COURIER):
        assert "Катя" not in whole(order, viewer)
