"""Stores what people say about routes: the order of stops, travel times, positions (X26)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.delivery.route import RouteView
from orders.access.roles import Act, may
from orders.model.order import Order
from orders.model.people import Actor
from orders.route.routes import Kept, Known, Route, Seen, drawn, renewed
from orders.route.ways import SHOP, Point, place_key
from services.delivery.route_views import views
from storage.bell import boards
from storage.db.database import Database
from storage.delivery import deliveries
from storage.delivery import routes as kept_routes
from storage.delivery.routes import KeptRoute
from storage.order.orders import Listed
from storage.shop import shops
from storage.shop.shops import Shop

log = structlog.get_logger(__name__)


class RouteChoices:
    """Stores their choices; an order of stops that a person chose is kept until it cannot hold."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def choose(
        self, actor: Actor, staff_id: int, move: Callable[[Sequence[int]], Sequence[int]]
    ) -> Route | None:
        """Reorder a person's stops by `move`; None: the actor may not."""
        shop = await self._shop_of(actor, staff_id)
        if shop is None:
            return None
        now = self._clock()
        async with self._database.write() as c:
            carried, known = await _of_one(c, shop.id, staff_id, now)
            before = drawn(carried, shop.rules, now, known)
            chosen = Kept(tuple(move(before.sequence)), by_hand=True)
            route = drawn(carried, shop.rules, now, replace(known, kept=chosen))
            lost = frozenset(stop.order.id for stop in route.lost)
            row = await _row(c, shop.id, staff_id)
            chosen = replace(chosen, sequence=route.sequence, given_up=lost)
            told = row.told | lost  # the person who chooses sees the lost windows
            await kept_routes.keep(c, shop.id, staff_id, KeptRoute(chosen, told, now))
        log.info("route_chosen", staff_id=staff_id, by=actor.staff_id)
        return route

    async def views(self, shop: Shop, viewer: Actor, now: datetime) -> dict[int, RouteView]:
        """Returns the routes that this person may see, by staff id (R14)."""
        async with self._database.snapshot() as c:
            return await views(c, shop, viewer, now)

    async def deliveries(self, shop: Shop, staff_id: int, now: datetime) -> tuple[Listed, Listed, Route]:
        """Returns what the person carries, what is offered to couriers, and the person's route."""
        async with self._database.snapshot() as c:
            mine, free = (
                await deliveries.carried_by(c, shop.id, staff_id),
                await deliveries.offered(c, shop.id),
            )
            return mine, free, await kept_routes.route_of(c, shop.id, shop.rules, staff_id, now)

    async def is_board(self, shop_id: int, chat_id: int, message_id: int) -> bool:
        """Whether this message is the chat's pinned board."""
        async with self._database.snapshot() as c:
            board = (await boards.every(c)).get((chat_id, shop_id))
        return board is not None and board.message_id == message_id

    async def compute(self, actor: Actor, staff_id: int) -> Route | None:
        """Return to the computed order; None: the actor may not."""
        shop = await self._shop_of(actor, staff_id)
        if shop is None:
            return None
        now = self._clock()
        async with self._database.snapshot() as c:
            carried, known = await _of_one(c, shop.id, staff_id, now)
        anew = replace(known, kept=Kept())
        route = await asyncio.to_thread(renewed, carried, shop.rules, now, anew)
        async with self._database.write() as c:
            row = await _row(c, shop.id, staff_id)
            computed = KeptRoute(Kept(route.sequence), row.told, now)
            await kept_routes.keep(c, shop.id, staff_id, computed)
        return route

    async def note_seen(self, actor: Actor, point: Point) -> bool:
        """Store the carrier's current position; False: they have no route, and nothing is stored."""
        if actor.shop_id is None or actor.staff_id is None:
            return False
        seen = Seen(point, self._clock())
        async with self._database.write() as c:
            return await kept_routes.note_seen(c, actor.shop_id, actor.staff_id, seen)

    async def note_place(self, order: Order, point: Point) -> None:
        """Store the coordinates of the order's address. The caller has checked the actor's rights."""
        async with self._database.write() as c:
            await kept_routes.note_place(c, order.shop_id, place_key(order), point, self._clock())

    async def note_way(self, order: Order, before: Order | None, minutes: float | None) -> None:
        """Store the travel time from the other order, or from the shop; None: as the rules say."""
        start = place_key(before) if before is not None else SHOP
        now = self._clock()
        async with self._database.write() as c:
            await kept_routes.note_way(c, order.shop_id, start, place_key(order), minutes, now)

    async def note_shop(self, actor: Actor, point: Point) -> bool:
        """Store the shop's coordinates; False: the actor is no chief."""
        if actor.shop_id is None or not may(actor, Act.SEE_ALL_ORDERS, actor.shop_id):
            return False
        async with self._database.write() as c:
            await kept_routes.note_place(c, actor.shop_id, SHOP, point, self._clock())
        return True

    async def _shop_of(self, actor: Actor, staff_id: int) -> Shop | None:
        """The shop, if the actor may change this route: everybody their own, chiefs also the others'."""
        if actor.shop_id is None:
            return None
        is_own = actor.staff_id == staff_id
        if not is_own and not may(actor, Act.SEE_ALL_ORDERS, actor.shop_id):
            return None
        async with self._database.snapshot() as c:
            return await shops.get(c, actor.shop_id)


async def _of_one(
    c: AsyncConnection, shop_id: int, staff_id: int, now: datetime
) -> tuple[Sequence[Order], Known]:
    carried = (await deliveries.carried_by(c, shop_id, staff_id)).orders
    return carried, (await kept_routes.known_of(c, shop_id, {staff_id: carried}, now))[staff_id]


async def _row(c: AsyncConnection, shop_id: int, staff_id: int) -> KeptRoute:
    return (await kept_routes.kept(c, shop_id)).get(staff_id, KeptRoute())
