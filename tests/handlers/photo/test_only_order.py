"""With one order in hand a florist's photo needs no reply and no number; what may be another is asked."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.exceptions import TelegramServerError
from aiogram.methods import GetFile
from aiogram.types import Chat, InlineKeyboardMarkup, Message, MessageOriginUser, PhotoSize, Update, User

from handlers.frame.dialogue import Question, Waiting
from messages.callbacks.photos import MoveDo, MoveTap
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.refusals import Reason
from orders.steps import commands as do
from storage.team import staff
from tests.builders import DIRECTOR, NOON
from tests.handlers.conftest import Shop
from tests.pictures import a_jpeg
from tests.services.workplace import receive

FLORIST = 200
PHOTO = [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]
ASKED = "К какому заказу оно?"
ASSUMED = "Других заказов, которые ждут фото, у вас нет."
FORWARDED = MessageOriginUser(date=NOON, sender_user=User(id=7, is_bot=False, first_name="Игорь"))

pytestmark = pytest.mark.requirement("R25")


async def hire(shop: Shop, role: Role = Role.SELLER, telegram_id: int = FLORIST) -> Actor:
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, f"+79160000{telegram_id:03}", "Оля", role)
        await staff.connect(c, member.staff_id, telegram_id, "ru", "Оля")
    return Actor(role, member.staff_id, "Оля", shop_id=1)


async def an_order_of(shop: Shop, seller: Actor) -> Order:
    assert seller.staff_id is not None
    desk = shop.app.services.desk
    order = await receive(desk, datetime.now(UTC))
    await desk.do(order.id, do.Accept(), DIRECTOR)
    return await desk.do(order.id, do.AssignSeller(seller.staff_id, seller.name), DIRECTOR)


async def photos_of(shop: Shop, order: Order) -> int:
    return len((await shop.app.services.desk.look(order.id, DIRECTOR)).progress.photos)


async def sends(shop: Shop, colour: str = "#d6336c", **message: Any) -> str:  # noqa: ANN401 - any part of a message
    """What the bot says to a photo of the florist."""
    shop.wire.content = a_jpeg(colour)
    return "\n".join(await shop.hears(FLORIST, photo=PHOTO, **message))


async def test_the_only_order_that_waits_takes_a_bare_photo_and_says_so(shop: Shop) -> None:
    florist = await hire(shop)
    order = await an_order_of(shop, florist)
    said = await sends(shop)
    assert f"{order.number}: Фото сохранено." in said
    assert ASSUMED in said
    assert "«Не тот заказ?»" in said
    assert await photos_of(shop, order) == 1

    assert f"{order.number}: Фото сохранено." in await sends(shop, "#228be6")  # one more of the same
    assert await photos_of(shop, order) == 2


async def test_a_photo_of_no_order_leaves_no_question_behind(shop: Shop) -> None:
    florist = await hire(shop)
    orders = [await an_order_of(shop, florist) for _ in range(2)]
    assert ASKED in await sends(shop)
    [keys] = [one for one in shop.wire.buttons if isinstance(one, InlineKeyboardMarkup)]
    none = keys.inline_keyboard[-1][0]
    assert none.text == "Ни к одному"
    said = await shop.hears(FLORIST, data=none.callback_data)
    assert said == ["Хорошо, фото ни к чему не отнесено. Понадобится - пришлите ещё раз."]
    assert len(shop.wire.gone) == 1
    assert [await photos_of(shop, order) for order in orders] == [0, 0]


async def test_with_several_orders_the_photo_is_asked_about(shop: Shop) -> None:
    florist = await hire(shop)
    orders = [await an_order_of(shop, florist) for _ in range(2)]
    assert ASKED in await sends(shop)
    assert [await photos_of(shop, order) for order in orders] == [0, 0]


async def test_of_more_orders_than_are_listed_the_photo_names_its_own(shop: Shop) -> None:
    florist = await hire(shop)
    for _ in range(7):
        await an_order_of(shop, florist)
    assert "Нужного нет? Пришлите фото ещё раз с номером" in await sends(shop)


async def test_a_second_photo_may_be_one_more_of_the_order_photographed_just_now(shop: Shop) -> None:
    florist = await hire(shop)
    first, second = [await an_order_of(shop, florist) for _ in range(2)]
    assert "Фото сохранено." in await sends(shop, caption=first.number)
    assert ASKED in await sends(shop, "#228be6")
    assert await photos_of(shop, second) == 0


async def test_an_album_goes_to_the_only_order_and_is_answered_once(shop: Shop) -> None:
    order = await an_order_of(shop, await hire(shop))
    answers = [await sends(shop, colour, media_group_id="7") for colour in ("#d6336c", "#228be6", "#2b8a3e")]
    assert ASSUMED in answers[0]
    assert answers[1:] == ["", ""]
    assert await photos_of(shop, order) == 3


@pytest.mark.parametrize(
    "message",
    [{"forward_origin": FORWARDED}, {"caption": "Роза сломана, что делать?"}],
    ids=["forwarded", "words"],
)
async def test_a_photo_that_may_show_something_else_is_asked_about(
    shop: Shop, message: dict[str, Any]
) -> None:
    order = await an_order_of(shop, await hire(shop))
    assert ASKED in await sends(shop, **message)
    assert await photos_of(shop, order) == 0


async def test_a_photo_while_the_bot_waits_for_words_is_asked_about(shop: Shop) -> None:
    order = await an_order_of(shop, await hire(shop))
    question = Question(order.id, do.Decline(), Reason.DECLINE_REASON_NEEDED, datetime.now(UTC))
    await shop.stands(FLORIST, str(Waiting.words.state), json.dumps(question.dump()))
    assert ASKED in await sends(shop)
    assert await photos_of(shop, order) == 0


async def test_a_chiefs_photo_may_be_a_sheet_of_paper(shop: Shop) -> None:
    chief = await hire(shop, Role.MANAGER)
    order = await an_order_of(shop, chief)
    assert ASKED in await sends(shop)
    assert await photos_of(shop, order) == 0


async def test_a_photo_the_client_likes_already_is_not_replaced_by_a_bare_one(shop: Shop) -> None:
    order = await an_order_of(shop, await hire(shop))
    await sends(shop)
    await shop.app.services.desk.do(order.id, do.Rate(liked=True, complaint=""), DIRECTOR)
    assert ASKED in await sends(shop, "#228be6")
    assert await photos_of(shop, order) == 1


async def test_a_photo_of_an_order_beyond_the_six_that_are_offered_is_moved_by_its_number(shop: Shop) -> None:
    florist = await hire(shop)
    orders = [await an_order_of(shop, florist) for _ in range(9)]
    wrong = orders[0]
    await sends(shop, caption=wrong.number)
    assert await photos_of(shop, wrong) == 1
    ask = MoveTap(do=MoveDo.ASK, order=wrong.id, photo=1).pack()
    list_id = next(shop.wire.ids) + 1  # of the message that is pressed next
    [listed] = [one for one in await shop.hears(FLORIST, data=ask) if "К какому заказу" in one]
    assert "Напишите его номер или последние цифры" in listed
    hidden = orders[-1]
    [unknown] = await shop.hears(FLORIST, text="99999999")
    assert unknown.startswith("Заказа с номером 99999999, которому нужно фото, у вас нет")
    [found] = [one for one in await shop.hears(FLORIST, text=hidden.number) if "К какому заказу" in one]
    assert "Напишите" not in found
    assert list_id in shop.wire.gone
    to = MoveTap(do=MoveDo.TO, order=wrong.id, photo=1, to=hidden.id).pack()
    assert any(f"{wrong.number} → {hidden.number}" in one for one in await shop.hears(FLORIST, data=to))
    assert [await photos_of(shop, one) for one in (wrong, hidden)] == [0, 1]

    opened = await shop.hears(FLORIST, text=hidden.number)  # a number opens its order again
    assert not any("К какому заказу" in one for one in opened)


async def test_an_update_that_telegram_repeats_takes_no_photo_that_is_on_its_way(shop: Shop) -> None:
    order = await an_order_of(shop, await hire(shop))
    user, chat = User(id=FLORIST, is_bot=False, first_name="Оля"), Chat(id=FLORIST, type="private")
    photo = Message(message_id=7_000_000, date=NOON, chat=chat, from_user=user, photo=PHOTO)
    update = Update(update_id=7_000_000, message=photo)
    shop.wire.refusals[GetFile] = TelegramServerError(method=GetFile(file_id="p"), message="Bad Gateway")
    await shop.app.dispatcher.feed_update(shop.app.bot, update)
    [said] = shop.wire.said()
    assert "пока не скачивается" in said

    del shop.wire.refusals[GetFile]
    await shop.app.dispatcher.feed_update(shop.app.bot, update)
    assert shop.wire.said() == []
    assert await photos_of(shop, order) == 0
