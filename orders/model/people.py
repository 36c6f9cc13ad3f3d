"""Who acts, and how they stand to an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Everyone who may act on an order. The first four work in the shop (R14)."""

    DIRECTOR = "director"
    MANAGER = "manager"
    SELLER = "seller"
    COURIER = "courier"
    CLIENT = "client"
    MARKETPLACE = "marketplace"


STAFF_ROLES = (Role.DIRECTOR, Role.MANAGER, Role.SELLER, Role.COURIER)
CHIEFS = frozenset({Role.DIRECTOR, Role.MANAGER})
"""Those who see every order of the shop from the start (R14)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """One who does something: a role, of staff who exactly and which shop, of a client which order."""

    role: Role
    staff_id: int | None = None
    name: str = ""
    shop_id: int | None = None
    order_id: int | None = None


MARKETPLACE = Actor(Role.MARKETPLACE)


def client_of(order_id: int) -> Actor:
    """The client of this order, and of no other one (X7); without a name, which is not for everybody."""
    return Actor(Role.CLIENT, order_id=order_id)


class Party(StrEnum):
    """How an actor stands to one order; the status table speaks of parties, not of bare roles."""

    DIRECTOR = "director"
    MANAGER = "manager"
    ASSIGNED_SELLER = "assigned_seller"
    CARRIER = "carrier"
    INVITED = "invited"
    """A courier of the shop, while any of them may take the order."""
    CLIENT = "client"
    MARKETPLACE = "marketplace"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did something, and when. The name is kept as it was then."""

    at: datetime
    role: Role
    staff_id: int | None = None
    name: str = ""


def mark_of(actor: Actor, now: datetime) -> Mark:
    """Who does it, and when."""
    return Mark(now, actor.role, actor.staff_id, actor.name)
