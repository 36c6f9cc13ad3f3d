"""An order as it is when something of it leaves for its client (X7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from messages.i18n.texts import Translator
from orders.client.links import ClientLink, works
from orders.model.order import Order
from services.order.contact_filter import as_client_reads
from storage.client import links
from storage.client.links import Shown
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.sending.outbox import Row
from storage.shop import shops
from storage.shop.shops import Shop


@dataclass(frozen=True, slots=True)
class Scene:
    """One order, as its client may read it now (R62), for the one who has its link."""

    order: Order
    shop: Shop
    link: ClientLink
    shown: Shown
    t: Translator


async def scene_of(row: Row, database: Database, now: datetime) -> Scene | None:
    """What the row is about; None: its chat is not the client's, or not any more."""
    async with database.snapshot() as c:
        order = await order_rows.get(c, row.order_id)
        shop = await shops.get(c, order.shop_id) if order else None
        link = await links.of_order(c, row.order_id)
        if order is None or shop is None or link is None or link.chat_id != row.target:
            return None
        shown = await links.shown(c, link.id)
    if not works(link, order, now, shop.rules):
        return None
    return Scene(as_client_reads(order, shop.rules), shop, link, shown, Translator(link.language))
