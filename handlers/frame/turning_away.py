"""A menu button or a command closes the open question, instead of being taken as its answer."""

from __future__ import annotations

from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, TelegramObject

from handlers.frame.clean_chat import Handler
from handlers.frame.command_flow import leave_dialogue
from handlers.frame.context import Visit
from messages.team.command_menu import is_command
from messages.ui.keyboards import is_menu_label


class TurningAway(BaseMiddleware):
    """Closes the staff member's open dialogue before any handler filters the message."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        visit: Visit | None = data.get("visit")
        state: FSMContext | None = data.get("state")
        if visit is not None and state is not None and isinstance(event, Message) and _turns_away(event):
            await leave_dialogue(state, event)
            data["raw_state"] = None
        return await handler(event, data)


def _turns_away(message: Message) -> bool:
    text = message.text or ""
    return is_command(text) or is_menu_label(text)
