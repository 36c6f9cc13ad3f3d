"""Whether updates are coming in."""

from __future__ import annotations

import time
from collections.abc import Callable

SILENCE = 60.0
"""Seconds without a good answer of Telegram after which the intake counts as dead."""


class Vitals:
    """Told by whoever gets updates; asked by `/healthz`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard_at: float | None = None
        self._by_webhook = False

    def updates_came(self) -> None:
        """Telegram answered, with or without updates."""
        self._heard_at = self._clock()

    def webhook_is_set(self) -> None:
        """Telegram comes to us: there is nothing that could fall silent on our side."""
        self._by_webhook = True

    @property
    def is_listening(self) -> bool:
        if self._by_webhook:
            return True
        return self._heard_at is not None and self._clock() - self._heard_at < SILENCE
