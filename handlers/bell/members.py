"""Telegram's service updates: who joins or leaves the shop's group (X14), and pinned boards."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import IS_MEMBER, IS_NOT_MEMBER, ChatMemberUpdatedFilter
from aiogram.types import ChatMemberUpdated, Message, User

from handlers.frame.clean_chat import drop
from services.bell.hearings import Hearings

router = Router(name="members")
GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


@router.message(F.chat.type == ChatType.PRIVATE, F.pinned_message, F.from_user.is_bot)
async def hide_pin(message: Message) -> None:
    """Delete Telegram's message that the bot pinned its board: it tells people nothing (X15)."""
    await drop(message, message.message_id)


@router.message(F.chat.type.in_(GROUPS), F.new_chat_members.as_("people"))
async def came(message: Message, people: list[User], hearings: Hearings) -> None:
    """Record who joined: Telegram sends this message to every bot in the group."""
    for person in people:
        await _note(message.chat.id, person, hearings, is_member=True)


@router.message(F.chat.type.in_(GROUPS), F.left_chat_member.as_("person"))
async def left(message: Message, person: User, hearings: Hearings) -> None:
    """Record who left or was removed."""
    await _note(message.chat.id, person, hearings, is_member=False)


@router.chat_member(ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER))
async def is_in(event: ChatMemberUpdated, hearings: Hearings) -> None:
    """Record who joined by an invite link, too: only an administrator bot gets this update."""
    await _note(event.chat.id, event.new_chat_member.user, hearings, is_member=True)


@router.chat_member(ChatMemberUpdatedFilter(IS_MEMBER >> IS_NOT_MEMBER))
async def is_out(event: ChatMemberUpdated, hearings: Hearings) -> None:
    """Record who left, from the update that only an administrator bot gets."""
    await _note(event.chat.id, event.new_chat_member.user, hearings, is_member=False)


async def _note(chat_id: int, person: User, hearings: Hearings, *, is_member: bool) -> None:
    if person.is_bot:
        return
    await hearings.note_member(chat_id, person.id, is_member=is_member)
