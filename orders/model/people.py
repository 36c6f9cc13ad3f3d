"""Actors: who acts on an order, and which party they are to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """Everyone who may act on an order. The first four are staff of the shop (R14)."""

    DIRECTOR = "director"
    MANAGER = "manager"
    SELLER = "seller"
    COURIER = "courier"
    CLIENT = "client"
    MARKETPLACE = "marketplace"


STAFF_ROLES = (Role.DIRECTOR, Role.MANAGER, Role.SELLER, Role.COURIER)
CHIEFS = frozenset({Role.DIRECTOR, Role.MANAGER})
"""Roles that see every order of the shop from the start (R14)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the role; for staff also the person and the shop; for a client the order."""

    role: Role
    staff_id: int | None = None
    name: str = ""
    shop_id: int | None = None
    order_id: int | None = None


MARKETPLACE = Actor(Role.MARKETPLACE)


def client_of(order_id: int) -> Actor:
    """The client of this order only (X7); without a name, since not everybody may read it."""
    return Actor(Role.CLIENT, order_id=order_id)


class Party(StrEnum):
    """What an actor is to one order; the status table uses parties, not roles."""

    DIRECTOR = "director"
    MANAGER = "manager"
    ASSIGNED_SELLER = "assigned_seller"
    CARRIER = "carrier"
    INVITED = "invited"
    """A courier of the shop, while the order is offered to all couriers."""
    CLIENT = "client"
    MARKETPLACE = "marketplace"


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did something, and when. The name is stored as it was then."""

    at: datetime
    role: Role
    staff_id: int | None = None
    name: str = ""


def mark_of(actor: Actor, now: datetime) -> Mark:
    """The mark of this actor at `now`."""
    return Mark(now, actor.role, actor.staff_id, actor.name)
