"""After an agreed substitution support is told and a new photo is due, however the client agreed (R84)."""

from __future__ import annotations

import pytest

from messages.callbacks.agreements import AgreementDo, AgreementTap
from messages.client.agreements import agreement
from messages.order.cards import card
from messages.ui.screen import Screen
from orders.model.order import Order, Topic
from orders.model.people import Actor
from orders.model.status import Status
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    AGREED,
    CLIENT,
    COURIER,
    COURIER_ASSIGNED,
    MANAGER,
    PHOTO_ATTACHED,
    PHOTO_SEEN,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    a_line,
    an_order,
)
from tests.messages.journeys import EN, NOW, PAID_RULES, RU, as_read, labels

PHOTOGRAPHED = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, PHOTO_SEEN)
WAYS = {
    "client's tap": AGREED,
    "noted by the manager": (do.AnswerProposal(1, agreed=True, words="да"), MANAGER),
    "pasted by the florist": (do.AnswerProposal(1, agreed=True, words="Игорь, 12:05:\nда, давайте"), SELLER),
}


def asked(words: str) -> Given:
    return (do.Propose(Topic.SUBSTITUTION, words, a_line().name), SELLER)


def replaced(answer: Given, words: str = "Розы 15 шт без доплаты", **changes: object) -> Order:
    return an_order(*PHOTOGRAPHED, asked(words), answer, **{"id": 17, "number": "25836184", **changes})


def screen_of(order: Order) -> Screen:
    return agreement(order, order.agreements[0], PAID_RULES, NOW, RU)


def to_support(order: Order, viewer: Actor) -> bool:
    keyboard = card(order, viewer, PAID_RULES, NOW, RU).keyboard
    data = AgreementTap(do=AgreementDo.SHOW, order=order.id, place=1).pack()
    rows = keyboard.inline_keyboard if keyboard else []
    return any(button.callback_data == data for row in rows for button in row)


@pytest.mark.requirement("R84")
@pytest.mark.parametrize("known", [Status.PHOTO, None])
@pytest.mark.parametrize("way", WAYS)
def test_the_text_for_support_is_one_tap_from_the_card_and_a_new_photo_is_next(
    way: str, known: Status | None
) -> None:
    order = replaced(WAYS[way], marketplace_status=known)
    for viewer in (MANAGER, SELLER):
        screen = card(order, viewer, PAID_RULES, NOW, RU)
        assert labels(screen)[0] == ["Загрузить фото" if viewer == SELLER else "Связаться"]
        assert "нужно новое фото" in screen.text.splitlines()[0]
        assert to_support(order, viewer)
    text = as_read(screen_of(order))
    assert "Заказ 25836184. Клиент согласился. Замена: Пионы «Облако» 15 шт → Розы 15 шт" in text
    assert ["Сделано в приложении"] in labels(screen_of(order))


@pytest.mark.requirement("R84")
def test_the_button_goes_once_support_was_told_or_the_client_said_no() -> None:
    no = (do.AnswerProposal(1, agreed=False, words="нет"), CLIENT)
    told = an_order(*PHOTOGRAPHED, asked("Розы 15 шт"), AGREED, (do.AgreedInApp(1), MANAGER), id=17)
    for order in (told, replaced(no), an_order(*PHOTOGRAPHED, asked("Розы 15 шт"), id=17)):
        assert not to_support(order, MANAGER)


@pytest.mark.requirement("R44", "R84")
def test_who_only_carries_the_order_has_no_text_for_support() -> None:
    order = an_order(*PHOTOGRAPHED, COURIER_ASSIGNED, asked("Розы 15 шт"), AGREED, id=17)
    assert to_support(order, SELLER)
    assert not to_support(order, COURIER)


@pytest.mark.requirement("R70", "R84")
def test_a_dearer_substitution_names_both_steps_and_the_button_that_is_there() -> None:
    screen = screen_of(replaced(AGREED, "Розы 15 шт, +300 ₽"))
    text = as_read(screen)
    assert "Сообщите о замене поддержке Flowwow и выставьте клиенту счёт" in text
    assert "«Сделано в приложении»" not in text
    assert labels(screen)[0] == ["Счёт отправлен"]


@pytest.mark.requirement("R84")
def test_of_an_order_that_flowwow_does_not_know_nobody_writes_to_its_support() -> None:
    own = {"number": "Р-7", "marketplace_status": None}
    for words in ("Розы 15 шт без доплаты", "Розы 15 шт, +300 ₽"):
        order = replaced(AGREED, words, **own)
        assert "поддержк" not in screen_of(order).text
        assert not to_support(order, MANAGER)
        assert "нужно новое фото" in card(order, MANAGER, PAID_RULES, NOW, RU).text


@pytest.mark.requirement("R84")
def test_the_card_keeps_its_eight_buttons() -> None:
    newer = (do.AttachPhoto("ef" * 32, "2026/03/1/1-efef.jpg"), SELLER)
    for steps in ((), (newer,), (COURIER_ASSIGNED,), (newer, COURIER_ASSIGNED)):
        order = an_order(*PHOTOGRAPHED, asked("Розы 15 шт"), AGREED, *steps, id=17)
        for viewer, t in ((MANAGER, RU), (SELLER, EN)):
            rows = labels(card(order, viewer, PAID_RULES, NOW, t))
            assert sum(map(len, rows)) <= 8 + 1
            assert len(rows[0]) == 1
