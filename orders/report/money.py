"""The money of a report's orders: adds up what `orders.money.balance` computes for each (R13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orders.model.money import Money
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.balance import balance, expected_payout, extra_in_all, paid_in_all
from orders.money.reconciliation import RealPayout
from orders.support.compensation import Compensation, Totals, in_all, totals

Sums = tuple[Money, ...]
"""One sum per currency; empty if nothing is known."""


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """The sums of one order; None if a sum is unknown, or no payout is expected."""

    paid: Money | None
    fees: Money | None
    surcharge: Money | None
    refund: Money | None
    expected: Money | None
    real: Money | None


@dataclass(frozen=True, slots=True)
class MoneyFigures:
    """The sums of all orders, and the costs of mishaps and gifts.

    `unknown`: the number of orders with a price but unknown fees. `reported`: the number of orders in a money
    report of the marketplace.
    """

    paid: Sums
    fees: Sums
    surcharges: Sums
    refunds: Sums
    expected: Sums
    real: Sums
    reported: int
    unknown: int
    mishaps: Totals


def order_money(order: Order, rules: ShopRules, payouts: Mapping[str, RealPayout]) -> OrderMoney:
    """What is known of one order's money; `payouts` by order number."""
    found, real = balance(order, rules), payouts.get(order.number)
    return OrderMoney(
        paid=paid_in_all(order),
        fees=found.commission + found.acquiring if found else None,
        surcharge=extra_in_all(order),
        refund=found.refund if found else None,
        expected=expected_payout(order, rules),
        real=real.to_shop(order) if real else None,
    )


def money_figures(
    orders: Sequence[Order],
    rules: ShopRules,
    payouts: Mapping[str, RealPayout],
    claims: Sequence[Compensation],
) -> MoneyFigures:
    """The figures of all orders; `claims` are those that were opened in the same days."""
    found = [order_money(order, rules, payouts) for order in orders]
    return MoneyFigures(
        paid=_added(one.paid for one in found),
        fees=_added(one.fees for one in found),
        surcharges=_added(one.surcharge for one in found),
        refunds=_added(one.refund for one in found),
        expected=_added(one.expected for one in found),
        real=_added(one.real for one in found),
        reported=sum(one.real is not None for one in found),
        unknown=sum(one.paid is not None and one.fees is None for one in found),
        mishaps=totals([claim for claim in claims if claim.is_counted]),
    )


def _added(sums: Iterable[Money | None]) -> Sums:
    return in_all(one for one in sums if one is not None)
