"""What Telegram says by itself: who sits in the shop's group (X14), and that the board was pinned."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated, Message, User

from handlers.frame.clean_chat import drop
from handlers.frame.context import Office
from storage.bell import hearing

router = Router(name="members")
GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


@router.message(F.chat.type == ChatType.PRIVATE, F.pinned_message, F.from_user.is_bot)
async def hide_pin(message: Message) -> None:
    """Telegram says in the chat that the bot has pinned its board: that is news to nobody (X15)."""
    await drop(message, message.message_id)


@router.message(F.chat.type.in_(GROUPS), F.new_chat_members.as_("people"))
async def came(message: Message, people: list[User], office: Office) -> None:
    """Telegram tells every bot in the group who joins."""
    for person in people:
        await _note(message.chat.id, person, office, is_member=True)


@router.message(F.chat.type.in_(GROUPS), F.left_chat_member.as_("person"))
async def left(message: Message, person: User, office: Office) -> None:
    """And who leaves, or is thrown out."""
    await _note(message.chat.id, person, office, is_member=False)


@router.chat_member(ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER))
async def is_in(event: ChatMemberUpdated, office: Office) -> None:
    """A bot that is an administrator hears of those as well who come quietly, by a link."""
    await _note(event.chat.id, event.new_chat_member.user, office, is_member=True)


@router.chat_member(ChatMemberUpdatedFilter(IS_MEMBER >> IS_NOT_MEMBER))
async def is_out(event: ChatMemberUpdated, office: Office) -> None:
    """The same for those who go."""
    await _note(event.chat.id, event.new_chat_member.user, office, is_member=False)


async def _note(chat_id: int, person: User, office: Office, *, is_member: bool) -> None:
    if person.is_bot:
        return
    async with office.database.write() as c:
        await hearing.note_member(c, chat_id, person.id, is_member=is_member)
