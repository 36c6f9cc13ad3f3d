"""The list of spare couriers is kept by the chiefs, and misuse of its buttons is answered (R14, R89)."""

from __future__ import annotations

import pytest
from aiogram.types import Contact, Sticker

from messages.callbacks.delivery import SpareDo, SpareListDo, SpareListTap, SpareTap
from orders.model.people import Actor, Role
from orders.steps import commands as do
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("R14", "R89")

FLORIST, OTHER = 300, 400
BOSS = Actor(Role.DIRECTOR, 1, "Ирина", 1)
STICKER = Sticker(
    file_id="s", file_unique_id="s", type="regular", width=1, height=1, is_animated=False, is_video=False
)


async def hire(shop: Shop, chat: int) -> int:
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, f"+79160000{chat}", "Оля", Role.SELLER)
        await staff.connect(c, member.staff_id, chat, "ru", "Оля")
    return member.staff_id


def on_list(what: SpareListDo, spare: int = 0) -> str:
    return SpareListTap(do=what, spare=spare).pack()


async def test_the_list_is_the_chiefs_and_misuse_is_answered(shop: Shop) -> None:
    florist = await hire(shop, FLORIST)
    await hire(shop, OTHER)
    desk = Desk(shop.app.database, utc_now)
    order = await receive(desk, utc_now())
    for step in (do.Accept(), do.AssignSeller(florist, "Оля")):
        await desk.do(order.id, step, BOSS)
    told = await shop.hears(FLORIST, data=SpareTap(do=SpareDo.SHOW, order=order.id).pack())
    assert "Список ведут директор и менеджер." in "".join(told)
    for what in SpareListDo:
        assert await shop.hears(FLORIST, data=on_list(what, 1)) == ["Список ведут директор и менеджер."], what

    assert "Запасные курьеры: 0" in "".join(await shop.hears(DIRECTOR, text="/spare"))
    asked = await shop.hears(DIRECTOR, data=on_list(SpareListDo.ADD))
    assert "Имя и телефон одной строкой" in "".join(asked)
    assert "Здесь нужен телефон." in "".join(await shop.hears(DIRECTOR, sticker=STICKER))
    card = Contact(phone_number="+79990000009", first_name="Борис")
    assert "Борис, +79990000009" in "".join(await shop.hears(DIRECTOR, contact=card))

    foreign = SpareTap(do=SpareDo.CANNOT, order=order.id, spare=1).pack()
    assert await shop.hears(OTHER, data=foreign) == ["Такого заказа нет, или он назначен не вам."]
    removed = await shop.hears(DIRECTOR, data=on_list(SpareListDo.REMOVE, 1))
    assert "Убран из списка" in removed
    assert "Запасные курьеры: 0" in "".join(removed)
    gone = SpareTap(do=SpareDo.COMES, order=order.id, spare=1).pack()
    assert "Этого курьера уже нет в списке" in await shop.hears(FLORIST, data=gone)
    assert (await desk.look(order.id, BOSS)).calls == ()
