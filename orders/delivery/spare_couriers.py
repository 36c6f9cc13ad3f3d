"""Couriers from outside whom a shop has on a list, and which of them to call next (R89)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from orders.model.delivery_facts import Call


@dataclass(frozen=True, slots=True)
class SpareCourier:
    """One of them. `phone` is E.164; `note` is free text, such as the area in which they drive."""

    id: int
    name: str
    phone: str
    note: str


def next_to_call(
    spares: Sequence[SpareCourier], calls: Collection[Call], after: int = 0
) -> SpareCourier | None:
    """The first courier not called for this order yet; those after the id `after` in the list come first."""
    called = {call.phone for call in calls}
    left = [spare for spare in spares if spare.phone not in called and spare.id != after]
    following = [spare for spare in left if spare.id > after]
    return next(iter(following or left), None)
