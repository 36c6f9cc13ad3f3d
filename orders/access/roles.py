"""Which staff role may do what with the shop and with the people of the staff list (R14, R17, X6).

As on the marketplace, a director edits everyone and sees money; a manager edits themselves, sellers and
couriers, and removes only sellers and couriers. Unlike on the marketplace, a director also appoints and
removes directors, so that a shop can part with one. `orders.model.status` has the rights to the steps of an
order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from orders.model.people import CHIEFS, STAFF_ROLES, Actor, Role


class Act(StrEnum):
    """What a member of staff does with the shop itself."""

    SEE_ALL_ORDERS = "see-all-orders"
    ENTER_ORDERS = "enter-orders"
    SEE_MONEY = "see-money"
    SEE_GOODS = "see-goods"
    CHANGE_GOODS = "change-goods"
    SEE_TEAM = "see-team"
    INVITE = "invite"
    RUN_SHOPS = "run-shops"
    """Add a shop, set its rules, connect its group and its account at the marketplace."""
    KEEP_SPARE_COURIERS = "keep-spare-couriers"
    STAND_IN = "stand-in"
    """Act for an absent colleague: give back their orders, confirm that they have stopped (R21)."""
    EDIT_GUIDE = "edit-guide"
    """Edit the emergency guide and publish what the staff suggest (R95)."""
    HANDLE_PERSONAL_DATA = "handle-personal-data"
    """Export and erase a client's personal data (R63)."""


class OverPeople(StrEnum):
    """What a member of staff does with somebody on the staff list, themselves included."""

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
    OverPeople.REMOVE: _BELOW_DIRECTOR,  # without its director a shop would have nobody who can add one
}


@dataclass(frozen=True, slots=True)
class Target:
    """The member of staff who is to be changed."""

    role: Role
    shop_id: int
    staff_id: int | None = None
    """None: not on the list yet."""


def acts_of(role: Role) -> frozenset[Act]:
    """What this role may do in its own shop."""
    return _ACTS.get(role, frozenset())


def may(actor: Actor, act: Act, shop_id: int) -> bool:
    """Whether the actor may do this in that shop; staff of another shop have no rights there (X6)."""
    return actor.shop_id == shop_id and act in acts_of(actor.role)


def may_at_home(actor: Actor, act: Act) -> bool:
    """Whether the actor may do this in their own shop."""
    return actor.shop_id is not None and may(actor, act, actor.shop_id)


def may_with(actor: Actor, what: OverPeople, target: Target) -> bool:
    """Whether the actor may do this to the target, who may be the actor."""
    if actor.shop_id != target.shop_id or actor.role not in STAFF_ROLES:
        return False
    if actor.staff_id is not None and actor.staff_id == target.staff_id:
        return target.role in _OVER_ONESELF.get(what, frozenset())
    return target.role in _OVER_OTHERS.get((actor.role, what), frozenset())


def addable(actor: Actor) -> tuple[Role, ...]:
    """The roles in which the actor may add somebody to their shop, the most frequent first."""
    roles = (Role.SELLER, Role.COURIER, Role.MANAGER)
    if actor.shop_id is None:
        return ()
    return tuple(role for role in roles if may_with(actor, OverPeople.ADD, Target(role, actor.shop_id)))


def new_roles(actor: Actor, target: Target) -> tuple[Role, ...]:
    """The roles that the actor may give to the target in place of the present one."""
    if not may_with(actor, OverPeople.CHANGE_ROLE, target):
        return ()
    roles = (*addable(actor), Role.DIRECTOR) if actor.role is Role.DIRECTOR else addable(actor)
    return tuple(role for role in roles if role is not target.role)
