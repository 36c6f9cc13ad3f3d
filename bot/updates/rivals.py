"""Notices that another program asks for the updates of the same token: each gets what the other misses."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

import structlog

from services.health.troubles import TroubleKind, Troubles

MANY = 3
"""Conflicts within `SPAN` that are a trouble; one alone is the end of an earlier run of this bot."""
SPAN = 60.0
CALM = 60.0
"""Seconds without a conflict after which the other bot counts as stopped."""
LOG_SECONDS = 60.0
"""The log has one line in so many seconds, however often the two meet."""

log = structlog.get_logger(__name__)


class Rivals:
    """Told by whoever gets updates."""

    def __init__(self, troubles: Troubles, clock: Callable[[], float] = time.monotonic) -> None:
        self._troubles = troubles
        self._clock = clock
        self._met: deque[float] = deque(maxlen=MANY)
        self._since_log = 0
        self._logged_at = float("-inf")

    def met(self, why: str, *, at_once: bool = False) -> None:
        """Telegram refused because somebody else asks for the updates, or has changed the webhook.

        `at_once`: there is no doubt; otherwise it takes several times to be a trouble.
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
        """Telegram answered as usual."""
        if self._met and self._clock() - self._met[-1] >= CALM:
            self._met.clear()
            self._troubles.over(TroubleKind.ANOTHER_BOT)
