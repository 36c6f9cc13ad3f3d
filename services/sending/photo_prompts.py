"""Messages that ask about a photo: they lose their buttons once a newer photo exists (X20)."""

from __future__ import annotations

from contextlib import suppress

from aiogram import Bot

from orders.model.order import Order
from orders.model.status import IN_THE_SHOP
from orders.steps.photos import list_is_over, newer_photo
from services.sending.bot_middlewares import UNREACHABLE
from services.sending.message_removal import retire, take_away
from storage.db.database import Database
from storage.order import cards
from storage.order.cards import Card, Slot
from storage.photo import unassigned_photos
from storage.photo.unassigned_photos import WaitingPhoto


class PhotoPrompts:
    """Stores one question and one checklist per order and chat, and retires them."""

    def __init__(self, bot: Bot, database: Database) -> None:
        self._bot = bot
        self._database = database

    async def doubted(self, order_id: int, chat_id: int, message_id: int, waiting: WaitingPhoto) -> None:
        """Store the message that asks about a poor picture; an older question about the order is retired."""
        await self._replace(Card(order_id, chat_id, Slot.PHOTO_DOUBT, message_id, str(waiting.id)))

    async def listed(self, order_id: int, chat_id: int, message_id: int, version: int) -> None:
        """Store the message with the checklist; an older list of the order loses its buttons."""
        await self._replace(Card(order_id, chat_id, Slot.PHOTO_LIST, message_id, str(version)))

    async def take_again(self, order_id: int, chat_id: int, message_id: int) -> None:
        """«Снять заново» was tapped below this message: its picture no longer waits."""
        async with self._database.snapshot() as c:
            doubt = await cards.get(c, order_id, chat_id, Slot.PHOTO_DOUBT)
        if doubt is not None and doubt.message_id == message_id:
            await self._retire(doubt)

    async def forget_list(self, order_id: int, chat_id: int, message_id: int) -> bool:
        """Stop treating this message as a checklist: its photo is about to be moved. False: it was none."""
        async with self._database.write() as c:
            listed = await cards.get(c, order_id, chat_id, Slot.PHOTO_LIST)
            is_here = listed is not None and listed.message_id == message_id
            if is_here:
                await cards.remove(c, order_id, chat_id, Slot.PHOTO_LIST)
        return is_here

    async def retire_outdated(self, order: Order | None, here: dict[Slot, Card]) -> None:
        """Retire what a newer photo or a later step has made obsolete; `order`: None where it is hidden."""
        doubt, listed = here.get(Slot.PHOTO_DOUBT), here.get(Slot.PHOTO_LIST)
        if doubt is not None and (order is None or await self._is_over(order, doubt)):
            await self._retire(doubt)
        if listed is not None and (order is None or list_is_over(order, int(listed.digest))):
            is_settled = order is None or order.status not in IN_THE_SHOP
            await self._retire(listed, is_settled=is_settled)

    async def _is_over(self, order: Order, doubt: Card) -> bool:
        async with self._database.snapshot() as c:
            waiting = await unassigned_photos.get(c, int(doubt.digest))
        if waiting is None or order.status not in IN_THE_SHOP:
            return True
        return newer_photo(order, waiting.at, waiting.album) is not None

    async def _replace(self, card: Card) -> None:
        async with self._database.snapshot() as c:
            before = await cards.get(c, card.order_id, card.chat_id, card.slot)
        if before is not None and before.message_id != card.message_id:
            await self._retire(before)
        async with self._database.write() as c:
            await cards.put(c, card)

    async def _retire(self, card: Card, *, is_settled: bool = False) -> None:
        """Delete a question with its waiting picture, and a checklist when its order leaves the shop.

        The checklist of an older photo stays without buttons (`is_settled` is false). Retried later.
        """
        with suppress(*UNREACHABLE):
            if card.slot is Slot.PHOTO_DOUBT:
                await self._stop_waiting(int(card.digest))
                await take_away(self._bot, card.chat_id, card.message_id)
            elif is_settled:
                await take_away(self._bot, card.chat_id, card.message_id)
            else:
                await retire(self._bot, card.chat_id, card.message_id)
            async with self._database.write() as c:
                kept = await cards.get(c, card.order_id, card.chat_id, card.slot)
                if kept is not None and kept.message_id == card.message_id:  # else replaced meanwhile
                    await cards.remove(c, card.order_id, card.chat_id, card.slot)

    async def _stop_waiting(self, photo_id: int) -> None:
        async with self._database.write() as c:
            waiting = await unassigned_photos.get(c, photo_id)
            for photo in await unassigned_photos.with_album(c, waiting) if waiting else []:
                await unassigned_photos.remove(c, photo.id)
