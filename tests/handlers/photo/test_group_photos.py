"""A photo that its sender puts into the group by mistake is answered, quietly."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from aiogram.methods import DeleteMessage, EditEphemeralMessageText, SendMessage
from aiogram.types import Chat, Message, PhotoSize, Update, User

from handlers.frame.dialogue import Waiting
from orders.model.people import Role
from orders.steps import commands as do
from services.health.clock import utc_now
from services.shop.shop_notifications import ShopNotifications
from storage.sending import outbox
from storage.sending.outbox import Channel, ShopRow
from storage.shop import shops
from tests.builders import DIRECTOR
from tests.handlers.conftest import AT, Shop
from tests.handlers.photo.test_only_order import FLORIST, an_order_of, hire, photos_of
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("R23")

GROUP = -5
PHOTO = [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]


@pytest.fixture
async def group(shop: Shop) -> Shop:
    async with shop.app.database.write() as c:
        await shops.set_group(c, 1, GROUP)
    return shop


async def posts(shop: Shop, caption: str | None = None, album: str | None = None, chat: int = GROUP) -> None:
    """The florist sends a photo to the group."""
    user = User(id=FLORIST, is_bot=False, first_name="Оля", language_code="ru")
    message = Message(
        message_id=7,
        date=AT,
        chat=Chat(id=chat, type="supergroup"),
        from_user=user,
        photo=PHOTO,
        caption=caption,
        media_group_id=album,
    )
    await shop.app.dispatcher.feed_update(shop.app.bot, Update(update_id=1, message=message))


def said(shop: Shop) -> list[SendMessage]:
    return [call for call in shop.wire.calls if isinstance(call, SendMessage)]


async def test_the_sender_whose_order_waits_for_a_photo_alone_reads_where_to_send_it(group: Shop) -> None:
    florist = await hire(group)
    order = await an_order_of(group, florist)
    for _ in range(3):
        await posts(group, album="a")
    [first] = said(group)
    assert first.ephemeral_message_parameters is not None
    assert first.ephemeral_message_parameters.receiver_user_id == FLORIST
    assert "личный чат" in first.text
    assert "https://t.me/florist_bot" in str(first.reply_markup)
    assert any(isinstance(call, EditEphemeralMessageText) for call in group.wire.calls)
    assert await photos_of(group, order) == 0


async def test_where_telegram_shows_it_to_all_a_short_reply_leaves_after_a_minute(group: Shop) -> None:
    group.wire.knows_ephemeral = False
    florist = await hire(group)
    await an_order_of(group, florist)
    await posts(group)
    reply = said(group)[-1]
    assert reply.reply_parameters is not None
    assert reply.disable_notification is True
    told = group.wire.sent[-1]
    assert told not in group.wire.gone

    async with group.app.database.write() as c:
        early = await outbox.claim(c, Channel.TELEGRAM, utc_now(), 99)
        late = await outbox.claim(c, Channel.TELEGRAM, utc_now() + timedelta(minutes=2), 99)
    assert [row for row in early if isinstance(row, ShopRow)] == []
    [over] = [row for row in late if isinstance(row, ShopRow)]
    await ShopNotifications(group.app.bot, group.app.database, utc_now).deliver(over)
    assert isinstance(group.wire.calls[-1], DeleteMessage)
    assert group.wire.gone[-1] == told


async def test_a_photo_request_that_is_open_in_private_is_enough(group: Shop) -> None:
    await hire(group, Role.MANAGER)
    await posts(group)
    assert said(group) == []  # nothing waits: people may show each other what they like
    await group.stands(FLORIST, Waiting.picture.state, json.dumps({"order": 1}))
    await posts(group)
    assert len(said(group)) == 1


async def test_an_order_whose_photo_the_client_dislikes_waits_for_one_too(group: Shop) -> None:
    order = await an_order_of(group, await hire(group))
    desk = group.app.services.desk
    await desk.do(order.id, do.AttachPhoto("ab" * 32, "2026/03/1/1-abab.jpg"), DIRECTOR)
    await posts(group)
    assert said(group) == []
    await desk.do(order.id, do.Rate(liked=False, complaint="Цвет не тот"), DIRECTOR)
    await posts(group)
    assert len(said(group)) == 1


async def test_a_number_in_the_caption_means_the_bot_and_a_foreign_group_does_not(group: Shop) -> None:
    await hire(group, Role.MANAGER)
    order = await receive(group.app.services.desk, utc_now())
    await posts(group)
    await posts(group, caption=order.number, chat=-6)
    assert said(group) == []
    await posts(group, caption=order.number)
    assert len(said(group)) == 1
