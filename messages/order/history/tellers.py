"""A row of the table of tellers: a kind of event, and the function that says what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from markupsafe import Markup

from messages.i18n.texts import Translator
from orders.steps.events import Event

EventT = TypeVar("EventT", bound=Event)
Row = tuple[type[object], Callable[[Any, Translator], Markup]]


def told_by(kind: type[EventT], teller: Callable[[EventT, Translator], Markup]) -> Row:
    """Types are checked here: the function must take this kind of event."""
    return kind, teller
