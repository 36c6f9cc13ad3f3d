"""Checks disk and database, to find a trouble before an order does, and to notice when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from services.health.troubles import TroubleKind, Troubles
from storage.db.errors import StorageError

CALM = 300.0
"""Seconds between two checks while all is well."""
TROUBLED = 10.0
"""Seconds between two checks while something is wrong, and after a report."""

Work = Callable[[], Awaitable[object]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing to check. `look` really uses it, and raises `error` when that fails.

    `catch_up` makes up for what may have been missed: at the start, and when a trouble has ended.
    """

    kind: TroubleKind
    look: Work
    error: type[StorageError]
    catch_up: Work


class HealthChecks:
    """Reports troubles of these kinds, and is the only one that ends them."""

    def __init__(self, troubles: Troubles, cares: Sequence[HealthCheck]) -> None:
        self._troubles = troubles
        self._cares = cares

    async def run(self) -> None:
        """Run all checks until cancelled."""
        async with asyncio.TaskGroup() as group:
            for care in self._cares:
                group.create_task(self._care(care, self._troubles.subscribe()))

    async def _care(self, care: HealthCheck, changed: asyncio.Event) -> None:
        is_behind = True
        while True:
            if await self._is_well(care):
                is_behind = (
                    not await _caught_up(care) if self._troubles.over(care.kind) or is_behind else False
                )
            await self._wait(care.kind, changed, is_behind=is_behind)

    async def _is_well(self, care: HealthCheck) -> bool:
        try:
            await care.look()
        except care.error as error:
            self._troubles.report(care.kind, str(error))
            return False
        except StorageError:  # belongs to another check
            return False
        except Exception as error:
            log.exception("look_failed", kind=care.kind.value)
            self._troubles.report(care.kind, type(error).__name__)
            return False
        return True

    async def _wait(self, kind: TroubleKind, changed: asyncio.Event, *, is_behind: bool) -> None:
        """Wait until the next check; right after a report it would only hit a pause between failures."""
        changed.clear()
        loop = asyncio.get_running_loop()
        until = loop.time() + (TROUBLED if is_behind else CALM)
        while kind not in self._troubles.standing() and loop.time() < until:
            try:
                async with asyncio.timeout_at(until):
                    await changed.wait()
            except TimeoutError:
                return
            changed.clear()
        await asyncio.sleep(TROUBLED)


async def _caught_up(care: HealthCheck) -> bool:
    try:
        await care.catch_up()
    except Exception as error:  # noqa: BLE001 - a failed check must not stop the others
        log.warning("not_caught_up", kind=care.kind.value, why=str(error))
        return False
    return True
