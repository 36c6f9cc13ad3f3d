"""Photos that staff send to the shop's group: the bot takes only those that reply to an order's message.

If another photo seems to be meant for the bot, its sender is told to send it to the private chat (R23). Only
the sender sees this, unless the Telegram server cannot show a message to one person.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.clean_chat import remark
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting
from handlers.photo.photo_orders import waits_for_photo_of
from messages.card.in_group import photo_in_group
from orders.model.numbers import named_in
from services.bell.ephemeral_messages import EphemeralMessages, GroupTap
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards

STAYS = timedelta(minutes=1)
"""Time until the answer is deleted if the whole group sees it."""


async def lead_to_private(
    message: Message,
    state: FSMContext,
    order_lists: OrderLists,
    live_cards: LiveCards,
    ephemeral: EphemeralMessages,
    visit: Visit,
) -> None:
    """Tell the sender, once per album, that the photo was not taken and where to send it."""
    sender = message.from_user
    if sender is None or message.chat.id != visit.shop.group_chat_id:
        return
    if not await _is_meant(message, sender.id, state, order_lists, visit):
        return
    album = message.media_group_id
    if album is not None:
        if (await state.get_data()).get("led") == album:
            return
        await state.update_data(led=album)
    link = await ephemeral.chat_link()
    for_one = photo_in_group(link, visit.t, can_close=True)
    if await ephemeral.show(GroupTap(message.chat.id, sender.id, None), for_one, for_one):
        return
    screen = photo_in_group(link, visit.t, can_close=False)
    sent = await remark(message, screen.text, screen.keyboard, silent=True)
    await live_cards.remove_later(visit.shop.id, sent.chat.id, sent.message_id, visit.now + STAYS)


async def _is_meant(
    message: Message, sender: int, state: FSMContext, order_lists: OrderLists, visit: Visit
) -> bool:
    """Whether the bot asked the sender for a photo, or they name an order or have one that lacks a photo."""
    private = replace(state.key, chat_id=sender, user_id=sender)
    if await state.storage.get_state(private) == Waiting.picture.state:
        return True
    for number in named_in(message.caption):
        if await order_lists.by_number(visit.shop.id, number, visit.only_own, 1):
            return True
    return await waits_for_photo_of(order_lists, visit)
