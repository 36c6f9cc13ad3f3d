"""Which party an actor is to an order, and whether the actor may see it."""

from __future__ import annotations

from orders.model.order import Order
from orders.model.people import STAFF_ROLES, Actor, Party, Role
from orders.model.status import Step

_BY_ROLE = {
    Role.DIRECTOR: Party.DIRECTOR,
    Role.MANAGER: Party.MANAGER,
    Role.CLIENT: Party.CLIENT,
    Role.MARKETPLACE: Party.MARKETPLACE,
}


def parties(order: Order, actor: Actor) -> frozenset[Party]:
    """Every party that the actor is to this order; a seller who delivers it too is two parties.

    Empty for staff of another shop, whatever their role there (X6), and for the client of another order.
    """
    if actor.role is Role.CLIENT and actor.order_id != order.id:
        return frozenset()
    if actor.role in STAFF_ROLES and actor.shop_id != order.shop_id:
        return frozenset()
    found = {_BY_ROLE[actor.role]} if actor.role in _BY_ROLE else set()
    if actor.staff_id is not None:
        seller, carrier = order.progress.seller, order.progress.carrier
        if seller is not None and seller.staff_id == actor.staff_id:
            found.add(Party.ASSIGNED_SELLER)
        if carrier is not None and carrier.staff_id == actor.staff_id:
            found.add(Party.CARRIER)
    if order.is_offered and actor.role is Role.COURIER:
        found.add(Party.INVITED)
    return frozenset(found)


def can_see(order: Order, actor: Actor) -> bool:
    """Whether the actor may see the order (R14).

    Directors and managers see every order of the shop, others only the orders given or offered to them.
    """
    return bool(parties(order, actor))


def may_ask(order: Order, actor: Actor, step: Step) -> bool:
    """Whether the actor gets an answer to this step.

    A courier who takes an offer too late is told who has it (R40).
    """
    was_invited = actor.role is Role.COURIER and actor.shop_id == order.shop_id and order.progress.offered
    return can_see(order, actor) or (step is Step.TAKE and bool(was_invited))
