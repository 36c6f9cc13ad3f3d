"""Telegram says by itself who comes into the group and who goes (X14), and that the board is pinned (X15)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aiogram.types import (
    Chat,
    ChatMemberLeft,
    ChatMemberMember,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)
from sqlalchemy import select

from storage.bell.tables import group_members
from tests.handlers.conftest import AT, DIRECTOR, Shop

GROUP = Chat(id=-5, type="supergroup")
OLYA = User(id=300, is_bot=False, first_name="Оля")
OTHER_BOT = User(id=301, is_bot=True, first_name="Погода")
Said = Callable[..., Update]


def in_words(person: User, *, is_in: bool) -> Update:
    """The message that everybody in the group sees."""
    what: dict[str, Any] = {"new_chat_members": [person]} if is_in else {"left_chat_member": person}
    return Update(update_id=1, message=Message(message_id=7, date=AT, chat=GROUP, from_user=person, **what))


def in_an_update(person: User, *, is_in: bool) -> Update:
    """What only a bot that is an administrator hears."""
    out, member = ChatMemberLeft(user=person), ChatMemberMember(user=person)
    before, now = (out, member) if is_in else (member, out)
    changed = ChatMemberUpdated(
        chat=GROUP, from_user=person, date=AT, old_chat_member=before, new_chat_member=now
    )
    return Update(update_id=1, chat_member=changed)


async def known(shop: Shop) -> dict[int, bool]:
    async with shop.app.database.snapshot() as c:
        rows = await c.execute(select(group_members).where(group_members.c.chat_id == GROUP.id))
        return {row.telegram_id: row.is_member for row in rows}


@pytest.mark.requirement("X14")
@pytest.mark.parametrize("said", [in_words, in_an_update])
async def test_who_comes_into_the_group_and_who_goes_is_known_at_once(shop: Shop, said: Said) -> None:
    await shop.app.dispatcher.feed_update(shop.app.bot, said(OLYA, is_in=True))
    assert await known(shop) == {OLYA.id: True}
    await shop.app.dispatcher.feed_update(shop.app.bot, said(OTHER_BOT, is_in=True))
    await shop.app.dispatcher.feed_update(shop.app.bot, said(OLYA, is_in=False))
    assert await known(shop) == {OLYA.id: False}


@pytest.mark.requirement("X14")
def test_telegram_is_asked_for_what_only_an_administrator_hears(shop: Shop) -> None:
    assert "chat_member" in shop.app.dispatcher.resolve_used_update_types()


@pytest.mark.requirement("X15")
async def test_the_word_that_a_board_was_pinned_leaves_the_chat(shop: Shop) -> None:
    private, bot = Chat(id=DIRECTOR, type="private"), User(id=42, is_bot=True, first_name="Rose")
    board = Message(message_id=8, date=AT, chat=private, from_user=bot, text="📌")
    word = Message(message_id=9, date=AT, chat=private, from_user=bot, pinned_message=board)
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=1, message=word))
    assert shop.wire.gone == [9]
