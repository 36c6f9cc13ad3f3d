"""The chats in which an order is shown, or to which it is on its way just now; and its client's."""

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
# One statement, which sees one moment: what leaves the outbox stands among the cards by then.
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
    """Chats with a card of the order, and with an alarm of it. Elsewhere there is nothing to change."""

    cards: frozenset[int]
    alarms: frozenset[int]
    client: int | None = None
    """The chat of the client, who has opened a link that is not over."""
    lost: frozenset[int] = frozenset()
    """Chats that refused something of the order for good."""
    waiting: frozenset[int] = frozenset()
    """Chats whose message of waiting orders names it, or is about to."""


async def by_orders(c: AsyncConnection, order_ids: Collection[int]) -> dict[int, OrderChats]:
    """Where something of each order stands, is about to, or stands only to be taken away."""
    found: dict[int, _Chats] = {order_id: _Chats() for order_id in order_ids}
    for order_id, kind, chat in await c.execute(_REACHED, {"order_ids": list(order_ids)}):
        found[order_id].note(kind, chat)
    return {order_id: chats.reached for order_id, chats in found.items()}


@dataclass(slots=True)
class _Chats:
    """Of one order, while they are being read."""

    cards: set[int] = field(default_factory=set)
    alarms: set[int] = field(default_factory=set)
    client: int | None = None
    lost: set[int] = field(default_factory=set)
    waiting: set[int] = field(default_factory=set)

    def note(self, kind: str, chat: int) -> None:
        if kind == Slot.ACCEPTED:  # the line stays as it is when its orders go on
            return
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
