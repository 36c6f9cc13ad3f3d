"""What can be done with an order is asked once, and the status table is asked first."""

from __future__ import annotations

from datetime import datetime

import pytest

from messages.callbacks.order import Do
from messages.order.layout import card_rows
from messages.ui.available_actions import ACTIONS, Steps
from messages.ui.order_view import Look
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.rules import ShopRules
from orders.steps import commands as do
from orders.steps import events as happened
from orders.steps import flow
from tests.builders import RULES, SELLER, an_order
from tests.messages.journeys import JOURNEYS, NOW, RU, STAFF

HELD_BACK = {Do.LIKED, Do.DISLIKED, Do.STILL, Do.IN_APP, Do.ASKED}
"""Steps that the rules may allow and that have no button all the same."""


@pytest.mark.parametrize("journey", JOURNEYS)
def test_the_table_closes_no_step_that_the_rules_allow(journey: str) -> None:
    order = an_order(*JOURNEYS[journey])
    for viewer in STAFF:
        steps = Steps(order, viewer, RULES, NOW)
        wishes = [button for button, action in ACTIONS.items() if action.wish is not None]
        allowed = {button for button in wishes if steps.objection(button) is None}
        assert allowed - steps.open <= HELD_BACK


def test_a_card_asks_for_each_step_at_most_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[do.Command] = []

    def counted(
        order: Order, wish: do.Command, actor: Actor, now: datetime, rules: ShopRules
    ) -> happened.Change:
        asked.append(wish)
        return flow.decide(order, wish, actor, now, rules)

    monkeypatch.setattr("messages.ui.available_actions.decide", counted)
    look = Look(an_order(*JOURNEYS["photo"]), SELLER, RULES, NOW, RU)
    card_rows(look)
    once = list(asked)
    card_rows(look)
    assert asked == once
    assert 0 < len(asked) < len(ACTIONS) / 2


def test_a_closed_step_still_says_why() -> None:
    steps = Look(an_order(), SELLER, RULES, NOW, RU).steps
    assert Do.ACCEPT not in steps.open
    assert steps.objection(Do.ACCEPT) is not None
