"""What is known about an order beside its own document: sums, refusals, and who is free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from orders.model.order import Order
from orders.model.people import Role
from orders.money.reconciliation import RealPayout
from orders.order.board import Section, Span
from storage.db.database import Database
from storage.money import transactions
from storage.order import board
from storage.order import orders as order_rows
from storage.order.board import BoardQuery
from storage.team import staff

MOST_LIVE = 500
"""Maximum number of orders that are counted for each colleague's load."""


class OrderFacts:
    """Reads them for the screens of an order. Who may read a screen is checked before."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def real_payout(self, order: Order) -> RealPayout | None:
        """Returns what the marketplace paid for the order by its money reports; None if none names it."""
        async with self._database.snapshot() as c:
            return await transactions.payout(c, order.shop_id, order.number)

    async def declined_since(self, shop_id: int, since: datetime) -> int:
        """Returns how many orders the shop has declined since then."""
        async with self._database.snapshot() as c:
            return await order_rows.count_declined(c, shop_id, since)

    async def loads(self, shop_id: int, roles: Sequence[Role]) -> list[tuple[int, str, int]]:
        """Returns id and name of everybody with these roles, with the number of their unfinished orders."""
        query = BoardQuery(shop_id, Section.ALL, Span(), self._clock(), None)
        async with self._database.snapshot() as c:
            members = await staff.of_shop(c, shop_id, roles)
            live = [order for order in await board.page(c, query, MOST_LIVE, 0) if not order.is_final]
        load: Counter[int | None] = Counter()
        for order in live:
            load.update(
                {person.staff_id for person in (order.progress.seller, order.progress.carrier) if person}
            )
        return [(member.staff_id, member.name, load[member.staff_id]) for member in members]
