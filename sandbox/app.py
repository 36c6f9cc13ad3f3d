"""Assembles the sandbox into one web application."""

import time

from aiohttp import web

import sandbox.control.routes
import sandbox.marketplace.routes
import sandbox.page.routes
import sandbox.telegram.routes
from sandbox.config import SandboxConfig
from sandbox.telegram.limits import Clock
from sandbox.telegram.routes import MAX_REQUEST_BYTES
from sandbox.world import RESTART, WORLD, Restart, World


def make_app(
    config: SandboxConfig, clock: Clock = time.monotonic, restart: Restart | None = None
) -> web.Application:
    """Create the application that serves the Bot API, the marketplace, the control interface and the page.

    `clock`, in seconds, drives the rate limits. `restart` restarts the demo; None outside the demo.
    """
    app = web.Application(client_max_size=MAX_REQUEST_BYTES)
    app[WORLD] = World(config, clock)
    if restart is not None:
        app[RESTART] = restart
    app.on_shutdown.append(_close)
    sandbox.telegram.routes.add_routes(app)
    sandbox.marketplace.routes.add_routes(app)
    sandbox.control.routes.add_routes(app)
    sandbox.page.routes.add_routes(app)
    return app


async def _close(app: web.Application) -> None:
    await app[WORLD].close()
