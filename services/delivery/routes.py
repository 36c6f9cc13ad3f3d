"""Keeps the route of each carrier up to date, and notifies with sound when a window is lost (X26)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.delivery_facts import Trip
from orders.model.order import Order
from orders.model.people import CHIEFS
from orders.model.rules import ShopRules
from orders.route.routes import SEVERAL, Kept, Known, Route, leave_times, renewed
from orders.schedule.deadlines import leave_by
from services.health.background import repeat
from services.order.trips import NewTrip, note_trips
from storage.db import tables
from storage.db.database import Database
from storage.delivery import routes as kept_routes
from storage.delivery import tables as route_tables
from storage.delivery.routes import KeptRoute, by_carrier
from storage.order import orders
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind, to_all
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff

LOOK_SECONDS = 60.0
"""The routes are computed this often even without changes, as time passes."""
PAUSE = 1.0
"""Seconds between two computations: changes made in the meantime are handled together."""

log = structlog.get_logger(__name__)


class Routes:
    """Computes routes after each change and at regular intervals."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        of_routes = (route_tables.routes, route_tables.places, route_tables.ways)
        self._changed = database.subscribe(tables.orders, tables.shops, *of_routes)

    async def run(self) -> None:
        """Compute routes until cancelled."""
        await repeat(self._turn, self._changed)

    async def _turn(self) -> float:
        await self.renew_all()
        await asyncio.sleep(PAUSE)
        return LOOK_SECONDS

    async def renew_all(self) -> None:
        """Bring the routes of all shops up to date; only changed ones are written."""
        async with self._database.snapshot() as c:
            known = await shops.all_shops(c)
        for shop in known:
            await self._renew(shop)

    async def _renew(self, shop: Shop) -> None:
        now = self._clock()
        async with self._database.snapshot() as c:
            carried = await _carried(c, shop.id)
            rows = await kept_routes.kept(c, shop.id)
            known = await kept_routes.known_of(c, shop.id, carried, now)
        # A search takes up to a second: a thread keeps it from blocking people's taps.
        found = await asyncio.to_thread(_computed, carried, shop, now, known)
        fresh_rows = {staff: _row_of(rows.get(staff), route, now) for staff, route in found.items()}
        changed = {staff: row for staff, row in fresh_rows.items() if row != rows.get(staff)}
        trips = _trips(found, fresh_rows, known, shop.rules, now)
        gone = [staff for staff in rows if staff not in found]
        if not changed and not gone and not trips:
            return
        async with self._database.write() as c:
            fresh = await kept_routes.kept(c, shop.id)
            for staff_id, row in changed.items():
                if fresh.get(staff_id) != rows.get(staff_id):
                    continue  # a person has chosen meanwhile: the next turn computes it
                await kept_routes.keep(c, shop.id, staff_id, row)
                before = rows[staff_id].told if staff_id in rows else frozenset[int]()
                if row.told - before:
                    await shop_notifications.put(c, await _news(c, shop.id, staff_id, now))
            await kept_routes.forget(c, shop.id, gone)
            await note_trips(c, shop, trips, now)


def _computed(
    carried: Mapping[int, Sequence[Order]], shop: Shop, now: datetime, known: Mapping[int, Known]
) -> dict[int, Route]:
    found = {staff: renewed(mine, shop.rules, now, known[staff]) for staff, mine in carried.items()}
    return {staff: route for staff, route in found.items() if route.stops}


def _row_of(before: KeptRoute | None, route: Route, now: datetime) -> KeptRoute:
    """The row to store. People are notified once of each lost window, while it can still be saved."""
    row = before or KeptRoute()
    kept = row.kept if route.by_hand else Kept()
    kept = replace(kept, sequence=route.sequence, by_hand=route.by_hand)
    told = row.told & frozenset(route.sequence)
    if len(route.stops) >= SEVERAL:
        told |= {stop.order.id for stop in route.lost if stop.at - stop.late > now}
    is_same = kept.sequence == row.kept.sequence and kept.by_hand == row.kept.by_hand
    return replace(row, kept=kept, told=told, changed_at=row.changed_at if is_same and before else now)


def _trips(
    routes: Mapping[int, Route],
    rows: Mapping[int, KeptRoute],
    known: Mapping[int, Known],
    rules: ShopRules,
    now: datetime,
) -> dict[int, NewTrip]:
    """The trips to store on the orders of these routes, as far as they have changed."""
    found = {}
    for staff_id, route in routes.items():
        times = leave_times(route, rules, now, known[staff_id])
        for stop in route.stops:
            order, before = stop.order, stop.order.on_route
            promised = None
            if stop.is_lost and order.id in rows[staff_id].told:
                promised = (before.promised if before else None) or stop.said
            trip = _trip(order, staff_id, times.get(order.id), promised, rules)
            if trip != before:
                found[order.id] = NewTrip(order.version, trip)
    return found


def _trip(
    order: Order, staff_id: int, at: datetime | None, promised: datetime | None, rules: ShopRules
) -> Trip | None:
    """The trip to store; None where the window alone says the same.

    An order that has already left keeps its leave-by time.
    """
    window, before = order.details.window, order.on_route
    if window is None:
        return None
    at = at or (before.leave_by if before else None)
    if at == leave_by(replace(order, trip=None), rules):
        at = None
    return Trip(staff_id, window, at, promised) if at or promised else None


async def _news(c: AsyncConnection, shop_id: int, staff_id: int, now: datetime) -> list[News]:
    """News for the carrier and the chiefs: they can send another courier, or tell the client."""
    of_shop = await staff.of_shop(c, shop_id)
    heard = [one for one in of_shop if one.staff_id == staff_id or one.role in CHIEFS]
    return to_all(heard, NewsKind.ROUTE_LOST, staff_id, now, sound=True)


async def _carried(c: AsyncConnection, shop_id: int) -> dict[int, list[Order]]:
    living, _unreadable = await orders.load_readable(c, await orders.living(c, shop_id))
    return by_carrier([living[order_id] for order_id in sorted(living)])
