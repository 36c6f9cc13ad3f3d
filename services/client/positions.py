"""Couriers show the client of a delivery where they are, as long as they like (X23).

The courier shares a live location with the bot, which stores its newest position and shows it to the client.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.access.order_access import can_see, parties
from orders.client.links import works
from orders.model.order import Order
from orders.model.people import Actor, Party
from orders.model.refusals import Reason, Refusal
from orders.model.status import Status
from services.order import client_recipients
from services.order.beside_orders import end_map
from storage.client import links, positions
from storage.client.positions import ShownPosition
from storage.db.database import Database
from storage.db.locks import hold_orders
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.shop import shops

LONGEST = timedelta(hours=8)
"""The longest time a position is shown: Telegram also lets people share it indefinitely."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class LiveLocation:
    """The message by which a courier shares their position. `until` is the end that they chose."""

    chat_id: int
    message_id: int
    until: datetime
    latitude: float = field(repr=False)
    longitude: float = field(repr=False)


class Positions:
    """Stores the position that a courier shares, until sharing ends."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def check(self, order_id: int, actor: Actor) -> Order:
        """The order, if this courier may show its client where they are; raises Refusal otherwise."""
        async with self._database.snapshot() as c:
            order, _chat = await self._shown_to(c, order_id, actor)
        return order

    async def begin(self, order_id: int, live: LiveLocation, actor: Actor) -> Order:
        """Show this live location to the client of the order from now on. Raises Refusal.

        NOT_YOURS for everybody but its carrier, NOT_NOW before the departure and after the hand-over,
        NO_CLIENT where nobody has opened the link.
        """
        now = self._clock()
        async with self._database.write() as c:
            order, chat = await self._shown_to(c, order_id, actor, for_update=True)
            before = await positions.end(c, order_id)
            shown = ShownPosition(
                order_id,
                live.chat_id,
                live.message_id,
                min(live.until, now + LONGEST),
                live.latitude,
                live.longitude,
                chat,
            )
            await positions.put(c, shown)
            over = client_recipients.of_map_over(before, now) if before is not None else []
            begins = [client_recipients.of_map(shown, now), client_recipients.of_map_end(shown)]
            await outbox.put(c, [*over, *begins])
        log.info("position_shown", order_id=order_id)
        return order

    async def note_answer(self, order_id: int, location_id: int, note_id: int) -> bool:
        """Store the bot's answer to the courier; False where sharing had ended before it was sent."""
        async with self._database.write() as c:
            return await positions.note_answer(c, order_id, location_id, note_id)

    async def moved(self, chat_id: int, message_id: int, latitude: float, longitude: float) -> None:
        """Store a new position; a live location that is shown to no client is ignored."""
        now = self._clock()
        async with self._database.snapshot() as c:
            known = await positions.of_location(c, chat_id, message_id)
        if not known:
            return
        async with self._database.write() as c:
            await hold_orders(c, {one.order_id for one in known})
            shown = await positions.moved(c, chat_id, message_id, latitude, longitude)
            await outbox.put(c, [client_recipients.of_map(one, now) for one in shown if now < one.until])

    async def stopped(self, chat_id: int, message_id: int) -> None:
        """The courier has stopped sharing: end the map of each order."""
        async with self._database.write() as c:
            for shown in await positions.of_location(c, chat_id, message_id):
                await end_map(c, shown.order_id, self._clock())

    async def hide(self, order_id: int, chat_id: int) -> None:
        """End the map of this order, if the courier of this chat shows it."""
        async with self._database.write() as c:
            shown = await positions.of_order(c, order_id)
            if shown is not None and shown.courier_chat == chat_id:
                await end_map(c, order_id, self._clock())

    async def _shown_to(
        self, c: AsyncConnection, order_id: int, actor: Actor, *, for_update: bool = False
    ) -> tuple[Order, int]:
        """The order, and the chat of its client."""
        order = await order_rows.get(c, order_id, for_update=for_update)
        shop = await shops.get(c, order.shop_id) if order else None
        if order is None or shop is None or not can_see(order, actor):
            raise Refusal(Reason.NOT_FOUND)
        if order.status is not Status.COURIER_LEFT:
            raise Refusal(Reason.NOT_NOW, order.status)
        if Party.CARRIER not in parties(order, actor):
            raise Refusal(Reason.NOT_YOURS, order.status)
        link = await links.of_order(c, order_id)
        if link is None or link.chat_id is None or not works(link, order, self._clock(), shop.rules):
            raise Refusal(Reason.NO_CLIENT, order.status)
        return order, link.chat_id
