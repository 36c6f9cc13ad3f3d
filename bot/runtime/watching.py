"""`/healthz` and `/metrics`, for monitoring."""

from __future__ import annotations

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.runtime.wiring import App
from bot.updates.vitals import Vitals
from services.health.clock import utc_now
from storage.db.errors import StorageError
from storage.order import deadlines
from storage.sending import outbox_depth

ANSWER_SECONDS = 5.0
"""Timeout for the database's answer."""


def watching_routes(app: App, vitals: Vitals) -> list[web.RouteDef]:
    """The routes of both pages, which show no data of orders or people."""

    async def healthz(_request: web.Request) -> web.Response:
        """200 only while the database answers and updates are received, else 503."""
        is_up = await _answers(app)
        body = {"database": is_up, "updates": vitals.is_listening}
        return web.json_response(body, status=200 if all(body.values()) else 503)

    async def metrics(_request: web.Request) -> web.Response:
        """All metrics; those of the database are computed for this request."""
        await _count(app)
        page = app.metrics.page(app.troubles.standing().keys())
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", healthz), web.get("/metrics", metrics)]


async def _answers(app: App) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await app.database.ping()
    except (StorageError, TimeoutError):
        return False
    return True


async def _count(app: App) -> None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS), app.database.snapshot() as c:
            depths, due_at = await outbox_depth.depths(c), await deadlines.earliest(c)
    except (StorageError, TimeoutError):
        app.metrics.database_silent()
    else:
        app.metrics.database_counted(depths, due_at, utc_now())
