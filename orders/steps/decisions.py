"""What the modules of the steps are made of: a row of a table of decisions, and facts beside the progress."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from orders.model.order import Mark, Order
from orders.model.rules import ShopRules

CommandT = TypeVar("CommandT")
EventT = TypeVar("EventT")
Row = tuple[type[object], Callable[[Order, Any, Mark, ShopRules], EventT]]
Rows = tuple[Row[EventT], ...]


def decided_by(
    kind: type[CommandT], decision: Callable[[Order, CommandT, Mark, ShopRules], EventT]
) -> Row[EventT]:
    """A typed row: the type checker requires the function to take this kind of command."""
    return kind, decision


class BesideProgress(ABC):
    """An event that changes the order but not its progress, so that an undo keeps the change.

    The other events have `applied_to`, which returns the progress after the event.
    """

    __slots__ = ()

    @abstractmethod
    def recorded_in(self, order: Order) -> Order:
        """The order with the change."""
