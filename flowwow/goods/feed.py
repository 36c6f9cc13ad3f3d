"""`GET /feed/<secret>.xml`: the shop's products and whether each can be ordered now (R61).

The marketplace polls it. The feed is first written to a temporary file from one database snapshot, so that a
slow reader occupies neither the database nor memory.
"""

from __future__ import annotations

import hashlib
import hmac
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import IO

import structlog
from aiohttp import ETag, web
from sqlalchemy.ext.asyncio import AsyncConnection

from flowwow.goods.yml import TAIL, can_be_offered, head, offer
from messages.i18n.texts import Translator
from orders.goods.products import available
from orders.shop.closures import Hiding
from storage.db.database import Database
from storage.goods import feed_head, flowers, products
from storage.shop import closures
from storage.shop.shops import Shop

log = structlog.get_logger(__name__)

PATH = "/feed/{name}"
LARGEST_FEED = 30 * 1024 * 1024
"""The marketplace's size limit in bytes."""
_AT_ONCE = 500
_IN_MEMORY = 1024 * 1024
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Edition:
    """The current feed: `start` is its head, `file` has the offers and the tail."""

    start: bytes
    file: IO[bytes]
    size: int
    """Bytes of `start` and `file` together."""
    digest: str
    changed: datetime
    offers: int


class NoSuchFeed(LookupError):  # noqa: N818 - the name says what is missing, like KeyError
    """The shop of the feed does not exist (yet)."""


FindShop = Callable[[AsyncConnection], Awaitable[Shop | None]]


class Feed:
    """Writes the feed of one shop, and remembers when its content last changed."""

    def __init__(self, database: Database, find: FindShop, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._find = find
        self._clock = clock
        self._last = ("", clock())

    @asynccontextmanager
    async def edition(self) -> AsyncIterator[Edition]:
        """Yields the current feed; its file is deleted afterwards. Raises NoSuchFeed if there is no shop."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as file:
            now = self._clock()
            async with self._database.snapshot() as c:
                shop = await self._find(c)
                if shop is None:
                    raise NoSuchFeed
                digest, offers = hashlib.sha256(shop.name.encode()), 0
                unnamed = Translator(shop.language).plain("feed-category-other")
                found = await feed_head.of_shop(c, shop.id)
                async for line in _offers(c, shop, now, unnamed):
                    file.write(line)
                    digest.update(line)
                    offers += 1
            file.write(TAIL.encode())
            changed = self._since(digest.hexdigest(), now)
            categories = [name or unnamed for name in found.categories]
            local = changed.astimezone(shop.rules.zone)
            start = head(shop.name, categories, found.currencies, local).encode()
            yield Edition(start, file, len(start) + file.tell(), digest.hexdigest(), changed, offers)

    def _since(self, digest: str, now: datetime) -> datetime:
        """The time of the last change: the same while the digest is the same, so that readers can cache."""
        if self._last[0] != digest:
            self._last = (digest, now)
        return self._last[1]


async def _offers(c: AsyncConnection, shop: Shop, now: datetime, unnamed: str) -> AsyncIterator[bytes]:
    stems = await flowers.stems(c, shop.id)
    shop_open = not _hides(await closures.current(c, shop.id), now)
    last = 0
    while some := await products.after(c, shop.id, last, _AT_ONCE):
        for product in filter(can_be_offered, some):
            is_available = available(product, stems, shop_open=shop_open)
            yield offer(product, product.category or unnamed, is_available=is_available).encode()
        last = some[-1].id


def _hides(hiding: Hiding | None, now: datetime) -> bool:
    """Whether the shop is hidden now; a hiding past its end does not count, even if it is still open."""
    return hiding is not None and (hiding.until is None or hiding.until > now)


def feed_routes(feeds: Mapping[str, Feed]) -> list[web.RouteDef]:
    """Returns the route that serves each feed by its secret; other names get a 404."""
    by_name = [(f"{secret}.xml".encode(), feed) for secret, feed in feeds.items()]

    async def serve(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"].encode("utf-8", "surrogateescape")
        meant = [feed for expected, feed in by_name if hmac.compare_digest(name, expected)]
        if not meant:
            raise web.HTTPNotFound
        try:
            async with meant[0].edition() as edition:
                return await _answer(request, edition)
        except NoSuchFeed as error:
            log.warning("feed_of_a_shop_that_is_not_there")
            raise web.HTTPNotFound from error

    return [web.get(PATH, serve)]


async def _answer(request: web.Request, edition: Edition) -> web.StreamResponse:
    if not edition.offers:
        # An empty feed could remove every product from the marketplace: ask it to retry later.
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "600"})
    if edition.size > LARGEST_FEED:
        log.warning("feed_too_large", size=edition.size)
    is_known = _is_known(request, edition)
    response = web.StreamResponse(status=HTTPStatus.NOT_MODIFIED if is_known else HTTPStatus.OK)
    response.content_type, response.charset = "application/xml", "utf-8"
    response.etag, response.last_modified = ETag(edition.digest), edition.changed
    response.headers["Cache-Control"] = "no-cache"
    if not is_known:
        response.content_length = edition.size
    await response.prepare(request)
    if not is_known and request.method != "HEAD":
        await response.write(edition.start)
        edition.file.seek(0)
        while chunk := edition.file.read(_CHUNK):
            await response.write(chunk)
    await response.write_eof()
    return response


def _is_known(request: web.Request, edition: Edition) -> bool:
    """Whether the reader has this edition; the ETag takes precedence over the time."""
    if request.if_none_match is not None:
        return any(tag.value in {edition.digest, "*"} for tag in request.if_none_match)
    since = request.if_modified_since
    return since is not None and edition.changed.replace(microsecond=0) <= since
