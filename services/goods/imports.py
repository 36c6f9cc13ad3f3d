"""Price lists: a list's changes are previewed first, and applied when somebody confirms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.goods.price_list import Preview, PriceList, preview
from orders.goods.products import Product
from orders.model.people import Actor
from storage.db.database import Database
from storage.db.locks import hold_table
from storage.db.tables import products
from storage.goods import pending_imports
from storage.goods import products as goods
from storage.goods.pending_imports import Import, ImportState

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """A list as it was sent, and what it would change now."""

    sent: Import
    preview: Preview


class Imports:
    """Stores lists until they are decided upon. The caller checks that the actor is a chief."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def propose(self, listed: PriceList, name: str, actor: Actor, shop_id: int) -> int:
        """Store a list; nothing changes yet. Returns its id."""
        async with self._database.write() as c:
            return await pending_imports.add(c, shop_id, actor.staff_id, self._clock(), name, listed)

    async def look(self, import_id: int, shop_id: int) -> Proposal | None:
        """What the list would change now; None if the shop has no such list."""
        async with self._database.snapshot() as c:
            return await _proposal(c, import_id, shop_id)

    async def apply(self, import_id: int, shop_id: int) -> Proposal | None:
        """Apply the list once, compared with the goods as they are now.

        Returns None when it was applied or dropped before.
        """
        async with self._database.write() as c:
            # Rows are written whole: without the lock a concurrent tap on the stop list would be lost.
            await hold_table(c, products)
            proposal = await _proposal(c, import_id, shop_id)
            if proposal is None or not await pending_imports.close(
                c, shop_id, import_id, ImportState.APPLIED
            ):
                return None
            await goods.put_many(c, shop_id, proposal.preview.wanted, self._clock())
            return proposal

    async def drop(self, import_id: int, shop_id: int) -> bool:
        """Discard the list; False when it was decided upon before."""
        async with self._database.write() as c:
            return await pending_imports.close(c, shop_id, import_id, ImportState.DROPPED)


async def _proposal(c: AsyncConnection, import_id: int, shop_id: int) -> Proposal | None:
    sent = await pending_imports.get(c, shop_id, import_id)
    if sent is None:
        return None
    return Proposal(sent, preview(sent.listed, await _products(c, shop_id), shop_id))


async def _products(c: AsyncConnection, shop_id: int) -> list[Product]:
    found: list[Product] = []
    while some := await goods.after(c, shop_id, found[-1].id if found else 0, _AT_ONCE):
        found += some
    return found
