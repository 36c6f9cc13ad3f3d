"""Deletes the bot's own messages, or removes their buttons and text."""

from __future__ import annotations

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

_GONE = ("not found", "message_id_invalid", "message identifier is not specified")


async def delete(bot: Bot, chat_id: int, message_id: int) -> bool:
    """Delete a message. False where it stays: Telegram lets bots delete only within 48 hours.

    Raises the errors of `UNREACHABLE`.
    """
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramBadRequest as error:
        return any(words in error.message.lower() for words in _GONE)
    except TelegramForbiddenError:  # the chat is closed to the bot, so nobody can tap there
        return True
    return True


async def retire(bot: Bot, chat_id: int, message_id: int, words: str = "") -> None:
    """Remove the buttons of a message that stays, and replace its text by `words`: edits have no time limit.

    Errors for a message that cannot be edited are ignored: nothing depends on it.
    """
    if words:
        try:
            await bot.edit_message_text(words, chat_id=chat_id, message_id=message_id)
        except TelegramBadRequest as error:
            if "no text in the message" not in error.message:
                return
        else:
            return
    with suppress(TelegramBadRequest, TelegramForbiddenError):
        await bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id)


async def take_away(bot: Bot, chat_id: int, message_id: int, words: str = "") -> bool:
    """Delete a message, or else retire it. Returns whether it was deleted."""
    is_gone = await delete(bot, chat_id, message_id)
    if not is_gone:
        await retire(bot, chat_id, message_id, words)
    return is_gone
