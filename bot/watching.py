"""`/healthz` and `/metrics`: for whoever watches the bot from outside."""

from __future__ import annotations

import asyncio

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.vitals import Vitals
from bot.wiring import House
from services.pulse import utc_now
from storage import deadlines, outbox
from storage.errors import StorageError

ANSWER_SECONDS = 5.0
"""Within which the database must answer; who watches does not wait for ever."""


def watching_routes(house: House, vitals: Vitals) -> list[web.RouteDef]:
    """Both pages of this process. They tell nothing of orders or people."""

    async def healthz(_request: web.Request) -> web.Response:
        """200 only while the database answers and updates come in."""
        is_up = await _answers(house)
        body = {"database": is_up, "updates": vitals.is_listening}
        return web.json_response(body, status=200 if all(body.values()) else 503)

    async def metrics(_request: web.Request) -> web.Response:
        """All figures; those of the database are counted for this answer."""
        await _count(house)
        page = house.metrics.page(house.troubles.standing().keys())
        return web.Response(body=page, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [web.get("/healthz", healthz), web.get("/metrics", metrics)]


async def _answers(house: House) -> bool:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await house.database.ping()
    except (StorageError, TimeoutError):
        return False
    return True


async def _count(house: House) -> None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS), house.database.read() as c:
            depths, due_at = await outbox.depths(c), await deadlines.earliest(c)
    except (StorageError, TimeoutError):
        house.metrics.database_silent()
    else:
        house.metrics.database_counted(depths, due_at, utc_now())
