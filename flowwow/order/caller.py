"""Reports the progress of an order to the marketplace by the calls that are still missing.

An outbox row names an order and not a call: the missing calls follow from comparing the order with the status
that the marketplace is known to have. So a step that was undone before it was sent is never reported.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from flowwow.api.client import SellerApi
from flowwow.api.errors import Forbidden, NotFound, RateLimited, Rejected, Unauthorized
from flowwow.order.status_codes import seen_status
from orders.model.order import Order
from orders.model.people import MARKETPLACE
from orders.model.refusals import Refusal
from orders.model.status import Status, is_further
from orders.order.marketplace_backlog import next_call, shows_by_itself, told_from
from orders.steps.commands import MarketplaceHas
from services.order.desk import Desk
from services.order.refused_calls import RefusedCalls
from services.sending.sender import GivenUp, NotNow
from storage.db.database import Database
from storage.order import orders as order_rows
from storage.sending.outbox import Row
from storage.shop import shops

LOCKED_OUT = 60.0
"""Seconds until the next attempt after the token was refused, which only a person can fix."""

FIRST_LOOK, LAST_LOOK = 5.0, 600.0
"""Limits of the seconds between two checks for the photo at the marketplace; within them, the photo's age."""

log = structlog.get_logger(__name__)


class Caller:
    """Delivers outbox rows to the marketplace, for a sender that sends one row per order at a time."""

    def __init__(
        self,
        api: SellerApi,
        database: Database,
        desk: Desk,
        refused: RefusedCalls,
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._database = database
        self._desk = desk
        self._refused = refused
        self._clock = clock
        self._closed_until: datetime | None = None

    async def deliver(self, row: Row) -> None:
        """Make all calls that the marketplace lacks for the row's order.

        Raises NotNow when the marketplace asks to wait or its photo is missing, GivenUp when it refuses a
        call. After any other error it is not known whether the call took effect.
        """
        self._check_open()
        try:
            await self._tell(row)
        except RateLimited as error:
            self._close(error.retry_after)
            raise NotNow(error.retry_after) from error
        except (Unauthorized, Forbidden) as error:
            self._close(LOCKED_OUT)
            raise NotNow(LOCKED_OUT) from error

    async def _tell(self, row: Row) -> None:
        order = await self._order(row.order_id)
        if order is None or order.marketplace_status is None:
            return
        if row.attempts or shows_by_itself(order):  # an earlier call may have taken effect
            order = await self._look(order)
        order = await self._call_for_all(order, row)
        if shows_by_itself(order):
            raise NotNow(self._next_look(order))

    async def _call_for_all(self, order: Order, row: Row) -> Order:
        """Makes the missing calls one after another, stores the result of each, and returns the order.

        "Courier left" is skipped for an order that never had this status, e.g. with a third party; if the
        marketplace then refuses to finish the order, that call is made as well.
        """
        skipping = True
        while (wanted := next_call(order, skipping=skipping)) is not None:
            await self._wait_for_undo(order, wanted)
            try:
                await self._call(wanted, order)
            except (Rejected, NotFound) as error:
                order = await self._look_again(order)
                if next_call(order, skipping=skipping) is not wanted:
                    continue
                if next_call(order, skipping=False) is wanted:
                    await self._refused.give_up(row, _words(error))
                    raise GivenUp from error
                skipping = False
            else:
                order = await self._note(order, wanted)
        return order

    async def _wait_for_undo(self, order: Order, wanted: Status) -> None:
        """Raises NotNow while the step can still be undone before it is reported (X18)."""
        async with self._database.snapshot() as c:
            shop = await shops.get(c, order.shop_id)
        until = told_from(order, wanted, shop.rules) if shop else None
        if until is not None and self._clock() < until:
            raise NotNow((until - self._clock()).total_seconds())

    async def _call(self, wanted: Status, order: Order) -> None:
        call = {
            Status.ACCEPTED: self._api.accept,
            Status.COURIER_LEFT: self._api.courier_left,
            Status.DONE: self._api.finish,
        }[wanted]
        await call(int(order.number))
        log.info("marketplace_told", order_id=order.id, status=wanted.value)

    async def _look(self, order: Order) -> Order:
        """Views the order at the marketplace, stores its status there, and returns the order."""
        async with self._database.snapshot() as c:
            shop = await shops.get(c, order.shop_id)
        if shop is None or shop.marketplace_id is None:
            return order
        status = seen_status(await self._api.view(shop.marketplace_id, int(order.number)))
        known = order.marketplace_status
        if status is None or (known is not None and not is_further(status, known)):
            return await self._desk.look(order.id, MARKETPLACE)
        return await self._note(order, status)

    async def _look_again(self, order: Order) -> Order:
        """Like `_look`, after a refusal: the marketplace may have the step already, or not know the order."""
        try:
            return await self._look(order)
        except (Rejected, NotFound):
            return await self._desk.look(order.id, MARKETPLACE)

    async def _note(self, order: Order, status: Status) -> Order:
        try:
            return await self._desk.do(order.id, MarketplaceHas(status), MARKETPLACE)
        except Refusal:  # stored by another task meanwhile
            return await self._desk.look(order.id, MARKETPLACE)

    async def _order(self, order_id: int) -> Order | None:
        async with self._database.snapshot() as c:
            return await order_rows.get(c, order_id)

    def _next_look(self, order: Order) -> float:
        photos = order.progress.photos
        since = photos[-1].taken.at if photos else order.progress.since or order.received_at
        return min(LAST_LOOK, max(FIRST_LOOK, (self._clock() - since).total_seconds()))

    def _check_open(self) -> None:
        """Raises NotNow while the marketplace asks to wait; that applies to all orders."""
        if self._closed_until is not None and self._clock() < self._closed_until:
            raise NotNow((self._closed_until - self._clock()).total_seconds())

    def _close(self, seconds: float) -> None:
        self._closed_until = self._clock() + timedelta(seconds=seconds)


def _words(error: Rejected | NotFound) -> str:
    """The marketplace's reason, for people."""
    if isinstance(error, NotFound):
        return str(error)
    said = "; ".join(filter(None, [error.message, *(f"{path}: {what}" for path, what in error.fields)]))
    return said or str(error.status)
