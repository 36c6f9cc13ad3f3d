"""A row of the history's table: a kind of event, and the function that describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from markupsafe import Markup

from messages.i18n.texts import Translator
from orders.steps.events import Event

EventT = TypeVar("EventT", bound=Event)
Row = tuple[type[object], Callable[[Any, Translator], Markup]]


def told_by(kind: type[EventT], teller: Callable[[EventT, Translator], Markup]) -> Row:
    """Checks by type that the function accepts this kind of event."""
    return kind, teller
