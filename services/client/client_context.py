"""Reads an order and its link at the moment when a message leaves for its client (X7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from orders.client.links import ClientLink, works
from orders.model.details import Window
from orders.model.order import Order
from orders.model.status import Status
from orders.route.routes import arrival_window
from services.order.contact_filter import as_client_reads
from storage.client import links
from storage.client.links import Shown
from storage.db.database import Database
from storage.delivery import routes
from storage.order import orders as order_rows
from storage.sending.outbox import Row
from storage.shop import shops
from storage.shop.shops import Shop


@dataclass(frozen=True, slots=True)
class Scene:
    """One order as its client may read it now (R62), with the link by which they follow it."""

    order: Order
    shop: Shop
    link: ClientLink
    shown: Shown
    t: Translator
    on_route: Window | None
    """When the carrier who has left with it will arrive (X26)."""


async def scene_of(row: Row, database: Database, now: datetime) -> Scene | None:
    """What the row is about; None where the chat is not, or no longer, the client's."""
    async with database.snapshot() as c:
        order = await order_rows.get(c, row.order_id)
        shop = await shops.get(c, order.shop_id) if order else None
        link = await links.of_order(c, row.order_id)
        if order is None or shop is None or link is None or link.chat_id != row.target:
            return None
        shown = await links.shown(c, link.id)
        on_route = await _on_route(c, order, shop, now)
    if not works(link, order, now, shop.rules):
        return None
    return Scene(as_client_reads(order, shop.rules), shop, link, shown, Translator(link.language), on_route)


async def _on_route(c: AsyncConnection, order: Order, shop: Shop, now: datetime) -> Window | None:
    carrier = order.progress.carrier
    if carrier is None or carrier.staff_id is None or order.status is not Status.COURIER_LEFT:
        return None
    return arrival_window(order, await routes.route_of(c, shop.id, shop.rules, carrier.staff_id, now))
