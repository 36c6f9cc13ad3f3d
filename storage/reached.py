"""The chats in which an order is shown, or to which it is on its way just now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cards import Slot
from storage.outbox import Channel, Kind, State
from storage.tables import cards, outbox

_OF_ALARMS = frozenset[str]({Slot.ALARM, Slot.FORMER_ALARM, Kind.ALARM})
_ON_THE_WAY = select(outbox.c.order_id, outbox.c.kind, outbox.c.target).where(
    outbox.c.order_id.in_(bindparam("order_ids", expanding=True)),
    outbox.c.channel == Channel.TELEGRAM,
    outbox.c.kind.in_((Kind.CARD, Kind.ALARM)),
    outbox.c.state.in_((State.PENDING, State.SENDING)),
)
# One statement, which sees one moment: what leaves the outbox stands among the cards by then.
_REACHED = union_all(
    select(cards.c.order_id, cards.c.slot, cards.c.chat_id).where(
        cards.c.order_id.in_(bindparam("order_ids", expanding=True))
    ),
    _ON_THE_WAY,
)


@dataclass(frozen=True, slots=True)
class Reached:
    """Chats with a card of the order, and with an alarm of it. Elsewhere there is nothing to change."""

    cards: frozenset[int]
    alarms: frozenset[int]


async def by_orders(c: AsyncConnection, order_ids: Collection[int]) -> dict[int, Reached]:
    """Where something of each order stands, is about to, or stands only to be taken away."""
    with_cards: dict[int, set[int]] = {order_id: set() for order_id in order_ids}
    with_alarms: dict[int, set[int]] = {order_id: set() for order_id in order_ids}
    for order_id, kind, chat in await c.execute(_REACHED, {"order_ids": list(order_ids)}):
        (with_alarms if kind in _OF_ALARMS else with_cards)[order_id].add(chat)
    return {
        order_id: Reached(frozenset(with_cards[order_id]), frozenset(with_alarms[order_id]))
        for order_id in order_ids
    }
