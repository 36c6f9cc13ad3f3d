"""What declining an order costs the shop (R58)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from orders.model.money import Money
from orders.model.numbers import is_own
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.money.balance import paid_in_all
from orders.money.fees import fees_of


def decline_cost(order: Order, rules: ShopRules) -> Money | None:
    """A share of the marketplace's commission, larger after acceptance (R58).

    None if the commission is unknown (then only the percentage is shown), and for an order numbered by the
    shop.
    """
    paid = paid_in_all(order)
    if paid is None or is_own(order.number):
        return None
    fees = fees_of(order, paid, rules)
    return fees.commission.percent(decline_percent(order, rules)) if fees else None


def decline_percent(order: Order, rules: ShopRules) -> Decimal:
    """The cost of declining in per cent of the marketplace's commission."""
    is_new = order.status is Status.NEW
    return rules.decline_new_percent if is_new else rules.decline_accepted_percent


def declines_since(now: datetime, rules: ShopRules) -> datetime:
    """The time from which declined orders count: the start of the shop's month, in UTC."""
    begun = now.astimezone(rules.zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return begun.astimezone(UTC)


def declines_for_free(declined: int, rules: ShopRules) -> bool:
    """Whether the next decline is free after this number of declines this month (R58)."""
    return declined < rules.declines_free


def declines_left(declined: int, rules: ShopRules) -> int:
    """How many orders can still be declined this month before the best status is lost (X30)."""
    return max(0, rules.declines_most - 1 - declined)
