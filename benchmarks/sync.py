"""Polling ten thousand marketplace orders: time, and memory compared with a single page of them.

Each run is a full import in its own process: the real client reads the sandbox's marketplace over HTTP, and
every order goes through the desk into SQLite. The figure is the process's peak memory. A final run without
new orders measures the cost of a poll.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, report
from benchmarks.processes import HOST, free_port, program, wait_until_ok
from bot.runtime.log import configure_logging
from flowwow.api.client import SellerApi
from flowwow.api.pages import LIMIT, pages
from flowwow.order.intake import Arrivals, Way
from flowwow.order.parse import Reading
from orders.model.rules import ShopRules
from sandbox.config import DEMO_SELLER_TOKEN
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.db.database import Database
from storage.shop import shops
from storage.shop.shops import Shop

ORDERS = 10_000
MUST_NOT_EXCEED = 1.5
"""Limit as a multiple of the memory of one page."""
MARKETPLACE_ID = 501


@dataclass(frozen=True, slots=True)
class Run:
    """One import: the process's memory before it and at its peak in MiB, and its duration in seconds."""

    orders: int
    before: float
    peak: float
    seconds: float


async def measure(orders: int = ORDERS, page_size: int = LIMIT) -> list[Figure]:
    """Import one page, then all orders, then all of them again."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        async with _marketplace(folder, page_size) as url:
            page = await _in_a_process(url, folder / "page.db")
        async with _marketplace(folder, orders) as url:
            whole = await _in_a_process(url, folder / "whole.db")
            again = await _in_a_process(url, folder / "whole.db")
    return [_memory(page, whole), _poll(whole, again)]


def _memory(page: Run, whole: Run) -> Figure:
    return Figure(
        f"memory of a sync of {whole.orders} orders",
        f"{whole.peak:.1f} MiB",
        f"one page ({page.orders}): {page.peak:.1f} MiB",
        whole.peak / page.peak,
        f"<= {MUST_NOT_EXCEED}",
        f"grown by {whole.peak - whole.before:.1f}, one page by {page.peak - page.before:.1f} MiB; "
        f"{whole.orders / whole.seconds:.0f} orders a second",
    )


def _poll(whole: Run, again: Run) -> Figure:
    return Figure(
        f"reading {again.orders} orders of which none is new",
        f"{again.seconds:.1f} s",
        f"taking them in: {whole.seconds:.1f} s",
        again.seconds / whole.seconds,
        "< 0.2",
        f"{again.seconds / again.orders * LIMIT * 1000:.0f} ms a page",
    )


async def _in_a_process(url: str, file: Path) -> Run:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return await asyncio.get_running_loop().run_in_executor(pool, _read, url, file)


def _read(url: str, file: Path) -> Run:
    configure_logging("warning")
    return asyncio.run(_read_all(url, file))


async def _read_all(url: str, file: Path) -> Run:
    database = Database(f"sqlite+aiosqlite:///{file}")
    await database.migrate()
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, MARKETPLACE_ID, "Цветы на Лесной", "ru", ShopRules()))
    arrivals = Arrivals(database, Desk(database, utc_now), Reading(), utc_now)
    before, begun, seen = _memory_of_this("VmRSS"), time.monotonic(), 0
    async with SellerApi(url, DEMO_SELLER_TOKEN) as api:
        async for page in pages(api, MARKETPLACE_ID):
            seen += len(page)
            for raw in await arrivals.news(shop, page):
                await arrivals.take(shop, raw, Way.POLL)
    seconds = time.monotonic() - begun
    await database.close()
    return Run(seen, before, _memory_of_this("VmHWM"), seconds)


def _memory_of_this(field: str) -> float:
    """Memory of this process in MiB: current (VmRSS) or peak (VmHWM)."""
    found = re.search(rf"^{field}:\s+(\d+) kB", Path("/proc/self/status").read_text(), re.MULTILINE)
    if found is None:
        raise RuntimeError(f"the system does not tell {field}")
    return int(found[1]) / 1024


@asynccontextmanager
async def _marketplace(folder: Path, orders: int) -> AsyncIterator[str]:
    """Run a marketplace with `orders` orders in its own process; yields its URL."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    arguments = ("--port", str(port), "--orders", str(orders))
    async with program("benchmarks.market", *arguments, folder=folder) as market:
        await wait_until_ok(f"{url}/control/health", market)
        yield url


if __name__ == "__main__":
    report(measure())
