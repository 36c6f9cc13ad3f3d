"""Which personal and money matters of an order a member of staff may read, and when (R13, R44, R63, R68)."""

from __future__ import annotations

from enum import StrEnum

from orders.access.order_access import parties
from orders.delivery.address import recipient_is_asked
from orders.model.order import Order
from orders.model.people import Actor, Party
from orders.model.status import Status


class Secret(StrEnum):
    """The parts of a card that not everybody reads."""

    MONEY = "money"
    ADDRESS = "address"
    CLIENT_NAME = "client_name"
    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_PHONE = "recipient_phone"
    CARD_TEXT = "card_text"
    WISH = "wish"
    """What the client asks for: the shop reads all of it, a courier what concerns the door."""


_UNDER_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})
_WORKSHOP = frozenset({
    Secret.ADDRESS,
    Secret.CLIENT_NAME,
    Secret.RECIPIENT_NAME,
    Secret.CARD_TEXT,
    Secret.WISH,
})  # fmt: skip


def readable(order: Order, actor: Actor) -> frozenset[Secret]:
    """What this actor may read of this order now. The client's phone has a rule of its own (`phone_steps`).

    The recipient's phone is hidden until the order is on its way (R68), and then shown only to those who
    need it: the carrier and the chiefs; with a third party also the seller, who must tell that courier all he
    needs (R43). Who asks the recipient for the address
    (X24) reads it until that is known. A courier reads what he needs to deliver, and no more (R44); once
    the order is over, sellers and couriers read no personal data of it (R63).
    """
    mine = parties(order, actor)
    is_chief = bool(mine & {Party.DIRECTOR, Party.MANAGER})
    if not is_chief and (order.is_final or not mine):
        return frozenset()
    found: set[Secret] = set()
    if is_chief:
        found |= _WORKSHOP | {Secret.MONEY}
    if Party.ASSIGNED_SELLER in mine:
        found |= _WORKSHOP
    if Party.CARRIER in mine:
        found |= {Secret.ADDRESS, Secret.RECIPIENT_NAME, Secret.WISH}
    if Party.INVITED in mine:  # where to, so that he can say whether he takes it
        found.add(Secret.ADDRESS)
    if _needs_phone(order, mine, is_chief=is_chief):
        found.add(Secret.RECIPIENT_PHONE)
    return frozenset(found)


def _needs_phone(order: Order, mine: frozenset[Party], *, is_chief: bool) -> bool:
    if recipient_is_asked(order) and (is_chief or Party.ASSIGNED_SELLER in mine):
        return True
    if order.with_third_party and not order.is_final:
        return is_chief or Party.ASSIGNED_SELLER in mine
    return order.status in _UNDER_WAY and (is_chief or Party.CARRIER in mine)
