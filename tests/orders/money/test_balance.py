from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.money import Money
from orders.model.order import Agreement, Order, Proposal, Topic
from orders.model.people import Actor, Role
from orders.model.refusals import Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.money.balance import Balance, Settlement, balance, expected_payout, has_mixed_currencies, settle
from orders.money.cost_of_declining import decline_cost, decline_percent, declines_for_free, declines_since
from orders.steps import flow
from orders.steps.commands import Command
from tests.builders import (
    ACCEPTED,
    CANCELLED,
    COMPLETED,
    DECLINED,
    NOON,
    ON_THE_WAY,
    PHOTO_ATTACHED,
    PICKED_UP,
    REFUSED,
    RULES,
    SELLER_ASSIGNED,
    THIRD_PARTY,
    Given,
    a_line,
    a_mark,
    an_order,
)
from tests.orders.table import at

PAID, FEE = Money(490_000), Money(40_000)
RATES = replace(RULES, commission_percent=Decimal(20), acquiring_percent=Decimal(2))


WAYS = (
    (),
    (ACCEPTED,),
    (ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED),
    ON_THE_WAY,
    (*ON_THE_WAY, REFUSED),
    (ACCEPTED, THIRD_PARTY),
)


def settled(order: Order, fee: Money | None = None) -> Settlement:
    return settle(order, replace(RULES, delivery_fee=fee))


@pytest.mark.requirement("R46", "R47")
@pytest.mark.parametrize(
    ("status", "kept"),
    [
        (Status.NEW, Money(0)),
        (Status.ACCEPTED, Money(0)),
        (Status.PHOTO, Money(0)),
        (Status.COURIER_LEFT, FEE),
        (Status.RETURNING, FEE),
    ],
)
def test_only_on_the_way_the_shop_keeps_the_delivery_fee(status: Status, kept: Money) -> None:
    assert settled(at(status), FEE) == Settlement(PAID - kept, kept)


@pytest.mark.requirement("R47")
def test_an_order_that_a_third_party_has_taken_is_on_the_way_whatever_its_status() -> None:
    assert settled(an_order(ACCEPTED, THIRD_PARTY), FEE) == Settlement(PAID, Money(0))
    left = an_order(ACCEPTED, SELLER_ASSIGNED, PHOTO_ATTACHED, THIRD_PARTY, PICKED_UP)
    assert settled(left, FEE) == Settlement(PAID - FEE, FEE)


@pytest.mark.requirement("R47")
def test_the_orders_own_fee_comes_before_the_shops() -> None:
    order = an_order(*ON_THE_WAY, delivery_fee=Money(35_000))
    assert settled(order, FEE) == Settlement(Money(455_000), Money(35_000))


def test_the_shop_never_keeps_more_than_was_paid() -> None:
    assert settled(an_order(*ON_THE_WAY, paid=Money(30_000)), FEE) == Settlement(Money(0), Money(30_000))


def test_what_is_not_known_is_not_invented() -> None:
    assert settled(an_order(paid=None), FEE) == Settlement(None, None)
    assert settled(an_order(*ON_THE_WAY, paid=None), FEE) == Settlement(None, FEE)
    assert settled(an_order(*ON_THE_WAY)) == Settlement(None, None)
    assert settled(an_order(*ON_THE_WAY), Money(500, "USD")) == Settlement(None, Money(500, "USD"))


@given(
    st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from([(), ON_THE_WAY, (*ON_THE_WAY, REFUSED)])
)
def test_what_goes_back_and_what_is_kept_is_what_was_paid(paid: int, fee: int, way: tuple[()]) -> None:
    found = settled(an_order(*way, paid=Money(paid, "KZT")), Money(fee, "KZT"))
    assert found.refund is not None
    assert found.kept is not None
    assert found.refund + found.kept == Money(paid, "KZT")
    assert found.refund.minor >= 0
    assert found.kept.minor >= 0


@pytest.mark.requirement("R46", "R47")
def test_a_cancelled_order_keeps_its_sums() -> None:
    early = an_order(CANCELLED).progress.closing
    late = an_order(*ON_THE_WAY, CANCELLED, delivery_fee=FEE).progress.closing
    assert early is not None
    assert late is not None
    assert (early.refund, early.kept) == (PAID, Money(0))
    assert (late.refund, late.kept) == (PAID - FEE, FEE)


@pytest.mark.requirement("R58")
def test_declining_costs_the_fee_and_half_as_much_again_after_acceptance() -> None:
    assert decline_cost(at(Status.NEW), RATES) == Money(98_000)
    for status in (Status.ACCEPTED, Status.PHOTO):
        assert decline_cost(at(status), RATES) == Money(147_000)
        assert decline_percent(at(status), RATES) == 150


@pytest.mark.requirement("R58", "R78")
def test_what_declining_costs_is_the_shops_own_number() -> None:
    rules = replace(RATES, decline_new_percent=Decimal(0), decline_accepted_percent=Decimal("33.3"))
    assert decline_cost(at(Status.NEW), rules) == Money(0)
    assert decline_cost(at(Status.ACCEPTED), rules) == Money(32_634)


@pytest.mark.requirement("R58", "R78")
def test_the_first_decline_of_a_month_is_free_and_months_are_the_shops_own() -> None:
    assert declines_for_free(0, RATES)
    assert not declines_for_free(1, RATES)
    assert declines_for_free(1, replace(RATES, declines_free=2))
    assert not declines_for_free(0, replace(RATES, declines_free=0))
    last_evening_in_london = datetime(2026, 2, 28, 20, 0, tzinfo=UTC)
    there = replace(RATES, timezone="Asia/Vladivostok")
    assert declines_since(last_evening_in_london, RATES) == datetime(2026, 1, 31, 21, 0, tzinfo=UTC)
    assert declines_since(last_evening_in_london, there) == datetime(2026, 2, 28, 14, 0, tzinfo=UTC)


def with_agreements(order: Order, extras: list[int]) -> Order:
    """Sums that the client agreed to and that were settled: surcharges above zero, refunds below."""
    mark = a_mark()
    agreed = [
        Agreement(number, Proposal(Topic.SURCHARGE, "", extra=Money(extra)), mark, mark, agreed=True)
        for number, extra in enumerate(extras, start=1)
    ]
    paid = (replace(one, paid=mark) if extra > 0 else one for one, extra in zip(agreed, extras, strict=True))
    return replace(order, agreements=tuple(paid))


@pytest.mark.requirement("R13", "R46", "R47", "R70")
@given(
    st.sampled_from(WAYS),
    st.sampled_from([None, CANCELLED, DECLINED, COMPLETED]),
    st.integers(0, 10**9),
    st.lists(st.integers(-(10**6), 10**7), max_size=3),
    st.integers(0, 10**6),
    st.decimals(0, 60, places=2),
    st.decimals(0, 10, places=2),
)
def test_in_every_status_what_was_paid_is_fees_refund_and_the_shops_part(
    way: tuple[Given, ...],
    end: Given | None,
    price: int,
    extras: list[int],
    fee: int,
    commission: Decimal,
    acquiring: Decimal,
) -> None:
    rules = replace(RATES, commission_percent=commission, acquiring_percent=acquiring)
    order = with_agreements(an_order(*way, paid=Money(price), delivery_fee=Money(fee)), extras)
    if end is not None:
        order = ended(order, *end, rules)
    found = balance(order, rules)
    assert found is not None
    assert found.paid == Money(price + sum(extra for extra in extras if extra > 0))
    assert found.paid == found.commission + found.acquiring + found.to_shop + found.refund
    assert found.refund.minor >= 0
    if order.status is not Status.DECLINED:
        assert expected_payout(order, rules) == found.to_shop


def ended(order: Order, command: Command, actor: Actor, rules: ShopRules) -> Order:
    """The order after the command; as it was where the command is refused there."""
    actor = replace(actor, order_id=order.id) if actor.role is Role.CLIENT else actor
    with suppress(Refusal):
        return flow.apply(order, flow.decide(order, command, actor, NOON, rules))
    return order


@pytest.mark.requirement("R13", "R70")
def test_a_paid_surcharge_is_part_of_what_the_shop_gets_and_a_cheaper_bouquet_of_what_goes_back() -> None:
    dearer = balance(with_agreements(an_order(*ON_THE_WAY, COMPLETED), [50_000]), RATES)
    assert dearer == Balance(
        paid=Money(540_000),
        commission=Money(108_000),
        acquiring=Money(10_800),
        to_shop=Money(421_200),
        refund=Money(0),
    )
    cheaper = balance(with_agreements(an_order(ACCEPTED), [-40_000]), RATES)
    assert cheaper is not None
    assert (cheaper.paid, cheaper.refund, cheaper.to_shop) == (PAID, Money(40_000), Money(351_000))


@pytest.mark.requirement("R58")
def test_a_declined_order_goes_back_whole() -> None:
    found = balance(with_agreements(an_order(ACCEPTED, DECLINED), [50_000]), RATES)
    assert found == Balance(Money(540_000), Money(0), Money(0), Money(0), Money(540_000))


def test_between_currencies_nothing_is_computed() -> None:
    foreign = an_order(paid=Money(200_900), lines=(a_line(paid=Money(8_000, "GEL")),))
    assert has_mixed_currencies(foreign)
    assert not has_mixed_currencies(an_order())
    extra = with_agreements(an_order(paid=Money(200_900, "KZT")), [100])
    assert balance(extra, RATES) is None
    assert has_mixed_currencies(extra)
