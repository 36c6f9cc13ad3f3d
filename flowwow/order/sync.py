"""Polls the marketplace's lists of orders, as the fallback for missed webhooks.

Polling reads the orders around today every minute; reconciliation reads more days, at the start and every
hour. Only listed orders that are unknown or contain something new are imported.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import structlog

from flowwow.api.errors import Forbidden, MarketplaceError, NotFound, RateLimited, Rejected, UnreadableOrder
from flowwow.api.pages import RawOrders, pages
from flowwow.api.reachability import Link
from flowwow.api.view import view
from flowwow.order.intake import Arrivals, Way
from flowwow.order.precheck import Precheck
from flowwow.order.status_codes import seen_status
from orders.model.status import Status
from services.health.metrics import Metrics
from services.health.pauses import doubled
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable, StorageError
from storage.order import orders as order_rows
from storage.shop import shops
from storage.shop.shops import Shop

FIRST_PAUSE = 5.0
"""Seconds before the retry of a failed round; doubled each time, up to the polling interval."""
MOST_LOOKS = 50
"""The maximum number of orders viewed per reconciliation, one call each."""
_WHOLE = frozenset({"products", "address", "deliveryDateFrom"})
"""A listed object that lacks one of these fields is incomplete, and the order is viewed."""

Filters = dict[str, str | int]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """The intervals of polling and reconciliation in seconds, and how many days the latter looks back."""

    poll_seconds: float = 60
    reconcile_seconds: float = 3600
    reconcile_days: int = 7


class RoundFailed(Exception):  # noqa: N818 - the name says what happened to a round
    """Some orders of a round could not be imported; the next round retries them."""


class Sync:
    """Imports orders from the marketplace's lists."""

    def __init__(
        self,
        link: Link,
        database: Database,
        arrivals: Arrivals,
        second_look: Precheck,
        clock: Callable[[], datetime],
        metrics: Metrics,
        pace: Pace,
    ) -> None:
        self._api = link.api
        self._reach = link.reach
        self._recovered = link.reach.subscribe()
        self._database = database
        self._arrivals = arrivals
        self._second_look = second_look
        self._clock = clock
        self._metrics = metrics
        self._pace = pace
        self._pause = pace.poll_seconds
        self._failed = 0

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            await self._turn()

    async def _turn(self) -> None:
        """Reconciles until that succeeds, then polls until the next reconciliation is due.

        Reconciles at once when the marketplace works again, to import what was missed (X13).
        """
        until, is_reconciled = time.monotonic() + self._pace.reconcile_seconds, False
        while time.monotonic() < until:
            is_done = await self._round(Way.POLL if is_reconciled else Way.RECONCILIATION)
            if is_done and not is_reconciled:  # nothing is missing
                self._recovered.clear()
            is_woken = await self._woken_within(self._pause)
            is_reconciled = (is_reconciled or is_done) and not is_woken

    async def _woken_within(self, seconds: float) -> bool:
        """Waits for the pause; returns True early when the marketplace works again."""
        try:
            async with asyncio.timeout(seconds):
                await self._recovered.wait()
        except TimeoutError:
            return False
        self._recovered.clear()
        return True

    async def _round(self, way: Way) -> bool:
        """Runs a round and returns whether it succeeded. Logs errors instead of raising them."""
        try:
            await self._read_all(way)
        except RateLimited as error:
            self._ended(way, error, max(self._pace.poll_seconds, error.retry_after))
        except RoundFailed as error:
            self._ended(way, error, self._pace.poll_seconds)
        except (MarketplaceError, StorageError) as error:
            self._ended(way, error, self._longer_pause())
        except Exception as error:
            log.exception("sync_failed", way=way.value)
            self._ended(way, error, self._longer_pause())
        else:
            self._pause, self._failed = self._pace.poll_seconds, 0
            self._metrics.round_ended(way.value, "done")
            return True
        return False

    def _longer_pause(self) -> float:
        pause = doubled(self._failed, FIRST_PAUSE, self._pace.poll_seconds)
        self._failed += 1
        return pause

    def _ended(self, way: Way, error: Exception, pause: float) -> None:
        self._pause = pause
        self._metrics.round_ended(way.value, type(error).__name__)
        log.warning("sync_round_failed", way=way.value, error=str(error), again_in_seconds=pause)

    async def _read_all(self, way: Way) -> None:
        async with self._database.snapshot() as c:
            known = await shops.all_shops(c)
        there = [(shop, shop.marketplace_id) for shop in known if shop.marketplace_id is not None]
        failed, refused = 0, []
        for shop, marketplace_id in there:
            try:
                failed += await self._read_shop(shop, marketplace_id, way)
                self._reach.list_read(marketplace_id)
            except (Forbidden, NotFound, Rejected) as error:  # e.g. one shop's wrong number
                log.warning("shop_not_read", shop_id=shop.id, way=way.value, error=str(error))
                self._reach.list_refused(marketplace_id, error)
                refused.append(error)
            except (MarketplaceError, DatabaseUnavailable):
                raise
            except Exception:  # e.g. damaged orders or rules of one shop
                failed += 1
                log.exception("shop_not_read", shop_id=shop.id, way=way.value)
        if refused and len(refused) == len(there):
            raise refused[0]
        if failed:
            raise RoundFailed(f"{failed} orders not taken in")

    async def _read_shop(self, shop: Shop, marketplace_id: int, way: Way) -> int:
        """Imports a shop's orders; returns how many failed."""
        failed, unseen = 0, await self._living(shop) if way is Way.RECONCILIATION else {}
        for filters in self._lists(shop, way):
            async for page in pages(self._api, marketplace_id, **filters):
                for raw in page:
                    unseen.pop(str(raw.get("id")), None)
                failed += await self._take_page(shop, page, way)
        return failed + await self._look_at(list(unseen.values())[:MOST_LOOKS])

    async def _living(self, shop: Shop) -> dict[str, int]:
        """The ids of the shop's open orders by number."""
        async with self._database.snapshot() as c:
            return await order_rows.living_numbers(c, shop.id)

    def _lists(self, shop: Shop, way: Way) -> Iterator[Filters]:
        """Yields the filters of the lists to read: a span by delivery date, and each day by creation date."""
        today = self._clock().astimezone(shop.rules.zone).date()
        if way is Way.POLL:
            span = timedelta(days=1)
            yield {"deliveryDateFrom": _day(today - span), "deliveryDateTo": _day(today + span)}
            yield {"createdDate": _day(today)}
            return
        yield {"deliveryDateFrom": _day(today - timedelta(days=self._pace.reconcile_days))}
        for days in range(self._pace.reconcile_days + 1):
            yield {"createdDate": _day(today - timedelta(days=days))}

    async def _take_page(self, shop: Shop, page: RawOrders, way: Way) -> int:
        """Imports the orders of a page; a failed one does not stop the others. Returns how many failed."""
        failed = 0
        for raw in await self._arrivals.news(shop, page):
            try:
                await self._arrivals.take(shop, await self._whole(shop, raw), way)
            except UnreadableOrder as error:
                log.warning("listed order unreadable", error=str(error))
            except (MarketplaceError, StorageError) as error:
                failed += 1
                await self._announce(shop, raw, way)
                log.warning("listed order not taken in", order=str(raw.get("id")), error=str(error))
            except Exception:
                failed += 1
                log.exception("listed order not taken in", order=str(raw.get("id")))
        return failed

    async def _announce(self, shop: Shop, raw: dict[str, object], way: Way) -> None:
        """Imports a new order that cannot be viewed with its number only, so that people see it (X13)."""
        number = str(raw.get("id"))
        if number.isdecimal() and seen_status(raw) is Status.NEW:
            with suppress(StorageError):
                await self._arrivals.announce(shop, number, self._clock(), way)

    async def _whole(self, shop: Shop, raw: dict[str, object]) -> dict[str, object]:
        """Returns the whole order: views it where the list shows only a part."""
        if raw.keys() >= _WHOLE:
            return raw
        return {**raw, **await view(self._api, shop, str(raw.get("id")))}

    async def _look_at(self, order_ids: list[int]) -> int:
        """Views open orders that no list contains: they may have been cancelled. Returns how many failed."""
        failed = 0
        for order_id in order_ids:
            try:
                await self._second_look.look(order_id)
            except (MarketplaceError, StorageError, UnreadableOrder) as error:
                failed += 1
                log.warning("order not viewed", order_id=order_id, error=str(error))
            except Exception:
                failed += 1
                log.exception("order not viewed", order_id=order_id)
        return failed


def _day(day: date) -> str:
    return day.isoformat()
