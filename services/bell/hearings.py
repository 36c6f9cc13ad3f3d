"""Where and when each member of staff is notified, and who is in the shop's group (X14)."""

from __future__ import annotations

from orders.bell.ringing import NOT_KNOWN, Hearing
from storage.bell import hearing
from storage.db.database import Database


class Hearings:
    """Reads and stores people's own choices, and what Telegram reports of the group's members."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_person(self, shop_id: int, staff_id: int) -> Hearing:
        """Returns the person's choice, or that nothing is known of it."""
        async with self._database.snapshot() as c:
            known = await hearing.of_shop(c, shop_id)
        return known.by_staff.get(staff_id, NOT_KNOWN)

    async def choose(self, staff_id: int, chosen: Hearing) -> None:
        """Store the person's choice."""
        async with self._database.write() as c:
            await hearing.choose(c, staff_id, chosen)

    async def note_member(self, chat_id: int, telegram_id: int, *, is_member: bool) -> None:
        """Record that the person joined or left the group."""
        async with self._database.write() as c:
            await hearing.note_member(c, chat_id, telegram_id, is_member=is_member)
