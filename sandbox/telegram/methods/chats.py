"""Queries about chats and their members."""

from sandbox.telegram.access import known_chat, open_chat
from sandbox.telegram.api import method
from sandbox.telegram.chats import BotStatus, Chat, Json, chat_json, message_json, user_json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.membership import bot_member
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram


@method("getChat")
async def get_chat(telegram: Telegram, params: Params) -> object:
    """Describe a chat."""
    chat = known_chat(telegram, params)
    info: Json = {
        **chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if chat.pinned:
        info["pinned_message"] = message_json(chat.messages[chat.pinned[-1]], with_reply=False)
    return info


@method("getChatMember")
async def get_chat_member(telegram: Telegram, params: Params) -> object:
    """Return a user's membership in a chat."""
    chat = open_chat(telegram, params)
    user_id = params.integer("user_id")
    if user_id == telegram.config.bot_id:
        return bot_member(telegram, chat.bot_status)
    member = next((member for member in _members(chat) if member["user"]["id"] == user_id), None)
    if member:
        return member
    person = telegram.people.get(telegram.keys.get(user_id, ""))
    if person is None:
        raise bad_request("user not found")
    return {"status": "left", "user": user_json(person)}


@method("getChatAdministrators")
async def get_chat_administrators(telegram: Telegram, params: Params) -> object:
    """Return the group's creator, its first member."""
    chat = open_chat(telegram, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return _members(chat)[:1]


@method("getChatMemberCount")
async def get_chat_member_count(telegram: Telegram, params: Params) -> object:
    """Count the members, including the bot."""
    return len(open_chat(telegram, params).members) + 1


@method("leaveChat")
async def leave_chat(telegram: Telegram, params: Params) -> object:
    """Leave a group."""
    chat = open_chat(telegram, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.bot_status = BotStatus.LEFT
    return True


def _members(chat: Chat) -> list[Json]:
    members: list[Json] = [{"status": "member", "user": user_json(person)} for person in chat.members]
    if not chat.is_private and members:
        members[0] |= {"status": "creator", "is_anonymous": False}
    return members
