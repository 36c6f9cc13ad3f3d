"""Fetching files from Telegram: what comes later, what never comes, what was cut off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiohttp import web

from messages.i18n.texts import Translator
from services.files.downloads import Downloads, FileNotNowError, FileTooBigError
from services.files.late_files import PATIENCE, LateFiles
from services.files.memory_budget import Room
from storage.db.database import Database
from storage.updates.late_files import LateFile
from tests.sandbox.tools import serve
from tests.services.workplace import Clock

CONTENT = b"a picture"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


def refused(status: int, description: str) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        body = {"ok": False, "error_code": status, "description": description}
        return web.json_response(body, status=status)

    return answer


def given(**file: object) -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"file_id": "f", "file_unique_id": "u", **file}})

    return answer


async def whole(_request: web.Request) -> web.Response:
    return web.Response(body=CONTENT)


async def missing(_request: web.Request) -> web.Response:
    return web.Response(status=404)


async def page(_request: web.Request) -> web.Response:
    return web.Response(status=502, text="<html>502 Bad Gateway</html>", content_type="text/html")


async def hanging(_request: web.Request) -> web.Response:
    await asyncio.sleep(60)
    return web.Response()


async def cut_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(CONTENT)
    if request.transport is not None:
        request.transport.close()
    return response


FOUND = given(file_path="photos/1.jpg", file_size=len(CONTENT))


class Server:
    """A Bot API server that answers as it is told, and what the bot has said there."""

    def __init__(self, get_file: Answer = FOUND, file: Answer = whole) -> None:
        self.get_file = get_file
        self.file = file
        self.said: list[dict[str, Any]] = []

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/bot{token}/getFile", self._get_file)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_post("/bot{token}/sendMessage", self._say)
        return app

    async def _get_file(self, request: web.Request) -> web.StreamResponse:
        return await self.get_file(request)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return await self.file(request)

    async def _say(self, request: web.Request) -> web.Response:
        self.said.append(dict(await request.post()))
        message = {"message_id": 9, "date": 0, "chat": {"id": 5, "type": "private"}}
        return web.json_response({"ok": True, "result": message})


@asynccontextmanager
async def a_bot(server: Server) -> AsyncIterator[Bot]:
    runner, url = await serve(server.app())
    bot = Bot("1:token")
    bot.session.api = TelegramAPIServer.from_base(url)
    try:
        yield bot
    finally:
        await bot.session.close()
        await runner.cleanup()


async def fetched(server: Server, size: int | None = None, seconds: float = 5) -> bytes:
    async with a_bot(server) as bot, Downloads(bot).fetched("f", size, seconds) as content:
        return content


async def test_a_file_is_given_whole() -> None:
    assert await fetched(Server()) == CONTENT


@pytest.mark.requirement("X3")
@pytest.mark.parametrize(
    "server",
    [
        Server(refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")),
        Server(refused(404, "Not Found")),
        Server(refused(429, "Too Many Requests: retry after 3")),
        Server(page),
        Server(given()),
        Server(file=missing),
        Server(file=page),
        Server(file=hanging),
        Server(hanging),
        Server(file=cut_off),
        Server(given(file_path="photos/1.jpg", file_size=len(CONTENT) + 1)),
    ],
    ids=["400", "404", "429", "502", "no path", "file 404", "file 502", "slow", "silent", "cut off", "short"],
)
async def test_what_does_not_come_now_may_come_later(server: Server) -> None:
    with pytest.raises(FileNotNowError):
        await fetched(server, seconds=1)


@pytest.mark.requirement("R25")
async def test_what_is_larger_than_telegram_gives_never_comes() -> None:
    with pytest.raises(FileTooBigError):
        await fetched(Server(refused(400, "Bad Request: file is too big")))
    with pytest.raises(FileTooBigError):
        await fetched(Server(), size=20 * 1024 * 1024 + 1)


@pytest.mark.requirement("X22")
async def test_files_share_the_memory_and_one_that_is_larger_than_it_comes_alone() -> None:
    room, inside, most = Room(10), 0, 0

    async def hold(size: int) -> None:
        nonlocal inside, most
        async with room.taken(size):
            inside += size
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= size

    await asyncio.gather(*(hold(size) for size in (4, 4, 4, 3, 25, 1, 9)))
    assert inside == 0
    assert most == 25


def a_message(message_id: int, album: str | None = None) -> Message:
    content = {
        "message_id": message_id,
        "date": 0,
        "chat": {"id": 5, "type": "private"},
        "from": {"id": 5, "is_bot": False, "first_name": "Оля"},
        "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}],
        "caption": "25836184",
    }
    return Message.model_validate(content | ({"media_group_id": album} if album else {}))


@asynccontextmanager
async def late_files(
    server: Server, database: Database, clock: Clock, came: list[tuple[LateFile, bytes]]
) -> AsyncIterator[LateFiles]:
    async def take(late: LateFile, content: bytes) -> None:
        came.append((late, content))

    async with a_bot(server) as bot:
        late = LateFiles(bot, database, Downloads(bot), clock)
        late.deliver_to(take)
        tasks = [asyncio.create_task(late.run())]
        try:
            yield late
        finally:
            for task in tasks:
                task.cancel()


async def until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not look():  # noqa: ASYNC110 - the worker tells nobody
            await asyncio.sleep(0.05)


@pytest.mark.requirement("X3")
async def test_a_late_file_comes_with_its_message_and_the_order_it_was_sent_for(
    database: Database, clock: Clock
) -> None:
    came: list[tuple[LateFile, bytes]] = []
    server = Server(refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    async with late_files(server, database, clock, came) as late:
        assert await late.postpone(a_message(7, "album"), "f", None, 3, "ru")
        assert not await late.postpone(a_message(7, "album"), "f", None, 3, "ru")
        assert not await late.postpone(a_message(8, "album"), "f", None, 3, "ru")
        clock.now += timedelta(seconds=10)
        await asyncio.sleep(3)
        assert came == []
        server.get_file = FOUND
        clock.now += timedelta(seconds=40)
        await until(lambda: len(came) == 2)
    assert [(file.message_id, file.order_id, content) for file, content in came] == [
        (7, 3, CONTENT),
        (8, 3, CONTENT),
    ]
    message = Message.model_validate(came[0][0].message)
    assert (message.caption, message.photo, message.media_group_id) == (
        "25836184",
        a_message(7).photo,
        "album",
    )
    assert server.said == []


@pytest.mark.requirement("X3")
async def test_a_file_that_does_not_come_at_all_is_told_to_be_lost(database: Database, clock: Clock) -> None:
    came: list[tuple[LateFile, bytes]] = []
    server = Server(refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable"))
    async with late_files(server, database, clock, came) as late:
        await late.postpone(a_message(7), "f", None, 3, "ru")
        clock.now += PATIENCE
        await until(lambda: bool(server.said))
    assert [told["text"] for told in server.said] == [Translator("ru").plain("photo-not-fetched")]
    assert '"message_id":7' in server.said[0]["reply_parameters"].replace(" ", "")
    assert came == []
