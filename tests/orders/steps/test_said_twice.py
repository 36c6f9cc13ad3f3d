"""A tap that comes twice leaves one line in the history."""

from __future__ import annotations

import pytest

from orders.model.refusals import Reason, Refusal
from orders.steps import commands as do
from orders.steps.flow import decide
from tests.builders import (
    ACCEPTED,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    an_order,
    minutes,
)

IN_PHOTO = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)


@pytest.mark.requirement("X3")
@pytest.mark.parametrize(
    "command",
    [
        do.Rate(liked=True),
        do.Rate(liked=False, complaint="Цвет не тот"),
        do.HandToThirdParty("Такси", "+79160000099"),
    ],
)
def test_what_was_said_already_is_refused(command: do.Command) -> None:
    given: Given = (command, SELLER)
    order = an_order(*IN_PHOTO, given)
    with pytest.raises(Refusal) as refused:
        decide(order, command, SELLER, NOON + minutes(20), RULES)
    assert refused.value.reason is Reason.ALREADY


@pytest.mark.requirement("R32", "R41")
@pytest.mark.parametrize(
    ("first", "other"),
    [
        (do.Rate(liked=True), do.Rate(liked=False, complaint="Нет открытки")),
        (do.Rate(liked=False, complaint="Цвет не тот"), do.Rate(liked=False, complaint="Нет открытки")),
        (do.HandToThirdParty("Такси", "+79160000099"), do.HandToThirdParty("Сосед", has_no_contact=True)),
    ],
)
def test_another_word_is_taken(first: do.Command, other: do.Command) -> None:
    order = an_order(*IN_PHOTO, (first, SELLER))
    decide(order, other, SELLER, NOON + minutes(20), RULES)
