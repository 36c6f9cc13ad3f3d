"""The answer to «Принять все», and the line that the group reads (R15: nothing personal)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import TOAST_LIMIT, clean, fit
from messages.ui import limits
from messages.ui.composition import product
from messages.ui.heading import number
from messages.ui.people import signed, who
from messages.ui.screen import Screen
from orders.model.order import Mark, Order
from orders.model.rules import ShopRules

MOST_NAMED = 40
"""Maximum number of orders in the group's line."""
_NAME = 28
"""Maximum length of a product's name."""


def accepted_all(done: int, refused: Sequence[tuple[str, str]], t: Translator) -> str:
    """Plain text for a toast: how many were accepted; of each refused order, its number and the reason."""
    if not done and not refused:
        return t.plain("bell-nothing-waits")
    first = t.plain("bell-accepted", count=done) if done else t.plain("bell-accepted-none")
    rest = [t.plain("bell-not-accepted", number=clean(one, limits.NUMBER), why=why) for one, why in refused]
    return fit("\n".join([first, *rest]), TOAST_LIMIT)


def all_taken(taken: Sequence[Mark], t: Translator) -> str:
    """Plain text for a toast when others had accepted every order: their names."""
    names = dict.fromkeys(who(mark, t).unescape() for mark in taken)
    return fit(t.plain("bell-all-taken", count=len(taken), names=", ".join(names)), TOAST_LIMIT)


def accepted_line(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """The number of orders that one person accepted at once, and their folded list. `orders` is not empty."""
    accepted = orders[0].progress.accepted
    head = t("bell-accepted", count=len(orders))
    if accepted is not None:
        head = t("bell-accepted-line", accepted=head, signed=signed(accepted, rules, now, t))
    names = [_named(order, t) for order in orders[:MOST_NAMED]]
    if len(orders) > MOST_NAMED:
        names.append(t("bell-more", count=len(orders) - MOST_NAMED))
    folded = Markup("<blockquote expandable>{}</blockquote>").format(Markup("\n").join(names))
    return Screen(str(Markup("\n").join([head, folded])))


def _named(order: Order, t: Translator) -> Markup:
    return Markup("{} {}").format(number(order), fit(product(order, t), _NAME))
