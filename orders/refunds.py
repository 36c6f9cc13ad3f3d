"""Who gets what when an order is not carried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from orders.agreements import extras_paid
from orders.fees import payout
from orders.money import Money
from orders.order import Order
from orders.rules import ShopRules
from orders.status import Status

ON_THE_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})


@dataclass(frozen=True, slots=True)
class Settlement:
    """What goes back to the client and what the shop keeps; None where a sum is not known."""

    refund: Money | None
    kept: Money | None


def settle(order: Order, rules: ShopRules) -> Settlement:
    """Before the courier left: everything (R46). On the way: minus the delivery fee (R47).

    A surcharge that was paid goes back with the price. An unknown fee leaves both sums unknown: nothing is
    invented.
    """
    paid = paid_in_all(order)
    if order.status not in ON_THE_WAY and not _third_party_left(order):
        return Settlement(paid, Money(0, paid.currency) if paid else None)
    fee = order.details.delivery_fee or rules.delivery_fee
    if paid is None or fee is None or fee.currency != paid.currency:
        return Settlement(None, fee)
    kept = Money(min(fee.minor, paid.minor), paid.currency)
    return Settlement(paid - kept, kept)


def paid_in_all(order: Order) -> Money | None:
    """The price and the surcharges that were paid; None where that is not known."""
    paid, extras = order.details.paid, extras_paid(order)
    if paid is None or any(extra.currency != paid.currency for extra in extras):
        return None
    return Money(paid.minor + sum(extra.minor for extra in extras), paid.currency)


def _third_party_left(order: Order) -> bool:
    """A courier from outside skips "courier left" (R41), but is on the way all the same."""
    return order.with_third_party


def decline_cost(order: Order, rules: ShopRules) -> Money | None:
    """What declining costs the shop: a share of the marketplace's fee, more after acceptance (R58).

    None where the fee is not known; the percentage alone is shown then.
    """
    shares = payout(order, rules)
    return shares.commission.percent(decline_percent(order, rules)) if shares else None


def decline_percent(order: Order, rules: ShopRules) -> Decimal:
    """The share of the marketplace's fee that declining costs, in per cent of the fee."""
    is_new = order.status is Status.NEW
    return rules.decline_new_percent if is_new else rules.decline_accepted_percent


def declines_since(now: datetime, rules: ShopRules) -> datetime:
    """From when on declined orders count: the beginning of the shop's month, in UTC."""
    begun = now.astimezone(rules.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return begun.astimezone(UTC)


def declines_for_free(declined: int, rules: ShopRules) -> bool:
    """Whether the next decline costs nothing after so many of this month (R58)."""
    return declined < rules.declines_free
