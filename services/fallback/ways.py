"""Passes letters to the process that sends them by e-mail, SMS gateways, push services and so on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import structlog

from services.fallback import apprise_child
from services.fallback.letters import Envelope
from services.files.heavy_work import HeavyWork, NoHandsError, TooHeavyError

SECONDS = 90.0
"""Time limit for one run over all addresses; each address has 20 s, and eight are tried at once."""
IDLE_SECONDS = 15.0

log = structlog.get_logger(__name__)


class Ways:
    """Sends letters. Only counts are logged, never an address or a service's message."""

    def __init__(self) -> None:
        self._work = HeavyWork(seconds=SECONDS, idle=IDLE_SECONDS)

    async def send(self, letters: Sequence[Envelope]) -> list[bool]:
        """Returns for each letter whether its address took it."""
        content = json.dumps([asdict(one) for one in letters]).encode()
        try:
            taken = await self._work.run(apprise_child.deliver, content)
        except (NoHandsError, TooHeavyError) as error:
            log.warning("fallback_process_failed", why=type(error).__name__)
            return [False] * len(letters)
        log.info("fallback_sent", taken=sum(taken), refused=len(taken) - sum(taken))
        return taken

    async def service_of(self, address: str, *, is_from_chat: bool) -> str | None:
        """The kind of service an address leads to ("E-Mail"); None for an unusable address."""
        content = json.dumps(asdict(Envelope(address, "", "", is_from_chat))).encode()
        try:
            return await self._work.run(apprise_child.service_of, content)
        except (NoHandsError, TooHeavyError):
            return None

    def close(self) -> None:
        """End the process, if it runs."""
        self._work.close()
