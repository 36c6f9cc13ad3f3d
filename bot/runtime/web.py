"""The web application: webhooks of marketplace and Telegram, product feeds, health and metrics."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.runtime.connections import LINGER_SECONDS, PAUSE_SECONDS, BoundedSite, Connections, most_connections
from bot.runtime.watching import watching_routes
from bot.runtime.wiring import App
from bot.updates.telegram_webhook import telegram_routes
from bot.updates.update_feed import UpdateFeed
from bot.updates.vitals import Vitals
from flowwow.goods.feed import feed_routes
from flowwow.order.webhook import webhook_routes

PARTING = 3.0
"""Seconds that requests get to finish when the bot stops; the senders retry those that do not."""


@asynccontextmanager
async def serve(app: App, vitals: Vitals, feed: UpdateFeed) -> AsyncIterator[None]:
    """Serve the leader's routes until the context exits. Raises OSError when the port is taken."""
    async with served(make_app(app, vitals, feed), app.settings.web_host, app.settings.web_port):
        yield


@asynccontextmanager
async def served(web_app: web.Application, host: str, port: int) -> AsyncIterator[None]:
    """Serve with limited connections until the context exits. Raises OSError when the port is taken."""
    connections = Connections(most_connections())
    web_app.middlewares.append(connections.middleware)
    runner = web.AppRunner(
        web_app,
        access_log=None,
        shutdown_timeout=PARTING,
        keepalive_timeout=PAUSE_SECONDS,
        lingering_time=LINGER_SECONDS,
    )
    await runner.setup()
    try:
        await BoundedSite(runner, host, port, connections).start()
        yield
    finally:
        await runner.cleanup()


def make_app(app: App, vitals: Vitals, feed: UpdateFeed) -> web.Application:
    """The application with the routes that this installation has set up."""
    settings = app.settings
    web_app = web.Application()
    web_app.router.add_routes(watching_routes(app, vitals))
    if app.intake is not None and settings.flowwow_webhook_secret is not None:
        secret = settings.flowwow_webhook_secret.get_secret_value()
        web_app.router.add_routes(webhook_routes(secret, app.intake.take))
    if app.feeds:
        web_app.router.add_routes(feed_routes(app.feeds))
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        web_app.router.add_routes(telegram_routes(settings.webhook_secret.get_secret_value(), feed, vitals))
    return web_app
