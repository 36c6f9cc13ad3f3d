"""The shop's list of couriers from outside, who are called when no own courier can go (R43)."""

from __future__ import annotations

from orders.delivery.spare_couriers import SpareCourier
from storage.db.database import Database
from storage.delivery import spare_couriers


class SpareCouriers:
    """Reads and changes the list. Who may do so is checked before."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_shop(self, shop_id: int) -> list[SpareCourier]:
        """Returns the whole list."""
        async with self._database.snapshot() as c:
            return await spare_couriers.of_shop(c, shop_id)

    async def get(self, shop_id: int, spare_id: int) -> SpareCourier | None:
        """Returns one courier of the list; None if they were removed."""
        async with self._database.snapshot() as c:
            return await spare_couriers.get(c, shop_id, spare_id)

    async def put(self, shop_id: int, name: str, phone: str, note: str) -> None:
        """Add a courier; one with the same phone is replaced."""
        async with self._database.write() as c:
            await spare_couriers.put(c, shop_id, name, phone, note)

    async def remove(self, shop_id: int, spare_id: int) -> None:
        """Remove a courier from the list."""
        async with self._database.write() as c:
            await spare_couriers.remove(c, shop_id, spare_id)
