from __future__ import annotations

import pytest

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GuideDo, GuideTap
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import Bot

ACCEPT = (do.Accept(), Role.DIRECTOR)


@pytest.mark.requirement("R82")
async def test_the_app_hangs_the_florist_asks_and_what_the_client_said_is_kept(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    seller = bot.actors[Role.SELLER]
    given = do.AssignSeller(seller.staff_id or 0, "Оля")
    await bot.desk.do(order.id, given, bot.actors[Role.MANAGER])
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="app-hangs").pack()
    opened = await bot.press(Role.SELLER, situation)
    asked = await bot.press(Role.SELLER, opened.data("Нужен телефон клиента"))
    assert "зачем нужен телефон клиента?" in asked.text
    await bot.say(Role.SELLER, "Чат во Flowwow не открывается")
    await bot.press(Role.MANAGER, Tap(do=Do.ALLOW_PHONE, order=order.id).pack())
    opened = await bot.press(Role.SELLER, situation)
    assert "✅ Телефон клиента показан:" in opened.text
    said = await bot.press(Role.SELLER, opened.data("Что сказал клиент"))
    assert "что сказал клиент по телефону?" in said.text
    await bot.say(Role.SELLER, "согласен на <b>час</b> позже")
    kept = await bot.desk.look(order.id, seller)
    assert kept.phone_accesses[-1].calls[-1].words == "согласен на <b>час</b> позже"
    assert "✅ Разговор записан:" in (await bot.press(Role.SELLER, situation)).text
    history = await bot.press(Role.DIRECTOR, Tap(do=Do.HISTORY, order=order.id).pack())
    assert "клиент по телефону: согласен на &lt;b&gt;час" in history.text
