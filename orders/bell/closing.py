"""Which cards stay in a chat when another card is sent; the board opens the others with one tap (X15)."""

from __future__ import annotations

from datetime import datetime

from orders.access.order_access import parties
from orders.model.order import Order
from orders.model.people import Actor, Party
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.marketplace_backlog import quiet_until

_HANDS = frozenset({Party.ASSIGNED_SELLER, Party.CARRIER, Party.INVITED})


def leaves(order: Order, viewer: Actor, rules: ShopRules, now: datetime, *, in_hand: bool) -> bool:
    """Whether the card of this order is removed from the viewer's chat when another card is sent.

    `in_hand`: it is the card that the viewer opened or used last. The seller and the carrier keep the cards
    of their orders, so that they can reply with a photo; the card of a finished order stays as long as its
    last step can be undone.
    """
    if in_hand or order.status is Status.NEW:
        return False
    if order.is_final:
        until = quiet_until(order, rules)
        return until is None or until <= now
    return not parties(order, viewer) & _HANDS
