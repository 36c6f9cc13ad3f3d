"""When something that a shop gets once a day is due: print pack, report, shopping list (X9, X10, X27)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(hours=3)
"""How long after its time it may still be sent; a bot started later sends none."""


def due_day(at: time | None, zone: ZoneInfo, now: datetime) -> date | None:
    """The day for which it is due now; None if none is due, or the shop does not want it.

    What is due just before midnight may be sent after it.
    """
    if at is None:
        return None
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        if timedelta() <= now - datetime.combine(day, at, zone) < LATEST:
            return day
    return None


def is_due(at: time, zone: ZoneInfo, last: datetime | None, now: datetime) -> bool:
    """Whether it is due now and was not sent since that time; `last` is when it was last sent."""
    day = due_day(at, zone, now)
    return day is not None and (last is None or last < datetime.combine(day, at, zone))
