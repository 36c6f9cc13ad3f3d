"""Deleting and pinning messages."""

import time

from sandbox.telegram.access import named_message, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.chats import Chat, Message, message_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.state import Draft, Telegram

DELETABLE_SECONDS = 48 * 3600
MAX_DELETED = 100


@method("deleteMessage")
async def delete_message(telegram: Telegram, params: Params) -> object:
    """Delete one message for everybody."""
    message = named_message(open_chat(telegram, params), params, "delete")
    if not _deletable(message):
        raise bad_request("message can't be deleted for everyone")
    telegram.delete(message)
    return True


@method("deleteMessages")
async def delete_messages(telegram: Telegram, params: Params) -> object:
    """Delete up to 100 messages, skipping missing ones and those that may not be deleted."""
    chat = open_chat(telegram, params)
    ids = params.json("message_ids", "message identifiers")
    if not isinstance(ids, list) or not all(isinstance(entry, int) for entry in ids):
        raise bad_request("can't parse message identifiers: expected an Array of Numbers")
    if not 1 <= len(ids) <= MAX_DELETED:
        raise bad_request(
            "message identifiers are not specified" if not ids else "too many message identifiers specified"
        )
    for message in filter(None, map(chat.live, ids)):
        if _deletable(message):
            telegram.delete(message)
    return True


def _deletable(message: Message) -> bool:
    """The bot may delete its own messages within 48 hours, and in private chats the person's too."""
    fresh = time.time() - message.date < DELETABLE_SECONDS
    return fresh and (message.from_bot or message.chat.is_private)


@method("pinChatMessage")
async def pin_chat_message(telegram: Telegram, params: Params) -> object:
    """Pin a message, and post a service message about it."""
    chat = open_chat(telegram, params)
    message = named_message(chat, params, "pin")
    _check_may_pin(chat)
    if message.message_id in chat.pinned:
        return True
    chat.pinned.append(message.message_id)
    pinned = message_json(message, with_reply=False)
    silent = params.flag("disable_notification")
    told = telegram.post(chat, telegram.bot_user, Draft({"pinned_message": pinned}, silent=silent))
    telegram.updates.add("message", message_json(told))
    return True


@method("unpinChatMessage")
async def unpin_chat_message(telegram: Telegram, params: Params) -> object:
    """Unpin the given message, or the last pinned one."""
    chat = open_chat(telegram, params)
    _check_may_pin(chat)
    _unpin(chat, params.integer("message_id"))
    return True


@method("unpinAllChatMessages")
async def unpin_all_chat_messages(telegram: Telegram, params: Params) -> object:
    """Unpin all messages."""
    chat = open_chat(telegram, params)
    _check_may_pin(chat)
    chat.pinned.clear()
    return True


def _check_may_pin(chat: Chat) -> None:
    if not chat.is_private and not chat.bot_is_admin:
        raise bad_request("not enough rights to manage pinned messages in the chat")


def _unpin(chat: Chat, message_id: int) -> None:
    if not message_id and chat.pinned:
        chat.pinned.pop()
    elif message_id in chat.pinned:
        chat.pinned.remove(message_id)
    else:
        raise bad_request("message to unpin not found")
