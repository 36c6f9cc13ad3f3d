"""Looks after disk and database: finds trouble before an order does, and finds out when it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import structlog

from services.health.troubles import TroubleKind, Troubles
from storage.db.errors import StorageError

CALM = 300.0
"""Seconds between two looks while all is well."""
TROUBLED = 10.0
"""Seconds between two looks while something is wrong, and after it was reported."""

Work = Callable[[], Awaitable[object]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing to look after. `look` really uses it, and raises `error` when that does not work.

    `catch_up` makes good what may have been missed: at the start, and when a trouble is over.
    """

    kind: TroubleKind
    look: Work
    error: type[StorageError]
    catch_up: Work


class HealthChecks:
    """Reports to the register of troubles, and is the only one who takes these troubles off it."""

    def __init__(self, troubles: Troubles, cares: Sequence[HealthCheck]) -> None:
        self._troubles = troubles
        self._cares = cares

    async def run(self) -> None:
        """Look after everything until cancelled."""
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
        except StorageError:  # another care's
            return False
        except Exception as error:
            log.exception("look_failed", kind=care.kind.value)
            self._troubles.report(care.kind, type(error).__name__)
            return False
        return True

    async def _wait(self, kind: TroubleKind, changed: asyncio.Event, *, is_behind: bool) -> None:
        """A look right after a report would only see the pause between two failures."""
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
    except Exception as error:  # noqa: BLE001 - one care that fails stops no other
        log.warning("not_caught_up", kind=care.kind.value, why=str(error))
        return False
    return True
