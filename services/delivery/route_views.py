"""Prepares routes for display: with the ways out of lost windows, and the names of the staff (X26)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.delivery.route import Reader, RouteView, route_screen
from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.model.people import Actor, Role
from orders.route.routes import Route, as_reckoned, drawn
from orders.route.ways_out import Courier, ways_out
from storage.delivery import routes
from storage.delivery.routes import by_carrier
from storage.order import orders
from storage.sending.shop_notifications import News
from storage.shop.shops import Shop
from storage.team import staff


async def views(c: AsyncConnection, shop: Shop, viewer: Actor, now: datetime) -> dict[int, RouteView]:
    """The routes that this viewer may see, by staff id: all of them, or only their own (R14)."""
    members = await staff.of_shop(c, shop.id)
    living, _unreadable = await orders.load_readable(c, await orders.living(c, shop.id))
    carried = by_carrier([living[order_id] for order_id in sorted(living)])
    free = [one.staff_id for one in members if one.role is Role.COURIER and one.telegram_id is not None]
    everybody = {**dict.fromkeys(free, ()), **carried}
    known = await routes.known_of(c, shop.id, everybody, now)
    kept = await routes.kept(c, shop.id)
    names = {one.staff_id: one.name for one in members}
    of_all = may(viewer, Act.SEE_ALL_ORDERS, shop.id)
    found = {}
    for staff_id, mine in carried.items():
        route = as_reckoned(drawn(mine, shop.rules, now, known[staff_id]), known[staff_id].told, now)
        if not route.stops or not (of_all or staff_id == viewer.staff_id):
            continue
        others = {
            other: Courier(theirs, known[other]) for other, theirs in everybody.items() if other != staff_id
        }
        outs = ways_out(route, known[staff_id], others if of_all else {}, shop.rules, now)
        changed = kept[staff_id].changed_at if staff_id in kept else None
        found[staff_id] = RouteView(staff_id, route, outs, names, changed)
    return found


def empty(staff_id: int) -> RouteView:
    """The route of somebody who delivers nothing today."""
    return RouteView(staff_id, Route(), (), {})


async def lost_screen(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """The route whose window was lost; None once none of its windows is lost any more."""
    readers = await staff.by_telegram(c, news.chat_id)
    reader = next((one for one in readers if one.shop_id == shop.id), None)
    if reader is None:
        return None
    view = (await views(c, shop, reader.actor, now)).get(news.subject)
    if view is None or not view.route.lost:
        return None
    return route_screen(view, Reader(reader.actor, shop.id, shop.rules, now, t))
