"""A shop's changes to its guide: texts, order, visibility, and own situations (R95)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from orders.support.guide import Entry, standard

LONGEST_TITLE = 36
"""In characters; with the sign of a pressing situation it still fits a button."""
LONGEST_LINE = 160
LONGEST_TO_SUPPORT = 300
"""In characters per situation, since support gets one message about all of them."""
MOST_LINES = 5
MOST_OWN = 20
"""Situations that a shop added, including suggestions."""


class EntryFlaw(StrEnum):
    """Why a text is not allowed in the guide."""

    EMPTY = "empty"
    LONG_TITLE = "long-title"
    NO_STEPS = "no-steps"
    MANY_LINES = "many-lines"
    LONG_LINE = "long-line"
    LONG_TO_SUPPORT = "long-to-support"
    FULL = "full"


class BadEntry(ValueError):  # noqa: N818 - it is the text that is bad, not the program
    """The text is not allowed in the guide."""

    def __init__(self, flaw: EntryFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and its position; smaller values come first."""

    entry: Entry
    place: int


def read_entry(text: str) -> tuple[str, str]:
    """The title (first line) and the steps below it. Raises BadEntry."""
    lines = [line.strip().removeprefix("•").strip() for line in text.splitlines()]
    title, *steps = [line for line in lines if line] or [""]
    if not title:
        raise BadEntry(EntryFlaw.EMPTY)
    if len(title.encode("utf-16-le")) // 2 > LONGEST_TITLE:
        raise BadEntry(EntryFlaw.LONG_TITLE)
    if not steps:
        raise BadEntry(EntryFlaw.NO_STEPS)
    if len(steps) > MOST_LINES:
        raise BadEntry(EntryFlaw.MANY_LINES)
    if any(len(step.encode("utf-16-le")) // 2 > LONGEST_LINE for step in steps):
        raise BadEntry(EntryFlaw.LONG_LINE)
    return title, "\n".join(steps)


def read_to_support(text: str) -> str:
    """The text for support, on one line. Raises BadEntry."""
    words = " ".join(text.split())
    if not words:
        raise BadEntry(EntryFlaw.EMPTY)
    if len(words.encode("utf-16-le")) // 2 > LONGEST_TO_SUPPORT:
        raise BadEntry(EntryFlaw.LONG_TO_SUPPORT)
    return words


def arranged(changed: Iterable[Placed]) -> tuple[Entry, ...]:
    """The shop's guide: its changes replace the ready entries, in its own order."""
    found = {entry.key: Placed(entry, index) for index, entry in enumerate(standard())}
    found |= {one.entry.key: one for one in changed}
    return tuple(one.entry for one in sorted(found.values(), key=lambda one: one.place))


def moved(entries: Sequence[Entry], key: str, *, up: bool) -> tuple[Entry, ...]:
    """The entries with this one moved one position up or down; the first and last stay in place."""
    keys = [entry.key for entry in entries]
    if key not in keys:
        return tuple(entries)
    at = keys.index(key)
    to = max(0, at - 1) if up else min(len(keys) - 1, at + 1)
    order = list(entries)
    order[at], order[to] = order[to], order[at]
    return tuple(order)


def as_ready(entry: Entry) -> Entry:
    """A ready entry with its original texts restored."""
    return replace(entry, title="", words="", to_support="")
