"""The live cards: which message shows which order in which chat (X2)."""

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
    """An order has at most one message of each in a chat."""

    CARD = "card"
    ALARM = "alarm"
    FORMER_CARD = "former-card"
    FORMER_ALARM = "former-alarm"
    WAITING = "waiting"
    """One message for all orders that wait to be accepted: each of them has a row with its id."""
    FORMER_WAITING = "former-waiting"
    PHOTO_DOUBT = "photo-doubt"
    """The question whether to send a dark or blurred picture; `digest` is the waiting picture's id."""
    PHOTO_LIST = "photo-list"
    """The tick list; `digest` is the version of the photo below which it stands."""

    @property
    def former(self) -> Slot:
        """Where the message that was there before is kept until it is taken away."""
        return _FORMER.get(self, Slot.FORMER_CARD)


_FORMER = {Slot.ALARM: Slot.FORMER_ALARM, Slot.WAITING: Slot.FORMER_WAITING}


@dataclass(frozen=True, slots=True)
class Card:
    """A message that shows an order. `digest` is of what it shows now; empty: not known, edit it anyway."""

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
    """The order's message of this kind in this chat."""
    return (await here(c, order_id, chat_id)).get(slot)


async def here(c: AsyncConnection, order_id: int, chat_id: int) -> dict[Slot, Card]:
    """All messages of the order in this chat."""
    rows = await c.execute(_HERE, {"of_order": order_id, "of_chat": chat_id})
    return {card.slot: card for card in map(_card, rows)}


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


async def put_message(c: AsyncConnection, order_id: int, chat_id: int, message_id: int) -> None:
    """A message that is about the order and shows no card: `order_of` knows it from now on."""
    message = {"chat_id": chat_id, "message_id": message_id}
    await upserts.put(c, card_messages, message, {"order_id": order_id})


async def remove(c: AsyncConnection, order_id: int, chat_id: int, slot: Slot) -> None:
    """The message is gone, or is no card any more; `order_of` still knows it."""
    await c.execute(_REMOVE, {"of_order": order_id, "of_chat": chat_id, "of_slot": slot})


async def remove_all(c: AsyncConnection, gone: Collection[Card]) -> None:
    """The same for many by one statement."""
    which = [{"of_order": one.order_id, "of_chat": one.chat_id, "of_slot": one.slot} for one in gone]
    if which:
        await c.execute(_REMOVE, which)


async def shown_in(c: AsyncConnection, chat_id: int, shop_id: int) -> list[tuple[int, Slot]]:
    """The orders of a shop that something in this chat shows."""
    query = select(cards.c.order_id, cards.c.slot).join(orders, orders.c.id == cards.c.order_id)
    rows = await c.execute(query.where(cards.c.chat_id == chat_id, orders.c.shop_id == shop_id))
    return [(row.order_id, Slot(row.slot)) for row in rows]


async def of_chat(c: AsyncConnection, chat_id: int, shop_id: int, *slots: Slot) -> list[Card]:
    """The messages of these kinds that show an order of the shop in this chat, oldest first."""
    values = {"of_chat": chat_id, "of_slots": slots, "of_shop": shop_id}
    return [_card(row) for row in await c.execute(_OF_CHAT, values)]


async def named_by(c: AsyncConnection, chat_id: int, message_id: int) -> list[int]:
    """The orders that a message of waiting orders names."""
    here = (cards.c.chat_id == chat_id, cards.c.message_id == message_id, cards.c.slot == Slot.WAITING)
    return list(await c.scalars(select(cards.c.order_id).where(*here).order_by(cards.c.order_id)))


async def put_waiting(c: AsyncConnection, shown: Sequence[Card]) -> None:
    """Keep that this message names these orders. It is no card of one of them: a reply to it names none."""
    rows = [asdict(card) for card in shown]
    await upserts.put_all(c, cards, ("order_id", "chat_id", "slot"), rows)


async def leave(c: AsyncConnection, chat_id: int) -> None:
    """Nothing of ours can be edited in this chat any more."""
    await c.execute(delete(cards).where(cards.c.chat_id == chat_id))


async def order_of(c: AsyncConnection, chat_id: int, message_id: int) -> int | None:
    """The order that a message shows or ever showed."""
    found: int | None = await c.scalar(_ORDER_OF, {"chat_id": chat_id, "message_id": message_id})
    return found


def _card(row: Row[Any]) -> Card:
    return Card(row.order_id, row.chat_id, Slot(row.slot), row.message_id, row.digest)
