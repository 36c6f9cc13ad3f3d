"""The live cards: which message shows which order in which chat (X2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import upserts
from storage.errors import NoSuchOrder
from storage.tables import card_messages, cards


class Slot(StrEnum):
    """An order has at most one message of each in a chat."""

    CARD = "card"
    ALARM = "alarm"
    FORMER_CARD = "former-card"
    FORMER_ALARM = "former-alarm"

    @property
    def former(self) -> Slot:
        """Where the message that was there before is kept until it is taken away."""
        return Slot.FORMER_ALARM if self is Slot.ALARM else Slot.FORMER_CARD


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows an order. `digest` is of what it shows now; empty: not known, edit it anyway."""

    order_id: int
    chat_id: int
    slot: Slot
    message_id: int
    digest: str


async def get(c: AsyncConnection, order_id: int, chat_id: int, slot: Slot) -> Card | None:
    """The order's message of this kind in this chat."""
    row = (await c.execute(select(cards).where(*_key(order_id, chat_id, slot)))).one_or_none()
    return _card(row) if row else None


async def put(c: AsyncConnection, card: Card) -> None:
    """Make this message the order's card in the chat; the one before stays known to `order_of`.

    Raises NoSuchOrder.
    """
    key = {"order_id": card.order_id, "chat_id": card.chat_id, "slot": card.slot}
    message = {"chat_id": card.chat_id, "message_id": card.message_id}
    try:
        await upserts.put(c, cards, key, {"message_id": card.message_id, "digest": card.digest})
        await upserts.put(c, card_messages, message, {"order_id": card.order_id})
    except IntegrityError as error:
        raise NoSuchOrder(card.order_id) from error


async def remove(c: AsyncConnection, order_id: int, chat_id: int, slot: Slot) -> None:
    """The message is gone, or is no card any more; `order_of` still knows it."""
    await c.execute(delete(cards).where(*_key(order_id, chat_id, slot)))


async def leave(c: AsyncConnection, chat_id: int) -> None:
    """Nothing of ours can be edited in this chat any more."""
    await c.execute(delete(cards).where(cards.c.chat_id == chat_id))


async def order_of(c: AsyncConnection, chat_id: int, message_id: int) -> int | None:
    """The order that a message shows or ever showed."""
    query = select(card_messages.c.order_id)
    found: int | None = await c.scalar(
        query.where(card_messages.c.chat_id == chat_id, card_messages.c.message_id == message_id)
    )
    return found


async def chats_of(c: AsyncConnection, order_id: int, slot: Slot) -> list[Card]:
    """The order's live messages of a kind, in all chats."""
    query = select(cards).where(cards.c.order_id == order_id, cards.c.slot == slot)
    return [_card(row) for row in await c.execute(query.order_by(cards.c.chat_id))]


def _key(order_id: int, chat_id: int, slot: Slot) -> tuple[ColumnElement[bool], ...]:
    return cards.c.order_id == order_id, cards.c.chat_id == chat_id, cards.c.slot == slot


def _card(row: Row[Any]) -> Card:
    return Card(row.order_id, row.chat_id, Slot(row.slot), row.message_id, row.digest)
