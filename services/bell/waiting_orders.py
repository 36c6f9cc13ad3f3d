"""One message per chat for all orders that wait to be accepted: edited in place, one sound for all (X14)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime

from aiogram import Bot
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.bell.waiting_orders import waiting_orders
from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from messages.ui.shop_labels import placed
from orders.access.roles import Act, may
from orders.bell.ringing import rings_for_ladder, rings_for_new
from orders.model.order import Order
from orders.model.status import Status
from orders.order.board import Section, Span
from services.bell.group_lines import GroupLines
from services.sending.bot_middlewares import UNREACHABLE
from services.sending.live_cards import LiveCards, edit
from services.sending.message_removal import take_away
from services.sending.unreachable_chats import note_reached
from storage.bell import bells
from storage.db.database import Database
from storage.order import board, cards
from storage.order import orders as order_rows
from storage.order.board import BoardQuery
from storage.order.cards import Card, Slot
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.updates.named_locks import NamedLocks

MOST = 200
"""At most this many orders are named in one message."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is needed to draw the message for one chat. `t` is in the reader's language, or the shop's."""

    order: Order
    shop: Shop
    waiting: Sequence[Order]
    shown: Sequence[Card]
    """Rows of the current message, one for each order that it names."""
    former: Sequence[Card]
    t: Translator
    has_card: bool
    is_one_of_several: bool
    chat_id: int

    @property
    def in_group(self) -> bool:
        return self.chat_id == self.shop.group_chat_id

    @property
    def message_id(self) -> int | None:
        return self.shown[-1].message_id if self.shown else None

    @property
    def settled(self) -> set[int]:
        """Orders that the message names, or named, and that wait no more."""
        return {card.order_id for card in self.shown} - {one.id for one in self.waiting}


class WaitingOrders:
    """Draws the message, and decides at that moment whether it makes a sound."""

    def __init__(
        self,
        bot: Bot,
        database: Database,
        clock: Callable[[], datetime],
        locks: NamedLocks,
        live_cards: LiveCards,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._locks = locks
        self.live_cards = live_cards
        self._lines = GroupLines(bot, database, clock, live_cards)

    @asynccontextmanager
    async def gesture(self, chat_id: int | None) -> AsyncIterator[None]:
        """Within this the chat's message is not drawn: what one tap accepts is told by one line."""
        async with self._locks.hold(f"waiting {chat_id}"):
            yield

    async def listed_by(self, chat_id: int, message_id: int) -> list[int]:
        """Returns the ids of the waiting orders that this message lists."""
        async with self._database.snapshot() as c:
            return await cards.named_by(c, chat_id, message_id)

    async def number(self, order_id: int) -> str:
        """Returns the order's number, empty if there is none: also of one that its reader may not see."""
        async with self._database.snapshot() as c:
            label = await order_rows.label(c, order_id)
        return label[1] if label else ""

    async def join(self, order_id: int, chat_id: int, *, aloud: bool, is_ladder: bool) -> None:
        """Show a new or due order in this chat at once, with a sound unless one was just made.

        A single waiting order that is not due yet is shown by its own card.
        """
        async with self._locks.hold(f"waiting {chat_id}"):
            scene = await self._scene(order_id, chat_id)
            if scene is None:
                return
            if scene.order.status is not Status.NEW:
                await self._leave(scene, is_told=True)
                return
            if scene.in_group:
                await self._lines.remove(scene.order, scene.shop, chat_id, scene.t)
            rings = aloud and await self._rings(scene, is_ladder=is_ladder)
            if len(scene.waiting) == 1 and not is_ladder and not scene.shown:
                await self._show_card(scene, rings=rings)
            else:
                await self._draw(scene, anew=rings or not scene.shown, silent=not rings)
            if rings:
                async with self._database.write() as c:
                    await bells.note_sound(c, chat_id, self._clock(), is_ladder=is_ladder)

    async def refresh(self, order_id: int, chat_id: int) -> None:
        """The order has changed: bring the message up to date where it is shown.

        Its card is refreshed as well: it may have been on its way into this chat when the change was
        notified.
        """
        async with self._locks.hold(f"waiting {chat_id}"):
            scene = await self._scene(order_id, chat_id)
            if scene is None:
                return
            if scene.order.status is not Status.NEW:
                await self._leave(scene, is_told=False)
            elif scene.shown:
                await self._draw(scene, anew=False, silent=True)
            if scene.has_card:
                await self.live_cards.refresh(order_id, chat_id, aloud=False)

    async def _rings(self, scene: _Scene, *, is_ladder: bool) -> bool:
        async with self._database.read_one() as c:
            sounds = await bells.last_sounds(c, scene.chat_id)
        now = self._clock()
        if not is_ladder:
            return rings_for_new(sounds, now)
        oldest = min(order.placed_at for order in scene.waiting)
        is_oldest = scene.order.placed_at <= oldest
        return rings_for_ladder(sounds, scene.shop.rules, now, is_oldest=is_oldest)

    async def _leave(self, scene: _Scene, *, is_told: bool) -> None:
        """Remove an order that no longer waits; in the group a silent line says what became of it."""
        if scene.waiting and scene.shown:
            await self._draw(scene, anew=False, silent=True)
        else:
            await self._take_down(scene)
            await self._show_lines(scene)
        if is_told and scene.in_group:
            await self._lines.show({scene.order.id}, scene.shop, scene.chat_id, scene.t)

    async def _show_lines(self, scene: _Scene) -> None:
        """Send a line to the group for the orders that the message named and that no longer wait.

        The message is redrawn before. The rows of these orders stay until the lines are sent: after a crash
        the next drawing finds them.
        """
        if not scene.in_group or not scene.settled:
            return
        await self._lines.show(scene.settled, scene.shop, scene.chat_id, scene.t)
        async with self._database.write() as c:
            await cards.remove_all(c, [card for card in scene.shown if card.order_id in scene.settled])

    async def _show_card(self, scene: _Scene, *, rings: bool) -> None:
        order_id, chat_id = scene.order.id, scene.chat_id
        if rings or scene.has_card:
            await self.live_cards.refresh(order_id, chat_id, aloud=rings)
        else:
            await self.live_cards.show_quietly(order_id, chat_id)

    async def _draw(self, scene: _Scene, *, anew: bool, silent: bool) -> None:
        screen = self._screen(scene)
        message_id = scene.message_id
        if anew or message_id is None:
            message_id = await self._send(scene, screen, silent=silent)
        elif {card.digest for card in scene.shown} != {screen.digest} and not await edit(
            self._bot, scene.chat_id, message_id, screen
        ):
            message_id = await self._send(scene, screen, silent=True)
        await self._keep(scene, message_id, screen.digest)
        await self._show_lines(scene)
        if len(scene.waiting) > 1:
            await self.live_cards.close(scene.chat_id, scene.shop.id, [one.id for one in scene.waiting])

    def _screen(self, scene: _Scene) -> Screen:
        rules, now = scene.shop.rules, self._clock()
        screen = waiting_orders(scene.waiting, rules, now, scene.t, in_group=scene.in_group)
        return placed(screen, scene.shop.name, scene.t) if scene.is_one_of_several else screen

    async def _send(self, scene: _Scene, screen: Screen, *, silent: bool) -> int:
        message = await self._bot.send_message(
            scene.chat_id,
            screen.text,
            reply_markup=screen.keyboard,
            disable_notification=silent,
            link_preview_options=screen.preview,
        )
        return message.message_id

    async def _keep(self, scene: _Scene, message_id: int, digest: str) -> None:
        """Store the named orders and the message they replace in one transaction, then delete the old one."""
        named = {one.id for one in scene.waiting} | (scene.settled if scene.in_group else set())
        wanted = {Card(one, scene.chat_id, Slot.WAITING, message_id, digest) for one in named}
        replaced = [card for card in scene.shown if card.message_id != message_id]
        former = [replace(card, slot=Slot.FORMER_WAITING, digest="") for card in replaced[-1:]]
        if wanted != set(scene.shown):
            async with self._database.write() as c:
                await cards.remove_all(c, [card for card in scene.shown if card.order_id not in named])
                await cards.put_waiting(c, [*(wanted - set(scene.shown)), *former])
                if scene.in_group:
                    await note_reached(c, scene.chat_id, scene.order.id, self._clock())
        await self._clear([*scene.former, *former], scene.t)

    async def _take_down(self, scene: _Scene) -> None:
        """Nothing waits. In the group the rows stay until the lines of their orders stand."""
        gone = [*scene.former, *scene.shown]
        if gone:
            await self._remove_messages(gone, scene.t)
            async with self._database.write() as c:
                await cards.remove_all(c, scene.former if scene.in_group else gone)

    async def _clear(self, gone: Sequence[Card], t: Translator) -> None:
        """Delete old messages. The next drawing retries a failure: raising would send the message again."""
        if not gone:
            return
        with suppress(*UNREACHABLE):
            await self._remove_messages(gone, t)
            async with self._database.write() as c:
                await cards.remove_all(c, gone)

    async def _remove_messages(self, gone: Sequence[Card], t: Translator) -> None:
        for message_id in {card.message_id for card in gone}:
            await take_away(self._bot, gone[0].chat_id, message_id, t("bell-nothing-waits"))

    async def _scene(self, order_id: int, chat_id: int) -> _Scene | None:
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, order_id)
            shop = await shops.get(c, order.shop_id) if order else None
            if order is None or shop is None:
                return None
            reader = await _reader(c, shop, chat_id)
            if reader is None:
                return None
            t, is_one_of_several = reader
            query = BoardQuery(shop.id, Section.NEW, Span(), self._clock())
            here = await cards.of_chat(c, chat_id, shop.id, Slot.WAITING, Slot.FORMER_WAITING)
            return _Scene(
                order,
                shop,
                await board.page(c, query, MOST, 0),
                [card for card in here if card.slot is Slot.WAITING],
                [card for card in here if card.slot is Slot.FORMER_WAITING],
                t,
                await cards.get(c, order_id, chat_id, Slot.CARD) is not None,
                is_one_of_several,
                chat_id,
            )


async def _reader(c: AsyncConnection, shop: Shop, chat_id: int) -> tuple[Translator, bool] | None:
    """The reader's language, and whether they have several shops; None where the chat may not read it."""
    if chat_id == shop.group_chat_id:
        return Translator(shop.language), False
    members = await staff.by_telegram(c, chat_id)
    here = [one for one in members if may(one.actor, Act.SEE_ALL_ORDERS, shop.id)]
    return (Translator(here[0].language), len(members) > 1) if here else None
