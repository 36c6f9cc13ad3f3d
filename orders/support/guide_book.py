"""What a shop changes in its guide: the texts, their order, which are shown, and its own situations (R95)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from orders.support.guide import Entry, standard

LONGEST_TITLE = 36
"""Characters: with the sign of a pressing situation it still fits a button."""
LONGEST_LINE = 160
LONGEST_TO_SUPPORT = 300
"""Characters for each situation: support gets one message about all of them."""
MOST_LINES = 5
MOST_OWN = 20
"""Situations that a shop adds itself, suggestions among them."""


class EntryFlaw(StrEnum):
    """Why a text cannot stand in the guide."""

    EMPTY = "empty"
    LONG_TITLE = "long-title"
    NO_STEPS = "no-steps"
    MANY_LINES = "many-lines"
    LONG_LINE = "long-line"
    LONG_TO_SUPPORT = "long-to-support"
    FULL = "full"


class BadEntry(ValueError):  # noqa: N818 - it is the text that is bad, not the program
    """The text cannot stand in the guide as it is."""

    def __init__(self, flaw: EntryFlaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry and where it stands: the smaller comes first."""

    entry: Entry
    place: int


def read_entry(text: str) -> tuple[str, str]:
    """The title, which is the first line, and the steps below it; raises BadEntry."""
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
    """What support is told, on one line; raises BadEntry."""
    words = " ".join(text.split())
    if not words:
        raise BadEntry(EntryFlaw.EMPTY)
    if len(words.encode("utf-16-le")) // 2 > LONGEST_TO_SUPPORT:
        raise BadEntry(EntryFlaw.LONG_TO_SUPPORT)
    return words


def arranged(changed: Iterable[Placed]) -> tuple[Entry, ...]:
    """The shop's guide: what it has changed takes the place of the ready entries, in its own order."""
    found = {entry.key: Placed(entry, index) for index, entry in enumerate(standard())}
    found |= {one.entry.key: one for one in changed}
    return tuple(one.entry for one in sorted(found.values(), key=lambda one: one.place))


def moved(entries: Sequence[Entry], key: str, *, up: bool) -> tuple[Entry, ...]:
    """The entries with this one a place further up or down; at the end it stays."""
    keys = [entry.key for entry in entries]
    if key not in keys:
        return tuple(entries)
    at = keys.index(key)
    to = max(0, at - 1) if up else min(len(keys) - 1, at + 1)
    order = list(entries)
    order[at], order[to] = order[to], order[at]
    return tuple(order)


def as_ready(entry: Entry) -> Entry:
    """One of ours in its ready words again."""
    return replace(entry, title="", words="", to_support="")
