"""Couriers from outside whom a shop keeps in mind, and who of them is called next (R89)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from orders.model.delivery_facts import Call


@dataclass(frozen=True, slots=True)
class SpareCourier:
    """One of them. `phone` is E.164; `note` is what the shop wants to remember, such as where he drives."""

    id: int
    name: str
    phone: str
    note: str


def next_to_call(
    spares: Sequence[SpareCourier], calls: Collection[Call], after: int = 0
) -> SpareCourier | None:
    """The first who was not called for the order yet; `after`: of those that follow this one in the list."""
    called = {call.phone for call in calls}
    left = [spare for spare in spares if spare.phone not in called and spare.id != after]
    following = [spare for spare in left if spare.id > after]
    return next(iter(following or left), None)
