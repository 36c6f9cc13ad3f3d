"""Counts messages as Telegram's rate limit does."""

from __future__ import annotations

from collections.abc import Collection


def most_within_a_second(moments: Collection[float]) -> int:
    """The highest number of messages within any one second."""
    return max(sum(begin <= other < begin + 1 for other in moments) for begin in moments)
