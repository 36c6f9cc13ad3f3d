"""How the marketplace's events become orders: each once, and none is done before it is really done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from flowwow.client import SellerApi
from flowwow.errors import MarketplaceError, UnreadableOrder
from flowwow.parse import Parsed, Reading, parse
from flowwow.webhook import Taken, WebhookEvent
from orders.commands import Accept, Cancel, Command
from orders.order import Order
from orders.people import MARKETPLACE
from orders.refusals import Refusal
from orders.status import Status
from services.desk import Desk, Incoming
from storage import marketplace, shops
from storage.database import Database

log = structlog.get_logger(__name__)

PAID = "order.paid"
CANCELLED = "order.cancelled"
TEST = "test"


class Intake:
    """Takes the marketplace's events to the desk. May be told the same event any number of times."""

    def __init__(
        self, api: SellerApi, database: Database, desk: Desk, reading: Reading, clock: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._database = database
        self._desk = desk
        self._reading = reading
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
        asked = _Asked(shop.id, event.shop_id, event.order_id)
        try:
            await (self._receive(asked) if event.event == PAID else self._cancel(asked))
        except (MarketplaceError, UnreadableOrder) as error:
            log.warning("order not read, event stays undone", order=event.order_id, error=str(error))
            return Taken.RETRY
        return Taken.DONE

    async def _receive(self, asked: _Asked) -> Order:
        raw = await self._api.view(asked.marketplace_shop_id, asked.order_id)
        parsed = parse(raw, self._reading)
        asked.check(parsed)
        if parsed.doubts:
            log.warning("order partly unreadable", order=parsed.number, fields=parsed.doubts)
        incoming = Incoming(parsed.number, self._placed_at(parsed), parsed.details, raw)
        order = (await self._desk.receive(asked.shop_id, incoming)).order
        if parsed.status in (None, Status.NEW):
            return order
        return await self._tell(order, Accept())

    async def _cancel(self, asked: _Asked) -> None:
        """A cancellation may overtake its order: then the order is taken in first, and nothing is lost."""
        order = await self._desk.find_number(asked.shop_id, str(asked.order_id))
        await self._tell(order or await self._receive(asked), Cancel())

    async def _tell(self, order: Order, command: Command) -> Order:
        try:
            return await self._desk.do(order.id, command, MARKETPLACE)
        except Refusal as refusal:
            # Told twice, or the shop was quicker: the desk's word stands.
            log.info("order stays", order=order.number, step=command.step, reason=refusal.reason)
            return order

    def _placed_at(self, parsed: Parsed) -> datetime:
        """Unknown, or ahead of our clock: now. The time to accept must not begin in the future."""
        now = self._clock()
        return min(parsed.placed_at, now) if parsed.placed_at else now


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which order is meant: our shop, the marketplace's shop, the marketplace's order."""

    shop_id: int
    marketplace_shop_id: int
    order_id: int

    def check(self, parsed: Parsed) -> None:
        """An order of somebody else must never reach this shop's staff."""
        is_same_shop = parsed.shop_id in (None, self.marketplace_shop_id)
        if parsed.number != str(self.order_id) or not is_same_shop:
            raise UnreadableOrder(f"asked for order {self.order_id}, got {parsed.number}")
