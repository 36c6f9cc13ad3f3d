"""An edit that is passed on to nobody is answered where its writer works here, and nowhere else."""

from __future__ import annotations

import pytest
from aiogram.types import Chat, Message, Update, User

from tests.handlers.conftest import AT, DIRECTOR, STRANGER, Shop


async def edits(shop: Shop, person: int, words: str) -> list[str]:
    """What is answered to somebody who writes, and then writes something else into the same message."""
    await shop.hears(person, text="Добрый день")
    user = User(id=person, is_bot=False, first_name="Ira", language_code="ru")
    chat = Chat(id=person, type="private")
    message = Message(message_id=1, date=AT, edit_date=1, chat=chat, from_user=user, text=words)
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=1, edited_message=message))
    return shop.wire.said()


@pytest.mark.requirement("X7")
async def test_other_edits_of_staff_are_answered_and_those_of_strangers_are_not(shop: Shop) -> None:
    assert "Правку я не вижу" in "".join(await edits(shop, DIRECTOR, "Добрый вечер"))
    assert await edits(shop, STRANGER, "Кто там?") == []
