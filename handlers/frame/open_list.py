"""The one list or screen that stands open in a chat below the pinned board (X15)."""

from __future__ import annotations

from aiogram.types import Message

from handlers.frame.command_flow import drop
from handlers.frame.context import Office
from messages.ui.screen import Screen
from storage.bell import boards


async def put_open(message: Message, screen: Screen, office: Office) -> None:
    """Send the screen; it takes the place of the one that stood open before."""
    sent = await message.answer(screen.text, reply_markup=screen.keyboard)
    async with office.database.write() as c:
        before = await boards.swap_list(c, message.chat.id, sent.message_id)
    if before is not None:
        await drop(message, before)
