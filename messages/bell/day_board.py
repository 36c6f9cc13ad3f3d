"""The pinned board of one person's day (X15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup, escape

from messages.bell.short_names import endings, labels, number_ends
from messages.callbacks.bell import ShowDay
from messages.callbacks.order import Do
from messages.delivery.route import (
    Reader,
    arrival,
    changed_line,
    house,
    leave_lines,
    lost_lines,
    open_routes,
    place,
)
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit, fit_lines
from messages.load.buttons import from_board
from messages.load.load_screen import head
from messages.ui.buttons import Row, keyboard, label_rooms, labelled
from messages.ui.composition import product
from messages.ui.formatting import clock, moment
from messages.ui.heading import counted_back, number, sign
from messages.ui.limits import HALF_ROW
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.access.roles import Act, may_at_home
from orders.bell.board import Today, is_in_trouble
from orders.load.load import Load
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.board import Day
from orders.schedule.deadlines import accept_by, next_due

MOST_LINES = 8
_WHAT = 28
"""Maximum length of the product's name."""
_WHERE = 40
"""Maximum length of the address in a courier's line; it keeps house and flat."""


def day_board(
    today: Today,
    done: int,
    viewer: Actor,
    rules: ShopRules,
    now: datetime,
    t: Translator,
    load: Load | None = None,
) -> Screen:
    """Counts, a line for each of the most urgent orders, and buttons that open their cards.

    `load` is today's load, for those who see all orders: the header names full hours.
    """
    shop_id = viewer.shop_id or 0
    reader = Reader(viewer, shop_id, rules, now, t)
    shown = [Look(order, viewer, rules, now, t) for order in today.orders[:MOST_LINES]]
    orders = [look.order for look in shown]
    ends = endings(orders, rules, now, t)
    pressed = head(load, now, rules.zone, t) if load else []
    lines = [_header(today, done, t), *pressed, *_own_route(today, reader)]
    lines += [_line(look, end, _arrival(look, today, reader)) for look, end in zip(shown, ends, strict=True)]
    if len(today.orders) > len(shown):
        lines.append(t("bell-more", count=len(today.orders) - len(shown)))
    if not shown:
        lines.append(t("day-nothing"))
    named = labels(orders, rules, now, t)
    if viewer.role is Role.COURIER:
        named = _places(shown)
    buttons = [labelled(name, look.order, Do.OPEN) for look, name in zip(shown, named, strict=True)]
    rows: list[Row] = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    rows.append([_list(Day.ALL, t.plain("day-all"))])
    of_all = may_at_home(viewer, Act.SEE_ALL_ORDERS)
    if len(today.route.stops) > 1 or (of_all and today.arrivals):
        rows[-1].insert(0, open_routes(reader, of_all=of_all))
    if today.later:
        rows[-1].insert(0, _list(Day.TOMORROW, t.plain("day-later", count=today.later)))
    if load is not None and viewer.shop_id is not None:
        rows.append(from_board(viewer.shop_id, t))
    return Screen(str(fit_lines(lines)), keyboard(rows))


def _header(today: Today, done: int, t: Translator) -> Markup:
    counts = (
        ("day-waiting", today.waiting),
        ("day-waiting-ahead", today.ahead),
        ("day-in-shop", today.in_the_shop),
        ("day-on-way", today.on_the_way),
        ("day-done", done),
    )
    parts = [t(key, count=count) for key, count in counts if count]
    return t("day-header", counts=Markup(" · ").join(parts) if parts else t("day-no-orders"))


def _own_route(today: Today, reader: Reader) -> list[Markup]:
    """Warnings of the reader's own route; a single delivery has them in its line."""
    route = today.route
    if len(route.stops) < 2:  # noqa: PLR2004 - a route has an order from two stops on
        return []
    news = changed_line(today.route_changed_at, reader)
    return [*lost_lines(route, reader), *leave_lines(route, reader), *([news] if news else [])]


def _arrival(look: Look, today: Today, reader: Reader) -> Markup | None:
    """The arrival of an order on the way; for a courier also before it leaves."""
    stop = today.arrivals.get(look.order.id)
    is_courier = look.viewer.role is Role.COURIER
    if stop is None or is_in_trouble(look.order):
        return None
    if look.order.status is not Status.COURIER_LEFT and not is_courier:
        return None
    return arrival(stop, reader, is_own=look.order.id in today.route.sequence)


def _line(look: Look, end: str, arrives: Markup | None) -> Markup:
    """«🟡 07:00 Пионы «Облако» · Оля · фото до 06:05», with the number's end if another order looks alike."""
    order, t = look.order, look.t
    window = order.details.window
    when = moment(window.start, look.now, look.rules.zone, t) if window else None
    first = Markup(" ").join(part for part in (escape(sign(order)), when, _what(look)) if part)
    return Markup(" · ").join(
        part for part in (first, escape(end), _who(look), arrives or _next(look)) if part
    )


def _what(look: Look) -> Markup:
    """The product's name; for a courier, the address."""
    if look.viewer.role is Role.COURIER:
        address = place(look.order.details.address, _WHERE) if look.may(Secret.ADDRESS) else ""
        return escape(address or number(look.order))
    return escape(fit(product(look.order, look.t), _WHAT) or number(look.order))


def _places(shown: Sequence[Look]) -> list[str]:
    """«13:00 Лесная 5» for a courier; orders for the same house get the end of their numbers."""
    tails = number_ends([look.order for look in shown], [_place(look, "", HALF_ROW) for look in shown])
    return [
        _place(look, tail, room)
        for look, tail, room in zip(shown, tails, label_rooms(len(shown)), strict=True)
    ]


def _place(look: Look, tail: str, room: int) -> str:
    window, end = look.order.details.window, f" {tail}" if tail else ""
    when = f"{clock(window.start, look.rules.zone)} " if window else ""
    address = clean(house(look.order.details.address), _WHERE) if look.may(Secret.ADDRESS) else ""
    return when + fit(address or number(look.order), max(1, room - len(when) - len(end))) + end


def _who(look: Look) -> Markup | None:
    """The person who works on the order now, unless it is the reader."""
    progress = look.order.progress
    on_way = look.order.status in {Status.COURIER_LEFT, Status.RETURNING}
    person = progress.carrier if on_way else progress.seller or progress.carrier
    if person is None or person.staff_id == look.viewer.staff_id:
        return None
    return escape(person_name(person.name, look.t))


def _next(look: Look) -> Markup:
    """The next step and its deadline, or the trouble. A florist reads all steps before leaving (X27)."""
    order, t, zone = look.order, look.t, look.rules.zone
    if order.status is Status.NEW:
        until = accept_by(order, look.rules)
        is_late = until <= look.now
        return t("day-accept-now") if is_late else t("day-accept", when=moment(until, look.now, zone, t))
    if is_in_trouble(order):
        return t(_trouble(order))
    due = next_due(order, look.rules, look.now)
    if due is not None:
        if due.at <= look.now:
            return t(f"day-{due.task.value}-now")
        if look.viewer.role is Role.SELLER:
            return counted_back(due, order, look.rules, look.now, t)
        return t(f"board-{due.task.value}-by", clock=moment(due.at, look.now, zone, t))
    return _delivery(look)


def _delivery(look: Look) -> Markup:
    window, t = look.order.details.window, look.t
    if window is None:
        return t("day-deliver")
    if window.end < look.now:
        return t("board-late")
    return t("day-deliver-by", when=moment(window.end, look.now, look.rules.zone, t))


def _trouble(order: Order) -> str:
    if order.is_in_doubt:
        return "day-in-doubt"
    return "group-state-returning" if order.status is Status.RETURNING else "day-nobody"


def _list(day: Day, words: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=words, callback_data=ShowDay(day=day).pack())
