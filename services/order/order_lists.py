"""Lists of orders: the board, the search by number or words, a courier's deliveries (R4, R5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from orders.model.order import Order
from orders.order.board import Section
from storage.db.database import Database
from storage.delivery import deliveries
from storage.order import board
from storage.order.board import BoardQuery, NotShown
from storage.order.orders import Listed


@dataclass(frozen=True, slots=True)
class BoardPage:
    """One page of the board. `earlier`: unfinished orders of the days before."""

    found: Listed
    page: int
    pages: int
    counts: Mapping[Section, int]
    not_shown: NotShown
    earlier: int


class OrderLists:
    """Reads lists of a shop's orders.

    `visible_to`: only the orders of this member of staff; None: all (R14).
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_number(self, shop_id: int, digits: str, visible_to: int | None, most: int) -> list[Order]:
        """Returns the orders whose number is or contains the digits; an exact match comes first."""
        return (await self.listed_by_number(shop_id, digits, visible_to, most)).orders

    async def listed_by_number(self, shop_id: int, digits: str, visible_to: int | None, most: int) -> Listed:
        """Returns the same with the numbers of damaged orders."""
        async with self._database.read_one() as c:
            return await board.find_listed(c, shop_id, digits, visible_to, most)

    async def count_by_number(self, shop_id: int, digits: str, visible_to: int | None) -> int:
        """Returns how many orders have the digits in their number."""
        async with self._database.read_one() as c:
            return await board.count_found(c, shop_id, digits, visible_to)

    async def by_words(
        self, shop_id: int, roots: Sequence[str], visible_to: int | None, most: int
    ) -> list[Order]:
        """Returns open orders in which each of these roots of words stands somewhere."""
        async with self._database.read_one() as c:
            return await board.find_by_words(c, shop_id, roots, visible_to, most)

    async def first(self, query: BoardQuery, most: int) -> list[Order]:
        """Returns the first orders of the board's list."""
        async with self._database.snapshot() as c:
            return await board.page(c, query, most, 0)

    async def board(self, query: BoardQuery, page: int, size: int) -> BoardPage:
        """Returns a page of the board; a number past the end gives the last page."""
        async with self._database.snapshot() as c:
            pages = max(1, ceil(await board.total(c, query) / size))
            page = min(max(page, 0), pages - 1)
            return BoardPage(
                found=await board.listed(c, query, size, page * size),
                page=page,
                pages=pages,
                counts=await board.counts(c, query),
                not_shown=await board.not_shown(c, query),
                earlier=await board.unfinished_before(c, query),
            )

    async def carried_by(self, shop_id: int, staff_id: int) -> Listed:
        """Returns the unfinished orders that this person carries."""
        async with self._database.snapshot() as c:
            return await deliveries.carried_by(c, shop_id, staff_id)
