"""Who is shown a reminder: only those who can act on it."""

from __future__ import annotations

from datetime import datetime

from orders.access.order_access import parties
from orders.model.order import Order
from orders.model.people import Actor, Party
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind, all_due

FOR_ACCEPTANCE = frozenset({DeadlineKind.ACCEPT_SOON, DeadlineKind.ACCEPT_OVERDUE})
"""The only reminders that the shop's group gets, too (R16)."""

_FOR_CHIEFS = frozenset({DeadlineKind.IN_DOUBT, DeadlineKind.RETURN_OPEN})
_CHIEFS = frozenset({Party.DIRECTOR, Party.MANAGER})


def due_for(order: Order, viewer: Actor, rules: ShopRules, now: datetime) -> DeadlineKind | None:
    """The most urgent kind that is due at `now`, not done, and concerns this viewer."""
    mine = parties(order, viewer)
    due = all_due(order, rules, now)
    return next((kind for kind in due if mine & concerned(order, kind)), None)


def due_for_group(order: Order, rules: ShopRules, now: datetime) -> DeadlineKind | None:
    """The most urgent kind that the shop's group gets; None if there is none."""
    return next((kind for kind in all_due(order, rules, now) if kind in FOR_ACCEPTANCE), None)


def concerned(order: Order, kind: DeadlineKind) -> frozenset[Party]:
    """The parties who may act on it.

    Chiefs always may, since they stand in for those who cannot be reached.
    """
    if kind in FOR_ACCEPTANCE or kind in _FOR_CHIEFS:
        return _CHIEFS
    if kind is DeadlineKind.STOP and order.with_third_party:
        return _CHIEFS | {Party.ASSIGNED_SELLER}
    if kind is DeadlineKind.STOP or (kind is DeadlineKind.LATE and order.status is Status.COURIER_LEFT):
        return _CHIEFS | {Party.CARRIER}
    if kind is DeadlineKind.LEAVE_NOW:
        return _CHIEFS | {Party.ASSIGNED_SELLER, Party.CARRIER}
    return _CHIEFS | {Party.ASSIGNED_SELLER}
