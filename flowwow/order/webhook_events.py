"""Processes the marketplace's events idempotently; an event is marked as done only after it was processed.

An event whose order cannot be read counts as processed, too: the order is stored with its number only, and
its details are filled in later (X13).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from flowwow.api.client import SellerApi
from flowwow.api.errors import MarketplaceError, UnreadableOrder
from flowwow.api.view import view
from flowwow.order.intake import Arrivals, Way
from flowwow.order.webhook import Taken, WebhookEvent
from orders.model.order import Order
from orders.model.people import MARKETPLACE
from orders.model.refusals import Refusal
from orders.steps.commands import Cancel
from services.health.troubles import TroubleKind, Troubles
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import marketplace_objects
from storage.shop import shops
from storage.shop.shops import Shop

log = structlog.get_logger(__name__)

PAID = "order.paid"
CANCELLED = "order.cancelled"
TEST = "test"

PATIENCE = 4.0
"""Time-out in seconds for reading the order of an event; then it is stored with its number only (X13)."""


class Intake:
    """Processes the marketplace's events. The same event may arrive any number of times."""

    def __init__(
        self,
        api: SellerApi,
        database: Database,
        desk: Desk,
        arrivals: Arrivals,
        clock: Callable[[], datetime],
        troubles: Troubles,
        patience: float = PATIENCE,
    ) -> None:
        self._api = api
        self._database = database
        self._desk = desk
        self._arrivals = arrivals
        self._clock = clock
        self._troubles = troubles
        self._patience = patience

    async def take(self, event: WebhookEvent) -> Taken:
        """Process the event, whether its order can be read now or not.

        Raises StorageError when the database fails; then the event is not marked as done, and a repeated
        delivery processes it.
        """
        arrived_at = self._clock()
        async with self._database.snapshot() as c:
            if await marketplace_objects.is_done(c, event.uuid):
                return Taken.ALREADY
        taken = await self._do(event, arrived_at)
        if taken is not Taken.DONE:
            return taken
        async with self._database.write() as c:
            is_first = await marketplace_objects.mark_done(c, event.uuid, event.event, self._clock())
        return Taken.DONE if is_first else Taken.ALREADY

    async def _do(self, event: WebhookEvent, arrived_at: datetime) -> Taken:
        if event.event == TEST:
            return Taken.DONE
        if event.event not in (PAID, CANCELLED) or event.shop_id is None or event.order_id is None:
            log.warning("event ignored", uuid=event.uuid, kind=event.event, shop=event.shop_id)
            return Taken.IGNORED
        async with self._database.snapshot() as c:
            shop = await shops.by_marketplace_id(c, event.shop_id)
        if shop is None:
            log.warning("event of an unknown shop ignored", uuid=event.uuid, shop=event.shop_id)
            if event.event == PAID:  # a real order: a wrong FLOWWOW_SHOP_ID must not hide it (X13)
                why = f"orders come for shop {event.shop_id}, which is none of the bot's"
                self._troubles.report(TroubleKind.MARKETPLACE_SHOP, why, about=str(event.shop_id))
            return Taken.IGNORED
        number = str(event.order_id)
        if event.event == PAID:
            await self._receive(shop, number, arrived_at)
        else:
            await self._cancel(shop, number, arrived_at)
        return Taken.DONE

    async def _receive(
        self, shop: Shop, number: str, arrived_at: datetime, *, is_cancelled: bool = False
    ) -> Order:
        """Imports the order, read or with its number only; a cancelled one without a sound of its own."""
        try:
            async with asyncio.timeout(self._patience):
                raw = await view(self._api, shop, number)
            return await self._arrivals.take(shop, raw, Way.WEBHOOK)
        except (TimeoutError, MarketplaceError, UnreadableOrder) as error:
            log.warning("order not read", order=number, error=str(error) or type(error).__name__)
        return await self._arrivals.announce(shop, number, arrived_at, Way.WEBHOOK, in_silence=is_cancelled)

    async def _cancel(self, shop: Shop, number: str, arrived_at: datetime) -> None:
        """Cancels the order. If the cancellation overtakes the order, imports the order first."""
        order = await self._desk.find_number(shop.id, number)
        order = order or await self._receive(shop, number, arrived_at, is_cancelled=True)
        try:
            await self._desk.do(order.id, Cancel(), MARKETPLACE)
        except Refusal as refusal:  # a duplicate, or the order is in a final status
            log.info("order stays", order=order.number, reason=refusal.reason)
