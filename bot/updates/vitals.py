"""Whether updates are coming in."""

from __future__ import annotations

import time
from collections.abc import Callable

SILENCE = 60.0
"""Seconds without a good answer of Telegram after which the intake counts as dead."""
PATIENCE = 10.0
"""Seconds for which it may answer badly or not at all: a moment's trouble is none."""


class Vitals:
    """Told by whoever gets updates; asked by `/healthz`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at: float | None = None
        self._failing_since: float | None = None
        self._by_webhook = False

    def updates_came(self) -> None:
        """Telegram answered, with or without updates."""
        self._heard_at = self._clock()
        self._failing_since = None

    def no_answer(self) -> None:
        """Telegram was asked and could not be reached, or refused."""
        if self._failing_since is None:
            self._failing_since = self._clock()

    def webhook_is_set(self) -> None:
        """Telegram comes to us: there is nothing that could fall silent on our side."""
        self._by_webhook = True

    @property
    def is_listening(self) -> bool:
        if self._by_webhook:
            return True
        now = self._clock()
        if self._failing_since is not None and now - self._failing_since >= PATIENCE:
            return False
        return self._heard_at is not None and now - self._heard_at < SILENCE
