"""How the money of one order is divided: the only place that computes it (R13, R46, R47, R70).

In every status, what the client paid including surcharges equals fees + refund + the shop's part. Card,
cancel menu, backup copy, expected payout and money report all use these sums.
"""

from __future__ import annotations

from dataclasses import dataclass

from orders.client.agreements import extras_paid, given_back
from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Closing, Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.money.fees import Fees, fees_of

_ON_THE_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})


@dataclass(frozen=True, slots=True)
class Balance:
    """`paid` = `commission` + `acquiring` + `to_shop` + `refund`, all in one currency.

    `to_shop` is negative if the fixed fees exceed what the client paid.
    """

    paid: Money
    """The price and the paid surcharges."""
    commission: Money
    acquiring: Money
    to_shop: Money
    refund: Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the client gets back and what the shop keeps; None for an unknown sum."""

    refund: Money | None
    kept: Money | None


def paid_in_all(order: Order) -> Money | None:
    """The price plus the paid surcharges; None if unknown or in different currencies."""
    paid, extra = order.details.paid, extra_in_all(order)
    if paid is None or extra is None:
        return None
    return paid + extra


def extra_in_all(order: Order) -> Money | None:
    """The paid surcharges alone; None without a price, or if one is in another currency."""
    paid = order.details.paid
    extras = extras_paid(order)
    if paid is None or any(extra.currency != paid.currency for extra in extras):
        return None
    return Money(sum(extra.minor for extra in extras), paid.currency)


def has_mixed_currencies(order: Order) -> bool:
    """Whether price, goods and surcharges have different currencies, so that no differences are computed."""
    details = order.details
    sums = [details.paid, details.delivery_fee, *(line.paid for line in details.lines), *extras_paid(order)]
    return len({one.currency for one in sums if one is not None and one.minor}) > 1


def balance(order: Order, rules: ShopRules) -> Balance | None:
    """How the money is divided as the order stands now; None if a sum or a rate is unknown.

    An open order is counted as if it will be delivered. A closed one costs no marketplace fees. An order
    numbered by the shop itself has none either.
    """
    paid = paid_in_all(order)
    if paid is None:
        return None
    closing = order.progress.closing
    if closing is not None:
        return _after_closing(order, closing, paid)
    refund = _refund_under_way(order, paid)
    fees = _fees(order, rules, paid - refund)
    if fees is None:
        return None
    to_shop = paid - refund - fees.commission - fees.acquiring
    return Balance(paid, fees.commission, fees.acquiring, to_shop, refund)


def _refund_under_way(order: Order, paid: Money) -> Money:
    """The refund for cheaper goods, at most what was paid."""
    sums = [one.minor for one in given_back(order) if one.currency == paid.currency]
    return Money(min(sum(sums), paid.minor), paid.currency)


def _fees(order: Order, rules: ShopRules, paid: Money) -> Fees | None:
    if is_own(order.number):
        return Fees(Money(0, paid.currency), Money(0, paid.currency))
    return fees_of(order, paid, rules)


def _after_closing(order: Order, closing: Closing, paid: Money) -> Balance | None:
    """The sums settled when the order was cancelled; a declined order is refunded in full."""
    nothing = Money(0, paid.currency)
    refund = paid if order.status is Status.DECLINED else closing.refund
    if refund is None or refund.currency != paid.currency:
        return None
    return Balance(paid, nothing, nothing, paid - refund, refund)


def settle(order: Order, rules: ShopRules) -> Settlement:
    """What a cancellation now would refund: everything, or everything except the delivery fee.

    The shop keeps the fee once the courier has left (R46, R47). If the fee is unknown, so is the refund.
    """
    paid = paid_in_all(order)
    if not _has_left(order):
        return Settlement(paid, Money(0, paid.currency) if paid else None)
    fee = order.details.delivery_fee or rules.delivery_fee
    if paid is None or fee is None or fee.currency != paid.currency:
        return Settlement(None, fee)
    kept = Money(min(fee.minor, paid.minor), paid.currency)
    return Settlement(paid - kept, kept)


def _has_left(order: Order) -> bool:
    """Whether the courier has left; a third party skips "courier left" and counts once it picked up (R41)."""
    return order.status in _ON_THE_WAY or order.left_with_third_party


def expected_payout(order: Order, rules: ShopRules) -> Money | None:
    """What the marketplace should pay out for the order as it stands now; None if unknown.

    Unknown for a declined order, since the cost of declining may be waived (R58).
    """
    if order.status is Status.DECLINED or is_own(order.number):
        return None
    found = balance(order, rules)
    return found.to_shop if found else None
