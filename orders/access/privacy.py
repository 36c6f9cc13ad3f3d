"""Which personal data and sums of an order a member of staff may read, and when (R13, R44, R63, R68)."""

from __future__ import annotations

from enum import StrEnum

from orders.access.order_access import parties
from orders.delivery.address import recipient_is_asked
from orders.model.order import Order
from orders.model.people import Actor, Party
from orders.model.status import Status


class Secret(StrEnum):
    """The parts of a card that only some parties may read."""

    MONEY = "money"
    ADDRESS = "address"
    CLIENT_NAME = "client_name"
    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_PHONE = "recipient_phone"
    CARD_TEXT = "card_text"
    WISH = "wish"
    """The client's wishes: the shop reads all of them, a courier only those about the hand-over."""


_UNDER_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})
_WORKSHOP = frozenset({
    Secret.ADDRESS,
    Secret.CLIENT_NAME,
    Secret.RECIPIENT_NAME,
    Secret.CARD_TEXT,
    Secret.WISH,
})  # fmt: skip


def readable(order: Order, actor: Actor) -> frozenset[Secret]:
    """Parts of the order that the actor may read now; `phone_steps` decides on the client's phone.

    The recipient's phone stays hidden until the order is on its way (R68). Then the carrier and the chiefs
    read it; with a third party also the seller, who passes on to that courier all they need (R43). Seller
    and chiefs also read it while they ask the recipient for the address (X24). A courier reads only what the
    delivery needs (R44); once the order has ended, sellers and couriers read no personal data of it (R63).
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
    if Party.INVITED in mine:  # so that the courier can decide whether to take it
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
