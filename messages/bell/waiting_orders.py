"""All orders that wait to be accepted, in one message without personal data: the group reads it (R15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.bell.short_names import labels
from messages.callbacks.bell import AcceptAll
from messages.callbacks.order import BoardTap, Do
from messages.i18n.texts import Translator
from messages.order import cards
from messages.ui.buttons import Row, keyboard, labelled
from messages.ui.composition import short_composition
from messages.ui.formatting import clock, duration, moment
from messages.ui.heading import number
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.order.board import Day, Section
from orders.schedule.deadlines import accept_by
from orders.schedule.reminders import due_for_group

MOST_LINES = 20
MOST_BUTTONS = 6


def waiting_orders(
    orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator, *, in_group: bool = False
) -> Screen:
    """The nearest delivery comes first. The list of orders without a button is only for private chats."""
    nearest_first = sorted(orders, key=delivery_of)
    if len(orders) == 1:
        return _single(orders[0], rules, now, t)
    shown = nearest_first[:MOST_LINES]
    named = [_line(order, rules, now, t) for order in shown]
    if len(orders) > len(shown):
        named.append(t("bell-more", count=len(orders) - len(shown)))
    # A phone shows three of these lines, and the others after a tap.
    folded = Markup("<blockquote expandable>{}</blockquote>").format(Markup("\n").join(named))
    lines = [_header(nearest_first, rules, now, t), folded, _advice(orders, rules, now, t)]
    all_of_them = InlineKeyboardButton(
        text=t.plain("bell-accept-all", count=len(orders)),
        callback_data=AcceptAll(shop=orders[0].shop_id).pack(),
    )
    opened = nearest_first[:MOST_BUTTONS]
    buttons = [
        labelled(words, order, Do.OPEN)
        for order, words in zip(opened, labels(opened, rules, now, t), strict=True)
    ]
    rows: list[Row] = [[all_of_them], *(buttons[at : at + 2] for at in range(0, len(buttons), 2))]
    if len(orders) > MOST_BUTTONS and not in_group:
        rows.append([_others(len(orders) - MOST_BUTTONS, t)])
    return Screen(str(Markup("\n").join(lines)), keyboard(rows))


def delivery_of(order: Order) -> tuple[bool, datetime, int]:
    """Sort key: as soon as possible first, then by delivery time, then orders without a time."""
    window = order.details.window
    if order.details.as_soon_as_possible:
        return False, order.placed_at, order.id
    return window is None, window.start if window else order.placed_at, order.id


def _single(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Screen:
    is_due = due_for_group(order, rules, now) is not None
    draw = cards.alarm if is_due else cards.group_card
    return draw(order, rules, now, t)


def _header(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> Markup:
    oldest = min(order.placed_at for order in orders)
    waited = duration(max((now - oldest) // timedelta(minutes=1), 1), t)
    parts = [t("bell-waiting", count=len(orders)), t("bell-oldest", waited=waited)]
    starts = [order.details.window.start for order in orders if order.details.window]
    if starts:
        parts.append(t("bell-nearest", when=moment(min(starts), now, rules.zone, t)))
    return Markup(" · ").join(parts)


def _line(order: Order, rules: ShopRules, now: datetime, t: Translator) -> Markup:
    window = order.details.window
    when = moment(window.start, now, rules.zone, t) if window else None
    if order.details.as_soon_as_possible:
        when = t("bell-soon")
    parts = [when, Markup("{}").format(number(order)), short_composition(order, t, most=1)]
    return Markup(" · ").join(part for part in parts if part)


def _advice(orders: Sequence[Order], rules: ShopRules, now: datetime, t: Translator) -> Markup:
    due = min(accept_by(order, rules) for order in orders)
    if due <= now:
        return t("alarm-overdue-advice")
    return t("alarm-soon-advice", clock=clock(due, rules.zone))


def _others(count: int, t: Translator) -> InlineKeyboardButton:
    data = BoardTap(day=Day.ALL, section=Section.NEW).pack()
    return InlineKeyboardButton(text=t.plain("bell-others", count=count), callback_data=data)
