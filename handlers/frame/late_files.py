"""Files that were downloaded after a delay: their message is handled again with the file."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram import Bot, Dispatcher
from aiogram.types import Update

from storage.updates.late_files import LateFile


@dataclass(frozen=True, slots=True)
class Arrived:
    """The file's content and its order, if it was known at the time. Handlers get it as `arrived`."""

    content: bytes
    order_id: int | None


async def hand_in(bot: Bot, dispatcher: Dispatcher, late: LateFile, content: bytes) -> None:
    """Pass the message to the handlers again, with its file."""
    update = Update.model_validate({"update_id": 0, "message": late.message}, context={"bot": bot})
    await dispatcher.feed_update(bot, update, arrived=Arrived(content, late.order_id))
