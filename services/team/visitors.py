"""Who writes to the bot, and which of their shops an update concerns (X6)."""

from __future__ import annotations

from storage.client import conversation
from storage.db.database import Database
from storage.intake import drafts
from storage.order import cards, orders
from storage.shop import shop_with_staff, shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member


class Visitors:
    """Finds the person and the shop of an update."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def places(self, telegram_id: int) -> list[tuple[Member, Shop]]:
        """Returns the shops in which the person works, the current one first."""
        async with self._database.read_one() as c:
            return await shop_with_staff.of_person(c, telegram_id)

    async def shops_of(self, member: Member) -> list[Shop]:
        """Returns all shops in which this member of staff works."""
        if member.telegram_id is None:
            return []
        async with self._database.snapshot() as c:
            return await shops.places_of(c, member.telegram_id)

    async def shop(self, shop_id: int) -> Shop | None:
        """Returns the shop; None if it was removed."""
        async with self._database.snapshot() as c:
            return await shops.get(c, shop_id)

    async def change_place(self, member: Member, shop_id: int) -> Member | None:
        """Make another shop the person's current one. Returns their place there; None if they have none."""
        async with self._database.write() as c:
            there = await staff.get(c, member.staff_id, shop_id)
            if there is not None:
                await staff.go_to(c, there.staff_id, shop_id)
        return there

    async def colleague(self, shop_id: int, staff_id: int) -> Member | None:
        """Returns a member of the shop's staff; None if they no longer work there."""
        async with self._database.read_one() as c:
            return await staff.get(c, staff_id, shop_id)

    async def is_phone_of_staff(self, phone: str) -> bool:
        """Whether somebody with this phone works in any shop."""
        async with self._database.snapshot() as c:
            return bool(await staff.by_phone(c, phone))

    async def set_group(self, shop_id: int, chat_id: int) -> None:
        """Make this chat the shop's group."""
        async with self._database.write() as c:
            await shops.set_group(c, shop_id, chat_id)

    async def go_to(self, member: Member) -> None:
        """Make the shop of this place the person's current shop."""
        async with self._database.write() as c:
            await staff.go_to(c, member.staff_id, member.shop_id)

    async def shop_of_order(self, order_id: int) -> int | None:
        """Returns the order's shop; None if there is no such order."""
        async with self._database.snapshot() as c:
            order = await orders.get(c, order_id) if order_id else None
        return order.shop_id if order else None

    async def shop_of_draft(self, draft_id: int) -> int | None:
        """Returns the draft's shop; None if there is no such draft."""
        async with self._database.snapshot() as c:
            draft = await drafts.get(c, draft_id) if draft_id else None
        return draft.shop_id if draft else None

    async def shop_of_message(self, chat_id: int, message_id: int) -> int | None:
        """Returns the shop of the order that this message of the bot shows or speaks of."""
        async with self._database.snapshot() as c:
            shown = await cards.order_of(c, chat_id, message_id)
            if shown is None:
                shown = await conversation.order_of(c, chat_id, message_id)
        return await self.shop_of_order(shown) if shown is not None else None
