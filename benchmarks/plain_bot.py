"""The baseline of `benchmarks.taps`: a simple bot that does the same visible work.

For each tap it commits the order, its event, its deadlines and an outbox row for each chat in one
transaction, answers, sends or edits a message in each chat, and writes the order's version to a second file.
It has no roles, rules or rate limits. SQLite is as durable as in the real bot.
"""

from __future__ import annotations

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta
from typing import Any

import aiosqlite
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

TABLES = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE orders (id INTEGER PRIMARY KEY, document TEXT, status TEXT, version INTEGER);
    CREATE TABLE events (id INTEGER PRIMARY KEY, order_id INTEGER, document TEXT, at TEXT);
    CREATE TABLE deadlines (order_id INTEGER, kind TEXT, due_at TEXT, PRIMARY KEY (order_id, kind));
    CREATE TABLE outbox (id INTEGER PRIMARY KEY, order_id INTEGER, target INTEGER);
    CREATE TABLE cards (
        order_id INTEGER, chat_id INTEGER, message_id INTEGER, PRIMARY KEY (order_id, chat_id)
    );
"""
COPY = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE versions (order_id INTEGER, version INTEGER, document TEXT, words TEXT);
"""
NEW: dict[str, Any] = {
    "name": "Плюшевый мишка, 40 см",
    "address": "Лесная 5, кв 12",
    "client": "Игорь",
    "history": [],
}
LABELS = ("Загрузить фото", "Я доставлю", "Найти курьера", "Связаться", "Подробно", "Ещё…")


class PlainBot:
    """`chats`: the chats that show each order."""

    def __init__(
        self, bot: Bot, database: aiosqlite.Connection, copy: aiosqlite.Connection, chats: list[int]
    ) -> None:
        self._bot = bot
        self._database = database
        self._copy = copy
        self._chats = chats
        self._turn = asyncio.Lock()
        self._shown: set[asyncio.Task[None]] = set()

    async def tapped(self, query: CallbackQuery) -> None:
        """Store the step, answer, and update the chats."""
        _, step, order_id, *_ = (query.data or "").split(":")
        async with self._turn:
            version, document = await self._write(int(order_id), step, query.from_user.full_name)
        await query.answer("Готово")
        shown = asyncio.create_task(self._show(int(order_id), version, document))
        self._shown.add(shown)
        shown.add_done_callback(self._shown.discard)

    async def _write(self, order_id: int, step: str, name: str) -> tuple[int, dict[str, Any]]:
        now, execute = datetime.now(UTC), self._database.execute
        await execute("BEGIN IMMEDIATE")
        found = await execute("SELECT version, document FROM orders WHERE id = ?", (order_id,))
        row = await found.fetchone()
        version, document = (row[0] + 1, json.loads(row[1])) if row else (1, NEW | {"history": []})
        document["history"].append([step, name, now.isoformat()])
        words = json.dumps(document, ensure_ascii=False)
        await execute("REPLACE INTO orders VALUES (?, ?, ?, ?)", (order_id, words, step, version))
        await execute("INSERT INTO events VALUES (NULL, ?, ?, ?)", (order_id, words, now.isoformat()))
        await execute("DELETE FROM deadlines WHERE order_id = ?", (order_id,))
        due = [(order_id, kind, (now + timedelta(hours=1)).isoformat()) for kind in ("photo", "leave")]
        await self._database.executemany("INSERT INTO deadlines VALUES (?, ?, ?)", due)
        rows = [(order_id, chat) for chat in self._chats]
        await self._database.executemany("INSERT INTO outbox VALUES (NULL, ?, ?)", rows)
        await execute("COMMIT")
        return version, document

    async def _show(self, order_id: int, version: int, document: dict[str, Any]) -> None:
        card = "\n".join(
            (f"Заказ {order_id}", document["name"], document["address"], *document["history"][-1])
        )
        buttons = [InlineKeyboardButton(text=label, callback_data=f"o:x:{order_id}:") for label in LABELS]
        keyboard = InlineKeyboardMarkup(inline_keyboard=[[button] for button in buttons])
        found = await self._database.execute(
            "SELECT chat_id, message_id FROM cards WHERE order_id = ?", (order_id,)
        )
        there = {chat: message for chat, message in await found.fetchall()}  # noqa: C416 - typed rows
        sent = []
        for chat in self._chats:
            if chat in there:
                await self._bot.edit_message_text(
                    card, chat_id=chat, message_id=there[chat], reply_markup=keyboard
                )
            else:
                message = await self._bot.send_message(chat, card, reply_markup=keyboard)
                sent.append((order_id, chat, message.message_id))
        async with self._turn:
            await self._database.execute("BEGIN IMMEDIATE")
            await self._database.executemany("REPLACE INTO cards VALUES (?, ?, ?)", sent)
            await self._database.execute("DELETE FROM outbox WHERE order_id = ?", (order_id,))
            await self._database.execute("COMMIT")
        words = json.dumps(document, ensure_ascii=False)
        await self._copy.execute("INSERT INTO versions VALUES (?, ?, ?, ?)", (order_id, version, words, card))


async def written(message: Message) -> None:
    """Answer any message."""
    await message.answer("Готово")


async def main() -> None:
    """Poll until stopped; the environment gives the Bot API's URL, the token and the chats."""
    api = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api))
    chats = [int(chat) for chat in os.environ["CHATS"].split(",")]
    async with (
        aiosqlite.connect("plain.db", isolation_level=None) as database,
        aiosqlite.connect("plain_copy.db", isolation_level=None) as copy,
    ):
        await database.executescript(TABLES)
        await copy.executescript(COPY)
        dispatcher = Dispatcher()
        dispatcher.callback_query.register(PlainBot(bot, database, copy, chats).tapped)
        dispatcher.message.register(written)
        await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
