"""Orders of the marketplace's list: how much memory ten thousand take beside one page of them, and how long.

Both runs do all there is to do: the local marketplace is read over HTTP by the real client, every order goes
through the desk into SQLite. What a run has allocated at its peak is what Python itself counts (tracemalloc),
so that neither the machine nor the interpreter's own size plays a part; it makes the run slow. A last
reading, in which nothing is new, is what a poll costs each minute.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import Figure, report
from benchmarks.processes import HOST, free_port, program, wait_until_ok
from flowwow.arrivals import Arrivals, Way
from flowwow.client import SellerApi
from flowwow.pages import LIMIT, pages
from flowwow.parse import Reading
from orders.rules import ShopRules
from sandbox.config import DEMO_SELLER_TOKEN
from services.desk import Desk
from services.pulse import Pulse, utc_now
from storage import shops
from storage.database import Database
from storage.shops import Shop

ORDERS = 10_000
MUST_NOT_EXCEED = 1.5
"""Times the memory of one page."""
MARKETPLACE_ID = 501


@dataclass(frozen=True, slots=True)
class Run:
    """One reading of a list: the most bytes that were allocated at once, and how many seconds it took."""

    orders: int
    peak: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reader:
    """One who takes in whatever the list shows."""

    api: SellerApi
    arrivals: Arrivals
    shop: Shop

    async def read(self) -> Run:
        tracemalloc.start()
        before, begun, seen = tracemalloc.get_traced_memory()[0], time.monotonic(), 0
        async for page in pages(self.api, MARKETPLACE_ID):
            seen += len(page)
            for raw in await self.arrivals.news(self.shop, page):
                await self.arrivals.take(self.shop, raw, Way.POLL)
        seconds, peak = time.monotonic() - begun, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return Run(seen, peak - before, seconds)


async def measure(orders: int = ORDERS) -> list[Figure]:
    """One page, all orders, and the same ones again."""
    with TemporaryDirectory() as folder:
        async with _reader(Path(folder), LIMIT) as reader:
            await reader.read()  # what is made once and kept, such as compiled statements, is made here
        async with _reader(Path(folder), LIMIT) as reader:
            page = await reader.read()
        async with _reader(Path(folder), orders) as reader:
            whole = await reader.read()
            again = await reader.read()
    return [_memory(page, whole), _poll(whole, again)]


def _memory(page: Run, whole: Run) -> Figure:
    ratio = whole.peak / page.peak
    return Figure(
        f"memory of a sync of {whole.orders} orders",
        f"{whole.peak / 2**20:.1f} MiB",
        f"one page ({page.orders}): {page.peak / 2**20:.1f} MiB",
        ratio,
        f"<= {MUST_NOT_EXCEED}",
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


@asynccontextmanager
async def _reader(folder: Path, orders: int) -> AsyncIterator[Reader]:
    """A fresh database beside a marketplace that has so many orders, in a process of its own."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    arguments = ("--port", str(port), "--orders", str(orders))
    database = Database(f"sqlite+aiosqlite:///{folder}/{port}.db")
    async with program("benchmarks.market", *arguments, folder=folder) as market:
        await wait_until_ok(f"{url}/control/health", market)
        await database.migrate()
        async with database.write() as c:
            shop = await shops.put(c, Shop(0, MARKETPLACE_ID, "Цветы на Лесной", "ru", ShopRules()))
        async with SellerApi(url, DEMO_SELLER_TOKEN) as api:
            desk = Desk(database, Pulse(), utc_now)
            yield Reader(api, Arrivals(database, desk, Reading(), utc_now), shop)
    await database.close()


if __name__ == "__main__":
    report(measure())
