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


class GroupLines:
    """Sends the lines, and takes an order out of one when it waits again."""

    def __init__(
        self, bot: Bot, database: Database, clock: Callable[[], datetime], live_cards: LiveCards
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._live_cards = live_cards

    async def show(self, order_ids: Collection[int], shop: Shop, chat_id: int, t: Translator) -> None:
        """Tell of the orders of which nothing is told yet; one alone has a line of its own."""
        async with self._database.snapshot() as c:
            fresh = set(order_ids) - await cards.told_in(c, chat_id, order_ids)
            found, _unreadable = await order_rows.load_readable(c, fresh)
        together = [batch for batch in _by_person(list(found.values())) if len(batch) > 1]
        for batch in together:
            await self._send(batch, shop, chat_id, t)
        told = {order.id for batch in together for order in batch}
        for order_id in sorted(found.keys() - told):  # a damaged order is told nowhere, and stops no other
            await self._live_cards.show_if_absent(order_id, chat_id)

    async def remove(self, order: Order, shop: Shop, chat_id: int, t: Translator) -> None:
        """The order waits again: the line that named it counts the others only."""
        async with self._database.snapshot() as c:
            line = await cards.get(c, order.id, chat_id, Slot.ACCEPTED)
            if line is None:
                return
            named = await cards.named_by(c, chat_id, line.message_id, Slot.ACCEPTED)
            found, _unreadable = await order_rows.load_readable(c, set(named) - {order.id})
        others = [one for one in found.values() if one.progress.accepted is not None]
        if others:
            await edit(
                self._bot, chat_id, line.message_id, accepted_line(others, shop.rules, self._clock(), t)
            )
        else:
            await take_away(self._bot, chat_id, line.message_id, t("bell-none-of-line"))
        async with self._database.write() as c:
            await cards.remove(c, order.id, chat_id, Slot.ACCEPTED)

    async def _send(self, batch: Sequence[Order], shop: Shop, chat_id: int, t: Translator) -> None:
        screen = accepted_line(batch, shop.rules, self._clock(), t)
        sent = await self._bot.send_message(chat_id, screen.text, disable_notification=True)
        line = [Card(one.id, chat_id, Slot.ACCEPTED, sent.message_id, screen.digest) for one in batch]
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
