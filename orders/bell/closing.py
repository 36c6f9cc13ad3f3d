"""Which cards stay in a chat when another one comes: the others are a tap on the board away (X15)."""

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
    """Whether the card of this order is taken out of the viewer's chat when another card comes.

    `in_hand`: it is the one they opened or used last. Whoever makes or carries an order keeps its card, to
    answer it with a photo; a settled one stays as long as its last step may be taken back.
    """
    if in_hand or order.status is Status.NEW:
        return False
    if order.is_final:
        until = quiet_until(order, rules)
        return until is None or until <= now
    return not parties(order, viewer) & _HANDS
