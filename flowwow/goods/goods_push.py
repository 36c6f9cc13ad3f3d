"""Pushes the desired state of products to the marketplace: hidden, shown, stock. All calls are idempotent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from flowwow.api.errors import MarketplaceError, RateLimited, Rejected, Unavailable
from flowwow.api.goods import GoodsApi
from orders.goods.products import Product, Told
from services.goods.goods_notifications import GoodsNews
from services.health.pauses import doubled, jittered
from storage.db.database import Database
from storage.goods import pending_pushes, products
from storage.goods.pending_pushes import UNEXPLAINED, Push
from storage.shop.shops import Shop

AT_ONCE = 100
"""Products per call."""
LEASE = timedelta(minutes=5)
"""Lease of a claimed push; after a crash it is retried when the lease ends."""
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
PATIENCE = 3
"""Attempts after which the member who made the change is notified of the delay."""
LONGEST_PROBLEM = 300

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Call:
    """One kind of change: which pushes need it, how it is sent, and the marketplace's state afterwards."""

    name: str
    concerns: Callable[[Push], bool]
    send: Callable[[GoodsApi, Sequence[Product]], Awaitable[dict[str, str]]]
    afterwards: Callable[[Product], Told]


_CALLS = (
    _Call(
        "hide",
        lambda push: not push.shown and push.product.told.shown is not False,
        lambda api, some: api.hide([one.offer_id for one in some]),
        lambda one: replace(one.told, shown=False),
    ),
    _Call(
        "unhide",
        lambda push: push.shown and push.product.told.shown is not True,
        lambda api, some: api.unhide([one.offer_id for one in some]),
        lambda one: replace(one.told, shown=True),
    ),
    _Call(
        "stocks",
        lambda push: push.product.stock is not None and push.product.stock != push.product.told.stock,
        lambda api, some: api.put_stocks({one.offer_id: one.stock or 0 for one in some}),
        lambda one: replace(one.told, stock=one.stock),
    ),
)


class GoodsPush:
    """Sends the pushes that are due, in batches."""

    def __init__(
        self, api: GoodsApi, database: Database, news: GoodsNews, clock: Callable[[], datetime]
    ) -> None:
        self._api = api
        self._database = database
        self._news = news
        self._clock = clock

    async def some(self, shop: Shop) -> bool:
        """Send a batch of due pushes. Returns whether there were any.

        Stores the result of each call before the next, so that a crash repeats at most one call.
        """
        now = self._clock()
        async with self._database.write() as c:
            pushes = await pending_pushes.claim(c, shop.id, now, now + LEASE, AT_ONCE)
        for call in _CALLS:
            concerned = [push for push in pushes if call.concerns(push)]
            told = await self._send(shop, call, concerned) if concerned else {}
            pushes = [_with(push, told) for push in pushes]
        return bool(pushes)

    async def _send(self, shop: Shop, call: _Call, pushes: Sequence[Push]) -> dict[int, Told]:
        """Returns what the marketplace is now known to have of the products that it accepted."""
        try:
            errors = await call.send(self._api, [push.product for push in pushes])
        except RateLimited as error:
            return await self._later(shop, pushes, error.retry_after, counts=False)
        except Unavailable:
            return await self._later(shop, pushes, _pause(max(push.attempts for push in pushes)), counts=True)
        except Rejected as error:  # one product may have caused the refusal of all
            errors = {} if len(pushes) > 1 else {pushes[0].product.offer_id: _said(error)}
            if not errors:
                return await self._one_by_one(shop, call, pushes)
        except MarketplaceError as error:
            errors = {push.product.offer_id: str(error) for push in pushes}
        if not errors.keys() <= {push.product.offer_id for push in pushes} and len(pushes) > 1:
            return await self._one_by_one(shop, call, pushes)  # it does not tell which product failed
        return await self._note(shop, call, pushes, errors)

    async def _one_by_one(self, shop: Shop, call: _Call, pushes: Sequence[Push]) -> dict[int, Told]:
        told: dict[int, Told] = {}
        for push in pushes:
            told |= await self._send(shop, call, [push])
        return told

    async def _note(
        self, shop: Shop, call: _Call, pushes: Sequence[Push], errors: dict[str, str]
    ) -> dict[int, Told]:
        if errors and len(pushes) == 1:  # it means this product, even under another id
            errors = {pushes[0].product.offer_id: next(iter(errors.values()))}
        failed = [push for push in pushes if push.product.offer_id in errors]
        done = [push for push in pushes if push not in failed]
        told = {push.product.id: call.afterwards(push.product) for push in done}
        async with self._database.write() as c:
            await products.tell(c, shop.id, told, self._clock())
            for push in failed:
                problem = errors[push.product.offer_id][:LONGEST_PROBLEM] or UNEXPLAINED
                if await pending_pushes.refuse(c, push.product.id, problem):
                    await self._news.put_refused(c, shop.id, push.asked_by, self._clock())
        log.info("goods_pushed", call=call.name, done=len(done), refused=len(failed))
        return told

    async def _later(
        self, shop: Shop, pushes: Sequence[Push], seconds: float, *, counts: bool
    ) -> dict[int, Told]:
        now = self._clock()
        async with self._database.write() as c:
            ids = [push.product.id for push in pushes]
            await pending_pushes.try_again(c, ids, now + timedelta(seconds=seconds), counts=counts)
            if counts and any(push.attempts + 1 == PATIENCE for push in pushes):
                await self._news.put_waiting(c, shop.id, {push.asked_by for push in pushes}, now)
        return {}


def _with(push: Push, told: dict[int, Told]) -> Push:
    known = told.get(push.product.id)
    return replace(push, product=replace(push.product, told=known)) if known else push


def _said(error: Rejected) -> str:
    """The marketplace's reason: that for the product, or else that for the whole call."""
    return next((what for _, what in error.fields if what), error.message) or str(error.status)


def _pause(attempts: int) -> float:
    """The exponential back-off in seconds; the client has retried on its own before."""
    return jittered(doubled(attempts, FIRST_PAUSE, LONGEST_PAUSE))
