"""Decides which messages reach the bot: in groups, privacy mode hides most."""

import re

from sandbox.telegram.chats import BotStatus, Message
from sandbox.telegram.seen import SERVICE_FIELDS
from sandbox.telegram.state import Telegram

_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


def reaches_bot(telegram: Telegram, message: Message) -> bool:
    """Whether the bot gets an update about this message."""
    chat = message.chat
    if chat.bot_status is not BotStatus.MEMBER or chat.migrated_to is not None:
        return False
    if chat.is_private or set(SERVICE_FIELDS) & message.content.keys():
        return True
    if message.reply_to and message.reply_to.from_bot:
        return True
    return _is_command(message.content.get("text", ""), telegram.config.bot_username)


def _is_command(text: str, username: str) -> bool:
    match = _COMMAND.match(text)
    return match is not None and match[1] in {None, username}
