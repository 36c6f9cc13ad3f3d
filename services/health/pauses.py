"""How long to wait before the next try of something that failed: one rule for the bot's own retries."""

from __future__ import annotations

import random

_MOST_DOUBLINGS = 30
"""More would only make the power overflow; the longest pause is reached long before."""


def doubled(failures: int, first: float, longest: float) -> float:
    """Seconds to wait: `first` when nothing has failed before, twice that with each failure, to `longest`."""
    return min(longest, first * 2.0 ** min(failures, _MOST_DOUBLINGS))


def jittered(seconds: float) -> float:
    """Half to all of it, at random, so that what failed at one moment does not come back at one moment."""
    return seconds * (0.5 + random.random() / 2)  # noqa: S311 - jitter, not a secret
