"""The five steps of a director's first day; the shop's data shows which are done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from orders.model.order import Order
from orders.model.people import Role
from orders.model.status import Status


class Task(StrEnum):
    """The steps, in the order of the list."""

    SHOP = "shop"
    GROUP = "group"
    FLORIST = "florist"
    COURIER = "courier"
    TRIAL = "trial"


INVITED: dict[Task, Role] = {Task.FLORIST: Role.SELLER, Task.COURIER: Role.COURIER}
"""Steps that are done by inviting somebody, and their role."""


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The progress of the first day. `trial`: the present trial order."""

    done: frozenset[Task]
    trial: Order | None = None

    @property
    def is_over(self) -> bool:
        """Whether the list is finished: all steps are done, and the trial order is removed."""
        return self.is_done and self.trial is None

    @property
    def is_set_up(self) -> bool:
        """Whether at most the trial order is missing; the shop may have worked for long."""
        return self.done >= frozenset(Task) - {Task.TRIAL}

    @property
    def is_done(self) -> bool:
        return self.done == frozenset(Task)


def first_day(
    *,
    has_group: bool,
    connected: Collection[Role],
    has_spare_couriers: bool,
    is_tried: bool,
    trial: Order | None,
) -> FirstDay:
    """`connected`: the roles of connected staff. A shop with spare couriers has a courier, too (R89)."""
    has_courier = Role.COURIER in connected or has_spare_couriers
    facts = {
        Task.SHOP: True,
        Task.GROUP: has_group,
        Task.FLORIST: Role.SELLER in connected,
        Task.COURIER: has_courier,
        Task.TRIAL: is_tried or has_come_through(trial),
    }
    return FirstDay(frozenset(task for task, is_done in facts.items() if is_done), trial)


def has_come_through(trial: Order | None) -> bool:
    """Whether the trial order was delivered; a cancelled one does not count."""
    return trial is not None and trial.status is Status.DONE
