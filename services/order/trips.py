"""Stores what a route says of its orders, and moves their deadlines and cards accordingly (X26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.delivery_facts import Trip
from orders.schedule.deadlines import deadlines, leave_by
from services.order import recipients
from storage.order import deadlines as deadline_rows
from storage.order import order_chats
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.shop.shops import Shop


@dataclass(frozen=True, slots=True)
class NewTrip:
    """The trip to store on an order of this version; None: its window alone says the same."""

    version: int
    trip: Trip | None


async def note_trips(c: AsyncConnection, shop: Shop, trips: Mapping[int, NewTrip], now: datetime) -> None:
    """Store the trips without an event: nothing has happened to the orders.

    An order that was changed meanwhile is skipped: the next computation handles it.
    """
    chats = await order_chats.by_orders(c, trips)
    for order_id in sorted(trips):
        order = await order_rows.get(c, order_id, for_update=True)
        if order is None or order.version != trips[order_id].version:
            continue
        changed = replace(order, trip=trips[order_id].trip)
        await order_rows.rewrite(c, changed)
        await deadline_rows.rewrite(c, order_id, partial(deadlines, changed, shop.rules))
        if leave_by(order, shop.rules) != leave_by(changed, shop.rules):
            shown = chats[order_id]
            await outbox.put(c, recipients.of_other_times(changed, shown.cards, shown.alarms, now))
