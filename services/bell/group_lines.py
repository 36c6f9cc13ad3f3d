"""What the group reads of orders that were accepted: one silent line for all that one gesture took (X14)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from aiogram import Bot

from messages.bell.accepted import accepted_line
from messages.i18n.texts import Translator
from orders.model.order import Order
from services.sending.live_cards import LiveCards, edit
from services.sending.message_removal import take_away
from services.sending.unreachable_chats import note_reached
from storage.db.database import Database
from storage.order import cards
from storage.order import orders as order_rows
from storage.order.cards import Card, Slot
from storage.shop.shops import Shop

_BY = "by "
"""Prefix of the digest of an order in a line."""


class GroupLines:
    """Sends the lines, and takes an order out of one whose acceptance was undone."""

    def __init__(
        self, bot: Bot, database: Database, clock: Callable[[], datetime], live_cards: LiveCards
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._live_cards = live_cards

    async def show(self, order_ids: Collection[int], shop: Shop, chat_id: int, t: Translator) -> None:
        """Tell of the orders of which nothing is told yet; one alone has a line of its own.

        An order that was accepted again after an undo leaves the line of its former acceptance first.
        """
        async with self._database.snapshot() as c:
            told = await cards.told_in(c, chat_id, order_ids)
            found, _unreadable = await order_rows.load_readable(c, order_ids)
        outdated = [
            card
            for card in told
            if card.slot is Slot.ACCEPTED
            and card.order_id in found
            and not _tells(card, found[card.order_id])
        ]
        await self._take_out(outdated, shop, t)
        done = {card.order_id for card in told if card not in outdated}
        fresh = [order for order_id, order in found.items() if order_id not in done]
        together = [batch for batch in _by_person(fresh) if len(batch) > 1]
        for batch in together:
            await self._send(batch, shop, chat_id, t)
        alone = {order.id for order in fresh} - {order.id for batch in together for order in batch}
        for order_id in sorted(alone):  # a damaged order is told nowhere, and stops no other
            await self._live_cards.show_if_absent(order_id, chat_id)

    async def remove(self, order: Order, shop: Shop, chat_id: int, t: Translator) -> None:
        """The order waits again: the line that named it counts the others only."""
        async with self._database.snapshot() as c:
            line = await cards.get(c, order.id, chat_id, Slot.ACCEPTED)
        if line is not None:
            await self._take_out([line], shop, t)

    async def _take_out(self, gone: Collection[Card], shop: Shop, t: Translator) -> None:
        """Redraw the lines of these orders without them, then forget that the lines name them."""
        for chat_id, message_id in {(card.chat_id, card.message_id) for card in gone}:
            await self._redraw(chat_id, message_id, shop, t)
        if gone:
            async with self._database.write() as c:
                await cards.remove_all(c, gone)

    async def _redraw(self, chat_id: int, message_id: int, shop: Shop, t: Translator) -> None:
        async with self._database.snapshot() as c:
            named = await cards.of_message(c, chat_id, message_id, Slot.ACCEPTED)
            found, _unreadable = await order_rows.load_readable(c, [card.order_id for card in named])
        here = [
            found[card.order_id]
            for card in named
            if card.order_id in found and _tells(card, found[card.order_id])
        ]
        if here:
            await edit(self._bot, chat_id, message_id, accepted_line(here, shop.rules, self._clock(), t))
        else:
            await take_away(self._bot, chat_id, message_id, t("bell-none-of-line"))

    async def _send(self, batch: Sequence[Order], shop: Shop, chat_id: int, t: Translator) -> None:
        screen = accepted_line(batch, shop.rules, self._clock(), t)
        sent = await self._bot.send_message(chat_id, screen.text, disable_notification=True)
        line = [Card(one.id, chat_id, Slot.ACCEPTED, sent.message_id, _acceptance(one)) for one in batch]
        async with self._database.write() as c:
            await cards.put_waiting(c, line)
            await note_reached(c, chat_id, batch[0].id, self._clock())


def _by_person(orders: Sequence[Order]) -> list[list[Order]]:
    """The orders that go on, by who accepted them."""
    found: dict[int | None, list[Order]] = {}
    for order in orders:
        accepted = order.progress.accepted
        if accepted is not None and not order.is_final:
            found.setdefault(accepted.staff_id, []).append(order)
    return list(found.values())


def _acceptance(order: Order) -> str:
    """Who accepted the order and when; empty while it waits."""
    accepted = order.progress.accepted
    return f"{_BY}{accepted.staff_id} {accepted.at.isoformat()}" if accepted else ""


def _tells(line: Card, order: Order) -> bool:
    """Whether what the line says of the order is still true.

    Older versions stored no acceptance with a line: there, an accepted order counts as told.
    """
    is_known = line.digest.startswith(_BY)
    return line.digest == _acceptance(order) if is_known else order.progress.accepted is not None
