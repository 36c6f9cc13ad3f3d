"""The routes as last sent to their carriers, the known places, and the ways between them (X26)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.route.routes import Kept, Known, Route, Seen, as_reckoned, drawn
from orders.route.ways import SHOP, Point, Ways, pair, place_key
from storage.db import upserts
from storage.db.tables import orders
from storage.delivery import deliveries
from storage.delivery.tables import places, routes, ways
from storage.order.orders import load

LATELY = timedelta(hours=4)
"""An earlier hand-over does not tell where a carrier is now."""
_KEPT = select(routes).where(routes.c.shop_id == bindparam("shop_id"))


@dataclass(frozen=True, slots=True)
class KeptRoute:
    """The stored row of a route. `told`: the orders whose lost window was announced."""

    kept: Kept = field(default_factory=Kept)
    told: frozenset[int] = frozenset()
    changed_at: datetime | None = None
    seen: Seen | None = None


def by_carrier(living: Sequence[Order]) -> dict[int, list[Order]]:
    """Returns these orders by the staff id of their carrier, without trial orders: nobody delivers them."""
    found: dict[int, list[Order]] = {}
    for order in living:
        carrier = order.progress.carrier
        if carrier is not None and carrier.staff_id is not None and not order.is_trial:
            found.setdefault(carrier.staff_id, []).append(order)
    return found


async def routes_of(
    c: AsyncConnection, shop_id: int, rules: ShopRules, living: Sequence[Order], now: datetime
) -> dict[int, Route]:
    """Returns the routes of all who carry one of these orders, by staff id, in the sequence sent last.

    Prepared for display by `as_reckoned`.
    """
    carried = by_carrier(living)
    known = await known_of(c, shop_id, carried, now)
    found = {
        staff: as_reckoned(drawn(mine, rules, now, known[staff]), known[staff].told, now)
        for staff, mine in carried.items()
    }
    return {staff: route for staff, route in found.items() if route.stops}


async def route_of(c: AsyncConnection, shop_id: int, rules: ShopRules, staff_id: int, now: datetime) -> Route:
    """Returns the route of one person, in the sequence sent last; it is empty when there are no stops."""
    living = (await deliveries.carried_by(c, shop_id, staff_id)).orders
    return (await routes_of(c, shop_id, rules, living, now)).get(staff_id, Route())


async def known_of(
    c: AsyncConnection, shop_id: int, carried: Mapping[int, Sequence[Order]], now: datetime
) -> dict[int, Known]:
    """Returns, by staff id, what these people's routes are computed from in addition to their orders."""
    if not carried:
        return {}
    rows = await kept(c, shop_id)
    last = await _handed_over(c, shop_id, carried, now - LATELY)
    keys = {place_key(order) for mine in carried.values() for order in mine}
    known = await _ways(c, shop_id, keys | {place_key(order) for order in last.values()} | {SHOP})
    found = {}
    for staff in carried:
        row = rows.get(staff, KeptRoute())
        found[staff] = Known(known, row.seen, last.get(staff), row.kept, row.told)
    return found


async def kept(c: AsyncConnection, shop_id: int) -> dict[int, KeptRoute]:
    """Returns the stored routes of a shop by staff id."""
    rows = await c.execute(_KEPT, {"shop_id": shop_id})
    return {row.staff_id: _kept_route(row) for row in rows}


async def keep(c: AsyncConnection, shop_id: int, staff_id: int, route: KeptRoute) -> None:
    """Store the route as it was sent; the last known position of the person is not changed."""
    values = {
        "sequence": list(route.kept.sequence),
        "by_hand": route.kept.by_hand,
        "given_up": sorted(route.kept.given_up),
        "told": sorted(route.told),
        "changed_at": route.changed_at,
    }
    await upserts.put(c, routes, {"shop_id": shop_id, "staff_id": staff_id}, values)


async def forget(c: AsyncConnection, shop_id: int, staff_ids: Collection[int]) -> None:
    """Delete the finished routes of these people, including their last known positions."""
    if staff_ids:
        which = (routes.c.shop_id == shop_id, routes.c.staff_id.in_(staff_ids))
        await c.execute(delete(routes).where(*which))


async def note_seen(c: AsyncConnection, shop_id: int, staff_id: int, seen: Seen) -> bool:
    """Store the position of a person with a route. Returns False, and stores nothing, without a route."""
    where = {"latitude": seen.point.latitude, "longitude": seen.point.longitude, "seen_at": seen.at}
    which = (routes.c.shop_id == shop_id, routes.c.staff_id == staff_id)
    return bool((await c.execute(update(routes).where(*which).values(where))).rowcount)


async def note_place(c: AsyncConnection, shop_id: int, key: str, point: Point, now: datetime) -> None:
    """Store the coordinates of an address, given by `place_key`, or of the shop itself."""
    values = {"latitude": point.latitude, "longitude": point.longitude, "noted_at": now}
    await upserts.put(c, places, {"shop_id": shop_id, "key": _digest(shop_id, key)}, values)


async def note_way(
    c: AsyncConnection, shop_id: int, one: str, other: str, minutes: float | None, now: datetime
) -> None:
    """Store the minutes between two places; None deletes them, so that the rules apply."""
    first, second = pair(_digest(shop_id, one), _digest(shop_id, other))
    key = {"shop_id": shop_id, "one": first, "other": second}
    if minutes is None:
        await c.execute(delete(ways).where(*(ways.c[name] == value for name, value in key.items())))
    else:
        await upserts.put(c, ways, key, {"minutes": minutes, "noted_at": now})


async def forget_old(c: AsyncConnection, shop_id: int, before: datetime) -> None:
    """Delete places and ways stored before `before`, except the place of the shop (R63)."""
    await c.execute(delete(ways).where(ways.c.shop_id == shop_id, ways.c.noted_at < before))
    old = (places.c.shop_id == shop_id, places.c.noted_at < before, places.c.key != SHOP)
    await c.execute(delete(places).where(*old))


async def forget_place(c: AsyncConnection, order: Order) -> None:
    """Delete the place of this order's address and the ways from and to it (R63)."""
    key = _digest(order.shop_id, place_key(order))
    of_shop = ways.c.shop_id == order.shop_id
    await c.execute(delete(ways).where(of_shop, (ways.c.one == key) | (ways.c.other == key)))
    await c.execute(delete(places).where(places.c.shop_id == order.shop_id, places.c.key == key))


async def _ways(c: AsyncConnection, shop_id: int, keys: Collection[str]) -> Ways:
    digests = {_digest(shop_id, key): key for key in keys}
    found = await c.execute(select(ways).where(ways.c.shop_id == shop_id, ways.c.one.in_(digests)))
    minutes = {
        pair(digests[row.one], digests[row.other]): row.minutes for row in found if row.other in digests
    }
    located = await c.execute(select(places).where(places.c.shop_id == shop_id, places.c.key.in_(digests)))
    return Ways(minutes, {digests[row.key]: Point(row.latitude, row.longitude) for row in located})


async def _handed_over(
    c: AsyncConnection, shop_id: int, carriers: Collection[int], since: datetime
) -> dict[int, Order]:
    """Returns the last order that each carrier has handed over since then, by staff id."""
    lately = (orders.c.shop_id == shop_id, orders.c.closed_at >= since, orders.c.status == Status.DONE)
    newest = (
        select(orders.c.carrier_id, func.max(orders.c.closed_at).label("at"))
        .where(*lately, orders.c.carrier_id.in_(carriers))
        .group_by(orders.c.carrier_id)
        .subquery()
    )
    same = (orders.c.carrier_id == newest.c.carrier_id) & (orders.c.closed_at == newest.c.at)
    ids = list(await c.scalars(select(orders.c.id).join(newest, same).where(*lately)))
    return {staff: mine[-1] for staff, mine in by_carrier(await load(c, sorted(ids))).items()}


def _kept_route(row: Row[Any]) -> KeptRoute:
    seen = None
    if row.seen_at is not None:
        seen = Seen(Point(row.latitude, row.longitude), row.seen_at)
    order = Kept(tuple(row.sequence), row.by_hand, frozenset(row.given_up))
    return KeptRoute(order, frozenset(row.told), row.changed_at, seen)


def _digest(shop_id: int, key: str) -> str:
    """The digest that is stored instead of an address, so that the tables contain none (R63)."""
    return blake2b(f"{shop_id} {key}".encode(), digest_size=12).hexdigest() if key else SHOP
