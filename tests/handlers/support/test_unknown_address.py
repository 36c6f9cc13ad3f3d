from __future__ import annotations

import pytest

from messages.callbacks.order import Do, Tap
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import Bot

ACCEPT = (do.Accept(), Role.DIRECTOR)


@pytest.mark.requirement("X24", "R70")
async def test_from_the_question_to_the_surcharge_for_another_zone(bot: Bot) -> None:
    order = await bot.order(ACCEPT, address="")
    menu = await bot.press(Role.MANAGER, Tap(do=Do.ADDRESS, order=order.id).pack())
    assert "<code>Здравствуйте! Чтобы доставить заказ" in menu.text
    assert (await bot.press(Role.MANAGER, menu.data("Спросили клиента"))).toast.startswith("Отмечено.")
    forged = Tap(do=Do.ASKED, order=order.id, arg="recipient").pack()
    assert "получателю не звонят" in (await bot.press(Role.MANAGER, forged)).toast
    asked = await bot.press(Role.MANAGER, menu.data("Адрес узнали"))
    assert "пришлите адрес одним сообщением" in asked.text
    unread = await bot.say(Role.MANAGER, "не знаю")
    assert "пришлите адрес" in unread.text
    await bot.say(Role.MANAGER, "Садовая 5, кв 12")
    found = await bot.desk.look(order.id, bot.actors[Role.MANAGER])
    assert found.details.address == "Садовая 5, кв 12"
    surcharge = await bot.press(Role.MANAGER, Tap(do=Do.ZONE_OTHER, order=order.id).pack())
    assert "доплат" in surcharge.text
    await bot.say(Role.MANAGER, "500 ₽ за другую зону")
    left = await bot.press(Role.MANAGER, Tap(do=Do.SELF, order=order.id).pack())
    assert left.toast.startswith("Адрес в другой зоне")
    history = await bot.press(Role.DIRECTOR, Tap(do=Do.HISTORY, order=order.id).pack())
    for words in ("адрес спросили: клиента", "адрес узнали: Садовая 5, кв 12", "другая зона"):
        assert words in history.text
