"""Ephemeral messages, which only one member of a group sees.

The bot may send one within 15 s after a tap, or at any time as an administrator.
"""

from sandbox.config import Person
from sandbox.telegram.access import open_chat
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

_OLDER_FIELDS = ("receiver_user_id", "callback_query_id")


def ephemeral_receiver(telegram: Telegram, chat: Chat, params: Params) -> Person | None:
    """Find the only receiver of a message; None for a message to the whole chat.

    The call names them in `ephemeral_message_parameters` or in older fields. Raises ApiError.
    """
    raw = params.json("ephemeral_message_parameters", "ephemeral message parameters")
    if raw is None and not any(name in params for name in _OLDER_FIELDS):
        return None
    if raw is not None and not isinstance(raw, dict):
        raise bad_request("object expected as ephemeral message parameters")
    given = params if raw is None else params.nested(raw)
    if chat.is_private:
        raise bad_request("ephemeral messages can be sent only to groups and supergroups")
    receiver = member(chat, given)
    _check_allowed(telegram, chat, receiver, given)
    return receiver


def member(chat: Chat, params: Params) -> Person:
    """Find the member of the chat that `receiver_user_id` names. Raises ApiError."""
    wanted = params.integer("receiver_user_id")
    found = next((person for person in chat.members if person.id == wanted), None)
    if found is None:
        raise bad_request("receiver of the ephemeral message not found")
    return found


def named_ephemeral(telegram: Telegram, params: Params, action: str) -> Message:
    """Find the ephemeral message that a call names. Raises ApiError, worded with `action`: edit, delete."""
    chat = open_chat(telegram, params)
    receiver = member(chat, params)
    if params.integer("ephemeral_message_id") < 1:
        raise bad_request("ephemeral message identifier is not specified")
    message = chat.live(-params.integer("ephemeral_message_id"))
    if message is None or message.receiver != receiver:
        raise bad_request(f"ephemeral message to {action} not found")
    return message


def _check_allowed(telegram: Telegram, chat: Chat, receiver: Person, given: Params) -> None:
    if "callback_query_id" not in given:
        if not chat.bot_is_admin:
            raise bad_request("not enough rights to send ephemeral messages without a callback query")
        return
    query = telegram.queries.get(given.text("callback_query_id"))
    if query is None or query.message.chat is not chat or not query.takes_ephemeral(receiver):
        raise bad_request("query is too old or query ID is invalid")
    if given.flag("replace_callback_query_message") and query.message.receiver:
        raise bad_request("an ephemeral message can't be replaced by another one")
