"""Tracks whether updates are being received."""

from __future__ import annotations

import time
from collections.abc import Callable

SILENCE = 60.0
"""Seconds without a successful answer after which the intake counts as down."""
PATIENCE = 10.0
"""Seconds of failures that are tolerated."""


class Vitals:
    """Updated by polling or webhook, read by `/healthz`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at: float | None = None
        self._failing_since: float | None = None
        self._by_webhook = False

    def updates_came(self) -> None:
        """Record an answer, with or without updates."""
        self._heard_at = self._clock()
        self._failing_since = None

    def no_answer(self) -> None:
        """Record that Telegram refused or could not be reached."""
        if self._failing_since is None:
            self._failing_since = self._clock()

    def webhook_is_set(self) -> None:
        """Record a working webhook: there is no polling that could fail."""
        self._by_webhook = True

    @property
    def is_listening(self) -> bool:
        if self._by_webhook:
            return True
        now = self._clock()
        if self._failing_since is not None and now - self._failing_since >= PATIENCE:
            return False
        return self._heard_at is not None and now - self._heard_at < SILENCE
