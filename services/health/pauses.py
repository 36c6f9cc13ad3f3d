"""Back-off and jitter: one rule for the bot's own retries."""

from __future__ import annotations

import random

_MOST_DOUBLINGS = 30
"""Limits the exponent against overflow; the longest pause is reached long before."""


def doubled(failures: int, first: float, longest: float) -> float:
    """Seconds to wait: `first` before the first retry, doubled with each failure, at most `longest`."""
    return min(longest, first * 2.0 ** min(failures, _MOST_DOUBLINGS))


def jittered(seconds: float) -> float:
    """A random half to all of it, so that failures of the same moment do not retry together."""
    return seconds * (0.5 + random.random() / 2)  # noqa: S311 - jitter, not a secret
