"""The message to the marketplace's support about an order: one message for everything (R49, R94).

It has the order's number, its delivery time and what happened. Names, phones, addresses and card texts are
omitted: support has them itself or must not have them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.support.cancelling import courier_line
from messages.ui import limits
from messages.ui.formatting import span
from messages.ui.heading import number
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.support.guide import Entry, Situation
from orders.support.guide_book import LONGEST_TO_SUPPORT


def support_message(
    order: Order, matters: Sequence[Entry], rules: ShopRules, now: datetime, t: Translator
) -> str:
    """The plain text to copy; each matter is mentioned once."""
    sentences = [t.plain("support-hello", number=number(order))]
    if order.details.window is not None:
        sentences.append(t.plain("support-window", span=span(order.details.window, now, rules.zone, t)))
    sentences += [_about(order, entry, rules, now, t) for entry in dict.fromkeys(matters)]
    return " ".join(sentences)


def ready_sentence(situation: Situation, t: Translator) -> str:
    """The built-in words to support about a situation."""
    return t.plain(f"support-about-{situation.value}")


def _about(order: Order, entry: Entry, rules: ShopRules, now: datetime, t: Translator) -> str:
    own = clean(entry.to_support, LONGEST_TO_SUPPORT)
    if entry.situation is None:
        return own or t.plain("support-about-own", title=clean(entry.title, limits.BUTTON))
    said = own or ready_sentence(entry.situation, t)
    if entry.situation is not Situation.CANCELS:
        return said
    closing = order.progress.closing
    wish = clean(closing.reason, limits.REASON) if closing else ""
    asked = t.plain("support-wish-reason", reason=wish) if wish else t.plain("support-wish")
    return f"{asked} {courier_line(order, rules, now, t).unescape()} {said}"
