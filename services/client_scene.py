"""An order as it is when something of it leaves for its client (X7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from messages.texts import Translator
from orders.client import ClientLink, works
from orders.order import Order
from services.side_channels import as_client_reads
from storage import client_links, shops
from storage import orders as order_rows
from storage.client_links import Shown
from storage.database import Database
from storage.outbox import Row
from storage.shops import Shop


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
    async with database.read() as c:
        order = await order_rows.get(c, row.order_id)
        shop = await shops.get(c, order.shop_id) if order else None
        link = await client_links.of_order(c, row.order_id)
        if order is None or shop is None or link is None or link.chat_id != row.target:
            return None
        shown = await client_links.shown(c, link.id)
    if not works(link, order, now, shop.rules):
        return None
    return Scene(as_client_reads(order, shop.rules), shop, link, shown, Translator(link.language))
