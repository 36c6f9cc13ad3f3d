"""Photos that somebody of the staff sends to the shop's group: none is taken there but a reply to an order.

A photo that looks as if it was meant for the bot is not passed over in silence: its sender, and where
Telegram can do that nobody else, is led to the private chat (R23).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.clean_chat import remark
from handlers.frame.context import Office, Visit
from handlers.frame.dialogue import Waiting
from handlers.photo.photo_orders import waits_for_photo_of
from messages.card.in_group import photo_in_group
from orders.model.numbers import named_in
from services.bell.ephemeral_messages import GroupTap
from storage.order import board
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind

STAYS = timedelta(minutes=1)
"""So long the group sees the words where Telegram cannot show them to the sender alone."""


async def lead_to_private(message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """Say once for an album that the photo was not taken, and where to send it."""
    sender = message.from_user
    if sender is None or message.chat.id != visit.shop.group_chat_id:
        return
    if not await _is_meant(message, sender.id, state, office, visit):
        return
    album = message.media_group_id
    if album is not None:
        if (await state.get_data()).get("led") == album:
            return
        await state.update_data(led=album)
    link = await office.ephemeral.chat_link()
    for_one = photo_in_group(link, visit.t, can_close=True)
    if await office.ephemeral.show(GroupTap(message.chat.id, sender.id, None), for_one, for_one):
        return
    screen = photo_in_group(link, visit.t, can_close=False)
    sent = await remark(message, screen.text, screen.keyboard, silent=True)
    over = News(
        visit.shop.id,
        message.chat.id,
        NewsKind.GROUP_WORDS_OVER,
        sent.message_id,
        sound=False,
        not_before=visit.now + STAYS,
    )
    async with office.database.write() as c:
        await shop_notifications.put(c, [over])


async def _is_meant(message: Message, sender: int, state: FSMContext, office: Office, visit: Visit) -> bool:
    """The sender was asked for a photo in private, names an order, or has one that waits for its photo."""
    private = replace(state.key, chat_id=sender, user_id=sender)
    if await state.storage.get_state(private) == Waiting.picture.state:
        return True
    async with office.database.snapshot() as c:
        for number in named_in(message.caption):
            if await board.find(c, visit.shop.id, number, visit.only_own, 1):
                return True
    return await waits_for_photo_of(office, visit)
