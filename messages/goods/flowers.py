"""Flowers: mark one as out by a tap, see the consequences, count them (R11, R83)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.callbacks.goods import ShopDo, flower_number
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit_lines
from messages.order.board import order_label
from messages.shop.closures import listed, shop_button, to_shop
from messages.ui.buttons import Row, keyboard
from messages.ui.names import flower_name, product_name
from messages.ui.people import signed
from messages.ui.screen import Screen
from orders.goods.products import Flower, Obstacle, Product, Stems, is_short, lacking, obstacles
from orders.model.order import Mark, Order
from orders.model.rules import ShopRules

PAGE_SIZE = 5
MOST_NAMES = 8
MOST_ORDERS = 10

Needs = Sequence[tuple[Order, int | None]]
Counted = tuple[Flower, Sequence[Product], Needs]
"""A flower, the products whose recipe contains it, and the orders in hand that need it."""


def flowers(found: Sequence[Flower], page: int, t: Translator, *, may_change: bool) -> Screen:
    """One page: a tap marks a flower as out, another tap as back."""
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(page, pages - 1)
    shown = found[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    how = "flowers-how" if may_change else "flowers-how-seller"
    lines = [t("flowers-title"), t(how if found else "flowers-none")]
    if pages > 1:
        lines.append(t("goods-page", page=page + 1, pages=pages))
    rows: list[Row] = [[_flower_button(one, page, t)] for one in shown]
    rows.append(_paging(page, pages, t))
    count = [shop_button(t.plain("do-count-flowers"), ShopDo.COUNT)]
    last: Row = [*(count if may_change and found and page == 0 else []), to_shop(t)]
    return Screen(str(fit_lines(lines)), keyboard([*rows, last]))


def flower(
    one: Flower,
    products: Sequence[Product],
    stems: Stems,
    needs: Needs,
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """A flower's state and its consequences: hidden products, orders that need it, the way to undo."""
    name = flower_name(one.name, t)
    lines = [_state(one, name, t)]
    if one.counted is not None:
        lines.append(t("flower-signed", signed=signed(one.counted, rules, now, t)))
    lines += [Markup(), *_products(products, stems, t)]
    if one.stems is not None:
        lines += [Markup(), *_needs(needs, rules, now, t)]
    lines += [Markup(), t("flower-undo")] if one.is_out else []
    return Screen(str(fit_lines(lines)), keyboard([_turn(one, t), [_to_flowers(t), to_shop(t)]]))


def count_question(t: Translator) -> Screen:
    """Asks for the flowers in stock, with a button to cancel."""
    cancel = shop_button(t.plain("button-cancel-question"), ShopDo.FLOWERS)
    return Screen(str(t("flowers-ask")), keyboard([[cancel]]))


def said_out(one: Flower, by: Mark, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    """For chiefs: a seller reported a flower as out; one tap hides the products that need it (R11)."""
    name = flower_name(one.name, t)
    text = t("flower-said-out", name=name, signed=signed(by, rules, now, t))
    hide = shop_button(t.plain("do-flower-hide", count=one.products), ShopDo.OUT, flower_number(one.key))
    return Screen(str(text), keyboard([[hide], [to_shop(t, "do-shop")]]))


def counted(
    found: Sequence[Counted],
    unknown: Sequence[str],
    stems: Stems,
    rules: ShopRules,
    now: datetime,
    t: Translator,
) -> Screen:
    """The counted flowers, what is hidden, which orders in hand lack them; flowers of no recipe (R83)."""
    lines = [t("flowers-counted")] if found else []
    for one, products, needs in found:
        lines.append(t("flower-amount", name=flower_name(one.name, t), count=one.stems or 0))
        short = [
            product for product in products if any(need.key == one.key for need in lacking(product, stems))
        ]
        if short:
            lines.append(listed(t("flower-hidden", count=len(short)), _names(short, t)))
        if is_short(one, [needed for _order, needed in needs]):
            lines += _needs(needs, rules, now, t)
    if unknown:
        lines.append(listed(t("flowers-unknown"), [escape(flower_name(name, t)) for name in unknown]))
    return Screen(str(fit_lines(lines)), keyboard([[_to_flowers(t), to_shop(t)]]))


def _state(one: Flower, name: str, t: Translator) -> Markup:
    if one.is_out:
        return t("flower-out", name=name)
    if one.stems is None:
        return t("flower-there", name=name)
    return t("flower-counted", name=name, count=one.stems)


def _products(products: Sequence[Product], stems: Stems, t: Translator) -> list[Markup]:
    """Products hidden for lack of flowers, hidden for another reason, and available."""
    short: list[Product] = []
    otherwise: list[Product] = []
    sold: list[Product] = []
    for product in products:
        standing = obstacles(product, stems, shop_open=True)
        group = short if Obstacle.FLOWER_OUT in standing else otherwise if standing else sold
        group.append(product)
    groups = (("flower-hidden", short), ("flower-stopped", otherwise), ("flower-sold", sold))
    return [listed(t(key, count=len(group)), _names(group, t)) for key, group in groups if group]


def _names(products: Sequence[Product], t: Translator) -> list[Markup]:
    """The first few names and how many more there are."""
    said = [escape(product_name(one.name, t)) for one in products[:MOST_NAMES]]
    more = len(products) - MOST_NAMES
    return [*said, t("shop-more", count=more)] if more > 0 else said


def _needs(needs: Needs, rules: ShopRules, now: datetime, t: Translator) -> list[Markup]:
    if not needs:
        return [t("flower-needs-none")]
    lines = [t("flower-needs", count=len(needs))]
    for order, stems in needs[:MOST_ORDERS]:
        label = escape(order_label(order, now, rules, t))
        lines.append(label if stems is None else t("flower-need", order=label, count=stems))
    more = len(needs) - MOST_ORDERS
    return [*lines, t("shop-more", count=more)] if more > 0 else lines


def _flower_button(one: Flower, page: int, t: Translator) -> InlineKeyboardButton:
    do = ShopDo.BACK if one.is_out else ShopDo.OUT
    key = "flower-button-out" if one.is_out else "flower-button"
    if one.stems:
        key = "flower-button-counted"
    label = t.plain(key, name=flower_name(one.name, t), products=one.products, stems=one.stems or 0)
    return shop_button(label, do, flower_number(one.key), page=page)


def _turn(one: Flower, t: Translator) -> Row:
    do, key = (ShopDo.BACK, "do-flower-back") if one.is_out else (ShopDo.OUT, "do-flower-out")
    return [shop_button(t.plain(key), do, flower_number(one.key))]


def _to_flowers(t: Translator) -> InlineKeyboardButton:
    return shop_button(t.plain("do-flowers"), ShopDo.FLOWERS)


def _paging(page: int, pages: int, t: Translator) -> Row:
    steps = (("board-previous", page - 1), ("board-next", page + 1))
    return [shop_button(t.plain(key), ShopDo.FLOWERS, page=to) for key, to in steps if 0 <= to < pages]


def count_reminder(found: Sequence[Flower], t: Translator) -> Screen | None:
    """Reminds to count the flowers (R83); None if no recipe needs any."""
    if not found:
        return None
    names = [escape(flower_name(one.name, t)) for one in found[:MOST_NAMES]]
    rows = [[shop_button(t.plain("do-count-flowers"), ShopDo.COUNT)], [to_shop(t, "do-shop")]]
    return Screen(str(fit_lines([listed(t("flowers-count-now"), names)])), keyboard(rows))
