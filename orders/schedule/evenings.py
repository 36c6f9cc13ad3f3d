"""When something that a shop gets once each evening is due (X10, X27)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(hours=3)
"""How long after its time of day it may still be sent: a bot started at night sends none."""


def evening_due(at: time | None, zone: ZoneInfo, now: datetime) -> date | None:
    """The day for which it should have been sent by now; None where none is due, or the shop wants none.

    What is due just before midnight may still leave after it.
    """
    if at is None:
        return None
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        if timedelta() <= now - datetime.combine(day, at, zone) < LATEST:
            return day
    return None
