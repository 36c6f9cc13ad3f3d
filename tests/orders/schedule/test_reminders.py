"""What is due after acceptance: the photo, the rating, leaving, arriving, word of a third party."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.details import Category, DeliveryKind
from orders.model.order import Handover, Order, Topic
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.refusals import Refusal
from orders.model.rules import ShopRules
from orders.model.status import FINAL, Status
from orders.schedule.deadlines import (
    DeadlineKind,
    Task,
    all_due,
    assemble_by,
    deadlines,
    leave_by,
    next_due,
    photo_by,
    step_of,
)
from orders.schedule.reminders import due_for
from orders.steps import commands as do
from orders.steps.delivery_commands import ComeBack
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    CLIENT,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    DISPATCHED,
    MANAGER,
    NOON,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    REDISPATCHED,
    REFUSED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    UNDONE,
    Given,
    a_line,
    a_window,
    an_order,
    minutes,
)
from tests.orders.table import at

PHOTO, RATING, LEAVE = DeadlineKind.PHOTO_DUE, DeadlineKind.RATING_OVERDUE, DeadlineKind.LEAVE_NOW
LATE, CHECK = DeadlineKind.LATE, DeadlineKind.THIRD_PARTY_CHECK
RETURN, ANSWER = DeadlineKind.RETURN_OPEN, DeadlineKind.ANSWER_OVERDUE

LIKED: Given = (do.Rate(liked=True), CLIENT)
SECOND_PHOTO: Given = (do.AttachPhoto("cd" * 32, "2026/03/1/2-cdcd.jpg"), MANAGER)
SEEN: Given = (do.PhotoShown("ab" * 32), CLIENT)
SEEN_SECOND: Given = (do.PhotoShown("cd" * 32), CLIENT)
BY_SELF: Given = (do.Dispatch(by_self=True), SELLER)
DELIVERED: Given = (do.Complete(Handover.IN_PERSON, without_photo="-"), MANAGER)


TAKEN_OUT: Given = (do.PickUp("клиент спешит"), MANAGER)
SHOT: Given = (PHOTO_ATTACHED[0], MANAGER)
SENT: Given = (DISPATCHED[0], MANAGER)


def in_window(starts: float, *commands: Given, lasts: float = 60, **changes: object) -> Order:
    """An order whose window starts so many minutes after it was placed; it was accepted one minute after."""
    return an_order(*commands, window=a_window(NOON + minutes(starts), lasts / 60), **changes)


def rings(order: Order, kind: DeadlineKind, rules: ShopRules = RULES, until: float = 600) -> list[float]:
    """At which minutes after it was placed a kind fires, when nobody does anything."""
    found: list[float] = []
    fired: dict[DeadlineKind, datetime] = {}
    while due := [one.due_at for one in deadlines(order, rules, fired) if one.kind is kind]:
        fired[kind] = due[0]
        minute = (due[0] - order.placed_at) / timedelta(minutes=1)
        if minute > until:
            break
        found.append(minute)
    return found


def caught_up(order: Order, now: float, fired: Mapping[DeadlineKind, float]) -> dict[DeadlineKind, float]:
    """What fires at once after a while in which nobody ran, and how late it is."""
    known = {kind: NOON + minutes(moment) for kind, moment in fired.items()}
    moment = NOON + minutes(now)
    return {
        one.kind: (moment - one.due_at) / timedelta(minutes=1)
        for one in deadlines(order, RULES, known)
        if one.due_at <= moment
    }


def shown(order: Order, at_minute: float) -> list[DeadlineKind]:
    return list(all_due(order, RULES, NOON + minutes(at_minute)))


@pytest.mark.requirement("R27")
def test_the_photo_is_reminded_of_30_and_10_minutes_before_the_delivery_starts() -> None:
    assert rings(in_window(120, ACCEPTED), PHOTO) == [50, 70]
    assert rings(in_window(120, ACCEPTED, delivery=DeliveryKind.PICKUP), PHOTO) == [90, 110]


@pytest.mark.requirement("R27")
def test_the_first_reminder_never_comes_after_the_photo_is_due() -> None:
    rules = replace(RULES, rating_minutes=45)
    assert rings(in_window(120, ACCEPTED), PHOTO, rules) == [35, 70]


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    "order",
    [
        in_window(120),
        in_window(120, ACCEPTED, SHOT),
        in_window(120, ACCEPTED, lines=(a_line(category=Category.OTHER),)),
        in_window(120, ACCEPTED, THIRD_PARTY, TAKEN_OUT),
        an_order(ACCEPTED, window=None),
        an_order(ACCEPTED, window=None, as_soon_as_possible=True),
    ],
    ids=["new", "photographed", "no photo step", "handed over", "no window", "as soon as possible"],
)
def test_no_photo_is_due_where_none_is_missing(order: Order) -> None:
    assert rings(order, PHOTO) == []


@pytest.mark.requirement("R27")
@pytest.mark.parametrize(
    ("starts", "found"),
    [(72, [2, 22]), (70, [15, 20]), (51, [21, 41]), (40, [10, 30]), (20, [10]), (11, []), (5, [])],
)
def test_a_reminder_that_was_over_before_the_order_was_accepted_is_left_out(
    starts: float, found: list[float]
) -> None:
    assert rings(in_window(starts, ACCEPTED), PHOTO) == found


@pytest.mark.requirement("R27", "X3")
def test_reminders_of_the_photo_that_nobody_heard_fire_once() -> None:
    order = in_window(120, ACCEPTED)
    assert caught_up(order, 75, {}) == {PHOTO: 25}
    assert caught_up(order, 76, {PHOTO: 75}) == {}
    assert caught_up(order, 72, {PHOTO: 50}) == {PHOTO: 2}


@pytest.mark.requirement("R27")
def test_the_step_of_the_photo_counts_those_that_were_left_out_too() -> None:
    order = in_window(20, ACCEPTED)
    assert [step_of(PHOTO, order, RULES, NOON + minutes(at_minute)) for at_minute in (9, 10, 11)] == [1, 1, 2]
    assert step_of(PHOTO, an_order(ACCEPTED, window=None), RULES, NOON) == 0


@pytest.mark.requirement("R27", "X4")
def test_a_photo_that_was_taken_back_is_missing_again() -> None:
    undo: Given = (UNDONE[0], MANAGER)
    assert rings(in_window(120, ACCEPTED, SELLER_ASSIGNED, SHOT, undo), PHOTO) == [50, 70]


@pytest.mark.requirement("R29")
def test_a_rating_is_overdue_15_minutes_after_the_newest_photo_and_once() -> None:
    one = an_order(ACCEPTED, SHOT, SEEN)
    assert rings(one, RATING) == [3 + 15]
    two = an_order(ACCEPTED, SHOT, SEEN, SECOND_PHOTO, SEEN_SECOND)
    assert rings(two, RATING) == [5 + 15]
    again = deadlines(two, RULES, {RATING: NOON + minutes(17)})
    assert NOON + minutes(20) in {one.due_at for one in again if one.kind is RATING}


@pytest.mark.requirement("R29", "R33")
def test_a_rating_of_the_photo_before_does_not_count() -> None:
    disliked: Given = (do.Rate(liked=False, complaint="Где открытка?"), CLIENT)
    assert rings(an_order(ACCEPTED, SHOT, disliked), RATING) == []
    assert rings(an_order(ACCEPTED, SHOT, disliked, SECOND_PHOTO, SEEN_SECOND), RATING) == [5 + 15]


@pytest.mark.requirement("X20", "R29")
def test_the_time_to_answer_starts_when_the_client_can_see_the_newest_photo() -> None:
    unseen = an_order(ACCEPTED, SHOT)
    assert rings(unseen, RATING) == []
    assert rings(unseen, DeadlineKind.PHOTO_UNSEEN) == [2 + 5]
    assert rings(an_order(ACCEPTED, SHOT, SEEN), DeadlineKind.PHOTO_UNSEEN) == []
    replaced = an_order(ACCEPTED, SHOT, SEEN, SECOND_PHOTO)
    assert replaced.photo_seen_from is None
    assert rings(replaced, RATING) == []
    assert rings(replaced, DeadlineKind.PHOTO_UNSEEN) == [4 + 5]
    uploaded: Given = (do.MarketplaceHas(Status.PHOTO), MANAGER)
    assert not an_order(ACCEPTED, SHOT, SEEN, SECOND_PHOTO, uploaded).is_photo_unseen
    shown_by_marketplace: Given = (do.MarketplaceHas(Status.PHOTO), MARKETPLACE)
    theirs = (ACCEPTED, SHOT, shown_by_marketplace, SECOND_PHOTO)
    with pytest.raises(Refusal):  # it still shows the first photo
        an_order(*theirs, shown_by_marketplace)
    assert not an_order(*theirs, uploaded).is_photo_unseen


@pytest.mark.requirement("R29", "R31")
@pytest.mark.parametrize(
    "commands",
    [(), (LIKED,), (COURIER_ASSIGNED, SENT), (THIRD_PARTY, TAKEN_OUT)],
    ids=["none", "rated", "on the way", "handed over"],
)
def test_nobody_waits_for_a_rating_that_is_there_or_comes_too_late(commands: Sequence[Given]) -> None:
    photo = (SHOT,) if commands else ()
    assert rings(an_order(ACCEPTED, *photo, *commands), RATING) == []


@pytest.mark.requirement("R31")
@pytest.mark.parametrize("commands", [(), (SHOT,), (SHOT, LIKED), (SHOT, COURIER_ASSIGNED)])
def test_it_is_time_to_leave_a_way_before_the_window_with_or_without_an_answer(
    commands: Sequence[Given],
) -> None:
    order = in_window(120, ACCEPTED, *commands)
    assert rings(order, LEAVE) == [80]
    assert leave_by(order, RULES) == NOON + minutes(80)


@pytest.mark.requirement("R31")
@pytest.mark.parametrize(
    "order",
    [
        in_window(120),
        in_window(120, ACCEPTED, SELLER_ASSIGNED, SHOT, BY_SELF),
        in_window(120, ACCEPTED, THIRD_PARTY, TAKEN_OUT),
        in_window(120, ACCEPTED, delivery=DeliveryKind.PICKUP),
        in_window(30, ACCEPTED),
        an_order(ACCEPTED, window=None),
    ],
    ids=["new", "gone", "third party", "pickup", "accepted too late", "no window"],
)
def test_nobody_is_sent_off_who_has_left_or_need_not(order: Order) -> None:
    assert rings(order, LEAVE) == []


@pytest.mark.requirement("R52")
@pytest.mark.parametrize("commands", [(ACCEPTED,), (ACCEPTED, SHOT), ON_THE_WAY])
def test_a_late_order_is_reminded_of_at_the_end_of_its_window_and_then_seven_times(
    commands: Sequence[Given],
) -> None:
    assert rings(in_window(60, *commands), LATE) == [120 + 15 * number for number in range(8)]


@pytest.mark.requirement("R52")
def test_what_left_late_is_not_late_at_once_again() -> None:
    assert rings(in_window(-70, *ON_THE_WAY), LATE)[0] == 20
    assert rings(in_window(-600, *ON_THE_WAY), LATE) == []


@pytest.mark.requirement("R52", "R91")
def test_on_the_way_to_another_recipient_it_is_late_too_but_not_on_the_way_back() -> None:
    assert rings(in_window(60, *ON_THE_WAY, REFUSED), LATE) == []
    assert rings(in_window(60, *ON_THE_WAY, REFUSED, REDISPATCHED), LATE)[0] == 120


@pytest.mark.requirement("R52")
def test_a_pickup_is_asked_about_once_and_a_third_party_is_late_like_any_other() -> None:
    assert rings(in_window(60, ACCEPTED, delivery=DeliveryKind.PICKUP), LATE) == [120]
    late = [120 + 15 * number for number in range(8)]
    assert rings(in_window(60, ACCEPTED, THIRD_PARTY), LATE) == late
    assert rings(in_window(60, ACCEPTED, THIRD_PARTY, TAKEN_OUT), LATE) == late
    assert rings(an_order(ACCEPTED, window=None), LATE) == []


@pytest.mark.requirement("R43", "R54")
@pytest.mark.parametrize("photo", [(), (SHOT,)])
def test_delivered_is_asked_every_30_minutes_after_the_hand_over(photo: Sequence[Given]) -> None:
    order = in_window(0, ACCEPTED, *photo, THIRD_PARTY)
    handed = 2 + len(photo)
    assert rings(order, CHECK, until=130) == [handed + 30 * number for number in (1, 2, 3, 4)]
    assert rings(in_window(90, ACCEPTED, *photo, THIRD_PARTY), CHECK, until=130) == [90, 120]
    assert order.progress.handed_over is not None
    assert order.progress.handed_over.staff_id == MANAGER.staff_id


@pytest.mark.requirement("R43")
def test_handed_over_again_the_question_begins_anew() -> None:
    other: Given = (do.HandToThirdParty("Сергей", "+79160000098"), MANAGER)
    assert rings(in_window(0, ACCEPTED, THIRD_PARTY, other), CHECK, until=60) == [33]


@pytest.mark.requirement("R54")
@pytest.mark.parametrize("end", [COURIER_ASSIGNED, DELIVERED, (do.Cancel(), CLIENT), UNDONE])
def test_nobody_asks_once_it_is_known_or_somebody_else_takes_it(end: Given) -> None:
    assert rings(an_order(ACCEPTED, THIRD_PARTY, end), CHECK) == []


@pytest.mark.requirement("R2")
def test_the_most_urgent_comes_first() -> None:
    bare = in_window(120, ACCEPTED)
    assert [
        next(iter(all_due(bare, RULES, NOON + minutes(at_minute))), None)
        for at_minute in (49, 50, 79, 80, 119, 180)
    ] == [None, PHOTO, PHOTO, LEAVE, LEAVE, LATE]
    ready = in_window(120, ACCEPTED, SHOT, SEEN)
    assert shown(ready, 20) == [RATING]
    assert shown(ready, 80) == [LEAVE, RATING]
    assert shown(in_window(120, ACCEPTED, THIRD_PARTY), 200) == [LATE, LEAVE, PHOTO, CHECK]
    assert shown(in_window(120, ACCEPTED, THIRD_PARTY, TAKEN_OUT), 150) == [CHECK]
    assert shown(in_window(120, ACCEPTED, THIRD_PARTY, TAKEN_OUT), 200) == [LATE, CHECK]
    assert shown(an_order(), 15) == [DeadlineKind.ACCEPT_OVERDUE, DeadlineKind.ACCEPT_SOON]


@pytest.mark.requirement("R2")
def test_each_step_that_is_done_ends_its_reminder() -> None:
    assert shown(in_window(120, ACCEPTED), 95) == [LEAVE, PHOTO]
    assert PHOTO not in shown(in_window(120, ACCEPTED, SHOT), 95)
    assert shown(in_window(120, *ON_THE_WAY), 95) == []
    for status in FINAL:
        assert shown(at(status), 100_000) == []
        assert deadlines(at(status), RULES, {}) == ()
    assert shown(at(Status.RETURNING), 100_000) == [RETURN]


@pytest.mark.requirement("R14", "R2")
@pytest.mark.parametrize(
    ("order", "minute", "director", "seller", "courier"),
    [
        (in_window(120, ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED), 80, LEAVE, LEAVE, LEAVE),
        (in_window(120, ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED), 75, PHOTO, PHOTO, None),
        (in_window(120, ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED), 180, LATE, LATE, LEAVE),
        (in_window(120, *ON_THE_WAY), 180, LATE, None, LATE),
        (an_order(), 15, DeadlineKind.ACCEPT_OVERDUE, None, None),
    ],
)
def test_each_is_shown_what_they_can_do_something_about(
    order: Order,
    minute: float,
    director: DeadlineKind | None,
    seller: DeadlineKind | None,
    courier: DeadlineKind | None,
) -> None:
    now = NOON + minutes(minute)
    assert [due_for(order, actor, RULES, now) for actor in (DIRECTOR, SELLER, COURIER)] == [
        director,
        seller,
        courier,
    ]
    for nobody in (Actor(Role.SELLER, 77, "Чужая", shop_id=1), replace(DIRECTOR, shop_id=2), CLIENT):
        assert due_for(order, nobody, RULES, now) is None


@pytest.mark.requirement("R66", "R30")
def test_a_proposal_without_an_answer_is_reminded_of_once_wherever_the_order_stands() -> None:
    asked: Given = (do.Propose(Topic.THIRD_PERSON, "соседке"), MANAGER)
    order = in_window(120, ACCEPTED, SELLER_ASSIGNED, asked)
    asked_at = (order.agreements[0].asked.at - NOON) / timedelta(minutes=1)
    assert rings(order, ANSWER) == [asked_at + 15]
    assert rings(order, ANSWER, replace(RULES, rating_minutes=3)) == [asked_at + 3]
    left = in_window(120, ACCEPTED, asked, COURIER_ASSIGNED, SHOT, SENT)
    assert len(rings(left, ANSWER)) == 1
    for ended in (do.AnswerProposal(1, agreed=False, words="нет"), do.Withdraw(1, "не нужно"), do.Cancel()):
        assert rings(in_window(120, ACCEPTED, asked, (ended, MANAGER)), ANSWER) == []
    second: Given = (do.Propose(Topic.SURCHARGE, "500 ₽ за срочность"), MANAGER)
    assert len(rings(in_window(120, ACCEPTED, asked, second), ANSWER)) == 2


@pytest.mark.requirement("R90", "R91")
def test_what_becomes_of_a_returning_order_is_asked_until_it_leaves_again_or_is_cancelled() -> None:
    order = in_window(30, *ON_THE_WAY, REFUSED)
    assert order.returning is not None
    sent_back = (order.returning.at - NOON) / timedelta(minutes=1)
    assert rings(order, RETURN) == [sent_back + 30 * number for number in range(1, 9)]
    assert rings(order, RETURN, replace(RULES, return_minutes=7))[0] == sent_back + 7
    in_shop = in_window(30, *ON_THE_WAY, REFUSED, (ComeBack(), SELLER))
    assert rings(in_shop, RETURN) == rings(order, RETURN)  # the flowers in the shop decide nothing
    assert [due_for(order, actor, RULES, NOON + minutes(300)) for actor in (DIRECTOR, MANAGER)] == [
        RETURN
    ] * 2
    assert [due_for(order, actor, RULES, NOON + minutes(300)) for actor in (SELLER, COURIER)] == [None] * 2
    for decided in (REDISPATCHED, CANCELLED):
        assert rings(in_window(30, *ON_THE_WAY, REFUSED, decided), RETURN) == []


@pytest.mark.requirement("R78")
def test_every_number_of_the_reminders_is_the_shops_own() -> None:
    rules = replace(
        RULES,
        photo_before_minutes=(20, 40, 5),
        rating_minutes=3,
        travel_minutes=25,
        late_repeat_minutes=1,
        third_party_minutes=7,
    )
    order = in_window(120, ACCEPTED)
    assert rings(order, PHOTO, rules) == [55, 75, 90]
    assert rings(order, LEAVE, rules) == [95]
    assert rings(order, LATE, rules) == [180, 181, 182, 183, 184, 185, 186, 187]
    assert rings(in_window(120, ACCEPTED, SHOT, SEEN), RATING, rules) == [6]
    assert rings(in_window(0, ACCEPTED, THIRD_PARTY), CHECK, rules, until=20) == [9, 16]
    assert rings(order, PHOTO, replace(RULES, photo_before_minutes=())) == []


AMOUNTS = st.floats(0, 24 * 60)


@pytest.mark.requirement("R27", "R29", "R31")
@given(
    st.builds(
        partial(replace, RULES),
        assemble_minutes=AMOUNTS,
        rating_minutes=AMOUNTS,
        travel_minutes=AMOUNTS,
        photo_before_minutes=st.lists(AMOUNTS, max_size=3).map(tuple),
    ),
    st.integers(-300, 3000),
    st.sampled_from(DeliveryKind),
    st.integers(1, 3000),
)
def test_assembling_photo_and_leaving_never_contradict_each_other(
    rules: ShopRules, starts: int, delivery: DeliveryKind, now: int
) -> None:
    order = in_window(starts, ACCEPTED, delivery=delivery)
    window = order.details.window
    assert window is not None
    found = [assemble_by(order, rules), photo_by(order, rules), leave_by(order, rules), window.start]
    moments = [moment for moment in found if moment is not None]
    assert moments == sorted(moments)

    shot = in_window(starts, ACCEPTED, SHOT, delivery=delivery)
    tasks = [next_due(one, rules, NOON + minutes(at)) for one in (order, shot) for at in (now, now + 60)]
    assert [due.task for due in tasks if due] == sorted(
        (due.task for due in tasks if due), key=list(Task).index
    )
    for due in filter(None, tasks):
        assert due.is_at_once == (due.at <= NOON + minutes(1))
        assert due.task is not Task.ASSEMBLE or not due.is_at_once
    first = next(iter(rings(order, PHOTO, rules, until=5000)), None)
    due_at = photo_by(order, rules)
    assert due_at is not None
    is_near = due_at <= NOON + minutes(1)
    assert first is None or is_near or NOON + minutes(first) <= due_at


@given(st.integers(-300, 300), st.integers(0, 300), st.integers(0, 700))
def test_nothing_is_shown_that_did_not_ring_and_nothing_rings_that_is_not_shown(
    starts: int, lasts: int, now: int
) -> None:
    for commands in ((ACCEPTED,), (ACCEPTED, SHOT), ON_THE_WAY, (ACCEPTED, THIRD_PARTY)):
        order = in_window(starts, *commands, lasts=lasts)
        rung = {one.kind for one in deadlines(order, RULES, {}) if one.due_at <= NOON + minutes(now)}
        assert set(shown(order, now)) == rung
