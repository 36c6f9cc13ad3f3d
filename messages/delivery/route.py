"""The route of one person: lost windows first, then each stop with its arrival (X26)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from markupsafe import Markup, escape

from messages.callbacks.delivery import DeliveriesTap, RouteDo, RouteTap
from messages.callbacks.order import Do
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean, fit_lines
from messages.ui.buttons import Row, keyboard, labelled
from messages.ui.formatting import clock
from messages.ui.heading import number
from messages.ui.names import person_name
from messages.ui.order_view import Look
from messages.ui.screen import Screen
from orders.access.privacy import Secret
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.route.routes import Arrival, Route
from orders.route.ways_out import WayOut

MOST_STOPS = 12
"""Maximum number of stops shown; more are rare."""
MOST_LOST = 3
NEWS_FOR = timedelta(minutes=15)
"""How long the route is marked as changed."""
_WHERE = 45
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route with the data to show it. `names` are those of the staff, for chiefs."""

    staff_id: int
    route: Route
    ways_out: Sequence[WayOut]
    names: Mapping[int, str]
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who reads the route."""

    viewer: Actor
    shop_id: int
    rules: ShopRules
    now: datetime
    t: Translator


def route_screen(view: RouteView, reader: Reader, marked: int = 0) -> Screen:
    """The whole route; with a marked stop also the buttons that move it."""
    route, t = view.route, reader.t
    is_own = view.staff_id == reader.viewer.staff_id
    if not route.stops:
        return Screen(str(t("route-none")), keyboard([[_back(reader, is_own=is_own)]]))
    name = person_name(view.names.get(view.staff_id, ""), t)
    title = t("route-title", count=len(route.stops))
    lines = [title if is_own else t("route-title-of", name=name, count=len(route.stops))]
    for way in view.ways_out[:MOST_LOST]:
        lines += _lost(way, view, reader, is_own=is_own)
    lines += [*leave_lines(route, reader), Markup()]
    for place, stop in enumerate(route.stops[:MOST_STOPS], start=1):
        lines.append(_stop(place, stop, reader, is_marked=stop.order.id == marked))
    return Screen(str(fit_lines([*lines, *_notes(view, reader)])), _keys(view, reader, marked, is_own=is_own))


def routes_screen(views: Sequence[RouteView], reader: Reader) -> Screen:
    """The routes of all carriers, for chiefs; routes with lost windows come first."""
    t = reader.t
    if not views:
        return Screen(str(t("routes-none")))
    lines, rows = [t("routes-title")], list[Row]()
    for view in sorted(views, key=lambda one: (not one.route.lost, one.staff_id)):
        name = person_name(view.names.get(view.staff_id, ""), t)
        lines += [Markup(), t("route-title-of", name=name, count=len(view.route.stops))]
        lines += leave_lines(view.route, reader)
        lines += [_stop(place, stop, reader) for place, stop in enumerate(view.route.stops[:6], start=1)]
        label = t.plain("routes-of", name=name, count=len(view.route.stops))
        rows.append([_button(label, RouteDo.SHOW, reader, view.staff_id)])
    return Screen(str(fit_lines(lines)), keyboard(rows[:8]))


def lost_lines(route: Route, reader: Reader) -> list[Markup]:
    """The stops that are reached after their window."""
    return [_not_reached(stop, reader) for stop in route.lost[:MOST_LOST]]


def arrival(stop: Arrival, reader: Reader, *, is_own: bool) -> Markup | None:
    """The arrival at a stop as one line of a list; None while it is being computed."""
    if not stop.is_reckoned:
        return None
    key = "route-day-lost" if stop.is_lost else "route-day-mine" if is_own else "route-day-arrival"
    return reader.t(key, clock=clock(stop.said, reader.rules.zone))


def where(order: Order, reader: Reader) -> Markup:
    """The address if this reader may see it, otherwise the order's number."""
    look = Look(order, reader.viewer, reader.rules, reader.now, reader.t)
    address = clean(order.details.address, _WHERE) if look.may(Secret.ADDRESS) else ""
    return escape(address or number(order))


def house(address: str) -> str:
    """The address from its street on: all stops of a shop are in the same city."""
    parts = [part.strip() for part in address.split(",")]
    numbered = next((at for at, part in enumerate(parts) if re.search(r"\d", part)), 0)
    names_street = re.search(r"[^\W\d_]{4}", parts[numbered])
    return ", ".join(parts[numbered if names_street else max(numbered - 1, 0) :])


def open_routes(reader: Reader, *, of_all: bool) -> InlineKeyboardButton:
    """Button of the pinned board to all routes or to the reader's own."""
    return _button(reader.t.plain("routes-board" if of_all else "route-board"), RouteDo.LIST, reader)


def change_button(route: Route, staff_id: int, reader: Reader) -> InlineKeyboardButton | None:
    """Opens the buttons that reorder the stops; None for a route of one stop."""
    if len(route.stops) < 2:  # noqa: PLR2004 - a route has an order from two stops on
        return None
    stop = route.stops[1].order.id
    return _button(reader.t.plain("route-change"), RouteDo.SHOW, reader, staff_id, stop)


def minutes_question(route: Route, order: Order, reader: Reader) -> Markup:
    """Ask how long the way from the previous stop or the shop takes."""
    before = previous(route, order.id)
    start = reader.t("route-from", where=where(before, reader)) if before else reader.t("route-from-shop")
    return reader.t("route-ask-minutes", **{"from": start, "to": where(order, reader)})


def previous(route: Route, order_id: int) -> Order | None:
    """The previous stop; None if the route comes from the shop."""
    place = route.sequence.index(order_id)
    return route.stops[place - 1].order if place else None


def _lost(way: WayOut, view: RouteView, reader: Reader, *, is_own: bool) -> list[Markup]:
    """A stop that is reached after its window, and what can be done."""
    t, zone, order = reader.t, reader.rules.zone, way.stop.order
    lines = [_not_reached(way.stop, reader)]
    if way.leave_at is not None:
        lines.append(t("route-out-earlier", clock=clock(way.leave_at, zone)))
    if is_own:
        return [*lines, t("route-out-tell-mine" if order.status is Status.COURIER_LEFT else "route-out-tell")]
    if order.status is Status.COURIER_LEFT:
        lines.append(t("route-out-on-way"))
    elif way.other is not None and way.other_at is not None:
        name = person_name(view.names.get(way.other, ""), t)
        lines.append(t("route-out-other", name=name, clock=clock(way.other_at, zone)))
    else:
        lines.append(t("route-out-no-other"))
    return [*lines, t("route-out-tell")]


def _not_reached(stop: Arrival, reader: Reader) -> Markup:
    window, at = _window(stop.order, reader), clock(stop.said, reader.rules.zone)
    return reader.t("route-lost", where=where(stop.order, reader), window=window, clock=at)


def leave_lines(route: Route, reader: Reader) -> list[Markup]:
    """When to leave the shop, until the person has left."""
    if route.leave_at is None:
        return []
    if route.leave_at - reader.now < _A_MINUTE:
        return [reader.t("route-leave-now")]
    return [reader.t("route-leave", clock=clock(route.leave_at, reader.rules.zone))]


def _stop(place: int, stop: Arrival, reader: Reader, *, is_marked: bool = False) -> Markup:
    t = reader.t
    key = "route-stop-lost" if stop.is_lost else "route-stop" if stop.is_reckoned else "route-stop-open"
    at = clock(stop.said, reader.rules.zone)
    line = t(key, place=place, clock=at, where=where(stop.order, reader))
    window = _window(stop.order, reader)
    line = Markup(" · ").join([line, window]) if window else line
    return t("route-stop-marked", stop=line) if is_marked else line


def _window(order: Order, reader: Reader) -> Markup:
    window, zone = order.details.window, reader.rules.zone
    if window is None:
        return Markup()
    return reader.t("route-window", start=clock(window.start, zone), end=clock(window.end, zone))


def _notes(view: RouteView, reader: Reader) -> list[Markup]:
    if view.route.by_hand:
        return [Markup(), reader.t("route-by-hand")]
    news = changed_line(view.changed_at, reader)
    return [Markup(), news] if news else []


def changed_line(changed: datetime | None, reader: Reader) -> Markup | None:
    """Says that the route changed some minutes ago."""
    if changed is None or reader.now - changed > NEWS_FOR:
        return None
    return reader.t("route-changed", clock=clock(changed, reader.rules.zone))


def _keys(view: RouteView, reader: Reader, marked: int, *, is_own: bool) -> InlineKeyboardMarkup | None:
    route, t, staff = view.route, reader.t, view.staff_id
    rows = list[Row]()
    for way in view.ways_out[:1]:
        label = t.plain("route-open-lost", number=number(way.stop.order))
        rows.append([labelled(label, way.stop.order, Do.OPEN)])
    sequence = route.sequence
    if marked in sequence:
        after = sequence[(sequence.index(marked) + 1) % len(sequence)]
        moving = [(RouteDo.UP, "route-up"), (RouteDo.DOWN, "route-down")]
        rows.append([_button(t.plain(key), do, reader, staff, marked) for do, key in moving])
        rows.append(
            [
                _button(t.plain("route-first"), RouteDo.FIRST, reader, staff, marked),
                _button(t.plain("route-mark"), RouteDo.SHOW, reader, staff, after),
            ]
        )
        minutes = _button(t.plain("route-minutes"), RouteDo.MINUTES, reader, staff, marked)
        again = [_button(t.plain("route-compute"), RouteDo.COMPUTE, reader, staff, marked)]
        rows.append([minutes, *(again if route.by_hand else [])])
    else:
        change = change_button(route, staff, reader)
        rows += [[change]] if change else []
        rows.append([_button(t.plain("route-minutes"), RouteDo.MINUTES, reader, staff, sequence[0])])
    return keyboard([*rows, [_back(reader, is_own=is_own)]])


def _back(reader: Reader, *, is_own: bool) -> InlineKeyboardButton:
    if is_own:
        return InlineKeyboardButton(
            text=reader.t.plain("route-back"), callback_data=DeliveriesTap(page=0).pack()
        )
    return _button(reader.t.plain("route-back-all"), RouteDo.LIST, reader)


def _button(label: str, do: RouteDo, reader: Reader, staff: int = 0, order: int = 0) -> InlineKeyboardButton:
    data = RouteTap(do=do, shop=reader.shop_id, staff=staff, order=order).pack()
    return InlineKeyboardButton(text=label, callback_data=data)
