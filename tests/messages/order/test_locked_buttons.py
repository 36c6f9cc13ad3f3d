"""A step that would be refused now is shown disabled, with what opens it (X17)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from messages.order.cards import card
from messages.ui import limits
from orders.model.people import Actor
from orders.model.refusals import Refusal
from orders.steps.commands import Dispatch
from orders.steps.flow import decide
from tests.builders import COURIER, MANAGER, SELLER
from tests.messages.journeys import EN, NOW, PAID_RULES, RU, at, taps

pytestmark = pytest.mark.requirement("X17")


def locked(stage: str, viewer: Actor, t: object = RU) -> list[str]:
    screen = card(at(stage), viewer, PAID_RULES, NOW, t)  # type: ignore[arg-type]
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    assert len([button for row in rows for button in row]) <= limits.BUTTONS
    return [button.text for row in rows for button in row if button.disabled]


@pytest.mark.parametrize(
    ("stage", "viewer", "label"),
    [
        ("unpaid", MANAGER, "🔒 Я доставлю: после доплаты"),
        ("unpaid", SELLER, "🔒 Я доставлю: после доплаты"),
        ("in doubt", MANAGER, "🔒 Курьер вышел: ждём решения"),
        ("in doubt", COURIER, "🔒 Забрал: ждём решения"),
    ],
)
def test_the_way_out_of_the_shop_is_shown_locked_with_what_opens_it(
    stage: str, viewer: Actor, label: str
) -> None:
    assert locked(stage, viewer) == [label]
    with pytest.raises(Refusal):
        decide(at(stage), Dispatch(by_self="Я доставлю" in label), viewer, NOW, PAID_RULES)


def test_it_reads_english_too() -> None:
    assert locked("unpaid", MANAGER, EN) == ["🔒 I'll deliver: once paid"]


@pytest.mark.parametrize("stage", ["new", "liked", "courier chosen", "left", "returning", "unpaid on return"])
def test_what_may_be_done_is_not_locked(stage: str) -> None:
    for viewer in (MANAGER, SELLER, COURIER):
        assert locked(stage, viewer) == []


def test_the_steps_that_open_it_stand_above_it() -> None:
    screen = card(at("unpaid"), MANAGER, PAID_RULES, NOW, RU)
    assert taps(screen)[0].do is Do.AGREEMENTS
    assert screen.keyboard is not None
    assert screen.keyboard.inline_keyboard[2][0].disabled
