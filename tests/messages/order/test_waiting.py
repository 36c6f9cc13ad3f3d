"""Each of the staff has a next step on the card, or reads whom the order waits for (R2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

import pytest

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.order.cards import card
from orders.access.order_access import can_see
from orders.model.details import Category, DeliveryKind
from orders.model.order import Order, Topic
from orders.model.people import Actor, Role
from orders.steps import commands as do
from orders.steps import delivery_commands as delivery
from orders.steps.delivery_commands import ComeBack, OfferToCouriers
from tests.builders import (
    ACCEPTED,
    AGREED,
    ASKED_FOR_MORE,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    MANAGER,
    PHOTO_ATTACHED,
    PHOTO_SEEN,
    RATED,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    a_line,
    an_order,
)
from tests.messages.journeys import EN, JOURNEYS, NOW, PAID_RULES, RU, STAFF, as_read, at, taps

ANOTHER = Actor(Role.SELLER, 9, "Катя", shop_id=1)
PEOPLE = {"director": DIRECTOR, "manager": MANAGER, "seller": SELLER, "another": ANOTHER, "courier": COURIER}

_PAGES = {Do.CONTACT, Do.GUIDE, Do.SHOW_PHOTO, Do.SHOW_PROOF, Do.HISTORY, Do.MORE, Do.PAPERS, Do.PRINT}
NO_STEPS = _PAGES | {Do.SAY, Do.CANNOT, Do.UNDO, Do.COURIER_TEXT, Do.HISTORY_FILE}
"""Pages, words to somebody, and ways back: nothing that brings the order further."""

SAID_BY_CARD = ("advice-doubt", "courier-in-shop")
"""Lines of the card that name already who decides."""

MADE = (ACCEPTED, SELLER_ASSIGNED)
TAKEN = (*MADE, PHOTO_ATTACHED, PHOTO_SEEN)
OFFERED: Given = (OfferToCouriers(), SELLER)
THIRD: Given = (do.HandToThirdParty("Такси", "+79160000099"), MANAGER)
PICKED_UP: Given = (do.PickUp(), MANAGER)
LEFT: Given = (do.Dispatch(by_self=False, reason="-"), COURIER)
BY_SELLER: Given = (do.Dispatch(by_self=True, reason="-"), SELLER)
REFUSED: Given = (do.RecipientRefused(), COURIER)
CAME_BACK: Given = (ComeBack(), SELLER)

MAKES = "Ждём, пока Оля соберёт и сфотографирует"
AGAIN = "Ждём, пока Оля поправит и снимет заново"
COMES = "Ждём, пока Пётр заберёт заказ"
HANDS_OVER = "Ждём, пока Пётр вручит заказ"
THIRD_COMES = "Ждём, пока сторонний курьер заберёт заказ"
THIRD_HANDS_OVER = "Ждём, пока сторонний курьер вручит заказ"
COLLECTED = "Ждём, пока за заказом придут"


@dataclass(frozen=True)
class Row:
    """How far an order is, and the line of each person; who is not named has the next step."""

    steps: tuple[Given, ...]
    lines: Mapping[str, str]
    is_pickup: bool = False
    without_photo: bool = False

    @property
    def order(self) -> Order:
        kind = DeliveryKind.PICKUP if self.is_pickup else DeliveryKind.COURIER
        goods = a_line(category=Category.OTHER) if self.without_photo else a_line()
        return an_order(*self.steps, id=17, delivery=kind, lines=(goods,))


def _chiefs(line: str) -> dict[str, str]:
    return {"director": line, "manager": line}


TABLE = {
    "new": Row((), {}),
    "nobody assembles": Row((ACCEPTED,), {}),
    "nobody assembles, courier chosen": Row(
        (ACCEPTED, COURIER_ASSIGNED), {"courier": "Ждём, пока менеджер назначит, кто соберёт заказ"}
    ),
    "assembled": Row(MADE, _chiefs(MAKES)),
    "assembled, courier": Row((*MADE, COURIER_ASSIGNED), {**_chiefs(MAKES), "courier": MAKES}),
    "assembled, offered": Row((*MADE, OFFERED), _chiefs(MAKES)),
    "assembled, third party": Row((*MADE, THIRD), _chiefs(MAKES)),
    "assembled, pickup": Row(MADE, _chiefs(MAKES), is_pickup=True),
    "photo": Row(TAKEN, {}),
    "photo, disliked": Row((*TAKEN, RATED), _chiefs(AGAIN)),
    "photo, courier": Row((*TAKEN, COURIER_ASSIGNED), {**_chiefs(COMES), "seller": COMES}),
    "photo, offered": Row((*TAKEN, OFFERED), {}),
    "photo, third party": Row((*TAKEN, THIRD), {**_chiefs(THIRD_COMES), "seller": THIRD_COMES}),
    "photo, pickup": Row(TAKEN, {**_chiefs(COLLECTED), "seller": COLLECTED}, is_pickup=True),
    "unpaid, courier": Row(
        (*TAKEN, COURIER_ASSIGNED, ASKED_FOR_MORE, AGREED), {"courier": "Ждём, пока менеджер разрешит выезд"}
    ),
    "left, courier": Row((*TAKEN, COURIER_ASSIGNED, LEFT), {**_chiefs(HANDS_OVER), "seller": HANDS_OVER}),
    "left, seller": Row((*TAKEN, BY_SELLER), _chiefs("Ждём, пока Оля вручит заказ")),
    "left, third party": Row(
        (*TAKEN, THIRD, PICKED_UP), {**_chiefs(THIRD_HANDS_OVER), "seller": THIRD_HANDS_OVER}
    ),
    "returning": Row((*TAKEN, COURIER_ASSIGNED, LEFT, REFUSED), {}),
    "back in the shop": Row(
        (*TAKEN, COURIER_ASSIGNED, LEFT, REFUSED, CAME_BACK),
        {"seller": "Ждём, пока менеджер решит, что с заказом"},
    ),
}


def _waits(text: str, t: Translator = RU) -> list[str]:
    begin = t.plain("waits-carrier-comes", name="\x00").split("\x00")[0].split()[0]
    return [line for line in text.splitlines() if line.startswith(begin)]


@pytest.mark.requirement("R2")
@pytest.mark.parametrize(("stage", "who"), list(product(TABLE, PEOPLE)))
def test_the_card_names_whom_the_order_waits_for(stage: str, who: str) -> None:
    row = TABLE[stage]
    screen = card(row.order, PEOPLE[who], PAID_RULES, NOW, RU)
    assert _waits(as_read(screen)) == ([row.lines[who]] if who in row.lines else [])


@pytest.mark.requirement("R2")
@pytest.mark.parametrize("t", [RU, EN])
@pytest.mark.parametrize("viewer", STAFF)
def test_nobody_has_neither_a_next_step_nor_a_word_whom_to_wait_for(viewer: Actor, t: Translator) -> None:
    orders = {
        **{stage: at(stage) for stage in JOURNEYS},
        **{stage: row.order for stage, row in TABLE.items()},
    }
    lost = []
    for stage, order in orders.items():
        if order.is_final or not can_see(order, viewer):
            continue
        screen = card(order, viewer, PAID_RULES, NOW, t)
        steps = [tap.do for tap in taps(screen) if tap.do not in NO_STEPS]
        text = as_read(screen)
        is_said = bool(_waits(text, t)) or any(t.plain(key) in text for key in SAID_BY_CARD)
        if not steps and not is_said:
            lost.append(stage)
    assert lost == []


@pytest.mark.requirement("R14")
def test_who_may_not_know_of_an_order_does_not_read_who_works_on_it() -> None:
    text = as_read(card(at("assigned"), ANOTHER, PAID_RULES, NOW, RU))
    assert "Оля" not in text


@pytest.mark.requirement("R2")
def test_an_order_without_a_photo_is_first_assembled_and_then_taken_out() -> None:
    row = Row((*MADE, COURIER_ASSIGNED), {}, without_photo=True)
    assembling = card(row.order, MANAGER, PAID_RULES, NOW, RU)
    assert _waits(as_read(assembling)) == ["Ждём, пока Оля соберёт заказ"]
    later = card(row.order, MANAGER, PAID_RULES, row.order.deliver_from, RU)
    assert _waits(as_read(later)) == [COMES]


@pytest.mark.requirement("R2")
def test_what_the_card_says_of_the_client_or_the_way_is_not_said_twice() -> None:
    asked = (do.Propose(Topic.SUBSTITUTION, "Розы 15 шт без доплаты", a_line().name), MANAGER)
    order = an_order(*MADE, asked, id=17)
    text = as_read(card(order, MANAGER, PAID_RULES, NOW, RU))
    assert text.lower().count("ждём") == 1
    assert "ждём ответа клиента" in text
    late = an_order(*TAKEN, COURIER_ASSIGNED, LEFT, (delivery.SayLate(15), COURIER), id=17)
    assert _waits(as_read(card(late, MANAGER, PAID_RULES, NOW, RU))) == []


@pytest.mark.requirement("R2", "R29")
def test_the_card_says_until_when_the_client_may_answer_and_no_longer() -> None:
    order = an_order(*TAKEN, id=17)
    rules = replace(PAID_RULES, rating_minutes=15)
    assert (
        "Ждём ответа клиента до 12:19. Доставку не задерживайте." in card(order, SELLER, rules, NOW, RU).text
    )
    rules = replace(PAID_RULES, rating_minutes=5)
    assert "Клиент ещё не ответил." in card(order, SELLER, rules, NOW, RU).text
