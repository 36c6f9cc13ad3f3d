"""In which chats a phone rings, and how often: one sound per event, also for people in several chats."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise

from orders.model.rules import ShopRules

BURST = timedelta(minutes=1)
"""A new order within this time after a sound joins the message silently; the ladder keeps this pause too."""

LADDER_GAP = timedelta(minutes=5)
"""After this time without any sound the reminder of a younger order rings although an older order waits."""


class Place(StrEnum):
    """Where a person wants to hear of orders that wait to be accepted."""

    GROUP = "group"
    """In the shop's group while they are a member of it; otherwise in private."""
    PRIVATE = "private"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours on the shop's clock, in which only `must_ring` events ring; they may span midnight."""

    start: time
    end: time

    def holds(self, local: time) -> bool:
        if self.start <= self.end:
            return self.start <= local < self.end
        return local >= self.start or local < self.end


@dataclass(frozen=True, slots=True)
class Hearing:
    """How a member of staff is reached. `in_group` is true only if they are known to be in the group."""

    in_group: bool = False
    place: Place = Place.GROUP
    quiet: Quiet | None = None


NOT_KNOWN = Hearing()


def group_rings(members: Collection[Hearing]) -> bool:
    """Whether the group makes a sound: not if all its known members want to hear in private."""
    inside = [one for one in members if one.in_group]
    return not inside or any(one.place is not Place.PRIVATE for one in inside)


def rings_in_private(hearing: Hearing, local: time, *, in_group_too: bool, must_ring: bool) -> bool:
    """Whether the private message makes a sound at this time of the shop's clock.

    `in_group_too`: the group makes a sound for the same event. `must_ring`: the event rings in quiet hours
    too.
    """
    if not must_ring and hearing.quiet is not None and hearing.quiet.holds(local):
        return False
    return not (in_group_too and hearing.in_group and hearing.place is Place.GROUP)


@dataclass(frozen=True, slots=True)
class LastSounds:
    """When a chat last made a sound for an order that waited to be accepted, and for a step of the ladder."""

    any: datetime | None = None
    ladder: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """The order and the time of a reminder that made a sound."""

    order_id: int
    at: datetime


def rings_for_new(last: LastSounds, now: datetime) -> bool:
    """Whether a new order rings: not if this chat has just made a sound."""
    return not _within(BURST, last.any, now)


def rings_for_ladder(last: LastSounds, rules: ShopRules, now: datetime, *, is_oldest: bool) -> bool:
    """Whether a step of the ladder rings.

    Waiting orders share the ladder of the oldest one, which has reached the most people (R16).
    """
    if _within(_ladder_pause(rules), last.ladder, now):
        return False
    return is_oldest or not _within(LADDER_GAP, last.any, now)


def rings_for_reminder(last: Rung | None, order_id: int, now: datetime) -> bool:
    """Whether a reminder rings: not if another order's reminder of the same kind has just rung in this chat.

    `last`: the last sound for this kind. Successive reminders of one order always ring.
    """
    return last is None or last.order_id == order_id or not _within(BURST, last.at, now)


def _ladder_pause(rules: ShopRules) -> timedelta:
    """Minimum pause between ladder sounds.

    At most `BURST`, and shorter than the gap between any two ladder steps that the shop has set.
    """
    steps = sorted({0.0, *rules.accept_reminders, rules.accept_minutes})
    gaps = [later - earlier for earlier, later in pairwise(steps)]
    return min(BURST, timedelta(minutes=min([*gaps, rules.accept_repeat_minutes]) / 2))


def _within(span: timedelta, before: datetime | None, now: datetime) -> bool:
    """Whether `before` is less than `span` ago.

    A time in the future, left by a clock that ran ahead, does not count.
    """
    return before is not None and timedelta(0) <= now - before < span
