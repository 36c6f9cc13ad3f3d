"""The chats that show an order or are about to receive it, and the chat of its client."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import bindparam, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.client_tables import client_links
from storage.db.tables import cards, outbox
from storage.order.cards import Slot
from storage.sending.outbox import Channel, Kind, State

_CLIENT = "client"
_OF_ALARMS = frozenset[str]({Slot.ALARM, Slot.FORMER_ALARM, Kind.ALARM})
_OF_WAITING = frozenset[str]({Slot.WAITING, Slot.FORMER_WAITING, Kind.BELL, Kind.WAITING})
_ON_THE_WAY = select(outbox.c.order_id, outbox.c.kind, outbox.c.target).where(
    outbox.c.order_id.in_(bindparam("order_ids", expanding=True)),
    outbox.c.channel == Channel.TELEGRAM,
    outbox.c.kind.in_((Kind.CARD, Kind.CARD_ANEW, Kind.ALARM, Kind.BELL, Kind.WAITING)),
    outbox.c.state.in_((State.PENDING, State.SENDING)),
)
_OF_CLIENT = select(client_links.c.order_id, literal(_CLIENT), client_links.c.chat_id).where(
    client_links.c.order_id.in_(bindparam("order_ids", expanding=True)),
    client_links.c.is_over.is_(False),
    client_links.c.chat_id.is_not(None),
)
_LOST = "lost"
_REFUSED = select(outbox.c.order_id, literal(_LOST), outbox.c.target).where(
    outbox.c.order_id.in_(bindparam("order_ids", expanding=True)),
    outbox.c.channel == Channel.TELEGRAM,
    outbox.c.state == State.FAILED,
)
# One statement sees one snapshot: a message on its way from the outbox to the cards is in one of them.
_REACHED = union_all(
    select(cards.c.order_id, cards.c.slot, cards.c.chat_id).where(
        cards.c.order_id.in_(bindparam("order_ids", expanding=True))
    ),
    _ON_THE_WAY,
    _OF_CLIENT,
    _REFUSED,
)


@dataclass(frozen=True, slots=True)
class OrderChats:
    """The chats with a card of the order and those with an alarm; only these have messages to update."""

    cards: frozenset[int]
    alarms: frozenset[int]
    client: int | None = None
    """The chat of the client who opened the client link, as long as the link is valid."""
    lost: frozenset[int] = frozenset()
    """Chats for which a message about the order has failed permanently."""
    waiting: frozenset[int] = frozenset()
    """Chats whose message of waiting orders lists the order or is about to."""


async def by_orders(c: AsyncConnection, order_ids: Collection[int]) -> dict[int, OrderChats]:
    """Returns the chats of each order that have a message, have one in the outbox, or have one to delete."""
    found: dict[int, _Chats] = {order_id: _Chats() for order_id in order_ids}
    for order_id, kind, chat in await c.execute(_REACHED, {"order_ids": list(order_ids)}):
        found[order_id].note(kind, chat)
    return {order_id: chats.reached for order_id, chats in found.items()}


@dataclass(slots=True)
class _Chats:
    """Collects the chats of one order while the rows are read."""

    cards: set[int] = field(default_factory=set)
    alarms: set[int] = field(default_factory=set)
    client: int | None = None
    lost: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)

    def note(self, kind: str, chat: int) -> None:
        if kind == _CLIENT:
            self.client = chat
        elif kind == _LOST:
            self.lost.add(chat)
        elif kind in _OF_WAITING:
            self.waiting.add(chat)
        else:
            (self.alarms if kind in _OF_ALARMS else self.cards).add(chat)

    @property
    def reached(self) -> OrderChats:
        return OrderChats(
            frozenset(self.cards),
            frozenset(self.alarms),
            self.client,
            frozenset(self.lost),
            frozenset(self.waiting),
        )
