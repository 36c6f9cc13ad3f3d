"""Ready texts for the marketplace's support: what it asks for every time (R49, R71)."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.formatting import moment
from messages.ui.heading import number
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status


def cancellation(order: Order, rules: ShopRules, now: datetime, t: Translator) -> str:
    """The number, the client's wish and whether the courier is on the way, plain, to be copied."""
    closing = order.progress.closing
    wish = clean(closing.reason, limits.REASON) if closing else ""
    asked = t.plain("support-wish-reason", reason=wish) if wish else t.plain("support-wish")
    said = {"number": number(order), "wish": asked, "courier": courier_line(order, rules, now, t).unescape()}
    return t.plain("support-cancellation", **said)


def to_copy(order: Order, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    """The text under its heading, as a tap copies it; nothing of an order that nobody cancelled."""
    if order.status is not Status.CANCELLED:
        return []
    return [t("support-copy"), Markup("<code>{}</code>").format(cancellation(order, rules, now, t))]


def courier_line(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    """Where the courier is: what support asks for each time that a client wants to cancel (R49)."""
    progress = order.progress
    if order.left_with_third_party:
        return t("support-courier-third-party")
    if progress.refused is not None:
        return t("support-courier-back")
    if progress.dispatched is not None:
        return t("support-courier-left", when=moment(progress.dispatched.at, now, rules.zone, t))
    return t("support-courier-not-left")
