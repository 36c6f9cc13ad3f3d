"""What is wrong just now: disk, folders, database, marketplace. One place to which everybody reports."""

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
    """What may be out of order; people are told of each in its own words."""

    DATABASE = "database"
    DATABASE_DAMAGED = "database_damaged"
    """Stands until the bot is stopped: no file mends itself, and most of it may still be of use."""
    BACKUP = "backup"
    PHOTOS = "photos"
    DRAWING = "drawing"
    """The pictures of reports cannot be drawn: the figures come as words."""
    MARKETPLACE = "marketplace"
    MARKETPLACE_TOKEN = "marketplace_token"  # noqa: S105 - the name of a trouble
    JOB_ALARMS = "job_alarms"
    """A background job keeps failing: the reminders do not come."""
    JOB_SHOP_DOOR = "job_shop_door"
    JOB_SENDING = "job_sending"
    JOB_MARKETPLACE = "job_marketplace"
    JOB = "job"
    """Any other background job keeps failing."""
    ANOTHER_BOT = "another_bot"
    """Another program asks Telegram for the updates of the same token, and gets those that we miss."""
    MARKETPLACE_ORDERS = "marketplace_orders"
    """The token opens the marketplace, but not the orders."""
    MARKETPLACE_SHOP = "marketplace_shop"
    """Signed orders come for a shop that the bot does not have; stands until the next start."""
    NOBODY = "nobody"
    """An order waits, and nobody who may accept it is connected."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that stands in the way since then. `why` is for the log and the doctor, not for people.

    `about` is a word for people that the text about this kind of trouble shows, such as numbers of shops.
    """

    kind: TroubleKind
    since: datetime
    why: str
    about: str = ""


class Troubles:
    """The troubles that stand now. Reporting one that stands already, or the end of none, changes nothing."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._standing: dict[TroubleKind, Trouble] = {}
        self._subscribers: list[asyncio.Event] = []

    def report(self, kind: TroubleKind, why: str, about: str = "") -> None:
        """It did not work, and not because of what was asked."""
        if kind not in self._standing:
            self._standing[kind] = Trouble(kind, self._clock(), why, about)
            log.error("trouble", kind=kind.value, why=why)
            self._wake()

    def report_database(self, error: DatabaseUnavailable) -> None:
        """Somebody could not work with the database: it is away for a while, or damaged."""
        is_damaged = isinstance(error, DatabaseDamaged)
        self.report(TroubleKind.DATABASE_DAMAGED if is_damaged else TroubleKind.DATABASE, error.why)

    def over(self, kind: TroubleKind) -> bool:
        """It works again; says whether it had not."""
        ended = self._standing.pop(kind, None)
        if ended is None:
            return False
        log.warning("trouble_over", kind=kind.value, since=ended.since.isoformat())
        self._wake()
        return True

    def standing(self) -> dict[TroubleKind, Trouble]:
        """What is wrong now."""
        return dict(self._standing)

    def subscribe(self) -> asyncio.Event:
        """An event that is set at each change; the subscriber clears it before it looks."""
        event = asyncio.Event()
        self._subscribers.append(event)
        return event

    def _wake(self) -> None:
        for event in self._subscribers:
            event.set()
