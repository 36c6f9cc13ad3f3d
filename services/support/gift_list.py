"""The shop's list of small gifts (R85)."""

from __future__ import annotations

from orders.model.money import Money
from storage.db.database import Database
from storage.support import gifts
from storage.support.gifts import ListedGift


class GiftList:
    """Reads and changes the list. Who may do so is checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_shop(self, shop_id: int) -> list[ListedGift]:
        """Returns the whole list."""
        async with self._database.snapshot() as c:
            return await gifts.of_shop(c, shop_id)

    async def add(self, shop_id: int, name: str, cost: Money, most: int) -> bool:
        """Add a gift. Returns False if the list has `most` gifts already."""
        async with self._database.write() as c:
            if len(await gifts.of_shop(c, shop_id)) >= most:
                return False
            await gifts.add(c, shop_id, name, cost)
        return True

    async def remove(self, shop_id: int, gift_id: int) -> None:
        """Remove a gift from the list; orders keep it."""
        async with self._database.write() as c:
            await gifts.remove(c, shop_id, gift_id)
