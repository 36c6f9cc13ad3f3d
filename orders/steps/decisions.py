"""A row of the decision tables: a kind of command, and the function that decides about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from orders.model.order import Mark, Order
from orders.model.rules import ShopRules
from orders.steps.commands import Command
from orders.steps.events import Change

CommandT = TypeVar("CommandT", bound=Command)
Decision = Callable[[Order, Any, Mark, ShopRules], Change]
Row = tuple[type[object], Decision]


def decided_by(kind: type[CommandT], decision: Callable[[Order, CommandT, Mark, ShopRules], Change]) -> Row:
    """A typed row: the type checker requires the function to take this kind of command."""
    return kind, decision
