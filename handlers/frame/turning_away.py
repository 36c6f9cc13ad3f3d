"""What a text does to dialogues before any handler filters it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeGuard

import structlog
from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.types import Message, TelegramObject

from handlers.frame.clean_chat import Handler
from handlers.frame.command_flow import ask, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.dialogue import is_repeated, open_question
from messages.team.command_menu import is_command
from messages.ui.keyboards import is_menu_label

log = structlog.get_logger(__name__)


class Repeated(BaseMiddleware):
    """Ignores a message that was already taken as an answer.

    The process may die after the answer was stored and before Telegram had its confirmation. Without its
    question the message would become a note on another order, or the answer to the next question. A next
    question that is open may not have reached the chat: it is asked again. `shown_again`: the states whose
    handlers take `is_repeated` and do so themselves.
    """

    def __init__(self, shown_again: Collection[State]) -> None:
        self._shown_again = {one.state for one in shown_again}

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        state: FSMContext | None = data.get("state")
        if state is None or not _is_new(event, data) or not await is_repeated(state, event):
            return await handler(event, data)
        log.info("answer_repeated")
        visit: Visit | None = data.get("visit")
        question = await open_question(state)
        if visit is not None and question is not None:
            await ask(question, event, state, data["desk"], visit)
        elif data.get("raw_state") in self._shown_again:
            return await handler(event, data | {"is_repeated": True})
        return None


class TurningAway(BaseMiddleware):
    """Closes the staff member's open dialogue for a menu button or a command: these are no answers."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:  # noqa: ANN401 - aiogram's own signature
        visit: Visit | None = data.get("visit")
        state: FSMContext | None = data.get("state")
        if visit is not None and state is not None and isinstance(event, Message) and _turns_away(event):
            await leave_dialogue(state, event)
            data["raw_state"] = None
        return await handler(event, data)


def _is_new(event: TelegramObject, data: dict[str, Any]) -> TypeGuard[Message]:
    """Neither an edit nor a late file, which is handed in with the message that it came with."""
    return isinstance(event, Message) and event.edit_date is None and "arrived" not in data


def _turns_away(message: Message) -> bool:
    text = message.text or ""
    return is_command(text) or is_menu_label(text)
