"""«Мои доставки»: a courier's deliveries and the route through all of them (X8)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from messages.callbacks.delivery import DeliveriesTap
from messages.callbacks.order import Do
from messages.delivery.route import Reader, arrival, change_button, house, leave_lines, lost_lines
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines, units
from messages.ui import limits
from messages.ui.buttons import keyboard, labelled
from messages.ui.formatting import clock
from messages.ui.heading import STATE_SIGNS, number, when
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.model.status import Status
from orders.route.routes import Route

PAGE_SIZE = 4
"""Orders on one page: with the navigation there are eight buttons."""

MOST_STOPS = 10
"""Maximum number of stops that a map app accepts in one route."""

LONGEST_LINK = 2000
"""In characters; Telegram allows 2048."""

_ROUTE = "https://yandex.ru/maps/?rtt=auto&rtext=~"
_UNDER_WAY = frozenset({Status.ACCEPTED, Status.PHOTO, Status.COURIER_LEFT})


def deliveries(mine: Sequence[Look], free: int, page: int, route: Route, reader: Reader) -> Screen:
    """The courier's own orders in the order of the route; `free` counts those offered to all couriers."""
    t, staff = reader.t, reader.viewer.staff_id or 0
    mine = in_order(mine, route)
    pages = max(1, -(-len(mine) // PAGE_SIZE))
    page = page % pages
    shown = mine[page * PAGE_SIZE : (page + 1) * PAGE_SIZE]
    lines = [t("deliveries-title", count=len(mine)) if mine else t("deliveries-none")]
    if pages > 1:
        lines.append(t("deliveries-page", page=page + 1, pages=pages))
    lines += [*lost_lines(route, reader), *leave_lines(route, reader)]
    for look in shown:
        stop = route.of(look.order.id)
        lines += [Markup(), *_stop(look, arrival(stop, reader, is_own=True) if stop else None)]
    rows = [[_open(look)] for look in shown]
    change = change_button(route, staff, reader)
    ways = (route_button(mine, t), change, _further(page, pages, t), _free(free, t))
    rows += [[button] for button in ways if button]
    return Screen(str(fit_lines(lines)), keyboard(rows))


def in_order(mine: Sequence[Look], route: Route) -> list[Look]:
    """Sorts by the route; deliveries that are not on it, such as tomorrow's, come last."""
    places = {order_id: place for place, order_id in enumerate(route.sequence)}
    return sorted(mine, key=lambda look: places.get(look.order.id, len(places)))


def offers(free: Sequence[Look], t: Translator) -> Screen:
    """The orders offered to all couriers; each opens with its button to take it."""
    lines = [t("offers-title", count=len(free)) if free else t("offers-none")]
    if len(free) > PAGE_SIZE:
        lines.append(t("offers-first", count=PAGE_SIZE))
    for look in free[:PAGE_SIZE]:
        lines += [Markup(), *_stop(look)]
    back = InlineKeyboardButton(text=t.plain("deliveries-back"), callback_data=DeliveriesTap(page=0).pack())
    return Screen(str(fit_lines(lines)), keyboard([*([_open(look)] for look in free[:PAGE_SIZE]), [back]]))


def route_button(mine: Sequence[Look], t: Translator) -> InlineKeyboardButton | None:
    """A map link from the current position through all remaining addresses, in the order of the list."""
    link, stops = _ROUTE, 0
    for look in mine:
        address = look.address_to_find if look.order.status in _UNDER_WAY else ""
        address = address.replace("~", " ").strip()  # the separator of addresses
        longer = f"{link}~{quote(address, safe='')}" if stops else f"{link}{quote(address, safe='')}"
        if not address:
            continue
        if stops == MOST_STOPS or len(longer) > LONGEST_LINK:
            break
        link, stops = longer, stops + 1
    return InlineKeyboardButton(text=t.plain("deliveries-route", count=stops), url=link) if stops else None


def _stop(look: Look, at: Markup | None = None) -> list[Markup]:
    order, t = look.order, look.t
    about = t(
        "deliveries-line",
        sign=STATE_SIGNS[order.status],
        when=when(order, look.rules, look.now, t, with_distance=False),
        number=number(order),
    )
    about = Markup(" · ").join([about, at]) if at else about
    is_out = order.status is Status.COURIER_LEFT and look.may(Secret.RECIPIENT_PHONE)
    phone = order.details.recipient.phone if is_out else ""
    said = [("said", order.details.address, limits.ADDRESS), ("deliveries-phone", phone, limits.PHONE)]
    return [about, *look.filled(said)]


def _open(look: Look) -> InlineKeyboardButton:
    """«🟡 13:00 Лесная 5, кв 12 · 25836184»: a courier looks for the house."""
    order, window = look.order, look.order.details.window
    when = str(clock(window.start, look.rules.zone)) if window else ""
    first = " ".join(filter(None, (STATE_SIGNS[order.status], when)))
    last = f" · {number(order)}"
    where = clean(house(order.details.address), limits.BUTTON - units(f"{first} {last}"))
    return labelled(f"{first} {where}".rstrip() + last, order, Do.OPEN)


def _further(page: int, pages: int, t: Translator) -> InlineKeyboardButton | None:
    """The next page; the last page leads to the first."""
    if pages == 1:
        return None
    data = DeliveriesTap(page=(page + 1) % pages).pack()
    return InlineKeyboardButton(text=t.plain("deliveries-further"), callback_data=data)


def _free(free: int, t: Translator) -> InlineKeyboardButton | None:
    if not free:
        return None
    data = DeliveriesTap(page=0, offers=True).pack()
    return InlineKeyboardButton(text=t.plain("deliveries-free", count=free), callback_data=data)
