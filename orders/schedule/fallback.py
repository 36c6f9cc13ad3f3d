"""What is worth a message by the second way, while Telegram takes none (X21)."""

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
"""How long Telegram keeps what people tap and write while nobody fetches it."""

PAUSE = timedelta(minutes=5)
"""Between two messages that say the same of an order: text messages cost money."""
MOST = 12
"""Messages about one order: after an hour one more helps nobody."""


def matter(order: Order, rules: ShopRules, now: datetime) -> str | None:
    """What people must know of the order now: a deadline's kind, `NEW`, `CANCELLED`; None: nothing waits.

    It is what is true now, not what the waiting message was about: whoever accepts an order, wherever that
    is, ends the messages about accepting it. A trial order is worth no text message.
    """
    if order.is_trial:
        return None
    due = all_due(order, rules, now)
    if due:
        return due[0].value
    return {Status.NEW: NEW, Status.CANCELLED: CANCELLED}.get(order.status)


def is_worth_telling(told: Sequence[datetime], last_rang: datetime | None, now: datetime, total: int) -> bool:
    """Whether to say it (again). `told`: when just this left; `last_rang`: when its reminder last rang.

    `total` counts all that has left about the order.
    """
    if total >= MOST:
        return False
    if not told:
        return True
    return last_rang is not None and last_rang > told[-1] and now - told[-1] >= PAUSE
