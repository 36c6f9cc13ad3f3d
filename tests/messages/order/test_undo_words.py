"""A step that the marketplace knows is not taken back: no undo is offered, and what can be done is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.order import menus
from messages.order.cards import card
from messages.ui.available_actions import offered
from messages.ui.refusals import refusal
from orders.model.order import Handover
from orders.model.people import MARKETPLACE
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    COURIER,
    COURIER_ASSIGNED,
    MANAGER,
    NOON,
    ON_THE_WAY,
    RULES,
    Given,
    an_order,
    minutes,
)
from tests.messages.journeys import EN, RU

DONE: Given = (do.Complete(Handover.IN_PERSON), COURIER)


@pytest.mark.requirement("X4", "X18")
@pytest.mark.parametrize(
    ("way", "known", "words"),
    [
        ((ACCEPTED,), Status.ACCEPTED, "«Отказаться»; отменяет клиент"),
        (ON_THE_WAY, Status.COURIER_LEFT, "предупредите поддержку Flowwow"),
        ((*ON_THE_WAY, DONE), Status.DONE, "Если заказ не вручён"),
    ],
)
@pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])
def test_it_says_what_can_be_done_instead(
    way: tuple[Given, ...], known: Status, words: str, t: Translator
) -> None:
    order = an_order(*way, (do.MarketplaceHas(known), MARKETPLACE))
    now = NOON + minutes(len(way) + 1)
    doer = way[-1][1]
    assert not {Do.UNDO, Do.TAKE_BACK} & offered(order, doer, RULES, now)
    said = refusal(Refusal(Reason.MARKETPLACE_KNOWS, order.status), order, RULES, now, t)
    assert len(said) <= 200
    assert not said.endswith("…")
    if t is RU:
        assert said.startswith("Flowwow уже знает об этом шаге, вернуть его нельзя.")
        assert words in said
    assert said in unescape(menus.more(order, doer, RULES, now, t).text)
    assert said not in unescape(menus.more(order, doer, RULES, now, t, still=True).text)
    later = now + minutes(2)
    assert said not in unescape(menus.more(order, doer, RULES, later, t).text)


@pytest.mark.requirement("X4")
def test_nobody_else_sees_the_button_and_nobody_too_late() -> None:
    order = an_order(ACCEPTED, (do.MarketplaceHas(Status.ACCEPTED), MARKETPLACE))
    other = MANAGER.__class__(MANAGER.role, 77, "Лена", shop_id=1)
    assert Do.UNDO not in offered(order, other, RULES, NOON + minutes(2))
    late = NOON + minutes(1) + RULES.undo_within + timedelta(seconds=1)
    assert Do.UNDO not in offered(order, MANAGER, RULES, late)


@pytest.mark.requirement("X18")
def test_for_a_few_seconds_whoever_took_a_step_takes_it_back_by_one_tap() -> None:
    order = an_order(ACCEPTED)
    at = NOON + minutes(1)
    other = replace(MANAGER, staff_id=77)
    soon, later = at + timedelta(seconds=14), at + timedelta(seconds=15)
    assert Do.TAKE_BACK in offered(order, MANAGER, RULES, soon)
    assert Do.TAKE_BACK not in offered(order, MANAGER, RULES, later)
    assert Do.TAKE_BACK not in offered(order, other, RULES, soon)
    assert Do.UNDO in offered(order, MANAGER, RULES, later)
    first = card(order, MANAGER, RULES, soon, RU).keyboard
    assert first is not None
    assert [button.text for button in first.inline_keyboard[0]] == ["↩ Отменить"]
    without = replace(RULES, call_delay_seconds=0)
    assert Do.TAKE_BACK not in offered(order, MANAGER, without, at)


@pytest.mark.requirement("X18")
def test_while_one_tap_takes_a_step_back_the_slower_way_is_not_shown_beside_it() -> None:
    left: Given = (do.Dispatch(by_self=False, reason="спешит"), MANAGER)
    done: Given = (do.Complete(Handover.IN_PERSON, early="да"), COURIER)
    order = an_order(ACCEPTED, COURIER_ASSIGNED, left, done)
    at = NOON + minutes(4)
    keyboard = card(order, COURIER, RULES, at, RU).keyboard
    assert keyboard is not None
    labels = [button.text for row in keyboard.inline_keyboard for button in row]
    assert labels[0] == "↩ Отменить"
    assert "Вернуть шаг" not in labels
