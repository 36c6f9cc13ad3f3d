from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from orders.bell.closing import leaves
from orders.bell.ringing import (
    Hearing,
    LastSounds,
    Place,
    Quiet,
    group_rings,
    rings_for_ladder,
    rings_for_new,
    rings_in_private,
)
from orders.model.people import Actor
from orders.steps import commands as do
from tests.builders import (
    ACCEPTED,
    COMPLETED,
    DIRECTOR,
    MANAGER,
    NOON,
    ON_THE_WAY,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    a_story,
    minutes,
)

NIGHT = Quiet(time(22), time(7))
DAY, LATE = time(12), time(23, 30)


@pytest.mark.requirement("X14")
@pytest.mark.parametrize(
    ("hearing", "at", "in_group_too", "must_ring", "rings"),
    [
        # a person, the hour, whether the group rings for it, whether it must ring; does the private chat?
        (Hearing(), DAY, True, False, True),
        (Hearing(in_group=True), DAY, True, False, False),
        (Hearing(in_group=True), DAY, True, True, False),
        (Hearing(in_group=True), DAY, False, False, True),
        (Hearing(in_group=False, place=Place.GROUP), DAY, True, False, True),
        (Hearing(in_group=True, place=Place.PRIVATE), DAY, True, False, True),
        (Hearing(in_group=True, place=Place.BOTH), DAY, True, False, True),
        (Hearing(quiet=NIGHT), DAY, False, False, True),
        (Hearing(quiet=NIGHT), LATE, False, False, False),
        (Hearing(quiet=NIGHT), LATE, False, True, True),
        (Hearing(quiet=NIGHT), time(7), False, False, True),
        (Hearing(quiet=Quiet(time(13), time(14))), time(13, 30), False, False, False),
        (Hearing(quiet=Quiet(time(13), time(14))), LATE, False, False, True),
    ],
)
def test_where_a_phone_rings(
    hearing: Hearing, at: time, *, in_group_too: bool, must_ring: bool, rings: bool
) -> None:
    assert rings_in_private(hearing, at, in_group_too=in_group_too, must_ring=must_ring) is rings


@pytest.mark.requirement("X14")
def test_the_group_is_silent_only_when_all_in_it_want_to_hear_in_private() -> None:
    private, usual = Hearing(in_group=True, place=Place.PRIVATE), Hearing(in_group=True)
    assert group_rings([])
    assert group_rings([Hearing(place=Place.PRIVATE)])
    assert group_rings([private, usual])
    assert not group_rings([private, private, Hearing()])


@pytest.mark.requirement("X14")
def test_a_burst_of_new_orders_is_one_sound_a_minute() -> None:
    assert rings_for_new(LastSounds(), NOON)
    assert not rings_for_new(LastSounds(any=NOON), NOON + minutes(0.9))
    assert rings_for_new(LastSounds(any=NOON), NOON + minutes(1))
    assert rings_for_new(LastSounds(any=NOON + minutes(60)), NOON)  # under a clock that ran ahead


@pytest.mark.requirement("X14", "R16")
def test_all_that_wait_share_the_ladder_of_the_oldest_and_a_younger_one_is_not_silenced_for_long() -> None:
    rang = LastSounds(any=NOON, ladder=NOON)
    assert not rings_for_ladder(rang, RULES, NOON + minutes(0.5), is_oldest=True)
    assert rings_for_ladder(rang, RULES, NOON + minutes(2), is_oldest=True)
    assert not rings_for_ladder(rang, RULES, NOON + minutes(2), is_oldest=False)
    assert rings_for_ladder(rang, RULES, NOON + minutes(5), is_oldest=False)
    # A new order has rung half a minute ago: the step of the oldest rings all the same.
    assert rings_for_ladder(LastSounds(any=NOON), RULES, NOON + minutes(0.5), is_oldest=True)


@pytest.mark.requirement("X14", "R78")
def test_steps_that_a_shop_has_set_close_together_all_ring() -> None:
    hasty = replace(RULES, accept_minutes=1.5, accept_reminders=(0.5, 1))
    rang = LastSounds(any=NOON, ladder=NOON)
    assert not rings_for_ladder(rang, hasty, NOON + minutes(0.2), is_oldest=True)
    assert rings_for_ladder(rang, hasty, NOON + minutes(0.5), is_oldest=True)


@pytest.mark.requirement("X15")
@pytest.mark.parametrize(
    ("way", "viewer", "in_hand", "gone"),
    [
        ((), DIRECTOR, False, False),
        ((ACCEPTED,), DIRECTOR, False, True),
        ((ACCEPTED,), DIRECTOR, True, False),
        ((ACCEPTED, SELLER_ASSIGNED), SELLER, False, False),
        ((ACCEPTED, SELLER_ASSIGNED), MANAGER, False, True),
        ((ACCEPTED, (do.AssignSeller(2, "Анна"), MANAGER)), MANAGER, False, False),
        ((*ON_THE_WAY, COMPLETED), SELLER, False, True),
    ],
)
def test_which_cards_leave_when_another_comes(
    way: tuple[Given, ...], viewer: Actor, *, in_hand: bool, gone: bool
) -> None:
    order, _ = a_story(*way)
    assert leaves(order, viewer, RULES, NOON + minutes(90), in_hand=in_hand) is gone


@pytest.mark.requirement("X15", "X18")
def test_a_settled_card_stays_as_long_as_its_last_step_may_be_taken_back() -> None:
    order, events = a_story(*ON_THE_WAY, COMPLETED)
    assert not leaves(order, DIRECTOR, RULES, events[-1].mark.at, in_hand=False)
