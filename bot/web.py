"""The web application: the marketplace's webhook and feed, Telegram's webhook, and whether all is well."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.connections import LINGER_SECONDS, PAUSE_SECONDS, BoundedSite, Connections, most_connections
from bot.telegram_webhook import telegram_routes
from bot.update_feed import UpdateFeed
from bot.vitals import Vitals
from bot.watching import watching_routes
from bot.wiring import House
from flowwow.feed import feed_routes
from flowwow.webhook import webhook_routes

PARTING = 3.0
"""Seconds that requests may still take when the bot is told to stop; they come again."""


@asynccontextmanager
async def serve(house: House, vitals: Vitals, feed: UpdateFeed) -> AsyncIterator[None]:
    """Serve until left. A taken port raises OSError."""
    connections = Connections(most_connections())
    app = make_app(house, vitals, feed)
    app.middlewares.append(connections.middleware)
    runner = web.AppRunner(
        app,
        access_log=None,
        shutdown_timeout=PARTING,
        keepalive_timeout=PAUSE_SECONDS,
        lingering_time=LINGER_SECONDS,
    )
    await runner.setup()
    try:
        await BoundedSite(runner, house.settings.web_host, house.settings.web_port, connections).start()
        yield
    finally:
        await runner.cleanup()


def make_app(house: House, vitals: Vitals, feed: UpdateFeed) -> web.Application:
    """The routes of this installation; a webhook that is not set up is not there."""
    settings = house.settings
    app = web.Application()
    app.router.add_routes(watching_routes(house, vitals))
    if house.intake is not None and settings.flowwow_webhook_secret is not None:
        secret = settings.flowwow_webhook_secret.get_secret_value()
        app.router.add_routes(webhook_routes(secret, house.intake.take))
    if house.feeds:
        app.router.add_routes(feed_routes(house.feeds))
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        app.router.add_routes(telegram_routes(settings.webhook_secret.get_secret_value(), feed, vitals))
    return app
