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
MANY = 3_000
"""Half-open connections; the bot itself may open 1,024 files."""
Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let the test hold its end of so many connections, and of what else it has open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MANY + 1_000
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


async def is_closed(connection: Connection, seconds: float) -> bool:
    """Whether the bot closes the connection within this time, with or without an answer."""
    with suppress(TimeoutError, OSError):
        async with asyncio.timeout(seconds):
            await connection[0].read()
        return True
    return connection[0].at_eof() or connection[0].exception() is not None


@pytest.mark.requirement("X22")
@pytest.mark.usefixtures("many_files")
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted in /proc")
@pytest.mark.parametrize("said", [HALF_A_HEAD, HALF_A_BODY], ids=["head", "body"])
async def test_half_sent_requests_take_nothing_from_the_rest(stage: Stage, said: bytes) -> None:
    resource.prlimit(stage.bot.pid, resource.RLIMIT_NOFILE, (1024, 1024))
    number = await stage.assigned("florist")
    async with half_sent(stage, MANY, said) as opened:
        assert len(opened) == MANY
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


@pytest.mark.requirement("X22")
async def test_a_half_sent_head_is_closed_in_time_and_an_idle_connection_is_kept(stage: Stage) -> None:
    async with half_sent(stage, 1, HALF_A_HEAD) as [half], half_sent(stage, 1, b"") as [silent]:
        asked = b"GET /healthz HTTP/1.1\r\nHost: bot\r\n\r\n"
        async with half_sent(stage, 1, asked) as [idle]:
            assert await is_closed(half, 30)
            assert await is_closed(silent, 30)
            idle[1].write(asked)
            assert (await idle[0].readuntil(b"}")).startswith(b"HTTP/1.1 200")
            assert not await is_closed(idle, 2)


@pytest.mark.requirement("X22")
async def test_broken_off_and_malformed_requests_leave_no_traceback(stage: Stage) -> None:
    for said in (
        HALF_A_BODY,
        HALF_A_HEAD,
        b"\x16\x03\x01",
        b"GET\r\n\r\n",
        b"POST /flowwow HTTP/1.1\r\n:\r\n\r\n",
    ):
        async with half_sent(stage, 100, said):
            await asyncio.sleep(0.2)

    assert (await get(stage, "/healthz"))[0] == 200
    await asyncio.sleep(1)
    assert "Traceback" not in stage.bot.log
    assert "Error handling request" not in stage.bot.log
