"""`florist demo`: the real bot in its own process against a local Telegram and a local marketplace (X12)."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import sys
import time
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
from sandbox.world import WORLD

HOST = "127.0.0.1"
FOLDER = Path("data/demo")
START_SECONDS = 60
PAUSE_SECONDS = 1.0
"""Before a bot that has died is started again."""
WELL_SECONDS = 30.0
"""A bot that has run this long counts as healthy."""
MOST_FAILURES = 5
COLLEAGUES = (("florist", Role.SELLER), ("courier", Role.COURIER))


class DemoFailed(RuntimeError):  # noqa: N818 - a sentence for the person, not an error type to catch
    """The demo could not be set up; the text says why."""


async def run_demo(port: int, accept_minutes: float, language: str = "ru") -> None:
    """Serve the page until cancelled. Raises DemoFailed."""
    await Demo(port, accept_minutes, language).run()


class Demo:
    """The page and the bot behind it. A bot that dies is started again, with all that it knew."""

    def __init__(self, port: int, accept_minutes: float, language: str) -> None:
        self._port = port
        self._accept_minutes = accept_minutes
        self._bot_port = _free_port()
        self._page = f"http://{HOST}:{port}"
        self._config = demo_config(self._bot_url, language)
        self._app = make_app(self._config, restart=self.begin_again)
        self._bot: asyncio.subprocess.Process | None = None
        self._is_new = True
        """Whether the next life of the bot begins from zero."""
        self._is_said = False
        """Whether the address of the page was printed."""

    @property
    def _bot_url(self) -> str:
        return f"http://{HOST}:{self._bot_port}"

    async def run(self) -> None:
        """Until cancelled. Raises DemoFailed, also when the bot stops again and again."""
        async with _sandbox(self._app, self._port):
            failures = 0
            while failures < MOST_FAILURES:
                if self._is_new:
                    _empty_folder()
                    await self._app[WORLD].reset(self._config)
                started = time.monotonic()
                try:
                    code = await self._life()
                finally:
                    await self._end_bot()
                if self._is_new:  # somebody wants to begin again
                    failures = 0
                    continue
                failures = 0 if time.monotonic() - started > WELL_SECONDS else failures + 1
                _say(f"  {how_it_ended(code)} It starts again.")
                await asyncio.sleep(PAUSE_SECONDS)
            raise DemoFailed("The bot stops again and again. Whatever it printed stands above.")

    async def begin_again(self, language: str) -> None:
        """Everything in the demo is lost; it speaks this language from now on."""
        self._config = demo_config(self._bot_url, language)
        self._is_new = True
        if self._bot is not None and self._bot.returncode is None:
            self._bot.terminate()

    async def _life(self) -> int:
        """From the start of the bot to its end; gives its exit code."""
        self._app[WORLD].tell_bot(is_up=False)
        config, is_new = self._config, self._is_new
        self._is_new = False
        self._bot = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=FOLDER,
            env=os.environ | settings_for(config, self._page, self._bot_port, self._accept_minutes),
        )
        await self._come_up(self._bot, config, is_new=is_new)
        return await self._bot.wait()

    async def _come_up(self, bot: asyncio.subprocess.Process, config: SandboxConfig, *, is_new: bool) -> None:
        try:
            await _wait_for(f"{self._bot_url}/healthz", bot)
            self._app[WORLD].tell_bot(is_up=True)
            if is_new:
                async with SandboxDriver(self._page) as driver:
                    await introduce(driver, config)
        except (AssertionError, DemoFailed) as surprise:  # the driver's word for an answer that did not come
            if not self._is_said and not self._is_new:
                raise DemoFailed(f"The bot did not answer as expected: {surprise}") from surprise
            self._is_new = self._is_new or is_new  # nobody is connected: the next life begins from zero
            return
        if not self._is_said:
            self._is_said = True
            _say(f"\n  The demo is ready: {self._page}\n  Ctrl+C ends it.\n")

    async def _end_bot(self) -> None:
        self._app[WORLD].tell_bot(is_up=False)
        if self._bot is None:
            return
        if self._bot.returncode is None:
            self._bot.terminate()
        await self._bot.wait()


def how_it_ended(code: int) -> str:
    """One sentence for an exit code of the bot; it may have said nothing itself."""
    if code < 0:
        return f"The bot was ended by signal {-code}."
    return f"The bot has stopped (exit code {code}). Whatever it printed stands above."


async def introduce(driver: SandboxDriver, config: SandboxConfig) -> None:
    """The director connects and adds the others, as people would in the chat."""
    t = Translator(config.language)
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
    await _begin_with_first_day(driver)


async def _begin_with_first_day(driver: SandboxDriver) -> None:
    """Clears the messages of the set-up, so that the demo begins with the list of the first day."""
    await driver.clear("director")
    mark = await driver.mark()
    await driver.text("director", "/first")
    await driver.wait_message("director", since=mark)


async def _connect(driver: SandboxDriver, person: str) -> None:
    mark = await driver.mark()
    await driver.start(person)
    await driver.wait_message(person, since=mark)
    mark = await driver.mark()
    await driver.contact(person)
    await driver.wait_message(person, since=mark)


@asynccontextmanager
async def _sandbox(app: web.Application, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(app, access_log=None)
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


def settings_for(config: SandboxConfig, page: str, bot_port: int, accept_minutes: float) -> dict[str, str]:
    """The environment under which the bot works in the sandbox."""
    shop = config.marketplace[0]
    return {
        "BOT_TOKEN": config.bot_token,
        "BOT_API_URL": page,
        "WEB_HOST": HOST,
        "WEB_PORT": str(bot_port),
        "SHOP_NAME": shop.name,
        "SHOP_LANGUAGE": config.language,
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
    raise DemoFailed("the bot did not start; whatever it printed stands above")


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
