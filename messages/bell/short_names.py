"""An order in so few letters that half a row of a phone shows them."""

from __future__ import annotations

from datetime import datetime

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui.composition import product
from messages.ui.heading import number
from orders.model.order import Order
from orders.model.rules import ShopRules

HALF_A_ROW = 16


def label(order: Order, rules: ShopRules, now: datetime, t: Translator) -> str:
    """«05:28 Ромашки», of another day «09.03 Ромашки»."""
    name = product(order, t) or number(order)
    window = order.details.window
    if window is None:
        return fit(name, HALF_A_ROW)
    start = window.start.astimezone(rules.zone)
    is_today = start.date() == now.astimezone(rules.zone).date()
    return fit(f"{start:%H:%M} {name}" if is_today else f"{start:%d.%m} {name}", HALF_A_ROW)
