from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.money import Money
from orders.order import Order
from orders.refunds import (
    Settlement,
    decline_cost,
    decline_percent,
    declines_for_free,
    declines_since,
    settle,
)
from orders.status import Status
from tests.builders import ACCEPTED, CANCELLED, ON_THE_WAY, REFUSED, RULES, THIRD_PARTY, an_order
from tests.orders.table import at

PAID, FEE = Money(490_000), Money(40_000)
RATES = replace(RULES, commission_percent=Decimal(20), acquiring_percent=Decimal(2))


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
def test_an_order_with_a_courier_from_outside_is_on_the_way_whatever_its_status() -> None:
    assert settled(an_order(ACCEPTED, THIRD_PARTY), FEE) == Settlement(PAID - FEE, FEE)


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
