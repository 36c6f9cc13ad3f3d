"""What the marketplace really paid for orders, held against what was to be expected (R13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orders.model.money import Money
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.balance import expected_payout
from orders.money.money_report import Operation

CURRENCY = "RUB"
"""The report names none: its sums are of the order's own currency, or of this where that is not known."""


@dataclass(frozen=True, slots=True)
class RealPayout:
    """What the reports say of one order, each kind of operation added up, in minor units."""

    sums: Mapping[Operation, int] = field(default_factory=dict)

    @property
    def minor(self) -> int:
        return sum(self.sums.values())

    def to_shop(self, order: Order) -> Money:
        """What the shop got for this order."""
        return Money(self.minor, currency_of(order))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an order was to bring, and what it brought; mostly these are the same."""

    order: Order
    expected: Money
    real: Money

    @property
    def amount(self) -> Money:
        """Below zero where the shop got too little."""
        return self.real - self.expected


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All orders of a report: found or not, and where what was paid is not what was expected."""

    found: int
    compared: int
    """Of how many of them it is known what to expect."""
    missing: tuple[str, ...]
    """The numbers that no order of the shop has."""
    differences: tuple[Comparison, ...]
    total: Money
    """What the shop got for all of them, the missing ones too."""

    @property
    def balance(self) -> Money:
        """All differences together."""
        return Money(sum(one.amount.minor for one in self.differences), self.total.currency)


def currency_of(order: Order) -> str:
    """The currency of an order's sums."""
    return order.details.paid.currency if order.details.paid else CURRENCY


def reconcile(payouts: Mapping[str, RealPayout], orders: Iterable[Order], rules: ShopRules) -> Reconciliation:
    """Hold the payouts, by order number, against the orders; the largest difference first."""
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
    """What was expected and what came; None where nothing is to be expected for sure."""
    expected = expected_payout(order, rules)
    got = real.to_shop(order)
    if expected is None or expected.currency != got.currency:
        return None
    return Comparison(order, expected, got)
