from __future__ import annotations

import pytest
from aiogram.types import PhotoSize
from sqlalchemy import select

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import ClaimDo, ClaimTap, GuideDo, GuideTap
from orders.model.people import Role
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.delivery_commands import NoteCost, Search
from storage.db.tables import outbox
from tests.handlers.support.conftest import PEOPLE, Bot, Seen
from tests.pictures import a_jpeg

ACCEPT = (do.Accept(), Role.DIRECTOR)


def pressed(do_: Do, order_id: int) -> str:
    return Tap(do=do_, order=order_id).pack()


async def send_photo(bot: Bot, who: Role) -> Seen:
    size = PhotoSize(file_id="F", file_unique_id="f", width=1, height=1)
    return await bot.send(who, photo=[size])


@pytest.mark.requirement("R86", "R87", "X24")
async def test_the_guide_leads_from_the_search_to_support_and_past_the_guard(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-courier").pack()
    opened = await bot.press(Role.MANAGER, situation)
    searched = await bot.press(Role.MANAGER, opened.data("Flowwow ищет курьера"))
    assert searched.toast.startswith("Отмечено.")
    ticked = await bot.press(Role.MANAGER, situation)
    assert "✅ Flowwow ищет курьера:" in ticked.text
    asked = await bot.press(Role.MANAGER, ticked.data("Я доставлю"))
    assert "поддержке об этом не писали. Не приедут ли двое?" in asked.text
    assert asked.labels[0] == "Написать в поддержку"
    case = await bot.press(Role.MANAGER, asked.data("Написать в поддержку"))
    await bot.press(Role.MANAGER, case.data("Отправлено"))
    assert (await bot.desk.look(order.id, bot.actors[Role.MANAGER])).support_told is not None
    asked = await bot.press(Role.MANAGER, pressed(Do.SELF, order.id))
    assert "Поддержке написали (" in asked.text
    assert "Написать в поддержку" not in asked.labels
    answered = await bot.say(Role.MANAGER, "Поддержка сняла своего курьера")
    # The next question is the rules' own: there is no photo.
    assert "уходит без фото" in answered.text
    await bot.say(Role.MANAGER, "клиент не против")
    left = await bot.desk.look(order.id, bot.actors[Role.MANAGER])
    assert left.status is Status.COURIER_LEFT
    history = await bot.press(Role.MANAGER, pressed(Do.HISTORY, order.id))
    assert "второго курьера не будет: Поддержка сняла своего курьера" in history.text


@pytest.mark.requirement("R87", "R88")
async def test_its_courier_comes_after_all_and_the_shop_s_own_one_is_told(bot: Bot) -> None:
    courier = bot.actors[Role.COURIER]
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, pressed(Do.SEARCH, order.id))
    assigned = do.AssignCourier(courier.staff_id or 0, "Пётр", "сняли")
    await bot.desk.do(order.id, assigned, bot.actors[Role.MANAGER])
    came = await bot.press(Role.MANAGER, pressed(Do.CAME, order.id))
    assert "во что обошёлся курьер?" in came.text
    async with bot.app.database.snapshot() as c:
        told = (await c.scalars(select(outbox.c.target).where(outbox.c.kind == "courier_freed"))).all()
    assert told == [PEOPLE[Role.COURIER]]
    await bot.say(Role.MANAGER, "400 ₽")
    order = await bot.desk.look(order.id, bot.actors[Role.MANAGER])
    assert order.progress.second is not None
    assert order.progress.second.cost == "400 ₽"
    whole = await bot.press(Role.MANAGER, pressed(Do.HISTORY, order.id))
    assert "приехал курьер Flowwow, больше не везёт Пётр" in whole.text
    assert "расход на курьера: 400 ₽" in whole.text


@pytest.mark.requirement("R88", "X24")
async def test_what_a_courier_cost_stands_in_the_claim_by_itself_with_its_receipt(bot: Bot) -> None:
    seller = bot.actors[Role.SELLER]
    given = (do.AssignSeller(seller.staff_id or 0, "Оля"), Role.MANAGER)
    left = (do.Dispatch(by_self=True, reason="сняли", two_couriers="поддержка знает"), Role.SELLER)
    order = await bot.order(ACCEPT, given, (Search(), Role.SELLER), left)
    asked = await bot.press(Role.SELLER, pressed(Do.IN_PERSON, order.id))
    assert "во что обошёлся курьер?" in asked.text
    bot.wire.content = a_jpeg()
    assert "Напишите сумму" in (await send_photo(bot, Role.SELLER)).text
    noted = await bot.say(Role.SELLER, "такси 450 ₽")
    assert "Записано в компенсацию: такси 450 ₽." in noted.text
    bot.wire.content = a_jpeg("red")
    assert f"по заказу {order.number}" in (await send_photo(bot, Role.SELLER)).text
    claim = await bot.press(Role.MANAGER, ClaimTap(do=ClaimDo.OPEN, shop=1, order=order.id).pack())
    assert "Расход: 450\u202f₽ · такси 450 ₽" in claim.text
    assert "2 файла" in claim.text
    assert "Без чека" not in claim.text
    await bot.desk.do(order.id, do.Undo("ошибка"), seller)
    undone = await bot.press(Role.MANAGER, ClaimTap(do=ClaimDo.OPEN, shop=1, order=order.id).pack())
    assert "по чеку" in undone.text
    await bot.desk.do(order.id, NoteCost("500"), seller)
    again = await bot.press(Role.MANAGER, ClaimTap(do=ClaimDo.OPEN, shop=1, order=order.id).pack())
    assert again.text.count("Расход: ") == 1
    assert "500\u202f₽" in again.text
