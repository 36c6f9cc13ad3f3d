"""Background jobs: they repeat next to the conversations, and their failures never end the bot (X22)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NoReturn

import structlog

from services.health.metrics import Metrics
from services.health.pauses import doubled
from services.health.troubles import TroubleKind, Troubles
from storage.db.errors import BackupUnavailable, DatabaseUnavailable, PhotosUnavailable

FIRST_PAUSE = 1.0
OUTAGES = (DatabaseUnavailable, BackupUnavailable, PhotosUnavailable)
"""Outages that the health checks report to people, so that a job does not."""

KINDS = {
    "alarms": TroubleKind.JOB_ALARMS,
    "shop_closures": TroubleKind.JOB_SHOP_DOOR,
    "sender_telegram": TroubleKind.JOB_SENDING,
    "sender_marketplace": TroubleKind.JOB_MARKETPLACE,
    "sync": TroubleKind.JOB_MARKETPLACE,
    "goods_syncs": TroubleKind.JOB_MARKETPLACE,
}
"""The trouble reported when a job keeps failing; any other job is `TroubleKind.JOB`."""

Job = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Times of the retry policy, in seconds."""

    longest_pause: float = 30.0
    """The longest back-off before a job starts again."""
    outage_pause: float = 3.0
    """The same while the database or a disk is unavailable: its return must be noticed soon."""
    told_after: float = 20.0
    """Failures that last this long are reported."""
    well_after: float = 60.0
    """A job that runs this long has recovered; must exceed the longest back-off."""


class Background:
    """Keeps background jobs running: logs, counts, backs off, and reports failures that last."""

    def __init__(self, troubles: Troubles, metrics: Metrics, patience: Patience | None = None) -> None:
        self._troubles = troubles
        self._metrics = metrics
        self._patience = patience or Patience()
        self._told: dict[TroubleKind, set[str]] = {}

    async def keep_running(self, name: str, job: Job, *, fatal: type[Exception] | tuple[()] = ()) -> None:
        """Run the job until cancelled, and restart it whenever it fails. Only `fatal` errors are raised.

        `name` is the job's label in the metrics and in the log.
        """
        failing_since: float | None = None
        failures = 0
        while True:
            started = time.monotonic()
            is_well = asyncio.get_running_loop().call_later(self._patience.well_after, self._is_over, name)
            try:
                await job()
                raise RuntimeError(f"the job {name} ended by itself")  # noqa: TRY301 - as bad as a failure
            except asyncio.CancelledError:
                if _is_told_to_stop():
                    raise
                error: Exception = RuntimeError(f"something inside the job {name} was cancelled")
            except fatal:
                raise
            except Exception as failure:  # noqa: BLE001 - no failure may stop the other jobs
                error = failure
            finally:
                is_well.cancel()
            now = time.monotonic()
            if failing_since is None or now - started >= self._patience.well_after:
                failing_since, failures = now, 0
            pause = doubled(failures, FIRST_PAUSE, self._longest(error))
            self._failed(name, error, pause, now - failing_since)
            await asyncio.sleep(pause)
            failures += 1

    def _longest(self, error: Exception) -> float:
        return self._patience.outage_pause if _is_outage(error) else self._patience.longest_pause

    def _failed(self, name: str, error: Exception, pause: float, lasting: float) -> None:
        self._metrics.job_failed(name)
        if _is_outage(error):
            log.warning("job_waits", job=name, again_in_seconds=pause, why=str(error))
            return
        log.error("job_failed", job=name, again_in_seconds=pause, exc_info=error)
        if lasting >= self._patience.told_after:
            kind = KINDS.get(name, TroubleKind.JOB)
            self._told.setdefault(kind, set()).add(name)
            self._troubles.report(kind, f"{name}: {type(error).__name__}")

    def _is_over(self, name: str) -> None:
        """The job has recovered. The trouble ends when all jobs of its kind have recovered."""
        kind = KINDS.get(name, TroubleKind.JOB)
        failing = self._told.get(kind, set())
        if name in failing:
            failing.discard(name)
            if not failing:
                self._troubles.over(kind)


async def repeat(turn: Callable[[], Awaitable[float]], woken: asyncio.Event) -> NoReturn:
    """Call `turn` until cancelled. It returns the seconds until the next call; `woken` brings that forward.

    Errors of `turn` go to `Background.keep_running`, which restarts the job.
    """
    while True:
        woken.clear()
        pause = await turn()
        try:
            async with asyncio.timeout(pause):
                await woken.wait()
        except TimeoutError:
            continue


def _is_told_to_stop() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _is_outage(error: BaseException) -> bool:
    if isinstance(error, BaseExceptionGroup):
        return all(_is_outage(one) for one in error.exceptions)
    return isinstance(error, OUTAGES)
