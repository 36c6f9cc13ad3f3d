"""Who of the staff may do what: with the shop, and with the people of the staff list (R14, R17, X6).

The marketplace's rights: a director edits everyone and sees money; a manager edits himself, sellers and
couriers, and removes only those. Other than there, a director also makes and removes directors: a shop must
be able to part with one. Steps of an order stand in `orders.model.status`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import CHIEFS, STAFF_ROLES, Actor, Role


class Act(StrEnum):
    """What somebody does with the shop itself."""

    SEE_ALL_ORDERS = "see-all-orders"
    ENTER_ORDERS = "enter-orders"
    SEE_MONEY = "see-money"
    SEE_GOODS = "see-goods"
    CHANGE_GOODS = "change-goods"
    SEE_TEAM = "see-team"
    INVITE = "invite"
    RUN_SHOPS = "run-shops"
    """Add a shop, set its rules, connect its group and its place at the marketplace."""
    KEEP_SPARE_COURIERS = "keep-spare-couriers"
    STAND_IN = "stand-in"
    """Do for an absent colleague what is his: give back what he holds, say that he has stopped (R21)."""
    EDIT_GUIDE = "edit-guide"
    """Change what the emergency guide says, and publish what the staff suggest (R95)."""
    HANDLE_PERSONAL_DATA = "handle-personal-data"
    """Hand out and erase what is known of a client (R63)."""


class OverPeople(StrEnum):
    """What somebody does with another one of the staff list, or with himself."""

    ADD = "add"
    RENAME = "rename"
    CHANGE_ROLE = "change-role"
    REMOVE = "remove"


_OF_CHIEFS = frozenset({
    Act.SEE_ALL_ORDERS,
    Act.ENTER_ORDERS,
    Act.SEE_MONEY,
    Act.SEE_GOODS,
    Act.CHANGE_GOODS,
    Act.SEE_TEAM,
    Act.INVITE,
    Act.KEEP_SPARE_COURIERS,
    Act.STAND_IN,
})  # fmt: skip
_ACTS: Mapping[Role, frozenset[Act]] = {
    Role.DIRECTOR: frozenset(Act),
    Role.MANAGER: _OF_CHIEFS,
    Role.SELLER: frozenset({Act.SEE_GOODS}),
    Role.COURIER: frozenset(),
}

_BELOW_DIRECTOR = frozenset({Role.MANAGER, Role.SELLER, Role.COURIER})
_WORKERS = frozenset({Role.SELLER, Role.COURIER})
_OVER_OTHERS: Mapping[tuple[Role, OverPeople], frozenset[Role]] = {
    (Role.DIRECTOR, OverPeople.ADD): _BELOW_DIRECTOR,
    (Role.DIRECTOR, OverPeople.RENAME): _BELOW_DIRECTOR,
    (Role.DIRECTOR, OverPeople.CHANGE_ROLE): frozenset(STAFF_ROLES),
    (Role.DIRECTOR, OverPeople.REMOVE): frozenset(STAFF_ROLES),
    (Role.MANAGER, OverPeople.ADD): _BELOW_DIRECTOR,
    (Role.MANAGER, OverPeople.RENAME): _WORKERS,
    (Role.MANAGER, OverPeople.CHANGE_ROLE): _WORKERS,
    (Role.MANAGER, OverPeople.REMOVE): _WORKERS,
}
_OVER_ONESELF: Mapping[OverPeople, frozenset[Role]] = {
    OverPeople.RENAME: CHIEFS,
    OverPeople.REMOVE: _BELOW_DIRECTOR,  # a shop without its director has nobody who adds one
}


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody of the staff list who is to be changed."""

    role: Role
    shop_id: int
    staff_id: int | None = None
    """None: not on the list yet."""


def acts_of(role: Role) -> frozenset[Act]:
    """What this role may do in its own shop."""
    return _ACTS.get(role, frozenset())


def may(actor: Actor, act: Act, shop_id: int) -> bool:
    """Whether the actor may do this in that shop; staff of another shop may nothing there (X6)."""
    return actor.shop_id == shop_id and act in acts_of(actor.role)


def may_at_home(actor: Actor, act: Act) -> bool:
    """Whether the actor may do this in the shop for which they act."""
    return actor.shop_id is not None and may(actor, act, actor.shop_id)


def may_with(actor: Actor, what: OverPeople, target: Target) -> bool:
    """Whether the actor may do this with the target, another person or himself."""
    if actor.shop_id != target.shop_id or actor.role not in STAFF_ROLES:
        return False
    if actor.staff_id is not None and actor.staff_id == target.staff_id:
        return target.role in _OVER_ONESELF.get(what, frozenset())
    return target.role in _OVER_OTHERS.get((actor.role, what), frozenset())


def addable(actor: Actor) -> tuple[Role, ...]:
    """The roles in which the actor may add somebody to his shop, the most frequent first."""
    roles = (Role.SELLER, Role.COURIER, Role.MANAGER)
    if actor.shop_id is None:
        return ()
    return tuple(role for role in roles if may_with(actor, OverPeople.ADD, Target(role, actor.shop_id)))


def new_roles(actor: Actor, target: Target) -> tuple[Role, ...]:
    """The roles that the actor may give to the target instead of the present one."""
    if not may_with(actor, OverPeople.CHANGE_ROLE, target):
        return ()
    roles = (*addable(actor), Role.DIRECTOR) if actor.role is Role.DIRECTOR else addable(actor)
    return tuple(role for role in roles if role is not target.role)
