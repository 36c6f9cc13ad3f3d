"""What is sent by the fallback channel while Telegram is unavailable (X21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.schedule.deadlines import all_due

NEW = "new"
CANCELLED = "cancelled"

TAPS_KEPT = timedelta(hours=24)
"""How long Telegram stores updates that no bot fetches."""

PAUSE = timedelta(minutes=5)
"""Minimum time between two messages with the same content about an order: text messages cost money."""
MOST = 12
"""The most messages about one order."""


def matter(order: Order, rules: ShopRules, now: datetime) -> str | None:
    """What to tell people of the order now: a deadline's kind, `NEW`, `CANCELLED`; None: nothing.

    It reflects the present state, not the message that could not be sent: accepting an order anywhere ends
    the messages about accepting it. Trial orders get no text messages.
    """
    if order.is_trial:
        return None
    due = all_due(order, rules, now)
    if due:
        return due[0].value
    return {Status.NEW: NEW, Status.CANCELLED: CANCELLED}.get(order.status)


def is_worth_telling(told: Sequence[datetime], last_rang: datetime | None, now: datetime, total: int) -> bool:
    """Whether to send it (again). `told`: when this content was sent; `last_rang`: the last reminder.

    `total` counts all messages about the order.
    """
    if total >= MOST:
        return False
    if not told:
        return True
    return last_rang is not None and last_rang > told[-1] and now - told[-1] >= PAUSE
