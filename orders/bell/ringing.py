"""Where a phone rings, and how often: one sound per matter, whichever chats a person sits in (X14)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from orders.model.rules import ShopRules

BURST = timedelta(minutes=1)
"""An order that comes so soon after a sound joins the message in silence; the ladder keeps this pause too."""

LADDER_GAP = timedelta(minutes=5)
"""After so long without any sound a younger order's reminder rings, though an older one waits."""


class Place(StrEnum):
    """Where a person wants to hear of orders that wait to be accepted."""

    GROUP = "group"
    """In the shop's group, as long as they sit in it; otherwise in private."""
    PRIVATE = "private"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the shop's clock in which only what must ring rings; they may run over midnight."""

    start: time
    end: time

    def holds(self, local: time) -> bool:
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True)
class Hearing:
    """How one person of the staff is reached. Who is not known to sit in the group does not."""

    in_group: bool = False
    place: Place = Place.GROUP
    quiet: Quiet | None = None


NOT_KNOWN = Hearing()


def group_rings(members: Collection[Hearing]) -> bool:
    """The group makes a sound unless all who are known to sit in it want to hear in private."""
    inside = [one for one in members if one.in_group]
    return not inside or any(one.place is not Place.PRIVATE for one in inside)


def rings_in_private(hearing: Hearing, local: time, *, in_group_too: bool, must_ring: bool) -> bool:
    """Whether the private message makes a sound at this time of the shop's clock.

    `in_group_too`: the group makes one for the same matter. `must_ring`: no quiet hours hold it back.
    """
    if not must_ring and hearing.quiet is not None and hearing.quiet.holds(local):
        return False
    return not (in_group_too and hearing.in_group and hearing.place is Place.GROUP)


@dataclass(frozen=True, slots=True)
class LastSounds:
    """When a chat rang last: for whatever waited to be accepted, and for a step of the ladder."""

    any: datetime | None = None
    ladder: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """A reminder that made a sound: of which order, and when."""

    order_id: int
    at: datetime


def rings_for_new(last: LastSounds, now: datetime) -> bool:
    """A new order rings unless something has just rung in this chat."""
    return not _within(BURST, last.any, now)


def rings_for_ladder(last: LastSounds, rules: ShopRules, now: datetime, *, is_oldest: bool) -> bool:
    """All that wait share the ladder of the oldest, which has reached the most people (R16)."""
    if _within(_ladder_pause(rules), last.ladder, now):
        return False
    return is_oldest or not _within(LADDER_GAP, last.any, now)


def rings_for_reminder(last: Rung | None, order_id: int, now: datetime) -> bool:
    """Orders that are due for the same thing ring together: what another one's reminder has just called for.

    `last`: what rang last for the same thing in this chat. An order's own next reminder rings however soon.
    """
    return last is None or last.order_id == order_id or not _within(BURST, last.at, now)


def _ladder_pause(rules: ShopRules) -> timedelta:
    """Shorter than any two steps of the ladder are apart, in a shop that has set them close together."""
    steps = sorted({0.0, *rules.accept_reminders, rules.accept_minutes})
    gaps = [later - earlier for earlier, later in pairwise(steps)]
    return min(BURST, timedelta(minutes=min([*gaps, rules.accept_repeat_minutes]) / 2))


def _within(span: timedelta, before: datetime | None, now: datetime) -> bool:
    """A sound that is noted in the future, under a clock that ran ahead, holds nothing back."""
    return before is not None and timedelta(0) <= now - before < span
