"""Changes of the bot's membership in a chat, with their updates."""

import time

from sandbox.config import Person
from sandbox.telegram.chats import BotStatus, Chat, Json, chat_json, user_json
from sandbox.telegram.state import Telegram


def bot_member(telegram: Telegram, status: BotStatus) -> Json:
    """Return the bot as the Bot API's ChatMember."""
    member: Json = {"status": status.value, "user": telegram.bot_user}
    return member | {"until_date": 0} if status is BotStatus.KICKED else member


def change_membership(telegram: Telegram, chat: Chat, by: Person, status: BotStatus) -> None:
    """Change the bot's membership in a chat and queue the update; does nothing if it is the same."""
    if chat.bot_status is status:
        return
    payload = {
        "chat": chat_json(chat),
        "from": user_json(by),
        "date": int(time.time()),
        "old_chat_member": bot_member(telegram, chat.bot_status),
        "new_chat_member": bot_member(telegram, status),
    }
    chat.bot_status = status
    telegram.updates.add("my_chat_member", payload)
    telegram.tell_chat("membership", chat, {"bot_status": status.value})
