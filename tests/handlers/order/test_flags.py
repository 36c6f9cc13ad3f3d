"""«❗ Важное» by one tap, and off by another (X16)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.callbacks.order import Do, Tap
from messages.card.flags import code_of
from orders.model.people import Actor, Role
from orders.steps.commands import Accept, AssignSeller
from services.health.clock import utc_now
from services.order.desk import Desk
from storage.order import orders as order_rows
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X16", "X5")

BOSS = Actor(Role.DIRECTOR, 1, "Ирина", 1)


async def test_a_line_is_marked_and_unmarked_by_a_tap_each_and_the_history_tells_both(shop: Shop) -> None:
    desk = Desk(shop.app.database, utc_now)
    order = await receive(desk, utc_now())
    await desk.amend(order.id, lambda one: replace(one.details, client_note="Лента белая. Спасибо"), BOSS)

    async def tap(do: Do, arg: str = "") -> list[str]:
        return await shop.hears(DIRECTOR, data=Tap(do=do, order=order.id, arg=arg).pack())

    assert "Что важно?" in (await tap(Do.FLAG))[-1]
    line = code_of("Лента белая")
    assert (await tap(Do.FLAG_LINE, line))[0] == "Готово: карточки обновятся."
    async with shop.app.database.snapshot() as c:
        kept = await order_rows.get(c, order.id)
    assert kept is not None
    assert [flag.text for flag in kept.flags] == ["Лента белая"]
    assert "❗" in str(shop.wire.buttons)
    await tap(Do.FLAG_LINE, line)
    async with shop.app.database.snapshot() as c:
        kept = await order_rows.get(c, order.id)
    assert kept is not None
    assert kept.flags == ()
    assert (await tap(Do.FLAG_LINE, "00000000"))[0] == "Эта строка изменилась. Выберите заново."
    told = "".join(await tap(Do.HISTORY))
    assert "отмечено важным: Лента белая" in told
    assert "больше не важное: Лента белая" in told


async def test_the_menu_of_somebody_who_is_no_chief_any_more_shows_nothing_new(shop: Shop) -> None:
    desk = Desk(shop.app.database, utc_now)
    order = await receive(desk, utc_now())
    await desk.amend(order.id, lambda one: replace(one.details, client_note="Лента белая"), BOSS)
    async with shop.app.database.write() as c:
        florist = await staff.add(c, 1, "+79160000009", "Оля", Role.SELLER)
        await staff.connect(c, florist.staff_id, 300, "ru", "Оля")
    await desk.do(order.id, Accept(), BOSS)
    await desk.do(order.id, AssignSeller(florist.staff_id, "Оля"), BOSS)
    shop.wire.said()
    data = Tap(do=Do.FLAG_LINE, order=order.id, arg=code_of("Лента белая")).pack()
    assert "Что важно?" not in "".join(await shop.hears(300, data=data))
