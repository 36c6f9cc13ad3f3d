"""Who may not bring orders in enters none and reaches nobody's draft (X1, R14)."""

from __future__ import annotations

import pytest

from messages.callbacks.drafts import DraftDo, DraftTap
from orders.model.people import Role
from storage.db.tables import drafts as draft_rows
from storage.order import orders as order_rows
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, STRANGER, Shop

pytestmark = pytest.mark.requirement("X1", "R14", "X6")

MANAGER, FLORIST, COURIER = 200, 300, 400
NO_BUTTON = "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
GONE = "Этот черновик уже сохранён или удалён."
NOTIFICATION = """Новый заказ №31415926
Доставка: завтра 14:00-15:00
Адрес: Москва, Лесная ул., 5, кв. 12
Получатель: Мария, +7 999 000-00-55
Состав:
- Пионы «Облако», 15 шт - 4 900 ₽
Итого: 4 900 ₽"""


async def hire(shop: Shop, role: Role, chat: int) -> None:
    async with shop.app.database.write() as c:
        member = await staff.add(c, 1, f"+79160000{chat}", role.value, role)
        await staff.connect(c, member.staff_id, chat, "ru", role.value)


async def kept(shop: Shop) -> tuple[list[object], int]:
    """All drafts as they are, and how many orders there are."""
    async with shop.app.database.snapshot() as c:
        rows = (await c.execute(draft_rows.select())).all()
        return list(rows), len([order async for order in order_rows.every(c)])


async def test_others_cannot_enter_orders_nor_reach_a_draft(shop: Shop) -> None:
    for role, chat in ((Role.MANAGER, MANAGER), (Role.SELLER, FLORIST), (Role.COURIER, COURIER)):
        await hire(shop, role, chat)
    assert "Черновик заказа 31415926" in "".join(await shop.hears(DIRECTOR, text=NOTIFICATION))
    before = await kept(shop)
    assert (len(before[0]), before[1]) == (1, 0)
    for person, answer, no_command in (
        (FLORIST, "Похоже на адрес или телефон", "Не понял."),
        (COURIER, "Похоже на адрес или телефон", "Не понял."),
        (STRANGER, "Отправить контакт", "Отправить контакт"),
    ):
        assert answer in "".join(await shop.hears(person, text=NOTIFICATION))
        assert no_command in "".join(await shop.hears(person, text="/add"))
        for what in DraftDo:
            assert await shop.hears(person, data=DraftTap(do=what, draft=1).pack()) == [NO_BUTTON], what
    for what in set(DraftDo) - {DraftDo.LIST, DraftDo.NEW, DraftDo.ANSWER, DraftDo.READ, DraftDo.NO_ORDER}:
        [said, *_] = await shop.hears(MANAGER, data=DraftTap(do=what, draft=1).pack())
        assert said == GONE, what
    for data in ("draft:ask:1:king", "draft:take:1:", "draft:answer:1:-1", "draft:save:x:", "draft:open:0:"):
        await shop.hears(DIRECTOR, data=data)
    assert await kept(shop) == before


async def test_a_draft_opened_from_its_list_stays_when_a_menu_comes(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text=NOTIFICATION)
    await shop.hears(DIRECTOR, text="/add")
    listed = shop.wire.left[-1]
    async with shop.app.database.write() as c:  # as when the list's message was redrawn as the draft
        await c.execute(draft_rows.update().values(message_id=listed))
    await shop.hears(DIRECTOR, text="/load")
    assert listed in shop.wire.left
