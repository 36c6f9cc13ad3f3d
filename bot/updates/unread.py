"""Records updates that could not be decoded: in the log, the metrics, and a table for `florist doctor`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from bot.updates.raw_updates import shape
from services.health.metrics import Metrics
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.updates import unread_updates
from storage.updates.unread_updates import MOST_FORMS, UnreadForm

PASSED_OVER = "passed over"
READ_IN_PART = "read in part"

log = structlog.get_logger(__name__)


class UnreadNotes:
    """Records no personal data: only names of fields, types of values, and the update's id."""

    def __init__(self, database: Database, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._metrics = metrics
        self._clock = clock
        self._pending: dict[str, UnreadForm] = {}
        self._writing: asyncio.Task[None] | None = None

    def passed_over(self, raw: object, update_id: int | None, kind: str, fault: str) -> None:
        """Record an update that was ignored."""
        self._metrics.update_came("unreadable")
        self._note(raw, update_id, kind, fault, PASSED_OVER)

    def read_in_part(self, raw: object, update_id: int, kind: str, fault: str) -> None:
        """Record an update that is handled without the parts named by `fault`."""
        self._metrics.update_came("read_in_part")
        self._note(raw, update_id, kind, fault, READ_IN_PART)

    async def settle(self) -> None:
        """Wait until all records are written."""
        if self._writing is not None:
            await self._writing

    def _note(self, raw: object, update_id: int | None, kind: str, fault: str, outcome: str) -> None:
        form = UnreadForm(kind, fault, outcome, update_id, shape(raw), 1, self._clock())
        log.warning(
            "update_not_understood", update_id=update_id, kind=kind, fault=fault, outcome=outcome,
            shape=form.shape,
        )  # fmt: skip
        before = self._pending.get(form.digest)
        if before is not None:
            form = replace(form, times=before.times + 1)
        elif len(self._pending) >= MOST_FORMS:
            return
        self._pending[form.digest] = form
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def _write(self) -> None:
        """Write in the background, so that receiving updates does not wait. Failures are only logged."""
        while self._pending:
            forms, self._pending = self._pending, {}
            try:
                async with self._database.write() as c:
                    await unread_updates.add_all(c, forms.values())
            except StorageError as error:
                log.warning("unread_updates_not_noted", why=str(error))
