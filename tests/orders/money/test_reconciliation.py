from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orders.model.money import Money
from orders.money.money_report import Operation
from orders.money.reconciliation import RealPayout, compare, reconcile
from tests.builders import CANCELLED, DECLINED, RULES, an_order

RATES = replace(RULES, commission_percent=Decimal(20), acquiring_percent=Decimal(2))


def real(minor: int) -> RealPayout:
    return RealPayout({Operation.PAID: 490_000, Operation.COMMISSION: minor - 490_000})


def test_orders_are_matched_by_number_and_the_largest_difference_comes_first() -> None:
    orders = [an_order(id=number, number=str(number)) for number in (1, 2, 3)]
    payouts = {"1": real(382_200), "2": real(382_100), "3": real(382_500), "9": real(100)}
    found = reconcile(payouts, orders, RATES)
    assert (found.found, found.compared, found.missing) == (3, 3, ("9",))
    assert [(one.order.number, one.amount) for one in found.differences] == [
        ("3", Money(300)),
        ("2", Money(-100)),
    ]
    assert found.balance == Money(200)
    assert found.total == Money(382_200 + 382_100 + 382_500 + 100)


def test_without_rates_there_is_nothing_to_compare() -> None:
    found = reconcile({"1": real(1)}, [an_order(number="1")], RULES)
    assert (found.found, found.compared, found.differences) == (1, 0, ())


def test_money_for_a_cancelled_order_is_a_difference() -> None:
    found = compare(an_order(CANCELLED), real(382_200), RATES)
    assert found is not None
    assert found.amount == Money(382_200)
    nothing = compare(an_order(CANCELLED), RealPayout({Operation.PAID: 5, Operation.ACQUIRING: -5}), RATES)
    assert nothing is not None
    assert nothing.amount == Money(0)
    assert compare(an_order(DECLINED), real(0), RATES) is None


def test_sums_are_of_the_orders_own_currency() -> None:
    order = an_order(number="1", paid=Money(490_000, "KZT"))
    found = reconcile({"1": real(382_200)}, [order], RATES)
    assert found.total == Money(382_200, "KZT")
    assert found.differences == ()
    assert real(5).to_shop(an_order(paid=None)) == Money(5)
    elsewhere = an_order(CANCELLED, paid=Money(1), delivery_fee=Money(1, "USD"))
    assert compare(elsewhere, real(0), RATES) is not None


@given(st.dictionaries(st.sampled_from("123456789"), st.integers(-(10**9), 10**9)))
def test_every_order_of_the_report_is_found_or_missing(given_sums: dict[str, int]) -> None:
    orders = [an_order(number=number) for number in "12345"]
    found = reconcile({number: real(minor) for number, minor in given_sums.items()}, orders, RATES)
    assert found.found + len(found.missing) == len(given_sums)
    assert found.compared == found.found
    assert found.total.minor == sum(given_sums.values())
    expected = 382_200 * found.found
    assert found.balance.minor == sum(given_sums[n] for n in given_sums if n in "12345") - expected
