"""When something that a shop gets once each evening is due (X10, X27)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(hours=3)
"""How long after its time it may still be sent; a bot started at night sends none."""


def evening_due(at: time | None, zone: ZoneInfo, now: datetime) -> date | None:
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
