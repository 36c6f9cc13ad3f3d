"""What the marketplace's support asks whenever an order is cancelled (R49)."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.ui.formatting import moment
from orders.model.order import Order
from orders.model.rules import ShopRules


def courier_line(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """Where the courier is: support asks this for each cancellation (R49)."""
    progress = order.progress
    if order.left_with_third_party:
        return t("support-courier-third-party")
    if progress.refused is not None:
        return t("support-courier-back")
    if progress.dispatched is not None:
        return t("support-courier-left", when=moment(progress.dispatched.at, now, rules.zone, t))
    return t("support-courier-not-left")
