"""Nothing that Telegram refuses at the start keeps the bot from listening; a second bot is told of (X22)."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

import aiohttp
import pytest
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from tests.scenarios.commands import florist
from tests.scenarios.eyes import ever
from tests.scenarios.runtime.test_starting import said
from tests.scenarios.stage import HOST, Stage
from tests.scenarios.trouble import get

RETRY_AFTER = {
    "ok": False,
    "error_code": 429,
    "description": "Too Many Requests: retry after 490",
    "parameters": {"retry_after": 490},
}


class Refusals:
    """Answers these methods with 429, and counts how often they were asked."""

    def __init__(self) -> None:
        self.methods: set[str] = set()
        self.asked: dict[str, int] = defaultdict(int)

    def middleware(self) -> Middleware:
        @web.middleware
        async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
            method = request.path.rpartition("/")[2]
            if method not in self.methods:
                return await handler(request)
            self.asked[method] += 1
            return web.json_response(RETRY_AFTER, status=429)

        return refuse


@pytest.fixture
def refusals() -> Refusals:
    return Refusals()


@pytest.fixture
def watchers(refusals: Refusals) -> list[Middleware]:
    return [refusals.middleware()]


async def api(stage: Stage, method: str, **values: str) -> None:
    async with aiohttp.ClientSession() as session:
        url = f"{stage.page}/bot{stage.config.bot_token}/{method}"
        async with session.post(url, json=values) as response:
            await response.read()


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("methods", [("getMe",), ("deleteMyCommands",), ("setMyCommands", "deleteWebhook")])
async def test_what_telegram_puts_off_at_the_start_does_not_keep_the_bot_from_listening(
    empty_stage: Stage, refusals: Refusals, methods: tuple[str, ...]
) -> None:
    stage = empty_stage
    refusals.methods = {*methods}

    await stage.start_bot()
    await stage.hire("director")
    await said(stage, '"again_in_seconds": 490')
    await asyncio.sleep(2)

    # Everybody's menu is given once, and the director's own once: neither is tried again before its time.
    for method in methods:
        least, most = {"deleteWebhook": (0, 0), "setMyCommands": (1, 2)}.get(method, (1, 1))
        assert least <= refusals.asked[method] <= most, method
    assert "telegram_unreachable" not in stage.bot.log


@pytest.mark.requirement("X22")
async def test_a_webhook_that_was_set_already_serves_while_telegram_puts_off_to_set_it(
    empty_stage: Stage, refusals: Refusals
) -> None:
    stage = empty_stage
    address = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}"
    await api(stage, "setWebhook", url=f"{address}/telegram", secret_token="long_random_text-42")
    refusals.methods = {"setWebhook"}
    stage.bot.settings |= {"WEBHOOK_URL": address, "WEBHOOK_SECRET": "long_random_text-42"}
    stage.bot.start()
    await said(stage, '"started"')

    await stage.driver.start("director")
    await stage.driver.wait_message("director", containing="Отправить контакт")
    await asyncio.sleep(1)
    assert refusals.asked["setWebhook"] == 1


@pytest.mark.requirement("X22")
async def test_a_second_bot_of_the_token_is_told_of_and_a_webhook_of_an_earlier_run_is_removed(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await api(stage, "setWebhook", url="http://127.0.0.1:9/old")
    await stage.start_bot()
    await stage.hire("director")
    await stage.driver.text("director", "Заказы")
    await stage.driver.wait_message("director", containing="Заказы · ")
    assert await ever(stage, "director", "Запущена вторая программа") == []
    other = asyncio.create_task(_another_bot(lambda: api(stage, "getUpdates", timeout="20")))
    try:
        await stage.driver.wait_message("director", containing="Запущена вторая программа")
        found = await florist(stage.folder, stage.bot.settings, "doctor")
        assert "BAD  updates: some of them go elsewhere; another program uses the same BOT_TOKEN" in found.out
        assert 'florist_trouble{kind="another_bot"} 1.0' in (await get(stage, "/metrics"))[1]
        await asyncio.sleep(3)
    finally:
        other.cancel()

    assert stage.bot.log.count("another_bot_polls") <= 2
    assert len(await ever(stage, "director", "Запущена вторая программа")) == 1


async def _another_bot(ask: Callable[[], Awaitable[None]]) -> None:
    while True:
        await ask()
        await asyncio.sleep(0.2)


async def test_doctor_sees_where_telegram_brings_updates_instead(empty_stage: Stage) -> None:
    stage = empty_stage
    await api(stage, "setWebhook", url="http://127.0.0.1:9/elsewhere")

    found = await florist(stage.folder, stage.bot.settings, "doctor")

    assert "BAD  updates: Telegram brings them to another address" in found.out
