"""The clock of the running program."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The current time; all code below takes `now` as an argument."""
    return datetime.now(UTC)
