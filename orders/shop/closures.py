"""Hiding a shop from new orders (R8): by whom, until when, and when people are reminded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from orders.model.order import Mark
from orders.model.rules import ShopRules


class Spell(StrEnum):
    """For how long a shop may be hidden; numbers are hours."""

    HOUR = "1"
    TWO_HOURS = "2"
    FOUR_HOURS = "4"
    TOMORROW = "tomorrow"
    OPEN_END = "open"


@dataclass(frozen=True, slots=True)
class Hiding:
    """One hiding of the shop (R8). `until` None: until somebody opens it again.

    `app_hidden` and `app_shown`: who did the same in the marketplace's app, since the API has no call for it.
    """

    id: int
    shop_id: int
    hidden: Mark
    until: datetime | None = None
    reopened: Mark | None = None
    app_hidden: Mark | None = None
    app_shown: Mark | None = None

    @property
    def is_over(self) -> bool:
        return self.reopened is not None


def ends_at(spell: Spell, now: datetime, rules: ShopRules) -> datetime | None:
    """When a shop hidden at `now` for this spell opens by itself; None: never."""
    if spell is Spell.OPEN_END:
        return None
    if spell is Spell.TOMORROW:
        tomorrow = now.astimezone(rules.zone).date() + timedelta(days=1)
        return datetime.combine(tomorrow, rules.opens_at, rules.zone).astimezone(UTC)
    return now + timedelta(hours=int(spell))


def next_due(until: datetime | None, now: datetime, rules: ShopRules, *, reminded: bool) -> datetime | None:
    """When the next action is due: the reminder if it lies ahead, otherwise the end."""
    if until is None:
        return None
    reminder = until - timedelta(minutes=rules.reopen_reminder_minutes)
    return reminder if reminder > now and not reminded else until
