"""Three workers on PostgreSQL against one: order actions a second, and what the processors give."""

from __future__ import annotations

import os
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from benchmarks.balancer import balancer
from benchmarks.crowd import Pressed, check_all_done, press_all, story
from benchmarks.figures import Figure, milliseconds, report
from benchmarks.processes import HOST, free_port
from benchmarks.shop import colleagues, copies_are_written, florist, staffed, town
from storage.db.database import Database
from tests.postgres import PostgresServer, running_server

ORDERS = 150
"""Each takes four taps."""
WORKERS = 3
PEOPLE = colleagues(manager=2, seller=2, courier=2)
WEBHOOK_SECRET = "of-the-benchmark"  # noqa: S105 - opens nothing


async def measure(how_many: int = ORDERS, workers: int = WORKERS) -> list[Figure]:
    """One worker first, then several, each time on a new database of the same server."""
    with tempfile.TemporaryDirectory() as name, running_server() as server:
        one = await _run(server, Path(name), 1, how_many)
        several = await _run(server, Path(name), workers, how_many)
    beside = (
        f"{workers} workers used {several.processors:.2f} processors, one {one.processors:.2f} "
        f"of {len(os.sched_getaffinity(0))}; a tap costs them {milliseconds(several.cpu_of_a_tap)}, "
        f"one alone {milliseconds(one.cpu_of_a_tap)}"
    )
    return [
        Figure(
            f"{workers} workers on PostgreSQL",
            f"{several.rate:.0f} /s",
            f"one worker {one.rate:.0f} /s",
            several.rate / one.rate,
            "1.7, as far as cores allow",
            beside,
        )
    ]


async def _run(server: PostgresServer, parent: Path, workers: int, how_many: int) -> Pressed:
    folder = parent / f"{workers}"
    folder.mkdir()
    url, entrance, ports = server.new_database(), free_port(), [free_port() for _ in range(workers)]
    async with AsyncExitStack() as stack:
        place = await stack.enter_async_context(town(PEOPLE, folder))
        shop = await stack.enter_async_context(staffed(Database(url), place.config, PEOPLE))
        stories = [story((await shop.receive()).id, shop) for _ in range(how_many)]
        await stack.enter_async_context(balancer(entrance, ports))
        settings = {
            "DATABASE_URL": url,
            "WEBHOOK_URL": f"http://{HOST}:{entrance}",
            "WEBHOOK_SECRET": WEBHOOK_SECRET,
        }
        running = [
            await stack.enter_async_context(florist(place, **settings, WEB_PORT=str(port))) for port in ports
        ]
        await copies_are_written(shop.database)
        pressed = await press_all(place, stories, running)
        await check_all_done(shop.database, how_many)
        return pressed


if __name__ == "__main__":
    report(measure())
