"""The products of an order, in lines."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.names import product_name
from messages.ui.sums import money
from orders.model.details import Line
from orders.model.order import Order


def composition(order: Order, t: Translator, *, with_sums: bool) -> list[Markup]:
    """One line per product with its quantity, linked to its picture, with its description below."""
    lines = order.details.lines
    if not lines:
        return [_unknown(order, t)]
    shown = [
        _with_sum(line, t) if with_sums else _counted(line, t, linked=True) for line in lines[: limits.LINES]
    ]
    for at, line in reversed(list(enumerate(lines[: limits.LINES]))):
        if described := clean(line.description, limits.DESCRIPTION):
            shown.insert(at + 1, t("said", text=described))
    return shown + _rest(lines, limits.LINES, t)


def short_composition(order: Order, t: Translator, most: int = 3) -> Markup:
    """All products on one line, for the group and for lists."""
    lines = order.details.lines
    if not lines:
        return _unknown(order, t)
    shown = [_counted(line, t, linked=False) for line in lines[:most]]
    return Markup(", ").join(shown + _rest(lines, most, t))


def _unknown(order: Order, t: Translator) -> Markup:
    """Says that the composition is not given, or not known yet (X13)."""
    return t("composition-unread" if order.details.unread else "composition-unknown")


def product(order: Order, t: Translator) -> str:
    """The name of the main product, plain, for a button."""
    goods = [line for line in order.details.lines if not line.is_addon] or order.details.lines
    return _name(goods[0], t).unescape() if goods else ""


def _name(line: Line, t: Translator) -> Markup:
    return t("said", text=product_name(line.name, t))


def _counted(line: Line, t: Translator, *, linked: bool) -> Markup:
    name = _name(line, t)
    if linked and _is_link(line.picture_url):
        name = Markup('<a href="{}">{}</a>').format(line.picture_url, name)
    return t("composition-line", name=name, count=line.count) if line.count != 1 else name


def _with_sum(line: Line, t: Translator) -> Markup:
    counted = _counted(line, t, linked=True)
    return t("joined", first=counted, second=money(line.paid, t)) if line.paid else counted


def _rest(lines: tuple[Line, ...], shown: int, t: Translator) -> list[Markup]:
    return [t("composition-more", count=len(lines) - shown)] if len(lines) > shown else []


def _is_link(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.netloc)
        and url == clean(url, limits.URL).replace(" ", "")
    )
