"""What a text does to dialogues before any handler filters it."""

from __future__ import annotations

from typing import Any, TypeGuard

import structlog
from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, TelegramObject

from handlers.frame.clean_chat import Handler
from handlers.frame.command_flow import leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.dialogue import is_repeated
from messages.team.command_menu import is_command
from messages.ui.keyboards import is_menu_label

log = structlog.get_logger(__name__)


class Repeated(BaseMiddleware):
    """Ignores a text that was already taken as an answer.

    The process may die after the dialogue was closed and before Telegram had its confirmation. Without its
    question the text would become a note on another order, or the answer to the next question.
    """

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        state: FSMContext | None = data.get("state")
        if state is not None and _is_new_text(event) and await is_repeated(state, event):
            log.info("answer_repeated")
            return None
        return await handler(event, data)


class TurningAway(BaseMiddleware):
    """Closes the staff member's open dialogue for a menu button or a command: these are no answers."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        visit: Visit | None = data.get("visit")
        state: FSMContext | None = data.get("state")
        if visit is not None and state is not None and isinstance(event, Message) and _turns_away(event):
            await leave_dialogue(state, event)
            data["raw_state"] = None
        return await handler(event, data)


def _is_new_text(event: TelegramObject) -> TypeGuard[Message]:
    return isinstance(event, Message) and event.text is not None and event.edit_date is None


def _turns_away(message: Message) -> bool:
    text = message.text or ""
    return is_command(text) or is_menu_label(text)
