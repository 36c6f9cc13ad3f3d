"""The baseline of `benchmarks.footprint`: a process that only imports aiogram and polls."""

from __future__ import annotations

import asyncio
import os

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer


async def main() -> None:
    """Poll until stopped; the environment gives the Bot API's URL and the token."""
    api = TelegramAPIServer.from_base(os.environ["BOT_API_URL"])
    bot = Bot(os.environ["BOT_TOKEN"], session=AiohttpSession(api=api))
    await Dispatcher().start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main())
