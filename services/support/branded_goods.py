"""The shop's form for branded goods, and its requests to support for them (R73, R74)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from orders.model.people import Mark
from orders.support.branded import BrandedItem, BrandedRequest, ShopProfile
from storage.db.database import Database
from storage.support import branded


class BrandedGoods:
    """Reads and changes form and requests. Who may do so is checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def profile(self, shop_id: int) -> ShopProfile:
        """Returns the form, empty until it is filled in."""
        async with self._database.snapshot() as c:
            return await branded.profile(c, shop_id)

    async def change_profile(self, shop_id: int, change: Callable[[ShopProfile], ShopProfile]) -> None:
        """Change the form in one transaction."""
        async with self._database.write() as c:
            await branded.put_profile(c, shop_id, change(await branded.profile(c, shop_id)))

    async def profile_and_open_requests(self, shop_id: int) -> tuple[ShopProfile, list[BrandedRequest]]:
        """Returns the form and the requests that support has not answered, of one moment."""
        async with self._database.snapshot() as c:
            return await branded.profile(c, shop_id), await branded.open_requests(c, shop_id)

    async def add_request(self, shop_id: int, item: BrandedItem, words: str, sent: Mark) -> None:
        """Record that a request was sent."""
        async with self._database.write() as c:
            await branded.put(c, BrandedRequest(0, shop_id, item, words, sent))

    async def close_request(self, shop_id: int, request_id: int, over: Mark, *, came: bool) -> None:
        """Record that the goods came or were refused; a closed request stays as it is."""
        async with self._database.write() as c:
            found = await branded.get(c, shop_id, request_id)
            if found is not None and found.over is None:
                await branded.put(c, replace(found, over=over, came=came))
