"""Syncs the goods of a shop with the marketplace: reads its list, and pushes changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from flowwow.api.errors import MarketplaceError, Unavailable
from flowwow.api.goods import GoodsApi, Listed
from flowwow.goods.goods_merge import merged, offer_id_of, told_by
from flowwow.goods.goods_push import AT_ONCE, GoodsPush
from orders.goods.products import Product, Stems, wants_shown
from services.goods.goods_notifications import GoodsNews
from storage.db import tables
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.goods import flowers, pending_pushes, products
from storage.sending.shop_notifications import NewsKind
from storage.shop import shops
from storage.shop.shops import Shop

LOOK_AGAIN = timedelta(hours=1)
"""Interval of reading the marketplace's list, for changes made in its app."""
AFTER_FAILURE = timedelta(minutes=5)
REST = 60.0
"""The maximum seconds between two checks for work."""
SHORTEST_REST = 0.1
MOST_PAGES = 200

log = structlog.get_logger(__name__)


class GoodsSync:
    """Syncs the goods of one shop."""

    def __init__(
        self,
        api: GoodsApi,
        marketplace_id: int,
        database: Database,
        news: GoodsNews,
        clock: Callable[[], datetime],
    ) -> None:
        self._api = api
        self._marketplace_id = marketplace_id
        self._database = database
        self._news = news
        self._push = GoodsPush(api, database, news, clock)
        self._woken = database.subscribe(tables.shops, tables.products, tables.recipes, tables.flowers)
        news.wake_at_wishes(self._woken)
        self._clock = clock
        self._read_next: datetime | None = None

    async def run(self) -> None:
        """Work until cancelled. Reads the list at the start, each hour, and on request."""
        while True:
            self._woken.clear()
            try:
                await self._work()
                pause = await self._pause()
            except StorageError as error:  # the database is unavailable
                log.warning("goods_sync_waits", why=str(error))
                pause = REST
            except Exception:
                log.exception("goods_sync_failed")
                pause = REST
            try:
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def _work(self) -> None:
        async with self._database.snapshot() as c:
            shop = await shops.by_marketplace_id(c, self._marketplace_id)
        if shop is None:
            return
        asked_by = self._news.take_wishes(shop.id)
        is_time = self._read_next is None or self._clock() >= self._read_next
        if asked_by or is_time:
            await self._read(shop, asked_by)
        while await self._push.some(shop):
            pass

    async def _pause(self) -> float:
        """Seconds until the next push or reading; a request or a commit wakes the loop earlier."""
        async with self._database.snapshot() as c:
            shop = await shops.by_marketplace_id(c, self._marketplace_id)
            due = await pending_pushes.next_due(c, shop.id) if shop else None
        moments = [moment for moment in (due, self._read_next) if moment is not None]
        waits = [(moment - self._clock()).total_seconds() for moment in moments]
        return min(REST, max(SHORTEST_REST, min(waits, default=REST)))

    async def _read(self, shop: Shop, asked_by: frozenset[int]) -> None:
        """Reads the whole list and merges it with the shop's products."""
        try:
            listed = await self._all_listed()
        except MarketplaceError as error:
            self._read_next = self._clock() + AFTER_FAILURE
            log.warning("goods_unread", why=type(error).__name__)
            await self._news.tell(shop.id, NewsKind.GOODS_UNREAD, asked_by)
            return
        await self._name_the_nameless(listed)
        count = await self._keep(shop, listed)
        self._read_next = self._clock() + LOOK_AGAIN
        log.info("goods_read", products=count)
        await self._news.tell(shop.id, NewsKind.GOODS_READ, asked_by)

    async def _keep(self, shop: Shop, listed: Sequence[Listed]) -> int:
        by_offer = {offer_id_of(one): one for one in listed}
        by_offer.pop("", None)
        async with self._database.write() as c:
            await products.hold(c)
            now, stems = self._clock(), await flowers.stems(c, shop.id)
            kept = await products.by_offer_ids(c, shop.id, by_offer)
            wanted = [_merged(kept.get(key), one, stems) for key, one in by_offer.items()]
            await products.put_many(c, shop.id, wanted, now)
            ids = await products.by_offer_ids(c, shop.id, by_offer)
            known = {product.id: told_by(by_offer[key]) for key, product in ids.items()}
            await products.tell(c, shop.id, known, now)
            await products.forget_others(c, shop.id, known.keys())
        return len(known)

    async def _all_listed(self) -> list[Listed]:
        """Reads all pages. Raises Unavailable when products are missing: they would count as removed."""
        found: dict[int | str, Listed] = {}
        total = 0
        for number in range(MOST_PAGES):
            page = await self._api.products(number)
            total = page.total
            fresh = {one.product_id or one.offer_id: one for one in page.items}
            if len(found | fresh) == len(found):
                break
            found |= fresh
        if len(found) < total:
            raise Unavailable(f"{len(found)} products of {total} were listed")
        return list(found.values())

    async def _name_the_nameless(self, listed: Sequence[Listed]) -> None:
        """Sets the product id as the offer id where that is missing: hiding and counting require one."""
        nameless = [one for one in listed if not one.offer_id and one.product_id is not None]
        for some in _pieces(nameless):
            wanted = {offer_id_of(one): one.product_id or 0 for one in some}
            try:
                errors = await self._api.name_offers(wanted)
            except MarketplaceError as error:  # a later push of such a product reports the error
                log.warning("goods_not_named", why=str(error))
                return
            if errors:
                log.warning("goods_not_named", count=len(errors))


def _merged(kept: Product | None, listed: Listed, stems: Stems) -> Product:
    return merged(kept, listed, shown=kept is not None and wants_shown(kept, stems))


def _pieces(whole: Sequence[Listed]) -> list[Sequence[Listed]]:
    return [whole[at : at + AT_ONCE] for at in range(0, len(whole), AT_ONCE)]
