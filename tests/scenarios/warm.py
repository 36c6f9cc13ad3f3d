"""Warms up the fork server: on import it runs a bot that takes an order.

Otherwise every scenario's bot would repeat one-time work: compiling statements, reading certificates and
texts, completing classes. That took a third of all CPU time.
"""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
from contextlib import chdir
from pathlib import Path

import uvloop

from bot.config.settings import load_settings
from bot.runtime.log import configure_logging
from bot.runtime.run import run
from tests.once_per_process import work_once_per_process
from tests.scenarios.stage import SHOP_STAFF, Stage, open_stage


async def _live(folder: Path) -> None:
    async with open_stage(folder) as stage:
        os.environ.update(stage.bot.settings)
        life = asyncio.create_task(run(load_settings()))
        await _take_an_order(stage, life)
        life.cancel()
        await asyncio.wait({life})


async def _take_an_order(stage: Stage, life: asyncio.Task[None]) -> None:
    working = asyncio.create_task(stage.wait_ready())
    await asyncio.wait({working, life}, return_when=asyncio.FIRST_COMPLETED)
    if life.done():
        life.result()
    await working
    await stage.hire(*SHOP_STAFF)
    await stage.assigned()


def _warm() -> None:
    surroundings = dict(os.environ)
    configure_logging("critical")
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        uvloop.run(_live(Path(folder)))
    os.environ.clear()
    os.environ.update(surroundings)
    gc.collect()
    gc.freeze()  # garbage collections in the forks would copy the memory pages


work_once_per_process()
_warm()
