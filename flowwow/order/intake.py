"""Imports the marketplace's orders idempotently, from any source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import structlog

from flowwow.api.errors import UnreadableOrder
from flowwow.order.parse import Parsed, Reading, parse
from flowwow.order.reconcile import Raw, is_news, next_step, renewed
from orders.model.details import Details
from orders.model.order import Order
from orders.model.people import MARKETPLACE
from orders.model.refusals import Refusal
from orders.model.status import Status
from orders.steps.commands import Command
from services.health.metrics import Metrics
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.order import marketplace_objects
from storage.shop.shops import Shop

MOST_STEPS = 12
"""A safety limit of steps per update; an order needs fewer."""

log = structlog.get_logger(__name__)


class Way(StrEnum):
    """The source of an order or of a change."""

    WEBHOOK = "webhook"
    POLL = "poll"
    RECONCILIATION = "reconciliation"
    VIEW = "view"


class Arrivals:
    """Imports raw order objects. The same object may arrive repeatedly, from several sources at once."""

    def __init__(
        self,
        database: Database,
        desk: Desk,
        reading: Reading,
        clock: Callable[[], datetime],
        metrics: Metrics | None = None,
    ) -> None:
        self._database = database
        self._desk = desk
        self._reading = reading
        self._clock = clock
        self._metrics = metrics or Metrics()

    async def news(self, shop: Shop, raws: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Returns the listed objects that are unknown or contain something new."""
        numbers = [str(raw.get("id")) for raw in raws]
        async with self._database.snapshot() as c:
            kept = await marketplace_objects.raws_of(c, shop.id, numbers)
        return [raw for number, raw in zip(numbers, raws, strict=True) if is_news(kept.get(number), raw)]

    async def take(self, shop: Shop, raw: Raw, way: Way) -> Order:
        """Import a new order or update a known one, and store its raw object.

        Raises UnreadableOrder when it has no number or belongs to another shop, whose orders this shop's
        staff must never see.
        """
        parsed = parse(raw, self._reading_of(shop))
        if parsed.shop_id not in (None, shop.marketplace_id):
            raise UnreadableOrder(f"order {parsed.number} is of another shop")
        known = await self._desk.find_number(shop.id, parsed.number)
        if known is not None and known.erased_at is not None:  # erased data must not come back
            return known
        if known is None or known.marketplace_status is None:  # or entered by hand
            return await self._take_in(shop, parsed, raw, way)
        return await self._catch_up(shop, known, raw, way)

    async def announce(
        self, shop: Shop, number: str, named_at: datetime, way: Way, *, in_silence: bool = False
    ) -> Order:
        """Import an order that cannot be read now with its number only, so that people see it (X13).

        The time to accept counts from `named_at`. A known order is not changed. `in_silence`: without sound.
        """
        known = await self._desk.find_number(shop.id, number)
        if known is not None:
            return known
        raw = {"id": int(number)}
        incoming = Incoming(number, named_at, Details(unread=True), raw, in_silence)
        receipt = await self._desk.receive(shop.id, incoming)
        if receipt.is_new:
            self._metrics.order_came(way.value, "number")
            log.warning("order_announced_unread", order=number)
        return receipt.order

    async def _take_in(self, shop: Shop, parsed: Parsed, raw: Raw, way: Way) -> Order:
        if parsed.doubts:
            log.warning("order partly unreadable", order=parsed.number, fields=parsed.doubts)
        is_new_there = parsed.status in (None, Status.NEW) and not parsed.strange_status
        # Stored without its status, the object counts as news for the next poll if the steps below fail.
        first = raw if is_new_there else {**raw, "status": None}
        is_over = parsed.status is Status.DONE
        incoming = Incoming(parsed.number, self._placed_at(parsed), parsed.details, first, is_over)
        receipt = await self._desk.receive(shop.id, incoming)
        if not receipt.is_new:  # imported by another source meanwhile
            return await self._catch_up(shop, receipt.order, raw, way)
        self._metrics.order_came(way.value, "new")
        order = await self._follow(receipt.order, parsed)
        if not is_new_there:
            await self._keep(order, raw)
        return order

    async def _catch_up(self, shop: Shop, order: Order, raw: Raw, way: Way) -> Order:
        """Updates a known order. Stores the object only after all steps, so that a crash repeats them."""
        async with self._database.snapshot() as c:
            kept = await marketplace_objects.raw_of(c, order.id) or {}
        reading = self._reading_of(shop)
        now_kept = renewed(kept, raw, reading)
        before = parse(kept, reading).details if kept else None
        after = await self._follow(order, parse(now_kept, reading), before)
        if after.version != order.version:
            self._metrics.order_came(way.value, "changed")
        if now_kept != kept:
            await self._keep(order, now_kept)
        return after

    def _reading_of(self, shop: Shop) -> Reading:
        """Phones without a country code get that of the shop's country (X6)."""
        return replace(self._reading, region=shop.rules.country)

    async def _keep(self, order: Order, raw: Raw) -> None:
        async with self._database.write() as c:
            await marketplace_objects.keep_raw(c, order.id, raw, self._clock())

    async def _follow(self, order: Order, parsed: Parsed, told_before: Details | None = None) -> Order:
        for _ in range(MOST_STEPS):
            command = next_step(order, parsed, told_before)
            if command is None:
                return order
            before, order = order, await self._give(order, command)
            if order == before:
                break
        return order

    async def _give(self, order: Order, command: Command) -> Order:
        try:
            return await self._desk.do(order.id, command, MARKETPLACE)
        except Refusal as refusal:
            # A duplicate, or the shop has done it before: the order stays as it is.
            log.info("order stays", order=order.number, step=command.step, reason=refusal.reason)
            return await self._desk.look(order.id, MARKETPLACE)

    def _placed_at(self, parsed: Parsed) -> datetime:
        """When the order was placed; now if unknown or in the future. It starts the time to accept."""
        now = self._clock()
        return min(parsed.placed_at, now) if parsed.placed_at else now
