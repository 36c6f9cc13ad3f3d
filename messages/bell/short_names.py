"""An order in so few letters that half a row of a phone shows them."""

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
"""Digits of the number that tell two orders of the same bouquet apart."""


def labels(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> list[str]:
    """«05:28 Ромашки», of another day «09.03 Ромашки»; those that would look alike end in their number."""
    tails = endings(orders, rules, now, t)
    found = []
    for order, tail in zip(orders, tails, strict=True):
        words = _words(order, rules, now, t)
        room = HALF_A_ROW - len(tail) - 1
        found.append(f"{fit(words, room)} {tail}" if tail else fit(words, HALF_A_ROW))
    return found


def endings(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> list[str]:
    """The end of the number of each order whose short name another one has too; of the others nothing."""
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
