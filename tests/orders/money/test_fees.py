from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.model.details import Category, Line
from orders.model.money import Money
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.balance import balance, expected_payout
from orders.money.cost_of_declining import decline_cost
from tests.builders import ACCEPTED, CANCELLED, DECLINED, ON_THE_WAY, RULES, a_line, an_order

RATES = replace(RULES, commission_percent=Decimal(20), acquiring_percent=Decimal(2))
BY_CATEGORY = replace(RATES, commission_by_category=((Category.LIVE_PLANTS, Decimal(15)),))
PERCENT = st.decimals(0, 100, places=2)
SUMS = st.integers(0, 10**9)


def shares(order: Order, rules: ShopRules) -> tuple[Money, Money, Money]:
    found = balance(order, rules)
    assert found is not None
    return found.commission, found.acquiring, found.to_shop


def plants(minor: int | None, currency: str = "RUB") -> Line:
    paid = Money(minor, currency) if minor is not None else None
    return a_line(name="Фикус", paid=paid, category=Category.LIVE_PLANTS)


def flowers(minor: int) -> Line:
    return a_line(paid=Money(minor))


@pytest.mark.requirement("R13")
def test_the_shop_gets_what_commission_and_acquiring_leave() -> None:
    assert shares(an_order(), RATES) == (Money(98_000), Money(9_800), Money(382_200))


@pytest.mark.parametrize(
    "rules", [replace(RATES, commission_percent=None), replace(RATES, acquiring_percent=None)]
)
def test_without_a_rate_or_a_sum_there_is_no_balance(rules: ShopRules) -> None:
    assert balance(an_order(), rules) is None
    assert decline_cost(an_order(), rules) is None
    assert expected_payout(an_order(), rules) is None
    assert balance(an_order(paid=None), RATES) is None


@given(SUMS, PERCENT, PERCENT)
def test_the_parts_of_a_payout_make_the_whole(paid: int, commission: Decimal, acquiring: Decimal) -> None:
    rules = ShopRules(commission_percent=commission, acquiring_percent=acquiring)
    found = balance(an_order(paid=Money(paid)), rules)
    assert found is not None
    assert found.commission + found.acquiring + found.to_shop == Money(paid)
    assert found.commission == Money(paid).percent(commission)
    assert found.acquiring == Money(paid).percent(acquiring)


@pytest.mark.requirement("R13", "R78")
def test_a_fixed_fee_comes_on_top_or_stands_alone() -> None:
    both = replace(RATES, commission_fixed=Money(5_000), acquiring_fixed=Money(100))
    assert shares(an_order(), both) == (Money(103_000), Money(9_900), Money(377_100))
    alone = replace(both, commission_percent=None, acquiring_percent=None)
    assert shares(an_order(), alone) == (Money(5_000), Money(100), Money(484_900))
    assert balance(an_order(paid=Money(100, "KZT")), both) is None


def test_fixed_fees_may_cost_more_than_was_paid() -> None:
    rules = replace(RATES, commission_fixed=Money(5_000))
    found = balance(an_order(paid=Money(0)), rules)
    assert found is not None
    assert found.to_shop == Money(-5_000)


@pytest.mark.requirement("R13", "R78")
def test_goods_of_some_categories_have_a_commission_of_their_own() -> None:
    order = an_order(lines=(flowers(300_000), plants(150_000)), paid=Money(490_000))
    found = balance(order, BY_CATEGORY)
    assert found is not None
    # 20 % of the flowers and of the delivery, 15 % of the plants
    assert found.commission == Money(68_000 + 22_500)
    assert balance(an_order(), BY_CATEGORY) == balance(an_order(), RATES)


@pytest.mark.parametrize(
    ("line", "rules"),
    [
        (plants(None), BY_CATEGORY),
        (plants(100, "KZT"), BY_CATEGORY),
        (plants(100), replace(BY_CATEGORY, commission_percent=None)),
    ],
)
def test_a_rate_by_category_needs_the_sums_it_is_of(line: Line, rules: ShopRules) -> None:
    assert balance(an_order(lines=(line, flowers(100))), rules) is None


@given(st.lists(SUMS, min_size=1, max_size=5), PERCENT, PERCENT)
def test_a_commission_by_category_is_rounded_once(sums: list[int], general: Decimal, own: Decimal) -> None:
    rules = replace(BY_CATEGORY, commission_percent=general)
    rules = replace(rules, commission_by_category=((Category.LIVE_PLANTS, own),))
    total = Money(sum(sums))
    found = balance(an_order(lines=tuple(plants(one) for one in sums), paid=total), rules)
    assert found is not None
    assert found.commission == total.percent(own)
    assert found.commission + found.acquiring + found.to_shop == total


@pytest.mark.requirement("R46", "R47")
def test_of_a_cancelled_order_the_shop_expects_what_it_keeps() -> None:
    fee = Money(40_000)
    assert expected_payout(an_order(ACCEPTED), RATES) == Money(382_200)
    assert expected_payout(an_order(CANCELLED), RATES) == Money(0)
    assert expected_payout(an_order(*ON_THE_WAY, CANCELLED, delivery_fee=fee), RATES) == fee
    assert expected_payout(an_order(*ON_THE_WAY, CANCELLED), RATES) is None


def test_of_a_declined_order_nothing_is_expected() -> None:
    assert expected_payout(an_order(DECLINED), RATES) is None
