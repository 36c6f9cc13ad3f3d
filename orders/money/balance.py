"""Where the money of one order goes: the only place that computes it (R13, R46, R47, R70).

In every status what the client paid, surcharges included, equals fees + refund + the shop's part. Card,
cancel menu, backup copy, expected payout and money report all read it from here.
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

    `to_shop` is below zero where the fixed fees are more than the client paid.
    """

    paid: Money
    """The price and the surcharges that were paid."""
    commission: Money
    acquiring: Money
    to_shop: Money
    refund: Money


@dataclass(frozen=True, slots=True)
class Settlement:
    """What goes back to the client and what the shop keeps; None where a sum is not known."""

    refund: Money | None
    kept: Money | None


def paid_in_all(order: Order) -> Money | None:
    """The price and the surcharges that were paid; None where that is not known or the currencies differ."""
    paid, extra = order.details.paid, extra_in_all(order)
    if paid is None or extra is None:
        return None
    return paid + extra


def extra_in_all(order: Order) -> Money | None:
    """The paid surcharges alone; None where there is no price, or one of them is in another currency."""
    paid = order.details.paid
    extras = extras_paid(order)
    if paid is None or any(extra.currency != paid.currency for extra in extras):
        return None
    return Money(sum(extra.minor for extra in extras), paid.currency)


def has_mixed_currencies(order: Order) -> bool:
    """Whether price, goods and surcharges differ in currency: no difference between them is computed."""
    details = order.details
    sums = [details.paid, details.delivery_fee, *(line.paid for line in details.lines), *extras_paid(order)]
    return len({one.currency for one in sums if one is not None and one.minor}) > 1


def balance(order: Order, rules: ShopRules) -> Balance | None:
    """Where the money goes as the order stands now; None where a sum or a rate is not known.

    An order under way is counted as if it will be delivered. A closed one costs no marketplace fees. Of an
    order that the shop numbered itself the marketplace keeps nothing.
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
    """What goes back for cheaper goods, never more than was paid."""
    sums = [one.minor for one in given_back(order) if one.currency == paid.currency]
    return Money(min(sum(sums), paid.minor), paid.currency)


def _fees(order: Order, rules: ShopRules, paid: Money) -> Fees | None:
    if is_own(order.number):
        return Fees(Money(0, paid.currency), Money(0, paid.currency))
    return fees_of(order, paid, rules)


def _after_closing(order: Order, closing: Closing, paid: Money) -> Balance | None:
    """The sums were settled when the order was cancelled; a declined order goes back whole."""
    nothing = Money(0, paid.currency)
    refund = paid if order.status is Status.DECLINED else closing.refund
    if refund is None or refund.currency != paid.currency:
        return None
    return Balance(paid, nothing, nothing, paid - refund, refund)


def settle(order: Order, rules: ShopRules) -> Settlement:
    """What a cancellation now would give back: everything, or everything but the delivery fee.

    The fee is kept once the courier has left (R46, R47). Where it is not known, neither sum is: nothing is
    invented.
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
    """A third-party courier skips "courier left" (R41): he has left once he is marked as having taken it."""
    return order.status in _ON_THE_WAY or order.left_with_third_party


def expected_payout(order: Order, rules: ShopRules) -> Money | None:
    """What the marketplace should pay out for the order as it stands now; None where that is not known.

    What declining costs may be waived (R58), so nothing is expected for sure of a declined order.
    """
    if order.status is Status.DECLINED or is_own(order.number):
        return None
    found = balance(order, rules)
    return found.to_shop if found else None
