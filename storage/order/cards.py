"""The live cards: the messages that show orders, by order, chat and kind (X2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, bindparam, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.errors import NoSuchOrder
from storage.db.tables import card_messages, cards, orders


class Slot(StrEnum):
    """The kind of a message. An order has at most one message of each kind in a chat."""

    CARD = "card"
    ALARM = "alarm"
    FORMER_CARD = "former-card"
    FORMER_ALARM = "former-alarm"
    WAITING = "waiting"
    """The one message that lists all orders waiting to be accepted. Each of these orders has a row for it."""
    FORMER_WAITING = "former-waiting"
    ACCEPTED = "accepted"
    """The line in the group that lists orders one person accepted at once. Each order has a row for it;
    `digest` is the acceptance that the line tells."""
    PHOTO_DOUBT = "photo-doubt"
    """The question whether to send a dark or blurred picture; `digest` is the id of that picture."""
    PHOTO_LIST = "photo-list"
    """The tick list below the photo; `digest` is the version of that photo."""

    @property
    def former(self) -> Slot:
        """The slot that keeps the replaced message until it is deleted from the chat."""
        return _FORMER.get(self, Slot.FORMER_CARD)


_FORMER = {Slot.ALARM: Slot.FORMER_ALARM, Slot.WAITING: Slot.FORMER_WAITING}


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows an order. `digest` identifies its content; empty: unknown, so always edit it."""

    order_id: int
    chat_id: int
    slot: Slot
    message_id: int
    digest: str


_IN_CHAT = (cards.c.order_id == bindparam("of_order"), cards.c.chat_id == bindparam("of_chat"))
_HERE = select(cards).where(*_IN_CHAT)
_REMOVE = delete(cards).where(*_IN_CHAT, cards.c.slot == bindparam("of_slot"))
_OF_CHAT = (
    select(cards)
    .join(orders, orders.c.id == cards.c.order_id)
    .where(
        cards.c.chat_id == bindparam("of_chat"),
        cards.c.slot.in_(bindparam("of_slots", expanding=True)),
        orders.c.shop_id == bindparam("of_shop"),
    )
    .order_by(cards.c.message_id)
)
_ORDER_OF = select(card_messages.c.order_id).where(
    card_messages.c.chat_id == bindparam("chat_id"), card_messages.c.message_id == bindparam("message_id")
)


async def get(c: AsyncConnection, order_id: int, chat_id: int, slot: Slot) -> Card | None:
    """Returns the order's message of this kind in the chat, or None."""
    return (await here(c, order_id, chat_id)).get(slot)


async def here(c: AsyncConnection, order_id: int, chat_id: int) -> dict[Slot, Card]:
    """Returns all messages of the order in the chat."""
    rows = await c.execute(_HERE, {"of_order": order_id, "of_chat": chat_id})
    return {card.slot: card for card in map(_card, rows)}


async def put(c: AsyncConnection, card: Card) -> None:
    """Store the message as the order's card in the chat; `order_of` still knows the previous one.

    Raises NoSuchOrder when there is no such order.
    """
    key = {"order_id": card.order_id, "chat_id": card.chat_id, "slot": card.slot}
    message = {"chat_id": card.chat_id, "message_id": card.message_id}
    try:
        await upserts.put(c, cards, key, {"message_id": card.message_id, "digest": card.digest})
        await upserts.put(c, card_messages, message, {"order_id": card.order_id})
    except IntegrityError as error:
        raise NoSuchOrder(card.order_id) from error


async def put_message(c: AsyncConnection, order_id: int, chat_id: int, message_id: int) -> None:
    """Store that a message is about the order without being its card, so that `order_of` finds it."""
    message = {"chat_id": chat_id, "message_id": message_id}
    await upserts.put(c, card_messages, message, {"order_id": order_id})


async def remove(c: AsyncConnection, order_id: int, chat_id: int, slot: Slot) -> None:
    """Forget a card that was deleted or no longer is one; `order_of` still finds its order."""
    await c.execute(_REMOVE, {"of_order": order_id, "of_chat": chat_id, "of_slot": slot})


async def remove_all(c: AsyncConnection, gone: Collection[Card]) -> None:
    """`remove` for many cards in one statement."""
    which = [{"of_order": one.order_id, "of_chat": one.chat_id, "of_slot": one.slot} for one in gone]
    if which:
        await c.execute(_REMOVE, which)


async def shown_in(c: AsyncConnection, chat_id: int, shop_id: int) -> list[tuple[int, Slot]]:
    """Returns the shop's orders that have a message in the chat, each with the kind of that message."""
    query = select(cards.c.order_id, cards.c.slot).join(orders, orders.c.id == cards.c.order_id)
    rows = await c.execute(query.where(cards.c.chat_id == chat_id, orders.c.shop_id == shop_id))
    return [(row.order_id, Slot(row.slot)) for row in rows]


async def of_chat(c: AsyncConnection, chat_id: int, shop_id: int, *slots: Slot) -> list[Card]:
    """Returns the messages of these kinds that show an order of the shop in the chat, oldest first."""
    values = {"of_chat": chat_id, "of_slots": slots, "of_shop": shop_id}
    return [_card(row) for row in await c.execute(_OF_CHAT, values)]


async def named_by(c: AsyncConnection, chat_id: int, message_id: int) -> list[int]:
    """Returns the ids of the waiting orders that a message lists."""
    return [card.order_id for card in await of_message(c, chat_id, message_id, Slot.WAITING)]


async def of_message(c: AsyncConnection, chat_id: int, message_id: int, slot: Slot) -> list[Card]:
    """Returns the rows of a message of several orders, one for each order that it lists."""
    here = (cards.c.chat_id == chat_id, cards.c.message_id == message_id, cards.c.slot == slot)
    return [_card(row) for row in await c.execute(select(cards).where(*here).order_by(cards.c.order_id))]


async def told_in(c: AsyncConnection, chat_id: int, order_ids: Collection[int]) -> list[Card]:
    """Returns the cards of these orders in this chat, and their rows in lines of accepted orders."""
    here = (cards.c.chat_id == chat_id, cards.c.order_id.in_(order_ids))
    slots = cards.c.slot.in_((Slot.CARD, Slot.ACCEPTED))
    return [_card(row) for row in await c.execute(select(cards).where(*here, slots))]


async def put_waiting(c: AsyncConnection, shown: Sequence[Card]) -> None:
    """Store which orders a message of waiting orders lists. `order_of` ignores it: a reply names no order."""
    rows = [asdict(card) for card in shown]
    await upserts.put_all(c, cards, ("order_id", "chat_id", "slot"), rows)


async def leave(c: AsyncConnection, chat_id: int) -> None:
    """Forget all cards of a chat in which the bot can no longer edit messages."""
    await c.execute(delete(cards).where(cards.c.chat_id == chat_id))


async def order_of(c: AsyncConnection, chat_id: int, message_id: int) -> int | None:
    """Returns the id of the order that a message shows or once showed."""
    found: int | None = await c.scalar(_ORDER_OF, {"chat_id": chat_id, "message_id": message_id})
    return found


def _card(row: Row[Any]) -> Card:
    return Card(row.order_id, row.chat_id, Slot(row.slot), row.message_id, row.digest)
