"""The demo and its page, as in `make demo`, in a real Chromium."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.commands.demo import introduce, settings_for
from sandbox.config import SandboxConfig, demo_config
from sandbox.driver import SandboxDriver
from tests.browser.hands import PAGE, PATIENCE_MS, SHARPNESS
from tests.pictures import a_bouquet, a_dark_photo
from tests.scenarios.commands import surroundings
from tests.scenarios.process import BotProcess, forked_sandbox
from tests.scenarios.stage import HOST, free_port, until_ready

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

# These stop all outside requests, and allow root in a container to start it.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests of this folder.

    Not session-wide: playwright's event loop would conflict with tests that run their own.
    Without a Chromium the tests are skipped; in CI they fail.
    """
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs a Chromium: .ci/run installs Debian's")
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running demo whose staff are connected.

    It is forked, since importing it again takes seconds. `test_commands` tests `florist demo` itself.
    """
    port, bot_port = free_port(), free_port()
    page, config = f"http://{HOST}:{port}", demo_config(f"http://{HOST}:{bot_port}")
    settings = surroundings(settings_for(config, page, bot_port, accept_minutes=15))
    bot = BotProcess(tmp_path_factory.mktemp("demo"), settings)
    with (
        forked_sandbox(config, port),
        ThreadPoolExecutor(1) as beside,
    ):  # playwright's loop runs in this thread
        beside.submit(asyncio.run, _come_up(bot, page, config)).result()
        yield page
        beside.submit(asyncio.run, bot.stop()).result()
    assert bot.exit_code == 0, bot.log


async def _come_up(bot: BotProcess, page: str, config: SandboxConfig) -> None:
    async with SandboxDriver(page) as driver:
        bot.start()
        await until_ready(bot)
        await introduce(driver, config)


@pytest.fixture(scope="module")
def page(browser: Browser, demo: str) -> Iterator[Page]:
    """One page for all tests of a module, like the demo, with chats about as wide as a phone."""
    page = browser.new_page(
        viewport=PAGE, locale="ru-RU", device_scale_factor=SHARPNESS, reduced_motion="reduce"
    )
    page.goto(demo)
    yield page
    page.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "bouquet.jpg"
    file.write_bytes(a_bouquet())
    return file


@pytest.fixture
def dark_photo(tmp_path: Path) -> Path:
    file = tmp_path / "dark.jpg"
    file.write_bytes(a_dark_photo())
    return file
