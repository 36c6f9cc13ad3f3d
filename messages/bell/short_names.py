"""Short names of orders that fit half a row of buttons on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui.composition import product
from messages.ui.heading import number
from orders.model.order import Order
from orders.model.rules import ShopRules

HALF_A_ROW = 16
_TAIL = 4
"""Last digits of the number, which distinguish two orders of the same bouquet."""


def labels(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> list[str]:
    """«05:28 Ромашки», on another day «09.03 Ромашки»; equal names get the end of their numbers."""
    tails = endings(orders, rules, now, t)
    found = []
    for order, tail in zip(orders, tails, strict=True):
        words = _words(order, rules, now, t)
        room = HALF_A_ROW - len(tail) - 1
        found.append(f"{fit(words, room)} {tail}" if tail else fit(words, HALF_A_ROW))
    return found


def endings(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> list[str]:
    """For each order the end of its number if another order has the same short name, otherwise ""."""
    short = [fit(_words(order, rules, now, t), HALF_A_ROW) for order in orders]
    times = Counter(short)
    return [
        number(order)[-_TAIL:] if times[name] > 1 else "" for order, name in zip(orders, short, strict=True)
    ]


def _words(order: Order, rules: ShopRules, now: datetime, t: Translator) -> str:
    name = product(order, t) or number(order)
    window = order.details.window
    if window is None:
        return name
    start = window.start.astimezone(rules.zone)
    is_today = start.date() == now.astimezone(rules.zone).date()
    return f"{start:%H:%M} {name}" if is_today else f"{start:%d.%m} {name}"
