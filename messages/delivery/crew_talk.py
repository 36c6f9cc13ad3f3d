"""What courier and shop write to each other about one order (X19)."""

from __future__ import annotations

from markupsafe import Markup

from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.order_view import Look
from orders.model.delivery_facts import Remark
from orders.model.people import Party


def card_lines(look: Look) -> list[Markup]:
    """The newest words of each side, as long as the order lives."""
    if look.order.is_final or not look.standing & _READERS:
        return []
    newest = {remark.by_carrier: remark for remark in look.order.remarks}
    return [_line(look, remark) for remark in sorted(newest.values(), key=lambda one: one.said.at)]


def _line(look: Look, remark: Remark) -> Markup:
    said = clean(remark.words, limits.NOTE)
    key = "card-courier-says" if remark.by_carrier else "card-shop-says"
    return look.t(key, signed=look.signed(remark.said), text=said)


_READERS = frozenset({Party.DIRECTOR, Party.MANAGER, Party.ASSIGNED_SELLER, Party.CARRIER})
