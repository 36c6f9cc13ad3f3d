"""A file that came later than its message: the message is handled as if it came now."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from storage.updates.late_files import LateFile


@dataclass(frozen=True, slots=True)
class Arrived:
    """The content, and the order for which it was sent where that was known then. A handler's `arrived`."""

    content: bytes
    order_id: int | None


async def hand_in(bot: Bot, dispatcher: Dispatcher, late: LateFile, content: bytes) -> None:
    """Give the message to the handlers once more, now with its file."""
    update = Update.model_validate({"update_id": 0, "message": late.message}, context={"bot": bot})
    await dispatcher.feed_update(bot, update, arrived=Arrived(content, late.order_id))
