"""The five steps of a director's first day; which are done is seen from the shop itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from orders.model.order import Order
from orders.model.people import Role
from orders.model.status import Status


class Task(StrEnum):
    """In the order in which they stand on the list."""

    SHOP = "shop"
    GROUP = "group"
    FLORIST = "florist"
    COURIER = "courier"
    TRIAL = "trial"


INVITED: dict[Task, Role] = {Task.FLORIST: Role.SELLER, Task.COURIER: Role.COURIER}
"""Steps that are done by inviting somebody, and in which role."""


@dataclass(frozen=True, slots=True)
class FirstDay:
    """How far the shop is. `trial`: the trial order that is there now."""

    done: frozenset[Task]
    trial: Order | None = None

    @property
    def is_over(self) -> bool:
        """Whether the list has nothing more to say: all is done, and no trial order is left to remove."""
        return self.is_done and self.trial is None

    @property
    def is_set_up(self) -> bool:
        """Whether nothing but the trial order is to be done: the shop may have worked for long."""
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
    """`connected`: the roles of those who have connected. Couriers from outside are couriers too (R89)."""
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
    """Whether the trial order was delivered; one that was cancelled shows nobody the way."""
    return trial is not None and trial.status is Status.DONE
