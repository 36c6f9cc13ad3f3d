"""How the marketplace's events become orders: each once, and none is done before it is really done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from flowwow.arrivals import Arrivals, Way
from flowwow.client import SellerApi
from flowwow.errors import MarketplaceError, UnreadableOrder
from flowwow.viewing import view
from flowwow.webhook import Taken, WebhookEvent
from orders.commands import Cancel
from orders.order import Order
from orders.people import MARKETPLACE
from orders.refusals import Refusal
from services.desk import Desk
from storage import marketplace, shops
from storage.database import Database
from storage.shops import Shop

log = structlog.get_logger(__name__)

PAID = "order.paid"
CANCELLED = "order.cancelled"
TEST = "test"


class Intake:
    """Takes the marketplace's events to the desk. May be told the same event any number of times."""

    def __init__(
        self,
        api: SellerApi,
        database: Database,
        desk: Desk,
        arrivals: Arrivals,
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._database = database
        self._desk = desk
        self._arrivals = arrivals
        self._clock = clock

    async def take(self, event: WebhookEvent) -> Taken:
        """Do what the event asks for. It stays undone when the order cannot be read now.

        Raises StorageError: then, too, the event is undone.
        """
        async with self._database.read() as c:
            if await marketplace.is_done(c, event.uuid):
                return Taken.ALREADY
        taken = await self._do(event)
        if taken is not Taken.DONE:
            return taken
        async with self._database.write() as c:
            is_first = await marketplace.mark_done(c, event.uuid, event.event, self._clock())
        return Taken.DONE if is_first else Taken.ALREADY

    async def _do(self, event: WebhookEvent) -> Taken:
        if event.event == TEST:
            return Taken.DONE
        if event.event not in (PAID, CANCELLED) or event.shop_id is None or event.order_id is None:
            log.warning("event ignored", uuid=event.uuid, kind=event.event, shop=event.shop_id)
            return Taken.IGNORED
        async with self._database.read() as c:
            shop = await shops.by_marketplace_id(c, event.shop_id)
        if shop is None:
            log.warning("event of an unknown shop ignored", uuid=event.uuid, shop=event.shop_id)
            return Taken.IGNORED
        doing = self._receive if event.event == PAID else self._cancel
        try:
            await doing(shop, event.order_id)
        except (MarketplaceError, UnreadableOrder) as error:
            log.warning("order not read, event stays undone", order=event.order_id, error=str(error))
            return Taken.RETRY
        return Taken.DONE

    async def _receive(self, shop: Shop, order_id: int) -> Order:
        raw = await view(self._api, shop, str(order_id))
        return await self._arrivals.take(shop, raw, Way.WEBHOOK)

    async def _cancel(self, shop: Shop, order_id: int) -> None:
        """A cancellation may overtake its order: then the order is taken in first, and nothing is lost."""
        order = await self._desk.find_number(shop.id, str(order_id)) or await self._receive(shop, order_id)
        try:
            await self._desk.do(order.id, Cancel(), MARKETPLACE)
        except Refusal as refusal:  # told twice, or the order is over
            log.info("order stays", order=order.number, reason=refusal.reason)
