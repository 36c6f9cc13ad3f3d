"""The register of current troubles: disk, folders, database, marketplace. All components report here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog

from storage.db.errors import DatabaseDamaged, DatabaseUnavailable

log = structlog.get_logger(__name__)


class TroubleKind(StrEnum):
    """What may be out of order; each has its own text for people."""

    DATABASE = "database"
    DATABASE_DAMAGED = "database_damaged"
    """Stays until the bot is stopped: a file does not repair itself, but most of it may still be usable."""
    BACKUP = "backup"
    PHOTOS = "photos"
    DRAWING = "drawing"
    """Pictures of reports cannot be drawn: the figures come as text."""
    PACK = "pack"
    """The PDF of the day's orders cannot be drawn: they come as a text file."""
    MARKETPLACE = "marketplace"
    MARKETPLACE_TOKEN = "marketplace_token"  # noqa: S105 - the name of a trouble
    JOB_ALARMS = "job_alarms"
    """The job of the reminders keeps failing: they do not come."""
    JOB_SHOP_DOOR = "job_shop_door"
    JOB_SENDING = "job_sending"
    JOB_MARKETPLACE = "job_marketplace"
    JOB = "job"
    """Any other background job keeps failing."""
    ANOTHER_BOT = "another_bot"
    """Another program polls Telegram with the same token, and gets updates that we miss."""
    MARKETPLACE_ORDERS = "marketplace_orders"
    """The token opens the marketplace, but not its orders."""
    MARKETPLACE_SHOP = "marketplace_shop"
    """Signed orders arrive for a shop that the bot does not know; stays until the next start."""
    NOBODY = "nobody"
    """An order waits, and nobody who may accept it is connected."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A trouble that began then. `why` is for the log and the doctor command, not for people.

    `about` is a detail that the text for people shows, such as numbers of shops.
    """

    kind: TroubleKind
    since: datetime
    why: str
    about: str = ""


class Troubles:
    """The current troubles. Reporting a known trouble, or ending an unknown one, changes nothing."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._standing: dict[TroubleKind, Trouble] = {}
        self._subscribers: list[asyncio.Event] = []

    def report(self, kind: TroubleKind, why: str, about: str = "") -> None:
        """Report a trouble: something failed, and not because of its input."""
        if kind not in self._standing:
            self._standing[kind] = Trouble(kind, self._clock(), why, about)
            log.error("trouble", kind=kind.value, why=why)
            self._wake()

    def report_database(self, error: DatabaseUnavailable) -> None:
        """Report that the database is unavailable for a while, or damaged."""
        is_damaged = isinstance(error, DatabaseDamaged)
        self.report(TroubleKind.DATABASE_DAMAGED if is_damaged else TroubleKind.DATABASE, error.why)

    def over(self, kind: TroubleKind) -> bool:
        """End a trouble; returns whether it was reported."""
        ended = self._standing.pop(kind, None)
        if ended is None:
            return False
        log.warning("trouble_over", kind=kind.value, since=ended.since.isoformat())
        self._wake()
        return True

    def standing(self) -> dict[TroubleKind, Trouble]:
        """The troubles that are reported now."""
        return dict(self._standing)

    def subscribe(self) -> asyncio.Event:
        """An event that is set at each change; the subscriber clears it before it reads."""
        event = asyncio.Event()
        self._subscribers.append(event)
        return event

    def _wake(self) -> None:
        for event in self._subscribers:
            event.set()
