"""The baseline of `benchmarks.actions`: the least work of a bot that stores something for each update.

It answers, and commits one INSERT. SQLite is as durable as in the real bot (WAL, synchronous FULL).
"""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, Message

INSERT = "INSERT INTO taps (person, data, at) VALUES (?, ?, ?)"


async def main() -> None:
    """Poll until stopped; the environment gives the Bot API's URL, the token and the database file."""
    api = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api))
    dispatcher = Dispatcher()
    # isolation_level None: autocommit, the fastest way to commit one INSERT.
    async with aiosqlite.connect(os.environ["DATABASE"], isolation_level=None) as database:
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE taps (id INTEGER PRIMARY KEY, person INTEGER, data TEXT, at TEXT)",
        ):
            await database.execute(statement)

        async def keep(person: int, data: str) -> None:
            await database.execute(INSERT, (person, data, datetime.now(UTC).isoformat()))

        async def tapped(query: CallbackQuery) -> None:
            await keep(query.from_user.id, query.data or "")
            await query.answer("Готово")

        async def written(message: Message) -> None:
            await keep(message.chat.id, message.text or "")
            await message.answer("Готово")

        dispatcher.callback_query.register(tapped)
        dispatcher.message.register(written)
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
