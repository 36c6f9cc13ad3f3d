"""Recognizes in Telegram's errors whether a chat refuses messages, and what people can do about it.

Telegram documents no list. These are the descriptions of the Bot API server, and the error names of MTProto,
which it passes on in capitals.
"""

from __future__ import annotations

from enum import StrEnum

from aiogram.exceptions import TelegramAPIError, TelegramForbiddenError


class GroupRefusal(StrEnum):
    """Why a group refuses messages; the text for each is `unreachable-group-<value>`."""

    TOPIC = "topic"
    GONE = "gone"
    NO_RIGHT = "no_right"
    KICKED = "kicked"
    OTHER = "other"


_OF_GROUPS = {
    GroupRefusal.TOPIC: ("topic_", "topic ", "thread not found"),
    GroupRefusal.GONE: (
        "chat not found",
        "deactivated",
        "chat was deleted",
        "was upgraded",
        "chat_id_invalid",
    ),
    GroupRefusal.NO_RIGHT: (
        "not enough rights",
        "have no rights",
        "no write access",
        "need administrator rights",
        "admin_required",
        "chat_write_forbidden",
        "chat_restricted",
        "_forbidden",
        "user_banned_in_channel",
        "bot is restricted",
    ),
    GroupRefusal.KICKED: ("kicked", "not a member", "channel_private", "not_participant"),
}
_OF_MESSAGES = (
    "can't parse",
    "text is empty",
    "must be non-empty",
    "too long",
    "button",
    "reply markup",
    "keyboard",
    "entit",
    "message to ",
    "message is not modified",
    "message can't be",
    "message_",
    "message identifier",
    "file",
    "photo",
    "media",
    "url",
    "http",
)
"""Errors of the message itself: any other chat would refuse it as well."""

_OF_PEOPLE = (
    "chat not found",
    "user not found",
    "deactivated",
    "not enough rights",
    "have no rights",
    "bot was kicked",
    "blocked",
    "can't initiate conversation",
    "peer_id_invalid",
    "user_id_invalid",
    "chat_write_forbidden",
    "user_privacy_restricted",
    "private_forbidden",
    "premium_required",
    "payment_required",
    "user_is_",
    "you_blocked_user",
)
_OF_FORMS = ("voice_messages_forbidden", "voice message", "video message", "video note")
"""The person's account settings refuse voice or video messages; files are accepted."""


def group_refusal(error: TelegramAPIError) -> GroupRefusal | None:
    """Why the group refuses; None where the message itself is at fault."""
    said = error.message.lower()
    for reason, words in _OF_GROUPS.items():
        if any(word in said for word in words):
            return reason
    if isinstance(error, TelegramForbiddenError):
        return GroupRefusal.KICKED
    return None if any(word in said for word in _OF_MESSAGES) else GroupRefusal.OTHER


def is_out_of_reach(error: TelegramAPIError) -> bool:
    """Whether a person's chat refuses all messages: blocked, deleted, never opened."""
    said = error.message.lower()
    if any(word in said for word in _OF_FORMS):
        return False
    return isinstance(error, TelegramForbiddenError) or any(word in said for word in _OF_PEOPLE)
