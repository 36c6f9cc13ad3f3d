"""Telegram takes no messages: a new order reaches the director another way, and the chat later (X21)."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from tests.sandbox.tools import serve
from tests.scenarios.stage import Stage

PASSWORD = "very-secret"


@pytest.mark.requirement("X21")
async def test_an_order_that_telegram_does_not_take_leaves_another_way_and_is_told_of_once_it_is_back(
    empty_stage: Stage, migrated: Path
) -> None:
    stage, heard = empty_stage, asyncio.Queue[dict[str, Any]]()

    async def take(request: web.Request) -> web.Response:
        await heard.put(await request.json())
        return web.Response()

    (stage.folder / "data").mkdir()
    shutil.copy(migrated, stage.folder / "data/orders.db")
    app = web.Application()
    app.router.add_post("/{path:.*}", take)
    runner, url = await serve(app)
    try:
        address = url.replace("http://", f"json://shop:{PASSWORD}@")
        await stage.start_bot(FALLBACK_URLS=address, FALLBACK_SECONDS="1")
        await stage.hire("director", "manager")
        await stage.driver.faults(methods=["sendMessage", "sendPhoto"], bot_api={"502": 1.0})
        placed = await stage.driver.place_order()
        async with asyncio.timeout(60):
            got = await heard.get()
        await stage.driver.faults()
        summary = await stage.driver.wait_message("director", containing="Telegram снова работает")
    finally:
        await runner.cleanup()

    assert f"Заказ {placed.id}: новый, примите до" in got["message"]
    assert "+7" not in str(got)
    assert str(placed.id) in summary.text
    await stage.card("director", str(placed.id), "Новый")
    assert PASSWORD not in stage.bot.log
