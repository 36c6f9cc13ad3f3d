from __future__ import annotations

import pytest

from flowwow.api.client import SellerApi
from flowwow.order.precheck import Precheck
from orders.model.order import DoubtKind
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from orders.steps.commands import Accept, CarryOn, Dispatch, RaiseDoubt
from storage.order import orders as order_rows
from tests.flowwow.conftest import Answer, Marketplace
from tests.flowwow.order.test_webhook_events import House, database, house
from tests.flowwow.samples import raw_order

__all__ = ["database", "house"]


class Hands:
    """A steady clock that is set by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def steady() -> Hands:
    return Hands()


@pytest.fixture
def second_look(house: House, api: SellerApi, steady: Hands) -> Precheck:
    return Precheck(api, house.database, house.desk, house.arrivals, steady)


async def the_order(house: House) -> int:
    await house.paid()
    order = await house.order()
    assert order is not None
    return order.id


@pytest.mark.requirement("X1", "R21")
async def test_an_order_that_is_gone_is_asked_about_once(
    house: House, marketplace: Marketplace, second_look: Precheck
) -> None:
    order_id = await the_order(house)
    marketplace.will_answer(Answer(status=404))

    await second_look.before_step(order_id)
    first = await house.order()
    await second_look.before_step(order_id)

    assert first is not None
    assert first.doubt is not None
    assert first.doubt.kind is DoubtKind.GONE
    assert await house.order() == first


async def test_an_order_that_is_shown_again_is_in_doubt_no_more(
    house: House, marketplace: Marketplace, second_look: Precheck
) -> None:
    order_id = await the_order(house)
    await house.desk.do(order_id, RaiseDoubt(DoubtKind.GONE), MARKETPLACE)

    await second_look.before_step(order_id)

    order = await house.order()
    assert order is not None
    assert not order.is_in_doubt


async def test_what_a_look_shows_is_followed(
    house: House, marketplace: Marketplace, second_look: Precheck
) -> None:
    order_id = await the_order(house)
    marketplace.will_answer(Answer(raw_order(status=2, address="Садовая 7")))

    await second_look.before_step(order_id)

    order = await house.order()
    assert order is not None
    assert (order.status, order.details.address) == (Status.ACCEPTED, "Садовая 7")


@pytest.mark.parametrize(
    "answer",
    [Answer(status=500), Answer(status=401), Answer(drops=True), Answer(raw_order(id=1)), Answer([])],
)
async def test_where_nothing_can_be_said_the_step_goes_on_and_for_a_minute_nobody_waits_again(
    house: House, marketplace: Marketplace, second_look: Precheck, steady: Hands, answer: Answer
) -> None:
    order_id = await the_order(house)
    marketplace.will_answer(answer)
    await second_look.before_step(order_id)
    calls = len(marketplace.calls)

    await second_look.before_step(order_id)
    assert len(marketplace.calls) == calls

    steady.now += 61
    marketplace.will_answer(Answer(raw_order()))
    await second_look.before_step(order_id)
    assert len(marketplace.calls) == calls + 1
    order = await house.order()
    assert order is not None
    assert order.doubt is None


async def test_only_living_orders_of_the_marketplace_are_looked_at(
    house: House, marketplace: Marketplace, second_look: Precheck
) -> None:
    order_id = await the_order(house)
    await house.cancelled()
    calls = len(marketplace.calls)

    await second_look.before_step(order_id)

    assert len(marketplace.calls) == calls


@pytest.mark.requirement("R38")
async def test_the_desk_looks_before_staff_send_an_order_off_and_only_when_they_may(
    house: House, marketplace: Marketplace, second_look: Precheck
) -> None:
    order_id = await the_order(house)
    house.desk.look_first_by(second_look.before_step)
    calls = len(marketplace.calls)
    anna = Actor(Role.MANAGER, 2, "Анна", house.shop.id)
    await house.desk.do(order_id, Accept(), anna)
    with pytest.raises(Refusal) as refused:
        await house.desk.do(order_id, Dispatch(by_self=True), anna)
    assert (refused.value.reason, len(marketplace.calls)) == (Reason.PHOTO_REASON_NEEDED, calls)

    marketplace.will_answer(Answer(status=404))
    with pytest.raises(Refusal) as refused:
        await house.desk.do(order_id, Dispatch(by_self=True, reason="спешит"), anna)
    assert refused.value.reason is Reason.IN_DOUBT

    await house.desk.do(order_id, CarryOn(), anna)
    await house.desk.do(order_id, Dispatch(by_self=True, reason="спешит"), anna)
    async with house.database.snapshot() as c:
        order = await order_rows.get(c, order_id)
    assert order is not None
    assert order.status is Status.COURIER_LEFT
