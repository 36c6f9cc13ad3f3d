"""`florist demo`: the real bot in its own process against a local Telegram and a local marketplace (X12)."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from aiohttp import web

from messages.i18n.texts import Translator
from orders.model.people import Role
from sandbox.app import make_app
from sandbox.config import SandboxConfig, demo_config
from sandbox.driver import SandboxDriver

HOST = "127.0.0.1"
FOLDER = Path("data/demo")
START_SECONDS = 60
COLLEAGUES = (("florist", Role.SELLER), ("courier", Role.COURIER))


class DemoFailed(RuntimeError):  # noqa: N818 - a sentence for the person, not an error type to catch
    """The demo could not be set up; the text says why."""


async def run_demo(port: int, accept_minutes: float) -> None:
    """Serve the page until cancelled. Raises DemoFailed."""
    bot_port = _free_port()
    config = demo_config(f"http://{HOST}:{bot_port}")
    page = f"http://{HOST}:{port}"
    async with _sandbox(config, port), _bot(config, page, bot_port, accept_minutes) as bot:
        async with SandboxDriver(page) as driver:
            await _wait_for(f"http://{HOST}:{bot_port}/healthz", bot)
            try:
                await introduce(driver, config)
            except AssertionError as surprise:  # the driver's word for an answer that did not come
                raise DemoFailed(f"The bot did not answer as expected: {surprise}") from surprise
        _say(f"\n  The demo is ready: {page}\n  Ctrl+C ends it.\n")
        await bot.wait()
        raise DemoFailed(f"The bot has stopped (exit code {bot.returncode}); its words stand above.")


async def introduce(driver: SandboxDriver, config: SandboxConfig) -> None:
    """The director connects and adds the others, as people would in the chat."""
    t = Translator("ru")
    people = {person.key: person for person in config.people}
    await _connect(driver, "director")
    for key, role in COLLEAGUES:
        person = people[key]
        await driver.text("director", t.plain("button-team"))
        await driver.press_last("director", t.plain("button-add-colleague"))
        await driver.wait_message("director", containing=t.plain("team-ask-contact").splitlines()[0])
        await driver.text("director", f"{person.phone} {person.first_name}")
        await driver.press_last("director", t.plain(f"role-{role.value}"))
        await _connect(driver, key)


async def _connect(driver: SandboxDriver, person: str) -> None:
    mark = await driver.mark()
    await driver.start(person)
    await driver.wait_message(person, since=mark)
    mark = await driver.mark()
    await driver.contact(person)
    await driver.wait_message(person, since=mark)


@asynccontextmanager
async def _sandbox(config: SandboxConfig, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(make_app(config), access_log=None)
    await runner.setup()
    try:
        await _listen(runner, port)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, HOST, port).start()
    except OSError as error:
        why = f"Port {port} cannot be used ({error.strerror})."
        raise DemoFailed(f"{why} Another one: florist demo --port 8090") from error


@asynccontextmanager
async def _bot(
    config: SandboxConfig, page: str, bot_port: int, accept_minutes: float
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`florist run` in a folder of its own, so that nobody's real `.env` or orders are touched."""
    _empty_folder()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=FOLDER,
        env=os.environ | settings_for(config, page, bot_port, accept_minutes),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def settings_for(config: SandboxConfig, page: str, bot_port: int, accept_minutes: float) -> dict[str, str]:
    """The environment under which the bot works in the sandbox."""
    shop = config.marketplace[0]
    return {
        "BOT_TOKEN": config.bot_token,
        "BOT_API_URL": page,
        "WEB_HOST": HOST,
        "WEB_PORT": str(bot_port),
        "SHOP_NAME": shop.name,
        "SHOP_TIMEZONE": shop.timezone,
        "DIRECTOR_PHONE": config.people[0].phone,
        "GROUP_CHAT_ID": str(config.groups[0].id),
        "FLOWWOW_API_URL": page,
        "FLOWWOW_TOKEN": shop.token,
        "FLOWWOW_SHOP_ID": str(shop.shop_id),
        "FLOWWOW_WEBHOOK_SECRET": shop.webhook_secret,
        "CATEGORY_IDS": "1:flowers_gifts,2:live_plants,3:confectionery,4:tea_coffee,5:handmade,6:other",
        "ACCEPT_MINUTES": str(accept_minutes),
        "COMMISSION_PERCENT": "20",
        "ACQUIRING_PERCENT": "2",
        "DELIVERY_FEE": "350",
        "LOG_LEVEL": "warning",
    }


async def _wait_for(url: str, bot: asyncio.subprocess.Process) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(START_SECONDS * 20):
            if bot.returncode is not None:
                break
            try:
                async with session.get(url) as response:
                    if response.ok:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
    raise DemoFailed("The bot did not start; its words stand above.")


def _empty_folder() -> None:
    """A former demo's orders are in the way of a new one's."""
    try:
        if FOLDER.exists():
            shutil.rmtree(FOLDER)
        FOLDER.mkdir(parents=True)
    except OSError as error:
        here = FOLDER.absolute()
        why = f"The demo keeps its orders in {here}, which cannot be written to ({error.strerror})."
        raise DemoFailed(f"{why} Start it in a folder of your own.") from error


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
