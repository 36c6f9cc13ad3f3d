"""Compares what the marketplace paid for orders with the expected payout (R13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orders.model.money import Money
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.balance import expected_payout
from orders.money.money_report import Operation

CURRENCY = "RUB"
"""Reports name no currency: the order's is used, or this one if the order has none."""


@dataclass(frozen=True, slots=True)
class RealPayout:
    """The sums of one order in the reports, by kind of operation, in minor units."""

    sums: Mapping[Operation, int] = field(default_factory=dict)

    @property
    def minor(self) -> int:
        return sum(self.sums.values())

    def to_shop(self, order: Order) -> Money:
        """What the shop got for this order."""
        return Money(self.minor, currency_of(order))


@dataclass(frozen=True, slots=True)
class Comparison:
    """The expected and the real payout of an order; usually equal."""

    order: Order
    expected: Money
    real: Money

    @property
    def amount(self) -> Money:
        """The difference; negative if the shop got too little."""
        return self.real - self.expected


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The result for all orders of a report: found or missing, and where the payout differs."""

    found: int
    compared: int
    """The number of found orders with a known expected payout."""
    missing: tuple[str, ...]
    """Order numbers that the shop does not have."""
    differences: tuple[Comparison, ...]
    total: Money
    """What the shop got for all orders, the missing ones included."""

    @property
    def balance(self) -> Money:
        """The sum of all differences."""
        return Money(sum(one.amount.minor for one in self.differences), self.total.currency)


def currency_of(order: Order) -> str:
    """The currency of an order's sums."""
    return order.details.paid.currency if order.details.paid else CURRENCY


def reconcile(payouts: Mapping[str, RealPayout], orders: Iterable[Order], rules: ShopRules) -> Reconciliation:
    """Compares payouts, by order number, with the orders; the largest difference comes first."""
    known = {order.number: order for order in orders}
    pairs = [(known[number], payout) for number, payout in payouts.items() if number in known]
    compared = [one for one in (compare(order, real, rules) for order, real in pairs) if one is not None]
    differences = [one for one in compared if one.amount.minor]
    currency = currency_of(pairs[0][0]) if pairs else CURRENCY
    return Reconciliation(
        found=len(pairs),
        compared=len(compared),
        missing=tuple(number for number in payouts if number not in known),
        differences=tuple(sorted(differences, key=lambda one: (-abs(one.amount.minor), one.order.id))),
        total=Money(sum(payout.minor for payout in payouts.values()), currency),
    )


def compare(order: Order, real: RealPayout, rules: ShopRules) -> Comparison | None:
    """Compares one order; None if its expected payout is unknown or in another currency."""
    expected = expected_payout(order, rules)
    got = real.to_shop(order)
    if expected is None or expected.currency != got.currency:
        return None
    return Comparison(order, expected, got)
