"""What an object says beyond what is known, and what it takes to follow it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flowwow.order.parse import Parsed, Reading, parse
from flowwow.order.reconcile import is_news, merged, next_step, renewed
from orders.model.details import Category, DeliveryKind, Details, Person
from orders.model.money import Money
from orders.model.order import DoubtKind, Handover, Order, Topic
from orders.model.people import MARKETPLACE
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.flow import apply, decide
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    CLIENT,
    COMPLETED,
    COURIER_ASSIGNED,
    DISPATCHED,
    DOUBT_RAISED,
    MANAGER,
    NOON,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    REFUSED,
    RULES,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    Given,
    a_line,
    an_order,
    minutes,
    some_details,
)
from tests.flowwow.samples import raw_order, raw_product

READING = Reading()


def showing(order: Order, status: Status | None, strange: str = "", details: Details | None = None) -> Parsed:
    """The order as the marketplace shows it in this status."""
    return Parsed(order.number, 501, None, status, details or order.details, (), strange)


def follow(order: Order, parsed: Parsed) -> tuple[Order, list[str]]:
    """The order when all steps are done, and which steps they were."""
    steps = []
    while (command := next_step(order, parsed)) is not None:
        order = apply(order, decide(order, command, MARKETPLACE, NOON + minutes(60), RULES))
        steps.append(command.step.value)
        assert len(steps) < 10
    return order, steps


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("way", "there", "steps", "status"),
    [
        ((), Status.NEW, "", Status.NEW),
        ((), Status.ACCEPTED, "accept", Status.ACCEPTED),
        ((), Status.PHOTO, "accept marketplace_has", Status.ACCEPTED),
        ((), Status.COURIER_LEFT, "accept dispatch", Status.COURIER_LEFT),
        ((), Status.DONE, "accept complete", Status.DONE),
        ((ACCEPTED,), Status.NEW, "", Status.ACCEPTED),  # done here, and not yet told there
        ((ACCEPTED,), Status.ACCEPTED, "marketplace_has", Status.ACCEPTED),
        ((ACCEPTED,), Status.COURIER_LEFT, "dispatch", Status.COURIER_LEFT),
        ((ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED), Status.PHOTO, "marketplace_has", Status.PHOTO),
        ((ACCEPTED, THIRD_PARTY), Status.COURIER_LEFT, "marketplace_has", Status.ACCEPTED),
        ((ACCEPTED, THIRD_PARTY), Status.DONE, "complete", Status.DONE),
        (ON_THE_WAY, Status.ACCEPTED, "marketplace_has", Status.COURIER_LEFT),
        (ON_THE_WAY, Status.DONE, "complete", Status.DONE),
        ((*ON_THE_WAY, REFUSED), Status.COURIER_LEFT, "marketplace_has", Status.RETURNING),
        ((*ON_THE_WAY, REFUSED), Status.DONE, "complete", Status.DONE),
        ((*ON_THE_WAY, COMPLETED), Status.DONE, "marketplace_has", Status.DONE),
        ((CANCELLED,), Status.NEW, "", Status.CANCELLED),
        ((ACCEPTED, DOUBT_RAISED), Status.ACCEPTED, "carry_on marketplace_has", Status.ACCEPTED),
        ((ACCEPTED,), None, "", Status.ACCEPTED),
    ],
)
def test_an_order_follows_forward_only(
    way: tuple[Given, ...], there: Status | None, steps: str, status: Status
) -> None:
    order = an_order(*way)

    after, done = follow(order, showing(order, there))

    assert (done, after.status) == (steps.split(), status)
    assert follow(after, showing(order, there))[1] == []


def test_a_pickup_is_finished_and_never_leaves() -> None:
    order = an_order(ACCEPTED, delivery=DeliveryKind.PICKUP)

    assert follow(order, showing(order, Status.COURIER_LEFT))[1] == ["marketplace_has"]
    assert next_step(order, showing(order, Status.DONE)) == do.Complete(Handover.IN_APP)


def test_a_strange_status_is_asked_about_once_and_not_of_an_order_that_is_over() -> None:
    order = an_order(ACCEPTED)
    strange = showing(order, None, "8")

    asked, steps = follow(order, strange)

    assert steps == ["raise_doubt"]
    assert asked.doubt is not None
    assert (asked.doubt.kind, asked.doubt.code) == (DoubtKind.STRANGE, "8")
    over = an_order(CANCELLED)
    assert next_step(over, showing(over, None, "8")) is None


@pytest.mark.requirement("X1", "R59", "R66")
def test_new_details_are_taken_and_what_the_staff_did_stays() -> None:
    order = an_order(ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED, DISPATCHED)
    told = replace(order.details, address="Садовая 7")

    after, steps = follow(order, showing(order, None, details=told))

    assert steps == ["amend"]
    assert after.details.address == "Садовая 7"
    assert after.progress == order.progress
    assert after.undo == order.undo


def test_the_details_of_an_order_that_is_over_stay() -> None:
    order = an_order(CANCELLED)

    assert next_step(order, showing(order, None, details=some_details(address="Садовая 7"))) is None


def test_what_is_not_told_any_more_is_still_known() -> None:
    known = some_details(shop_note="без лилий", client_note="звонить", delivery_fee=Money(35_000))

    assert merged(known, Details()) == known
    assert merged(Details(), known) == known


def test_the_same_goods_keep_what_is_not_told_of_them_and_other_goods_bring_their_own() -> None:
    known = some_details(lines=(a_line(description="белые", picture_url="https://cdn.example/1.jpg"),))
    bare = a_line(paid=None, count=2)

    same = merged(known, some_details(lines=(bare,))).lines
    other = merged(known, some_details(lines=(replace(bare, name="Розы"),))).lines

    assert same == (replace(known.lines[0], count=2),)
    assert other == (replace(bare, name="Розы"),)


def test_another_recipient_does_not_get_the_phone_of_the_one_before() -> None:
    known = some_details()

    assert merged(known, some_details(recipient=Person("Ольга"))).recipient == Person("Ольга")
    assert merged(known, some_details(recipient=Person("", "+79160000009"))).recipient == Person(
        "Мария", "+79160000009"
    )


@pytest.mark.parametrize(
    ("told", "news"),
    [
        (raw_order(), False),
        ({"id": 1, "status": 1}, False),  # a list may show less than a view
        (raw_order(comment=None, address="", products=[]), False),
        (raw_order(status=2), True),
        (raw_order(unheardOf=[1]), True),
        (raw_order(products=[raw_product(count=2)]), True),
    ],
)
def test_news_is_what_says_something_else_than_what_is_kept(told: dict[str, object], news: bool) -> None:
    kept = raw_order(id=told["id"])

    assert is_news(kept, told) is news
    assert is_news(None, told)
    assert (renewed(kept, told, READING) != kept) is news


def test_what_cannot_be_read_takes_no_place_of_what_could() -> None:
    kept = raw_order(deliveryType=4, status=2)

    now = renewed(kept, raw_order(deliveryType="?", status="?", price={"a": 1}, address=["?"]), READING)

    assert now == kept
    strange = parse(renewed(kept, raw_order(status=8), READING), READING)
    assert (strange.status, strange.strange_status) == (None, "8")


def test_a_category_of_the_settings_is_no_change_of_the_order() -> None:
    order = an_order(lines=(a_line(category=Category.OTHER),))
    told = replace(order.details, lines=(a_line(category=Category.FLOWERS_GIFTS),))

    assert next_step(order, showing(order, Status.NEW, details=told)) is None


@pytest.mark.requirement("R59")
def test_what_was_agreed_with_the_client_is_neither_overwritten_nor_hides_other_news() -> None:
    roses: Given = (do.Propose(Topic.SUBSTITUTION, "Розы 15 шт", a_line().name), MANAGER)
    yes: Given = (do.AnswerProposal(1, agreed=True, words="да"), CLIENT)
    order = an_order(ACCEPTED, roses, yes)
    shown = some_details()
    same, steps = follow(order, showing(order, Status.ACCEPTED, details=shown))
    assert (same.details.lines[0].name, steps) == ("Розы 15 шт", ["marketplace_has"])

    more = replace(shown, lines=(*shown.lines, a_line(name="Ваза")), card_text="Маме")
    after, _ = follow(order, showing(order, Status.ACCEPTED, details=more))
    assert [line.name for line in after.details.lines] == ["Розы 15 шт", "Открытка", "Ваза"]
    assert after.details.card_text == "Маме"

    asked = an_order(ACCEPTED, roses)
    after, _ = follow(asked, showing(asked, Status.ACCEPTED, details=more))
    assert len(after.details.lines) == 3
    assert after.agreements == asked.agreements
