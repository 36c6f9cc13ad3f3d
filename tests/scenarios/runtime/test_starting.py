"""How the bot starts, says what is wrong, and stops."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from orders.model.rules import ShopRules
from orders.model.status import Status
from sandbox.app import make_app
from sandbox.config import SandboxConfig
from sandbox.driver import SandboxDriver
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.scenarios.commands import florist
from tests.scenarios.stage import HOST, SECOND_SHOP, Stage, free_port
from tests.scenarios.trouble import health_becomes

QUICKLY = 10.0
"""Seconds within which a polite stop must be over: an open request for updates would take twice as long."""


@asynccontextmanager
async def another_telegram(config: SandboxConfig, port: int) -> AsyncIterator[SandboxDriver]:
    """The same world once more, at this port."""
    runner = web.AppRunner(make_app(config), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    try:
        async with SandboxDriver(f"http://{HOST}:{port}") as driver:
            yield driver
    finally:
        await runner.cleanup()


@asynccontextmanager
async def served(app: web.Application) -> AsyncIterator[str]:
    """Where this application answers."""
    runner, port = web.AppRunner(app, access_log=None), free_port()
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    try:
        yield f"http://{HOST}:{port}"
    finally:
        await runner.cleanup()


def a_page_of_a_proxy() -> web.Response:
    return web.Response(text="<html>bad gateway</html>", content_type="text/html", status=502)


def another_form() -> web.Response:
    return web.json_response({"ok": True, "result": {"id": 100, "first_name": "Бот"}})


def always(say: Callable[[], web.Response]) -> AbstractAsyncContextManager[str]:
    """What stands between answers everything itself."""

    async def answer(_request: web.Request) -> web.Response:
        return say()

    app = web.Application()
    app.router.add_route("*", "/{anything:.*}", answer)
    return served(app)


def a_telegram_that_refuses(
    config: SandboxConfig, method: str, words: str
) -> AbstractAsyncContextManager[str]:
    """A Telegram that answers one method with 400."""

    @web.middleware
    async def refuse(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.endswith(f"/{method}"):
            return await handler(request)
        return web.json_response({"ok": False, "error_code": 400, "description": words}, status=400)

    app = make_app(config)
    app.middlewares.append(refuse)
    return served(app)


async def said(stage: Stage, words: str) -> None:
    """Wait until the bot's log says this."""
    for _ in range(60 * 20):
        if words in stage.bot.log:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"the bot did not say {words!r}:\n{stage.bot.log}")


async def ended(stage: Stage) -> int:
    """Wait until the bot ends by itself; gives its exit code."""
    for _ in range(60 * 20):
        if stage.bot.exit_code is not None:
            return stage.bot.exit_code
        await asyncio.sleep(0.05)
    raise AssertionError(f"the bot still runs:\n{stage.bot.log}")


async def get(stage: Stage, path: str) -> tuple[int, str]:
    url = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def test_a_token_that_telegram_does_not_know_is_said_in_one_line(empty_stage: Stage) -> None:
    stage = empty_stage
    stage.bot.settings |= {
        "BOT_TOKEN": "123456789:AAExampleExampleExampleExampleExamp",
        "LOG_LEVEL": "warning",
    }

    stage.bot.start()

    assert await ended(stage) == 2
    assert stage.bot.log.splitlines() == [
        "BOT_TOKEN: Telegram does not know this token. Copy it anew from @BotFather.",
        "All settings are explained in .env.example; florist settings prints it.",
    ]


async def test_a_shop_keeps_its_staff_under_another_name_and_number_but_not_under_another_shops(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(FLOWWOW_TOKEN="", FLOWWOW_SHOP_ID="", FLOWWOW_WEBHOOK_SECRET="")
    await stage.hire("director", "florist")
    await stage.stop_bot()
    shop, name = stage.config.marketplace[0], "Цветы и листья"
    await stage.start_bot(
        SHOP_NAME=name,
        FLOWWOW_TOKEN=shop.token,
        FLOWWOW_SHOP_ID=str(shop.shop_id),
        FLOWWOW_WEBHOOK_SECRET=shop.webhook_secret,
    )
    database = stage.database()
    async with database.snapshot() as c:
        known = await shops.all_shops(c)
        names = [member.name for member in await staff.everybody(c)]
    await database.close()
    assert [(one.name, one.marketplace_id) for one in known] == [(name, shop.shop_id)]
    assert len(names) == 2

    await stage.stop_bot()
    database = stage.database()
    async with database.write() as c:
        await shops.put(c, Shop(0, SECOND_SHOP, "Роза на Садовой", "ru", ShopRules()))
    await database.close()
    others = {"FLOWWOW_SHOP_ID": str(SECOND_SHOP), "LOG_LEVEL": "warning"}
    stopped = await florist(stage.folder, stage.bot.settings | others, "run")
    assert stopped.code == 2
    said_first = "FLOWWOW_SHOP_ID is the number of another shop of this bot, «Роза на Садовой»"
    assert said_first in stopped.problems[0]
    assert len(stopped.problems) == 2


@pytest.mark.parametrize("say", [a_page_of_a_proxy, another_form])
async def test_what_is_no_answer_of_telegram_is_waited_out_and_named(
    empty_stage: Stage, say: Callable[[], web.Response]
) -> None:
    stage = empty_stage
    async with always(say) as address:
        stage.bot.settings["BOT_API_URL"] = address
        stage.bot.start()
        await said(stage, "telegram_answers_in_unknown_form")
        examined = await florist(stage.folder, stage.bot.settings, "doctor")
        begin = time.monotonic()
        await stage.stop_bot()
        assert time.monotonic() - begin < QUICKLY

    assert stage.bot.exit_code == 0
    [line] = [line for line in examined.out.splitlines() if "telegram:" in line]
    assert line.startswith(f"BAD  telegram: the server at {HOST} answers in a form that is not understood")
    assert "telegram_unreachable" not in stage.bot.log
    assert "Traceback" not in examined.err


async def test_a_webhook_that_telegram_refuses_is_said_and_tried_again(empty_stage: Stage) -> None:
    stage = empty_stage
    words = "Bad Request: bad webhook: Failed to resolve host"
    async with a_telegram_that_refuses(stage.config, "setWebhook", words) as address:
        stage.bot.settings |= {
            "BOT_API_URL": address,
            "WEBHOOK_URL": "https://bot.example.com",
            "WEBHOOK_SECRET": "telegram-knows-it",
        }
        stage.bot.start()
        await said(stage, "telegram_refuses")
        assert await get(stage, "/healthz") == (503, '{"database": true, "updates": false}')
        await stage.stop_bot()

    assert words in stage.bot.log
    assert stage.bot.exit_code == 0


@pytest.mark.requirement("R15", "X3")
async def test_an_unreachable_telegram_is_said_and_asked_again_while_orders_come_in(
    empty_stage: Stage,
) -> None:
    stage, port = empty_stage, free_port()
    stage.bot.settings["BOT_API_URL"] = f"http://{HOST}:{port}"
    stage.bot.start()
    await said(stage, "telegram_unreachable")
    assert await get(stage, "/healthz") == (503, '{"database": true, "updates": false}')
    placed = await stage.driver.place_order()
    assert placed.webhook_status == 200

    async with another_telegram(stage.config, port) as people:
        await people.wait_message("director", containing=str(placed.id), chat="group", timeout=30)
        await said(stage, '"started"')
        await health_becomes(stage, 200)
        await people.start("director")
        await people.wait_message("director", containing="Отправить контакт")
        await stage.stop_bot()


async def test_a_taken_web_port_is_said_in_words(empty_stage: Stage) -> None:
    stage = empty_stage
    taken = await asyncio.start_server(lambda _reader, _writer: None, HOST, 0)
    port = taken.sockets[0].getsockname()[1]
    stage.bot.settings["WEB_PORT"] = str(port)

    stage.bot.start()

    assert await ended(stage) == 1
    assert "The bot could not start:" in stage.bot.log
    assert str(port) in stage.bot.log
    assert "florist doctor" in stage.bot.log
    taken.close()


async def test_a_database_that_cannot_be_opened_is_said_in_words(empty_stage: Stage) -> None:
    stage = empty_stage
    (stage.folder / "blocked").write_text("a file, not a folder")
    stage.bot.settings["DATABASE_URL"] = "sqlite+aiosqlite:///blocked/orders.db"

    stage.bot.start()

    assert await ended(stage) == 1
    assert "The bot could not start:" in stage.bot.log
    assert "blocked/orders.db" in stage.bot.log


@pytest.mark.requirement("X3")
async def test_a_second_bot_is_refused_in_words_and_a_stop_is_quick_and_leaves_nothing_taken(
    stage: Stage,
) -> None:
    number = await stage.accepted()
    settings = stage.bot.settings | {"WEB_PORT": str(free_port())}
    second = await florist(stage.folder, settings, "run")
    restored = await florist(stage.folder, settings, "backup", "restore")
    assert second.code == 1
    assert "another bot works with this file; stop it first" in second.problems[0]
    assert restored.code == 1
    assert "Traceback" not in second.err + restored.err

    begin = time.monotonic()
    await stage.stop_bot()

    assert time.monotonic() - begin < QUICKLY
    assert stage.bot.exit_code == 0
    troubles = [line for line in stage.bot.log.splitlines() if '"level": "info"' not in line]
    assert troubles == []
    again = await asyncio.start_server(
        lambda _reader, _writer: None, HOST, int(stage.bot.settings["WEB_PORT"])
    )
    again.close()
    assert (await stage.order(number)).status is Status.ACCEPTED
    await stage.start_bot()
    await stage.kill_bot()
    await stage.start_bot()  # what a dead bot held is free too


async def asked(stage: Stage, question: str) -> None:
    """Wait until the question stands open: a sticker is no answer to it."""
    await stage.driver.wait_message("florist", containing=question)
    mark = await stage.driver.mark()
    await stage.driver.sticker("florist")
    await stage.driver.wait_message("florist", containing="Здесь нужен текст", since=mark)


@pytest.mark.requirement("R38", "R57", "X3")
async def test_questions_that_were_asked_before_a_restart_are_answered_after_it(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Ещё…")
    await stage.tap("florist", number, "Я доставлю")
    await asked(stage, "уходит без фото. Почему?")
    await stage.stop_bot()

    await stage.start_bot()
    await stage.driver.text("florist", "Клиент торопится")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Другому человеку")
    await stage.tap("florist", number, "Согласовано с клиентом")
    await asked(stage, "кому именно передан?")
    await stage.kill_bot()
    await stage.start_bot()
    await stage.driver.text("florist", "Охраннику Сергею на входе")
    await asked(stage, "что ответил клиент?")
    await stage.driver.text("florist", "Да, отдайте")

    await stage.card("director", number, "✅")
    progress = (await stage.order(number)).progress
    assert progress.left_without_photo == "Клиент торопится"
    assert progress.completion is not None
    assert progress.completion.comment == "Охраннику Сергею на входе"


async def test_with_a_webhook_the_bot_works_and_takes_updates_from_telegram_only(empty_stage: Stage) -> None:
    stage = empty_stage
    address = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}"
    await stage.start_bot(WEBHOOK_URL=address, WEBHOOK_SECRET="long_random_text-42")
    await stage.hire("director")
    number = await stage.accepted()
    accept = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": int(time.time()),
            "chat": {"id": 1001, "type": "private"},
            "from": {"id": 1001, "is_bot": False, "first_name": "Анна"},
            "text": number,
        },
    }

    async with aiohttp.ClientSession() as session:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guess"}):
            async with session.post(f"{address}/telegram", json=accept, headers=headers) as response:
                assert response.status == 401

    assert (await get(stage, "/healthz"))[0] == 200
    assert not [seen for seen in await stage.driver.messages("director") if seen.text == number]
    await stage.stop_bot()
    await stage.start_bot(WEBHOOK_URL="", WEBHOOK_SECRET="")
    await stage.driver.text("director", "Заказы")
    await stage.driver.wait_message("director", containing="Заказы · ")
