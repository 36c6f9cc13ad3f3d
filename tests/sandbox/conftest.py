import time
from collections.abc import AsyncIterator, Callable

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from sandbox.app import make_app
from sandbox.config import SandboxConfig, demo_config
from sandbox.driver import SandboxDriver
from tests.sandbox.tools import Receiver, Sandbox, quick_session, serve


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", found.handle)
    runner, found.url = await serve(app)
    yield found
    await runner.cleanup()


@pytest.fixture
def configure() -> Callable[[SandboxConfig], SandboxConfig]:
    """Test modules override this to change the demo world."""
    return lambda config: config


@pytest.fixture
def clock() -> Callable[[], float]:
    """The clock of the rate limits; test modules may override it."""
    return time.monotonic


@pytest.fixture
async def sandbox(
    receiver: Receiver, configure: Callable[[SandboxConfig], SandboxConfig], clock: Callable[[], float]
) -> AsyncIterator[Sandbox]:
    config = configure(demo_config(receiver.url))
    runner, url = await serve(make_app(config, clock))
    session = quick_session()
    session.api = TelegramAPIServer.from_base(url)
    async with (
        Bot(config.bot_token, session=session) as bot,
        SandboxDriver(url) as people,
        aiohttp.ClientSession() as http,
    ):
        yield Sandbox(url, config, bot, people, http)
    await runner.cleanup()


@pytest.fixture
async def met(sandbox: Sandbox) -> Sandbox:
    """A sandbox in which everybody has pressed Start and the bot has received it."""
    for person in sandbox.config.people:
        await sandbox.people.start(person.key)
    await sandbox.updates()
    return sandbox
