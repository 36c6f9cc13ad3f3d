"""What the card says of the marketplace, and the word about a call that it refused."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from messages.order.cards import card
from messages.order.marketplace import marked_in_app, refused_call
from messages.order.menus import more
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.status import Status
from orders.steps.commands import MarketplaceHas
from orders.steps.flow import apply, decide
from tests.builders import COURIER, DIRECTOR, MANAGER, RULES, SELLER
from tests.messages.journeys import NOW, RU, as_read, at, labels, taps, whole

BEHIND = "Flowwow ещё не знает: «Принят»"
IN_APP = "Сделано в приложении"


def read(order: Order, viewer: Actor = MANAGER) -> str:
    return as_read(card(order, viewer, RULES, NOW, RU))


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("known", "said"),
    [(Status.NEW, True), (Status.ACCEPTED, False), (Status.COURIER_LEFT, False), (None, False)],
)
def test_chiefs_are_told_what_a_call_has_still_to_tell(known: Status | None, said: bool) -> None:
    order = at("assigned", marketplace_status=known)
    assert (BEHIND in read(order)) is said
    assert BEHIND not in read(order, SELLER)
    assert IN_APP not in str(labels(card(order, MANAGER, RULES, NOW, RU)))


def test_returning_is_nothing_the_marketplace_has_to_be_told() -> None:
    assert "Flowwow" not in read(at("returning", marketplace_status=Status.COURIER_LEFT))


@pytest.mark.requirement("R23", "X20")
@pytest.mark.parametrize("stage", ["left", "done in person"])
def test_a_photo_that_nobody_uploaded_stays_a_task_with_its_button_until_it_is_done(stage: str) -> None:
    order = at(stage, marketplace_status=Status.COURIER_LEFT)
    task = "Нет отметки, что фото загружено во Flowwow"
    for viewer in (DIRECTOR, MANAGER, SELLER):
        screen = card(order, viewer, RULES, NOW, RU)
        assert task in as_read(screen)
        (button,) = [tap for tap in taps(screen) if tap.do is Do.IN_APP]
        assert button.arg == Status.PHOTO.value
        assert "Загрузил(а) во Flowwow" in [label for row in labels(screen) for label in row]
    assert not [tap for tap in taps(card(order, COURIER, RULES, NOW, RU)) if tap.do is Do.IN_APP]

    event = decide(order, MarketplaceHas(Status.PHOTO), SELLER, NOW, RULES)
    done = apply(order, event)
    assert done.marketplace_status is Status.COURIER_LEFT  # it is not thought to know less
    assert task not in read(done, SELLER)
    assert not [tap for tap in taps(card(done, SELLER, RULES, NOW, RU)) if tap.do is Do.IN_APP]


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("stage", "instruction", "readers"),
    [
        ("photo", "Загрузите фото и в приложении Flowwow", (DIRECTOR, MANAGER, SELLER)),
        ("disliked", "Во Flowwow загрузите уже новое фото", (DIRECTOR, MANAGER, SELLER)),
        ("cancelled", "Отменяет заказ поддержка Flowwow", (DIRECTOR, MANAGER)),
        ("declined", "Откажитесь от заказа и в приложении Flowwow", (DIRECTOR, MANAGER)),
    ],
)
def test_what_has_no_call_is_instructed_and_confirmed_by_a_tap(
    stage: str, instruction: str, readers: tuple[Actor, ...]
) -> None:
    order = at(stage, marketplace_status=Status.ACCEPTED)
    for viewer in (DIRECTOR, MANAGER, SELLER, COURIER):
        told = read(order, viewer) + as_read(whole(order, viewer, RULES, NOW, RU))
        assert (instruction in told) is (viewer in readers)
    for viewer in readers:
        screen = card(order, viewer, RULES, NOW, RU)
        (tap,) = [tap for tap in taps(screen) if tap.do is Do.IN_APP]
        assert tap.arg == order.status.value
        assert len(taps(screen)) <= 9  # «Что делать?» stands below the eight
        assert len(taps(more(order, viewer, RULES, NOW, RU))) <= 8


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("stage", ["cancelled", "declined"])
def test_of_an_order_that_is_over_the_next_step_is_the_app_and_the_chiefs(stage: str) -> None:
    order = at(stage, marketplace_status=Status.ACCEPTED)
    for viewer in (DIRECTOR, MANAGER):
        assert labels(card(order, viewer, RULES, NOW, RU))[0] == [IN_APP]
    assert "Flowwow" not in str(labels(card(order, SELLER, RULES, NOW, RU)))
    known = at(stage, marketplace_status=order.status)
    assert labels(card(known, MANAGER, RULES, NOW, RU))[0] == ["Убрать из списка"]


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("known", [Status.PHOTO, None])
def test_a_photo_that_the_marketplace_has_or_never_wanted_is_not_spoken_of(known: Status | None) -> None:
    order = at("photo seen", marketplace_status=known)
    assert "Flowwow" not in read(order, SELLER)
    assert IN_APP not in str(labels(card(order, SELLER, RULES, NOW, RU)))


@pytest.mark.requirement("R41", "X1")
def test_a_third_party_is_to_be_chosen_in_the_app_until_the_order_is_over() -> None:
    words = "В приложении Flowwow выберите стороннего курьера"
    assert words in read(at("third party"), SELLER)
    assert words not in read(at("third party", marketplace_status=None), SELLER)
    assert words not in read(at("left"), SELLER)


@pytest.mark.requirement("X1")
def test_a_refused_call_says_what_the_marketplace_answered_and_what_to_do() -> None:
    screen = refused_call(at("accepted"), "Order <is> cancelled", RU)
    assert as_read(screen) == (
        "🟡 Заказ 25836184: Flowwow не принял шаг «Принят»\n"
        "Ответ Flowwow: Order <is> cancelled\n"
        "Отметьте этот шаг в приложении Flowwow сами, затем нажмите «Сделано в приложении»."
    )
    assert [(tap.do, tap.arg) for tap in taps(screen)] == [(Do.IN_APP, "accepted"), (Do.OPEN, "")]
    settled = marked_in_app(at("accepted"), RU)
    assert as_read(settled) == "🟡 Заказ 25836184: во Flowwow отмечено «Принят»"
    assert [tap.do for tap in taps(settled)] == [Do.OPEN]
