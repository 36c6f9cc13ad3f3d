from __future__ import annotations

from dataclasses import replace

import pytest

from orders.model.order import Order, Topic
from orders.model.people import Actor, Role
from orders.steps import commands as do
from orders.support.facts import Fact, done
from orders.support.guide import (
    AIDS,
    Entry,
    Fit,
    Situation,
    Stage,
    by_fit,
    fit,
    for_role,
    may_tell_support,
    standard,
)
from tests.builders import (
    ACCEPTED,
    CALL_NOTED,
    CLIENT,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    DISPATCHED,
    MANAGER,
    NOBODY_THERE,
    NOON,
    PHOTO_ATTACHED,
    REFUSED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    an_order,
    minutes,
)

READY = (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED)
LEFT = (*READY, COURIER_ASSIGNED, DISPATCHED)


def first(order: Order, viewer: Actor = MANAGER, after: float = 10) -> Situation | None:
    """The situation that stands first for this person, so many minutes after noon."""
    return by_fit(standard(), order, viewer, NOON + minutes(after), RULES)[0].situation


@pytest.mark.requirement("R72", "R79")
def test_what_the_order_has_come_to_stands_first() -> None:
    assert first(an_order(address="")) is Situation.NO_ADDRESS
    assert first(an_order(*READY), after=90) is Situation.NO_COURIER
    assert first(an_order(*READY, CALL_NOTED)) is Situation.NO_COURIER
    assert first(an_order(ACCEPTED, SELLER_ASSIGNED), after=90) is Situation.NO_PHOTO
    assert first(an_order(*LEFT, NOBODY_THERE), COURIER) is Situation.NOBODY
    assert first(an_order(*LEFT, REFUSED), COURIER) is Situation.REFUSED
    asked = (do.Propose(Topic.THIRD_PERSON, "соседке"), SELLER)
    assert first(an_order(*READY, asked)) is Situation.SILENT
    assert first(an_order(unread=True, address="Лесная 5")) is Situation.ORDER_LOST


def test_what_may_still_happen_comes_before_what_cannot() -> None:
    order = an_order(*LEFT)
    fits = [
        fit(one, order, NOON + minutes(10), RULES) for one in by_fit(standard(), order, MANAGER, NOON, RULES)
    ]
    assert fits == sorted(fits)
    assert fit(Entry("x", Situation.FLOWER_OUT), order, NOON, RULES) is Fit.OTHER
    assert fit(Entry("x", Situation.REFUSED), order, NOON, RULES) is Fit.POSSIBLE


def test_the_order_of_the_shop_holds_among_equals() -> None:
    mine = tuple(reversed(standard()))
    order = an_order(ACCEPTED, SELLER_ASSIGNED)
    ours = [one.situation for one in by_fit(mine, order, MANAGER, NOON, RULES)]
    theirs = [one.situation for one in by_fit(standard(), order, MANAGER, NOON, RULES)]
    assert set(ours) == set(theirs)
    assert ours.index(Situation.APP_HANGS) < ours.index(Situation.FLOWER_OUT)
    assert theirs.index(Situation.FLOWER_OUT) < theirs.index(Situation.APP_HANGS)


@pytest.mark.requirement("R14")
def test_everybody_reads_what_is_their_work_and_of_their_orders_only() -> None:
    order = an_order(*LEFT)
    assert {one.situation for one in by_fit(standard(), order, DIRECTOR, NOON, RULES)} == set(Situation)
    assert {one.situation for one in by_fit(standard(), order, SELLER, NOON, RULES)} == set(Situation)
    couriers = {one.situation for one in by_fit(standard(), order, COURIER, NOON, RULES)}
    assert Situation.REFUSED in couriers
    assert not couriers & {Situation.FLOWER_OUT, Situation.FLORIST_ILL, Situation.NO_COURIER}
    for stranger in (
        Actor(Role.SELLER, 99, "Катя", shop_id=1),
        Actor(Role.DIRECTOR, 9, "Чужой", shop_id=2),
        CLIENT,
    ):
        assert by_fit(standard(), order, stranger, NOON, RULES) == ()
    assert for_role(standard(), Role.CLIENT) == ()


def test_what_is_hidden_or_only_suggested_is_not_read() -> None:
    hidden = Entry("1", title="Скользко", is_shown=False)
    suggested = Entry("2", title="Лифт", is_suggested=True)
    shown = Entry("3", title="Снег")
    assert for_role((hidden, suggested, shown), Role.SELLER) == (shown,)


@pytest.mark.parametrize(
    ("stage", "fitting"),
    [
        (Stage.ALWAYS, {"new", "shop", "way", "over"}),
        (Stage.IN_SHOP, {"new", "shop"}),
        (Stage.ON_WAY, {"way"}),
        (Stage.OVER, {"over"}),
    ],
)
def test_a_situation_of_the_shops_own_fits_at_its_stage(stage: Stage, fitting: set[str]) -> None:
    orders = {
        "new": an_order(),
        "shop": an_order(*READY),
        "way": an_order(*LEFT),
        "over": an_order((do.Cancel("передумал"), MANAGER)),
    }
    own = Entry("7", title="Снег", stage=stage)
    now = NOON + minutes(10)
    assert {name for name, one in orders.items() if fit(own, one, now, RULES) is Fit.POSSIBLE} == fitting


@pytest.mark.requirement("R79")
def test_what_is_done_already_is_ticked_with_who_and_when() -> None:
    asked = (do.Propose(Topic.WINDOW, "сегодня с 18 до 19"), SELLER)
    order = an_order(*READY, CALL_NOTED, asked)
    facts = done(Situation.NO_COURIER, order)
    assert [one.fact for one in facts] == [Fact.PHOTO, Fact.CALLED, Fact.WINDOW_ASKED]
    assert [one.mark.name if one.mark else "" for one in facts] == ["Оля", "Оля", "Оля"]
    assert done(Situation.NO_COURIER, an_order()) == ()
    assert done(None, order) == ()


def test_a_refusal_is_ticked_step_by_step() -> None:
    order = an_order(*LEFT, REFUSED)
    assert [one.fact for one in done(Situation.REFUSED, order)] == [Fact.REFUSED, Fact.BACK]
    agreed = replace(order, progress=replace(order.progress, agreed_change="соседке"))
    assert Fact.ELSEWHERE in {one.fact for one in done(Situation.REFUSED, agreed)}


def test_the_clients_answer_takes_the_place_of_the_question() -> None:
    asked = (do.Propose(Topic.THIRD_PERSON, "соседке"), SELLER)
    agreed = (do.AnswerProposal(1, agreed=True, words="да"), MANAGER)
    order = an_order(*LEFT, NOBODY_THERE, asked, agreed)
    facts = {one.fact for one in done(Situation.NOBODY, order)}
    assert Fact.THIRD_AGREED in facts
    assert Fact.THIRD_ASKED not in facts


@pytest.mark.requirement("R49")
def test_chiefs_and_the_orders_seller_write_to_support() -> None:
    order = an_order(*LEFT)
    assert [may_tell_support(order, one) for one in (DIRECTOR, MANAGER, SELLER, COURIER, CLIENT)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_every_situation_has_buttons() -> None:
    assert set(AIDS) == set(Situation)
