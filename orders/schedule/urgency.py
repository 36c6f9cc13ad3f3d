"""How boards and plans sort orders with equal deadlines (X15, X27)."""

from __future__ import annotations

from datetime import datetime

from orders.model.order import Order

Rank = tuple[bool, datetime, datetime, int, str]


def by_delivery(order: Order) -> Rank:
    """Sorts by delivery window, orders without one last, then by number."""
    window = order.details.window
    start, end = (window.start, window.end) if window else (order.placed_at, order.placed_at)
    return window is None, start, end, len(order.number), order.number
