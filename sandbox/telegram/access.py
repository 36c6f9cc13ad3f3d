"""Finds the chats and messages that calls name, and checks that the bot may act there."""

from sandbox.telegram.chats import BotStatus, Chat, Message
from sandbox.telegram.errors import ApiError, bad_request, forbidden
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram


def known_chat(telegram: Telegram, params: Params, name: str = "chat_id") -> Chat:
    """Find the chat that a call names. Raises ApiError."""
    if name not in params or not params.text(name):
        raise bad_request(f"{name} is empty")
    chat = telegram.chats.get(params.integer(name))
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    return chat


def open_chat(telegram: Telegram, params: Params, name: str = "chat_id") -> Chat:
    """Find the chat that a call names and check that the bot may act in it. Raises ApiError."""
    chat = known_chat(telegram, params, name)
    if chat.is_private and not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.is_private and chat.bot_status is not BotStatus.MEMBER:
        raise forbidden("bot was blocked by the user")
    kind = "group" if chat.type == "group" else "supergroup"
    if chat.bot_status is BotStatus.KICKED:
        raise forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot_status is BotStatus.LEFT:
        raise forbidden(f"bot is not a member of the {kind} chat")
    return chat


def named_message(chat: Chat, params: Params, action: str) -> Message:
    """Find the message that a call names. Raises ApiError, worded with `action`: edit, delete, copy."""
    if params.integer("message_id") < 1:
        raise bad_request("message identifier is not specified")
    message = chat.live(params.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {action} not found")
    return message


def replied_message(chat: Chat, params: Params) -> Message | None:
    """Find the message replied to, by `reply_parameters` or the older `reply_to_message_id`."""
    raw = params.json("reply_parameters", "reply parameters")
    if raw is not None and not isinstance(raw, dict):
        raise bad_request("object expected as reply parameters")
    given = params.nested(raw) if raw else params
    message_id = given.integer("message_id" if raw else "reply_to_message_id")
    if not message_id:
        return None
    message = chat.live(message_id)
    if message is None and not given.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message
