"""Short names of orders that fit their buttons: half a row of a phone, or a whole row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui import limits
from messages.ui.buttons import label_rooms
from messages.ui.composition import product
from messages.ui.heading import number, number_end
from orders.model.order import Order
from orders.model.rules import ShopRules


def labels(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> list[str]:
    """«05:28 Ромашки», on another day «09.03 Ромашки»; equal names get the end of their numbers."""
    tails = endings(orders, rules, now, t)
    found = []
    for order, tail, room in zip(orders, tails, label_rooms(len(orders)), strict=True):
        words = _words(order, rules, now, t)
        found.append(f"{fit(words, max(1, room - len(tail) - 1))} {tail}" if tail else fit(words, room))
    return found


def endings(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> list[str]:
    """For each order the end of its number if another order has the same short name, otherwise ""."""
    return number_ends(orders, [fit(_words(order, rules, now, t), limits.HALF_ROW) for order in orders])


def number_ends(orders: Sequence[Order], names: Sequence[str]) -> list[str]:
    """For each order the end of its number if another order has the same name, otherwise ""."""
    twins = [
        [number(other) for other, same in zip(orders, names, strict=True) if same == name and other != order]
        for order, name in zip(orders, names, strict=True)
    ]
    return [
        number_end(number(order), others) if others else ""
        for order, others in zip(orders, twins, strict=True)
    ]


def _words(order: Order, rules: ShopRules, now: datetime, t: Translator) -> str:
    name = product(order, t) or number(order)
    window = order.details.window
    if window is None:
        return name
    start = window.start.astimezone(rules.zone)
    is_today = start.date() == now.astimezone(rules.zone).date()
    return f"{start:%H:%M} {name}" if is_today else f"{start:%d.%m} {name}"
