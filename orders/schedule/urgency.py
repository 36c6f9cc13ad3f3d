"""Which of two orders comes first on a board or a plan where their deadlines are the same (X15, X27)."""

from __future__ import annotations

from datetime import datetime

from orders.model.order import Order

Rank = tuple[bool, datetime, datetime, int, str]


def by_delivery(order: Order) -> Rank:
    """The nearest delivery window first, those without one last, then the number."""
    window = order.details.window
    start, end = (window.start, window.end) if window else (order.placed_at, order.placed_at)
    return window is None, start, end, len(order.number), order.number
