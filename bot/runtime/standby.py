"""One process leads and works on a database; on PostgreSQL others stand by (decision 0030)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web
from sqlalchemy import make_url

from bot.config.settings import Settings
from bot.runtime.web import served
from storage.db.errors import DatabaseUnavailable
from storage.db.leader import Leader, ServerLeader

TRY_SECONDS = 1.0
"""Time between a standby's attempts to become the leader."""

log = structlog.get_logger(__name__)


async def lead_in_turn(settings: Settings, work: Callable[[Leader], Awaitable[None]]) -> None:
    """Do the work while this process leads, until cancelled. After losing the lead it stands by again.

    Raises what the work raises while the process leads, and DatabaseUnavailable if the database cannot be
    reached at the start; later it waits for the database.
    """
    if make_url(settings.database_url).get_backend_name() == "sqlite":
        await work(Leader())
        return
    has_asked = False
    while True:
        leader = ServerLeader(settings.database_url)
        try:
            is_leader = await _takes(leader, is_patient=has_asked)
            has_asked = True
            if not is_leader:
                await _stand_by(settings, leader)
            log.info("leading")
            async with asyncio.TaskGroup() as group:
                group.create_task(leader.watch())
                await work(leader)
        except Exception:
            if not leader.is_lost:
                raise
        finally:
            await leader.close()


async def _stand_by(settings: Settings, leader: Leader) -> None:
    log.info("standing_by", web_port=settings.web_port)
    async with served(_standby_app(), settings.web_host, settings.web_port):
        while not await _takes(leader, is_patient=True):  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(TRY_SECONDS)


async def _takes(leader: Leader, *, is_patient: bool) -> bool:
    """Try to become the leader. If `is_patient`, an unavailable database returns False instead of raising."""
    try:
        return await leader.take()
    except DatabaseUnavailable as error:
        if not is_patient:
            raise
        log.warning("lead_not_asked_for", why=error.why)
        return False


def _standby_app() -> web.Application:
    """Answers 503 to every request, so that a proxy asks the leader. The body is that of `/healthz`."""

    async def refuse(_request: web.Request) -> web.Response:
        body = {"database": True, "updates": False, "standby": True}
        return web.json_response(body, status=HTTPStatus.SERVICE_UNAVAILABLE)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    return app
