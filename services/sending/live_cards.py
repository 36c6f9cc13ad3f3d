"""Live cards: one message per order and chat, edited in place, always up to date (X2)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import replace
from datetime import datetime

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from orders.bell.closing import leaves
from orders.bell.ringing import Rung, rings_for_reminder
from orders.model.order import Order
from orders.model.status import Status
from orders.schedule.deadlines import DeadlineKind
from services.order.scenes import Scene, read_scene
from services.sending.bot_middlewares import UNREACHABLE
from services.sending.message_removal import delete, retire
from services.sending.photo_prompts import PhotoPrompts
from services.sending.unreachable_chats import note_reached
from storage.bell import bells
from storage.db import serial
from storage.db.database import Database
from storage.order import cards
from storage.order import orders as order_rows
from storage.order.cards import Card, Slot
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from storage.updates.named_locks import NamedLocks

_LOST = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "message identifier is not specified",
)
"""Telegram's errors for a message that can no longer be edited."""
_MENU = "menu "
"""Prefix of a menu's digest."""


class LiveCards:
    """Draws orders as they are now, and keeps each chat's message up to date."""

    def __init__(
        self, bot: Bot, database: Database, clock: Callable[[], datetime], locks: NamedLocks
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._locks = locks
        self._rung: dict[tuple[int, DeadlineKind], Rung] = {}
        """The last sound by chat and kind of reminder. Lost at a restart: then one more reminder rings."""
        self.prompts = PhotoPrompts(bot, database)

    async def refresh(self, order_id: int, chat_id: int, *, aloud: bool, again: bool = False) -> None:
        """Bring the card of this chat up to date: silently by an edit, or aloud by a new message.

        A chat without a card gets one only aloud. The card is deleted where its reader may not see it any
        more. `again`: an earlier attempt may have drawn it without storing the digest, so the digest proves
        nothing.
        """
        await self._show(order_id, chat_id, Slot.CARD, anew=aloud, silent=not aloud, again=again)

    async def move_down(self, order_id: int, chat_id: int) -> None:
        """Show the card as the newest message of the chat, without sound: somebody asked for it."""
        await self.take_in_hand(order_id, chat_id)
        await self._show(order_id, chat_id, Slot.CARD, anew=True, silent=True)

    async def show_quietly(self, order_id: int, chat_id: int) -> None:
        """Show the card as the newest message, without sound: nobody asked for it, and it need not ring."""
        await self._show(order_id, chat_id, Slot.CARD, anew=True, silent=True)

    async def show_if_absent(self, order_id: int, chat_id: int) -> None:
        """The same in a chat that shows no card of this order yet."""
        async with self._database.snapshot() as c:
            card = await cards.get(c, order_id, chat_id, Slot.CARD)
        if card is None:
            await self.show_quietly(order_id, chat_id)

    async def open_if_absent(self, order_id: int, chat_id: int) -> None:
        """Show the card to a person who took the order from another message."""
        async with self._locked(order_id, chat_id), self._database.snapshot() as c:
            card = await cards.get(c, order_id, chat_id, Slot.CARD)
        if card is None:
            await self.move_down(order_id, chat_id)

    async def drawn(self, order_id: int, chat_id: int) -> Screen:
        """The card as its reader sees it in private. Raises LookupError where they see none."""
        async with self._database.snapshot() as c:
            scene = await read_scene(c, order_id, chat_id)
        screen = scene.screen(Slot.CARD, self._clock()) if scene else None
        if screen is None:
            raise LookupError(f"{chat_id} sees no card of order {order_id}")
        return screen

    async def order_of(self, chat_id: int, message_id: int) -> int | None:
        """Returns the order of this message of the bot: a card, an alarm, a photo or a note."""
        async with self._database.snapshot() as c:
            return await cards.order_of(c, chat_id, message_id)

    async def remove_later(self, shop_id: int, chat_id: int, message_id: int, at: datetime) -> None:
        """Delete this message, which is no card, at that time."""
        over = News(shop_id, chat_id, NewsKind.GROUP_WORDS_OVER, message_id, sound=False, not_before=at)
        async with self._database.write() as c:
            await shop_notifications.put(c, [over])

    async def take_in_hand(self, order_id: int, chat_id: int) -> None:
        """Mark this card as the one its reader works with: it is not replaced by another card."""
        async with self._database.read_one() as c:
            before = await bells.in_hand(c, chat_id)
        if before != order_id:  # usually it is marked already, and a write waits for the disk
            async with self._database.write() as c:
                await bells.take_in_hand(c, chat_id, order_id)

    async def close(self, chat_id: int, shop_id: int, order_ids: Collection[int]) -> None:
        """Delete the cards of these orders, which another message names; the card in hand is kept.

        So is the card of an order that was accepted meanwhile: that message no longer names it.
        """
        async with self._database.snapshot() as c:
            shown = await cards.of_chat(c, chat_id, shop_id, Slot.CARD)
        for card in shown:
            if card.order_id in order_ids:
                await self._close(card.order_id, chat_id, _is_named_elsewhere)

    async def _close_others(self, order: Order, shop: Shop, member: Member, chat_id: int) -> None:
        """Close other cards in a private chat, except of orders that its reader assembles or carries."""
        async with self._database.snapshot() as c:
            in_hand = await bells.in_hand(c, chat_id)
            shown = await cards.of_chat(c, chat_id, shop.id, Slot.CARD)
            others = {card.order_id for card in shown} - {order.id}
            found, _unreadable = await order_rows.load_readable(c, others)
        viewer, rules, now = member.actor, shop.rules, self._clock()

        def may_go(order: Order, in_hand: int | None) -> bool:
            return leaves(order, viewer, rules, now, in_hand=order.id == in_hand)

        for other in found.values():
            if may_go(other, in_hand):
                await self._close(other.id, chat_id, may_go)

    async def _close(self, order_id: int, chat_id: int, may_go: Callable[[Order, int | None], bool]) -> None:
        """Delete the order's card from the chat, decided under the lock.

        `may_go` gets the order and the id of the order in hand, read under the lock.
        """
        async with self._locked(order_id, chat_id):
            async with self._database.snapshot() as c:
                order = await order_rows.get(c, order_id)
                in_hand = await bells.in_hand(c, chat_id)
                card = await cards.get(c, order_id, chat_id, Slot.CARD)
            if order is not None and may_go(order, in_hand):
                await self._clear(card)

    async def alarm(self, order_id: int, chat_id: int, *, aloud: bool, again: bool = False) -> None:
        """Show the alarm of what is due; delete it where nothing is due for this chat any more.

        Several orders that are due for the same reason make one sound (X14): all are shown, the first one
        rings.
        """
        await self._show(order_id, chat_id, Slot.ALARM, anew=aloud, silent=not aloud, again=again)

    async def adopt(self, order_id: int, chat_id: int, message_id: int) -> None:
        """Make this message the card: the next refresh draws it there.

        Another message that was the card is deleted, so that the chat keeps one.
        """
        async with self._locked(order_id, chat_id):
            await self._adopt(Card(order_id, chat_id, Slot.CARD, message_id, ""))

    async def adopt_menu(self, order: Order, chat_id: int, draw: Callable[[], Awaitable[int]]) -> None:
        """Draw a menu of the order and make its message the card; it stays until a step changes the order.

        `draw` returns the id of the message that shows the menu; the lock excludes a refresh before it is
        stored. If the message was an alarm or a former message, it becomes the card, and is not deleted any
        more.
        """
        async with self._locked(order.id, chat_id):
            await self._adopt(Card(order.id, chat_id, Slot.CARD, await draw(), _of_menu(order)))

    async def _adopt(self, card: Card) -> None:
        async with self._database.write() as c:
            before = await cards.get(c, card.order_id, card.chat_id, Slot.CARD)
            for slot in (Slot.ALARM, Slot.FORMER_CARD, Slot.FORMER_ALARM):
                other = await cards.get(c, card.order_id, card.chat_id, slot)
                if other is not None and other.message_id == card.message_id:
                    await cards.remove(c, card.order_id, card.chat_id, slot)
            await bells.take_in_hand(c, card.chat_id, card.order_id)
            former = await self._replace(c, before, card)
        await self._clear(former)

    async def _show(
        self, order_id: int, chat_id: int, slot: Slot, *, anew: bool, silent: bool, again: bool = False
    ) -> None:
        async with self._locked(order_id, chat_id):
            scene = await self._draw(order_id, chat_id, slot, anew=anew, silent=silent, again=again)
        if anew and slot is Slot.CARD and scene is not None and scene.member is not None:
            await self._close_others(scene.order, scene.shop, scene.member, chat_id)

    def _locked(self, order_id: int, chat_id: int) -> AbstractAsyncContextManager[None]:
        # The sender and a tap may draw the same card at once; the lock lets the second see what the first
        # stored.
        return self._locks.hold(f"card {order_id} {chat_id}")

    async def _draw(
        self, order_id: int, chat_id: int, slot: Slot, *, anew: bool, silent: bool, again: bool
    ) -> Scene | None:
        """Returns the scene that was drawn."""
        async with self._database.snapshot() as c:
            scene = await read_scene(c, order_id, chat_id)
            here = await cards.here(c, order_id, chat_id)
        card = here.get(slot)
        await self._clear(here.get(slot.former))
        order = scene.order if scene else None
        await self.prompts.retire_outdated(order, here)
        screen = scene.screen(slot, self._clock()) if scene else None
        if screen is None:
            await self._take_down(card)
        elif anew:
            now = self._clock()
            due = scene.due(now) if scene and slot is Slot.ALARM else None
            if due is not None and not rings_for_reminder(self._rung.get((chat_id, due)), order_id, now):
                silent = True
            former = await self._send(
                card, Card(order_id, chat_id, slot, 0, screen.digest), screen, silent=silent
            )
            if due is not None and not silent:
                self._rung[chat_id, due] = Rung(order_id, now)
            await self._clear(former)
        elif card is not None and (again or card.digest != screen.digest) and not _shows_menu(card, order):
            await self._edit(card, screen)
        return scene

    async def _send(self, before: Card | None, card: Card, screen: Screen, *, silent: bool) -> Card | None:
        message = await self._bot.send_message(
            card.chat_id,
            screen.text,
            reply_markup=screen.keyboard,
            disable_notification=silent,
            link_preview_options=screen.preview,
        )
        async with self._database.write() as c:
            if card.chat_id < 0:
                await note_reached(c, card.chat_id, card.order_id, self._clock())
            return await self._replace(c, before, replace(card, message_id=message.message_id))

    async def _edit(self, card: Card, screen: Screen) -> None:
        if not await edit(self._bot, card.chat_id, card.message_id, screen):
            await self._send(None, replace(card, digest=screen.digest), screen, silent=True)
            return
        async with self._database.write() as c:
            await cards.put(c, replace(card, digest=screen.digest))

    async def _replace(self, c: AsyncConnection, before: Card | None, card: Card) -> Card | None:
        """Store the card and the message it replaces in one transaction, so that the old one gets deleted.

        After a crash, the next drawing deletes it.
        """
        await cards.put(c, card)
        if before is None or before.message_id == card.message_id:
            return None
        former = replace(before, slot=card.slot.former)
        await cards.put(c, former)
        return former

    async def _clear(self, former: Card | None) -> None:
        """Delete a replaced message; the next drawing retries a failure.

        Raising here would send the card once more.
        """
        with suppress(*UNREACHABLE):
            await self._take_down(former)

    async def _take_down(self, card: Card | None) -> None:
        if card is None:
            return
        if not await delete(self._bot, card.chat_id, card.message_id):
            await retire(self._bot, card.chat_id, card.message_id, await self._farewell(card))
        async with self._database.write() as c:
            await cards.remove(c, card.order_id, card.chat_id, card.slot)

    async def _farewell(self, card: Card) -> str:
        """The text for an old card that cannot be deleted; its reader may no longer see the order."""
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, card.order_id)
            shop = await shops.get(c, order.shop_id) if order else None
            readers = await staff.by_telegram(c, card.chat_id)
        language = readers[0].language if readers else shop.language if shop else ""
        return Translator(language)("card-outdated", number=order.number if order else "")


def _is_named_elsewhere(order: Order, in_hand: int | None) -> bool:
    """Whether the message of waiting orders replaces its card."""
    return order.status is Status.NEW and order.id != in_hand


def _shows_menu(card: Card, order: Order | None) -> bool:
    return order is not None and card.digest.startswith(_MENU) and card.digest == _of_menu(order)


def _of_menu(order: Order) -> str:
    """Stands in for the digest while somebody chooses from a menu that was drawn from this order.

    What the marketplace has been told changes no menu, so it must not close an open one.
    """
    document = serial.order_document(order)
    drawn_from = json.dumps([document[part] for part in ("details", "progress", "agreements")]).encode()
    return f"{_MENU}{hashlib.sha256(drawn_from).hexdigest()[:32]}"


async def edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    """Show the screen in place of the message's content; False where it can no longer be edited."""
    try:
        await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=screen.keyboard,
            link_preview_options=screen.preview,
        )
    except TelegramBadRequest as error:
        if any(words in error.message.lower() for words in _LOST):
            return False
        if "message is not modified" not in error.message:
            raise
    return True
