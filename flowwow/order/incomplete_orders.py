"""Retries reading the orders of which only the number is known, to fill in their details (X13)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from flowwow.api.errors import MarketplaceError, NotFound, UnreadableOrder
from flowwow.api.reachability import Link
from flowwow.api.view import view
from flowwow.order.intake import Arrivals, Way
from orders.model.order import DoubtKind, Order
from orders.model.people import MARKETPLACE
from orders.model.refusals import Refusal
from orders.steps.commands import RaiseDoubt
from services.order.desk import Desk
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.order import orders as order_rows
from storage.shop import shops

GLANCE = 5.0
"""Seconds between two checks for orders to fill in."""
FIRST_LOOK, LAST_LOOK = 5.0, 600.0
"""Limits of the seconds between two attempts to read an order; within them, the order's age."""
ASKED_AFTER = timedelta(minutes=10)
"""How long the marketplace may deny an order before a person is asked to check."""
TOO_OLD = timedelta(days=2)
"""Age after which attempts end for an order in a final status."""
AT_ONCE = 4
"""Orders read concurrently, so that a slow response does not delay the others."""

log = structlog.get_logger(__name__)


class FillingIn:
    """Reads orders that could not be read when they were announced. A restart loses no orders."""

    def __init__(
        self,
        link: Link,
        database: Database,
        desk: Desk,
        arrivals: Arrivals,
        clock: Callable[[], datetime],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = link.api
        self._recovered = link.reach.subscribe()
        self._database = database
        self._desk = desk
        self._arrivals = arrivals
        self._clock = clock
        self._steady = steady
        self._due: dict[int, float] = {}
        self._room = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Check every few seconds, and at once when the marketplace works again, until cancelled."""
        while True:
            try:
                await self.step()
            except StorageError as error:
                log.warning("unread_orders_not_looked_for", why=str(error))
            try:
                async with asyncio.timeout(GLANCE):
                    await self._recovered.wait()
            except TimeoutError:
                continue

    async def step(self) -> None:
        """Read every order that is due; after a recovery all of them."""
        if self._recovered.is_set():
            self._recovered.clear()
            self._due.clear()
        async with self._database.snapshot() as c:
            ids = await order_rows.unread(c)
            wanted = {one for one in ids if self._due.get(one, 0) <= self._steady()}
            found, unreadable = await order_rows.load_readable(c, wanted)
        self._due = {one: due for one, due in self._due.items() if one in ids}
        for order_id, why in unreadable.items():
            log.error("unread_order_damaged", order_id=order_id, why=why)
        await asyncio.gather(*(self._fill_in(order) for order in found.values()))

    async def _fill_in(self, order: Order) -> None:
        age = self._clock() - order.received_at
        self._due[order.id] = self._steady() + min(LAST_LOOK, max(FIRST_LOOK, age.total_seconds()))
        if order.is_final and age > TOO_OLD:
            return
        try:
            async with self._room:
                await self._read(order)
        except (NotFound, UnreadableOrder) as error:
            log.warning("order_not_shown", order=order.number, why=str(error))
            if age >= ASKED_AFTER:
                await self._ask(order)
        except (MarketplaceError, StorageError) as error:
            log.warning("order_not_filled_in", order=order.number, why=str(error))

    async def _read(self, order: Order) -> None:
        async with self._database.snapshot() as c:
            shop = await shops.get(c, order.shop_id)
        if shop is None or shop.marketplace_id is None:
            return
        await self._arrivals.take(shop, await view(self._api, shop, order.number), Way.VIEW)
        log.info("order_filled_in", order=order.number)

    async def _ask(self, order: Order) -> None:
        """Asks a person to check in the marketplace's app whether the order exists."""
        try:
            await self._desk.do(order.id, RaiseDoubt(DoubtKind.NEVER_SHOWN), MARKETPLACE)
        except Refusal as refusal:  # asked before, perhaps answered; or the order is in a final status
            log.info("order stays", order=order.number, why=refusal.reason)
