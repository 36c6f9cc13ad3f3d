"""Takes the bot's own messages out of a chat, or what of them must not stay."""

from __future__ import annotations

from contextlib import suppress

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

_GONE = ("not found", "message_id_invalid", "message identifier is not specified")


async def delete(bot: Bot, chat_id: int, message_id: int) -> bool:
    """Delete a message. False where it stays: after 48 hours Telegram lets a bot delete nothing.

    Raises what `UNREACHABLE` names.
    """
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramBadRequest as error:
        return any(words in error.message.lower() for words in _GONE)
    except TelegramForbiddenError:  # the chat itself is closed to the bot: nobody presses anything there
        return True
    return True


async def retire(bot: Bot, chat_id: int, message_id: int, words: str = "") -> None:
    """Leave no button on a message that stays, and with `words` nothing but them: edits have no such limit.

    What cannot be edited either, because it is gone or not the bot's, is no trouble: nothing depends on it.
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
    """Delete a message, else retire it. Whether it is gone."""
    is_gone = await delete(bot, chat_id, message_id)
    if not is_gone:
        await retire(bot, chat_id, message_id, words)
    return is_gone
