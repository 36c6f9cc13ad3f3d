"""Views an order at the marketplace before a step that is hard to undo: it may be cancelled there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog

from flowwow.api.client import SellerApi
from flowwow.api.errors import MarketplaceError, NotFound, UnreadableOrder
from flowwow.api.view import view
from flowwow.order.intake import Arrivals, Way
from orders.model.order import DoubtKind, Order
from orders.model.people import MARKETPLACE
from orders.model.refusals import Refusal
from orders.steps.commands import RaiseDoubt
from services.order.desk import Desk
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.shop import shops
from storage.shop.shops import Shop

PATIENCE = 3.0
"""The time-out in seconds, after which the person's step continues."""
PAUSE = 60.0
"""Seconds without further checks after one has failed."""

log = structlog.get_logger(__name__)


class Precheck:
    """Views an order at the marketplace and updates it."""

    def __init__(
        self,
        api: SellerApi,
        database: Database,
        desk: Desk,
        arrivals: Arrivals,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api
        self._database = database
        self._desk = desk
        self._arrivals = arrivals
        self._steady = steady
        self._quiet_until = 0.0

    async def before_step(self, order_id: int) -> None:
        """Check the order before a person's step; never fails, and ends within `PATIENCE` seconds."""
        if self._steady() < self._quiet_until:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self.look(order_id)
        except (TimeoutError, MarketplaceError, StorageError, UnreadableOrder) as error:
            self._quiet_until = self._steady() + PAUSE
            log.warning("no second look", order_id=order_id, error=str(error) or type(error).__name__)

    async def look(self, order_id: int) -> None:
        """View the order and update it; ask a person when the marketplace no longer has it.

        Raises MarketplaceError when the call fails, UnreadableOrder when the response cannot be used.
        """
        order = await self._desk.look(order_id, MARKETPLACE)
        shop = await self._shop_of(order)
        # An order entered by hand has no status there; `incomplete_orders` reads those with a number only.
        if shop is None or order.is_final or order.marketplace_status is None or order.details.unread:
            return
        try:
            raw = await view(self._api, shop, order.number)
        except NotFound:
            await self._ask(order)
            return
        await self._arrivals.take(shop, raw, Way.VIEW)

    async def _ask(self, order: Order) -> None:
        try:
            await self._desk.do(order.id, RaiseDoubt(DoubtKind.GONE), MARKETPLACE)
            log.warning("order gone at the marketplace", order=order.number)
        except Refusal as refusal:  # asked before, and perhaps answered
            log.info("order stays", order=order.number, reason=refusal.reason)

    async def _shop_of(self, order: Order) -> Shop | None:
        async with self._database.snapshot() as c:
            shop = await shops.get(c, order.shop_id)
        return shop if shop is not None and shop.marketplace_id is not None else None
