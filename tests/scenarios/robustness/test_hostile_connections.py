"""The web server under half-sent, broken-off and malformed requests; the rest of the bot goes on (X22)."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.runtime.connections import MOST_CONNECTIONS
from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.backup.test_backup_copy import copied
from tests.scenarios.robustness.test_floods import IN_TIME
from tests.scenarios.stage import HOST, Stage
from tests.scenarios.trouble import get

HALF_A_HEAD = b"POST /flowwow HTTP/1.1\r\nHost: bot\r\nX-A: "
HALF_A_BODY = b"POST /flowwow HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n{"
MALFORMED = (b"\x16\x03\x01", b"GET\r\n\r\n", b"POST /flowwow HTTP/1.1\r\n:\r\n\r\n")
MANY = 1_000
"""Half-open connections of each kind; the bot itself may open 1,024 files."""
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let the test hold its end of so many connections, and of what else it has open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MANY + 1_000
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip(f"no process may open {wanted} files here")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@asynccontextmanager
async def half_sent(stage: Stage, count: int, said: bytes) -> AsyncIterator[list[Connection]]:
    """So many connections on which nothing follows."""
    found: list[Connection] = []
    port = int(stage.bot.settings["WEB_PORT"])
    try:
        for _ in range(count):
            with suppress(OSError):
                reader, writer = await asyncio.open_connection(HOST, port)
                writer.write(said)
                found.append((reader, writer))
        yield found
    finally:
        for _, writer in found:
            writer.transport.abort()


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


@pytest.mark.requirement("X22")
@pytest.mark.usefixtures("many_files")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted in /proc")
async def test_half_sent_and_malformed_requests_take_nothing_from_the_rest(stage: Stage) -> None:
    resource.prlimit(stage.bot.pid, resource.RLIMIT_NOFILE, (1024, 1024))
    number = await stage.assigned("florist")
    for said in MALFORMED:
        async with half_sent(stage, 50, said):
            await asyncio.sleep(0.1)
    async with half_sent(stage, MANY, HALF_A_HEAD) as heads, half_sent(stage, MANY, HALF_A_BODY) as bodies:
        assert len(heads) + len(bodies) == 2 * MANY
        assert open_files(stage.bot.pid) < 2 * MOST_CONNECTIONS
        assert (await get(stage, "/healthz"))[0] == 200
        began = time.monotonic()
        await stage.tap("florist", number, "Загрузить фото")
        assert time.monotonic() - began < IN_TIME
        await stage.driver.photo("florist", a_jpeg())
        await stage.card("florist", number, "Фото")
        placed = await stage.driver.place_order()
        assert placed.webhook_status == 200
        await copied(stage, number, 3)

    assert (await stage.order(number)).status is Status.PHOTO
    assert "Traceback" not in stage.bot.log
    assert "Error handling request" not in stage.bot.log
