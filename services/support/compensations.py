"""The only way to an order's claim for compensation by the marketplace; every call checks rights (R88)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from orders.access.roles import Act, may_at_home
from orders.delivery.courier_search import said_cost
from orders.model.details import Paper
from orders.model.money import Money
from orders.model.order import Order
from orders.model.people import Actor, mark_of
from orders.model.refusals import Reason, Refusal
from orders.support import compensation as rules_of
from orders.support.compensation import (
    LONGEST_WORDS,
    MOST_ENTRIES,
    Compensation,
    Entry,
    EntryKind,
    Month,
    may_claim,
    may_say_courier_cost,
)
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.photo.photo_files import Kept, PhotoFiles
from storage.support import compensations

PDF = b"%PDF-"

log = structlog.get_logger(__name__)


class ClaimFull(Exception):  # noqa: N818 - named after the state it reports
    """The claim has the maximum number of entries."""


@dataclass(frozen=True, slots=True)
class MonthOfClaims:
    """The claims that were begun in a month, with their orders, the newest first."""

    month: Month
    claims: tuple[tuple[Compensation, Order], ...]


class Compensations:
    """Raises Refusal NOT_YOURS for all but the chiefs of the order's shop."""

    def __init__(
        self, database: Database, desk: Desk, files: PhotoFiles, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._desk = desk
        self._files = files
        self._clock = clock

    async def of_order(self, order_id: int, actor: Actor) -> Compensation | None:
        """The order's claim, if there is one."""
        await self._allowed(order_id, actor)
        async with self._database.snapshot() as c:
            return await compensations.of_order(c, order_id)

    async def of_month(self, actor: Actor, month: Month) -> MonthOfClaims:
        """The claims of the actor's shop in this month."""
        if not may_at_home(actor, Act.SEE_MONEY):
            raise Refusal(Reason.NOT_YOURS)
        async with self._database.snapshot() as c:
            kept = await compensations.opened(c, actor.shop_id or 0, month.since, month.until)
            found = [claim for claim in kept if claim.is_counted]
            orders = {one.id: one for one in await order_rows.load(c, [claim.order_id for claim in found])}
        pairs = tuple((claim, orders[claim.order_id]) for claim in found if claim.order_id in orders)
        return MonthOfClaims(month, pairs)

    async def note(
        self, order_id: int, actor: Actor, kind: EntryKind, words: str, amount: Money | None = None
    ) -> Compensation:
        """Add a line. Raises ClaimFull."""
        entry = Entry(kind, mark_of(actor, self._clock()), words[:LONGEST_WORDS], amount)
        return await self._change(order_id, actor, lambda claim: _with(claim, entry))

    async def add_receipt(self, order_id: int, actor: Actor, index: int, kept: Kept) -> Compensation:
        """Attach a stored file to the line of this index: a receipt, or a picture of the answer."""
        order = await self._allowed(order_id, actor)
        path = await self._files.settle(kept.path, f"{order.number}-claim", index, self._clock())
        receipt = Paper(kept.sha256, path)
        claim = await self._change(
            order_id, actor, lambda claim: rules_of.with_receipt(claim, _there(claim, index), receipt)
        )
        await self._files.discard_incoming(kept.path)
        return claim

    async def add_receipt_of_courier(self, order_id: int, actor: Actor, kept: Kept) -> None:
        """Attach a receipt for the order's courier cost; those who pay the courier may, also a seller."""
        order = await self._desk.look(order_id, actor)
        if not may_say_courier_cost(order, actor):
            raise Refusal(Reason.NOT_YOURS, order.status)
        now = self._clock()
        path = await self._files.settle(kept.path, f"{order.number}-claim", 0, now)
        receipt, mark = Paper(kept.sha256, path), mark_of(actor, now)
        async with self._database.write() as c:
            claim = await compensations.of_order(c, order_id, for_update=True)
            claim = claim or Compensation(0, order.shop_id, order_id, now)
            claim = rules_of.with_courier_receipt(claim, order, said_cost(order), receipt, mark)
            await compensations.put(c, claim)
        await self._files.discard_incoming(kept.path)

    async def say_more(
        self, order_id: int, actor: Actor, index: int, words: str, amount: Money | None
    ) -> Compensation:
        """Add words to a line, and a sum if it has none."""
        return await self._change(
            order_id,
            actor,
            lambda claim: rules_of.with_more_words(claim, _there(claim, index), words, amount),
        )

    async def withdraw_last(self, order_id: int, actor: Actor) -> Compensation:
        """Withdraw the last line, entered by mistake: it no longer counts, but stays on record."""
        mark = mark_of(actor, self._clock())
        return await self._change(order_id, actor, lambda claim: rules_of.without_last(claim, mark))

    async def keep_document(self, content: bytes) -> Kept | None:
        """Store a receipt in PDF, unchanged; None for a file of another kind."""
        return await self._files.keep(content, "pdf") if content.startswith(PDF) else None

    async def file(self, receipt: Paper) -> bytes:
        """A receipt, unchanged. Raises PhotoMissing, PhotosUnavailable."""
        return await self._files.read(receipt.path)

    async def _change(
        self, order_id: int, actor: Actor, change: Callable[[Compensation], Compensation]
    ) -> Compensation:
        order, now = await self._allowed(order_id, actor), self._clock()
        async with self._database.write() as c:
            before = await compensations.of_order(c, order_id, for_update=True)
            after = change(before or Compensation(0, order.shop_id, order_id, now))
            kept = await compensations.put(c, after)
        log.info("compensation_noted", order_id=order_id, entries=len(kept.entries))
        return kept

    async def _allowed(self, order_id: int, actor: Actor) -> Order:
        order = await self._desk.look(order_id, actor)
        if not may_claim(order, actor):
            raise Refusal(Reason.NOT_YOURS, order.status)
        return order


def _with(claim: Compensation, entry: Entry) -> Compensation:
    if len(claim.entries) >= MOST_ENTRIES:
        raise ClaimFull
    return rules_of.with_entry(claim, entry)


def _there(claim: Compensation, index: int) -> int:
    """The index, if such a line exists; otherwise the last line's."""
    return index if 0 <= index < len(claim.entries) else len(claim.entries) - 1
