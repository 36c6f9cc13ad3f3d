"""The web application: the marketplace's webhook and feed, Telegram's webhook, and whether all is well."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from bot.vitals import Vitals
from bot.watching import watching_routes
from bot.wiring import House
from flowwow.feed import feed_routes
from flowwow.webhook import webhook_routes

PARTING = 3.0
"""Seconds that requests may still take when the bot is told to stop; they come again."""

TELEGRAM_PATH = "/telegram"


@asynccontextmanager
async def serve(house: House, vitals: Vitals) -> AsyncIterator[None]:
    """Serve until left. A taken port raises OSError."""
    runner = web.AppRunner(make_app(house, vitals), access_log=None, shutdown_timeout=PARTING)
    await runner.setup()
    try:
        await web.TCPSite(runner, house.settings.web_host, house.settings.web_port).start()
        yield
    finally:
        await runner.cleanup()


def make_app(house: House, vitals: Vitals) -> web.Application:
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
        secret = settings.webhook_secret.get_secret_value()
        # Answered when handled: an update that was not handled is sent again.
        handler = SimpleRequestHandler(
            house.dispatcher, house.bot, handle_in_background=False, secret_token=secret
        )
        handler.register(app, TELEGRAM_PATH)
    return app
