"""Toasts: what a tap answers that was done, and one that was refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.i18n.texts import Translator
from messages.ui.refusals import refusal
from messages.ui.toasts import done
from orders.model.order import Handover, Order
from orders.model.people import MARKETPLACE, Actor
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status, Step
from orders.steps.commands import Accept, AssignSeller, Command, Complete, Dispatch, RecipientRefused, Undo
from orders.steps.flow import decide
from tests.builders import CLIENT, DIRECTOR, MANAGER, RULES
from tests.messages.journeys import EN, NOW, RU, at


def _refused(order: Order, command: Command, actor: Actor) -> str:
    with pytest.raises(Refusal) as caught:
        decide(order, command, actor, NOW, RULES)
    return refusal(caught.value, order, RULES, NOW, RU)


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("t", [RU, EN])
def test_every_reason_has_its_words(reason: Reason, t: Translator) -> None:
    assert refusal(Refusal(reason), None, RULES, NOW, t)
    assert refusal(Refusal(reason, Status.NEW), at("new"), RULES, NOW, t)


@pytest.mark.requirement("R18")
@pytest.mark.parametrize(
    ("stage", "command", "actor", "said"),
    [
        ("accepted", Accept(), DIRECTOR, "Уже принят: 12:01, Анна"),
        ("left", Accept(), DIRECTOR, "Уже принят: 12:01, Анна"),
        ("left", Dispatch(by_self=True), DIRECTOR, "Курьер уже вышел: 12:05, Оля"),
        ("returning", RecipientRefused(), DIRECTOR, "Отказ получателя уже отмечен: 12:06, Пётр"),
        ("done in person", Complete(Handover.IN_PERSON), DIRECTOR, "Уже выполнен: 12:06, Пётр"),
        ("cancelled", Accept(), DIRECTOR, "Заказ уже закрыт: 12:03, Анна"),
        ("assigned", AssignSeller(3, "Оля"), DIRECTOR, "Уже сделано, ничего не изменилось."),
        ("new", Dispatch(by_self=True), DIRECTOR, "Заказ ещё новый. Сначала примите его."),
        ("left", Undo("x"), MANAGER, "Вернуть шаг может тот, кто его сделал (12:05, Оля), или директор."),
    ],
)
def test_a_refusal_says_who_was_quicker_or_what_to_do(
    stage: str, command: Command, actor: Actor, said: str
) -> None:
    assert _refused(at(stage), command, actor) == said


def test_a_client_or_the_marketplace_has_no_name_in_a_refusal() -> None:
    for actor, said in ((CLIENT, "клиент"), (MARKETPLACE, "Flowwow")):
        order = at("cancelled")
        assert order.progress.closing is not None
        mark = replace(order.progress.closing.closed, role=actor.role, name="Игорь")
        toast = refusal(Refusal(Reason.ALREADY, Status.CANCELLED, mark), order, RULES, NOW, RU)
        assert toast == f"Заказ уже закрыт: 12:03, {said}"


def test_too_late_names_the_shops_own_limit() -> None:
    rules = replace(RULES, undo_minutes=21)
    toast = refusal(Refusal(Reason.UNDO_TOO_LATE), None, rules, NOW, RU)
    assert toast == "Поздно: шаг можно вернуть в течение 21 минуты."


def test_accepting_says_until_when_the_photo_is_due() -> None:
    assert done(Step.ACCEPT, at("accepted"), RU, RULES) == "Принято. Фото нужно до 13:05."
    assert done(Step.ACCEPT, at("accepted"), RU) == "Принято. Соберите заказ."


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("t", [RU, EN])
def test_every_step_has_its_toast(step: Step, t: Translator) -> None:
    assert done(step, at("new"), t, RULES)


def test_who_was_chosen_is_named() -> None:
    assert done(Step.ASSIGN_SELLER, at("assigned"), RU).startswith("Собирает Оля.")
    assert done(Step.ASSIGN_COURIER, at("courier chosen"), RU).startswith("Повезёт Пётр.")


@pytest.mark.requirement("R45")
def test_a_third_party_delivery_stays_the_shops_matter() -> None:
    assert done(Step.HAND_TO_THIRD_PARTY, at("third party"), RU).endswith("За заказ отвечает магазин.")


def test_people_of_the_shop_see_the_toast_of_their_own_language() -> None:
    assert done(Step.DISPATCH, at("left"), EN) == "On the way. The courier presses “Done”: Пётр."


@pytest.mark.requirement("R53")
def test_whoever_sends_a_courier_off_is_not_asked_to_finish_for_him() -> None:
    assert done(Step.DISPATCH, at("left"), RU) == "В пути. «Выполнен» нажмёт курьер: Пётр."
    own = done(Step.DISPATCH, at("self without photo"), RU)
    assert own == "В пути. После вручения нажмите «Выполнен»."
