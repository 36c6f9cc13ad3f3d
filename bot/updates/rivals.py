"""Detects another program that fetches updates with the same token: each misses what the other gets."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import structlog

from services.health.troubles import TroubleKind, Troubles

MANY = 3
"""Conflicts within `SPAN` seconds that make a trouble; a single one comes from this bot's previous run."""
SPAN = 60.0
CALM = 60.0
"""Seconds without a conflict after which the other bot counts as stopped."""
LOG_SECONDS = 60.0
"""Conflicts are logged at most once in this many seconds."""

log = structlog.get_logger(__name__)


class Rivals:
    """Counts conflicts that polling or webhook report, and raises the trouble."""

    def __init__(self, troubles: Troubles, clock: Callable[[], float] = time.monotonic) -> None:
        self._troubles = troubles
        self._clock = clock
        self._met: deque[float] = deque(maxlen=MANY)
        self._since_log = 0
        self._logged_at = float("-inf")

    def met(self, why: str, *, at_once: bool = False) -> None:
        """Report a conflict: another program polls too, or has changed the webhook.

        `at_once`: raise the trouble now; otherwise it takes MANY conflicts within SPAN.
        """
        now = self._clock()
        self._met.append(now)
        self._since_log += 1
        if now - self._logged_at >= LOG_SECONDS:
            log.warning("another_bot_polls", times=self._since_log, why=why)
            self._logged_at, self._since_log = now, 0
        if at_once or (len(self._met) == MANY and now - self._met[0] <= SPAN):
            self._troubles.report(TroubleKind.ANOTHER_BOT, why)

    def not_met(self) -> None:
        """Report an answer without a conflict."""
        if self._met and self._clock() - self._met[-1] >= CALM:
            self._met.clear()
            self._troubles.over(TroubleKind.ANOTHER_BOT)
