"""The chats in which an order is shown, or to which it is on its way just now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cards import Slot
from storage.outbox import Channel, Kind, State
from storage.tables import cards, outbox

_OF_ALARMS = frozenset[str]({Slot.ALARM, Slot.FORMER_ALARM, Kind.ALARM})
_ON_THE_WAY = select(outbox.c.kind, outbox.c.target).where(
    outbox.c.order_id == bindparam("order_id"),
    outbox.c.channel == Channel.TELEGRAM,
    outbox.c.kind.in_((Kind.CARD, Kind.ALARM)),
    outbox.c.state.in_((State.PENDING, State.SENDING)),
)
# One statement, which sees one moment: what leaves the outbox stands among the cards by then.
_REACHED = union_all(
    select(cards.c.slot, cards.c.chat_id).where(cards.c.order_id == bindparam("order_id")), _ON_THE_WAY
)


@dataclass(frozen=True, slots=True)
class Reached:
    """Chats with a card of the order, and with an alarm of it. Elsewhere there is nothing to change."""

    cards: frozenset[int]
    alarms: frozenset[int]


async def by_order(c: AsyncConnection, order_id: int) -> Reached:
    """Where something of the order stands, is about to, or stands only to be taken away."""
    rows = (await c.execute(_REACHED, {"order_id": order_id})).all()
    alarms = frozenset(chat for kind, chat in rows if kind in _OF_ALARMS)
    return Reached(frozenset(chat for kind, chat in rows if kind not in _OF_ALARMS), alarms)
