"""`florist doctor` measures the way to Telegram, and nobody there sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from bot.commands import telegram_way
from bot.commands.intake_check import check_telegram
from bot.commands.telegram_way import check_fallback
from bot.config.settings import Settings, load_settings
from sandbox.config import demo_config
from tests.sandbox.tools import serve

PASSWORD = "very-secret"


@asynccontextmanager
async def telegram(photo: Callable[[], Awaitable[None]]) -> AsyncIterator[tuple[str, list[str]]]:
    """A Telegram that knows the bot and no chat; gives its address, and the calls that came."""
    calls: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        method = request.path.rpartition("/")[2]
        calls.append(method)
        body = await request.read()
        if method == "sendPhoto":
            await photo()
        if method.startswith("send"):
            assert b"chat_id=0&" in body or b'name="chat_id"\r\n\r\n0\r\n' in body
            refusal = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
            return web.json_response(refusal, status=400)
        bot = {"id": 1, "is_bot": True, "first_name": "Shop", "username": "shop_bot"}
        info = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        return web.json_response({"ok": True, "result": bot if method == "getMe" else info})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner, url = await serve(app)
    try:
        yield url, calls
    finally:
        await runner.cleanup()


def settings_for(folder: Path, url: str, proxy: str = "", fallback: str = "") -> Settings:
    env = folder / ".env"
    env.write_text(
        f"BOT_TOKEN={demo_config('http://127.0.0.1:9').bot_token}\nSHOP_NAME=Rose\nDIRECTOR_PHONE=+79160000001\n"
        f"BOT_API_URL={url}\nTELEGRAM_PROXY={proxy}\nFALLBACK_URLS={fallback}\n",
        encoding="utf-8",
    )
    return load_settings(env)


async def at_once() -> None:
    """The photo is taken in without delay."""


async def never() -> None:
    await asyncio.sleep(60)


@pytest.mark.requirement("X21")
async def test_the_doctor_says_how_long_an_answer_a_message_and_a_photo_take(tmp_path: Path) -> None:
    async with telegram(at_once) as (url, calls):
        found = {one.what: one for one in await check_telegram(settings_for(tmp_path, url))}

    way = found["telegram way"]
    assert way.is_well
    assert way.words.startswith("directly: answer 0.")
    assert "photo of 200 KB" in way.words
    assert {"sendMessage", "sendPhoto"} <= set(calls)


@pytest.mark.requirement("X21")
async def test_where_photos_do_not_get_through_the_doctor_advises_a_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_way, "SECONDS", 1)
    async with telegram(never) as (url, _):
        found = {one.what: one for one in await check_telegram(settings_for(tmp_path, url))}

    assert found["telegram"].is_well
    assert not found["telegram way"].is_well
    assert "TELEGRAM_PROXY" in found["telegram way"].words


@pytest.mark.requirement("X21")
async def test_a_proxy_that_does_not_answer_is_named_and_its_password_is_not(tmp_path: Path) -> None:
    proxy = f"http://shop:{PASSWORD}@127.0.0.1:9"
    [found] = await check_telegram(settings_for(tmp_path, "http://telegram.invalid", proxy))

    assert not found.is_well
    assert "the proxy of TELEGRAM_PROXY" in found.words
    assert PASSWORD not in found.words


@pytest.mark.requirement("X21")
async def test_the_doctor_says_which_address_of_the_second_way_is_not_understood(tmp_path: Path) -> None:
    urls = f"mailto://shop:{PASSWORD}@example.com nothing://shop:{PASSWORD}@example.com json://127.0.0.1:9"
    wrong, right = await check_fallback(settings_for(tmp_path, "http://telegram.invalid", fallback=urls))

    assert (wrong.is_well, right.is_well) == (False, True)
    assert "address 2 of FALLBACK_URLS" in wrong.words
    assert right.words == "E-Mail, JSON"
    assert PASSWORD not in wrong.words + right.words
