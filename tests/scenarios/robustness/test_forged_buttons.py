"""Forged buttons: made-up data, other people's steps, orders of another shop, the group (R14, R63, X6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.callbacks.order import Do, Tap
from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules
from storage.order import orders as order_rows
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import ACCEPTED, an_order
from tests.scenarios.stage import Stage
from tests.scenarios.steps import NO_BUTTON, force, forge

NOT_FOUND = "Такого заказа нет, или он назначен не вам."
NOT_YOURS = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."


@pytest.mark.requirement("R14", "R63", "X6")
async def test_forged_buttons_are_answered_and_change_nothing(stage: Stage) -> None:
    """Every button and every kind of nonsense: tests/handlers/order/test_forged_buttons.py."""
    number = await stage.assigned("florist")
    other = await _order_of_another_shop(stage)
    line = await stage.driver.wait_message("director", containing="принят", chat="group")
    before = await stage.left_by_staff(number)

    for data in ("o:accept:1:1:1", "'; DROP TABLE orders;--", "😀" * 16):
        assert (await forge(stage, "director", data)).text == NO_BUTTON
    assert (await force(stage, "florist", number, Do.CANCEL_YES)).text == NOT_YOURS
    assert (await force(stage, "courier", number, Do.IN_PERSON)).text == NOT_FOUND
    assert (await forge(stage, "director", Tap(do=Do.ACCEPT, order=other.id).pack())).text == NOT_FOUND
    started = await stage.driver.start("director", f"o{other.id}")
    told = await stage.driver.wait_message("director", lambda m: m.message_id > started.message_id)
    assert told.text == NOT_FOUND

    group = await stage.driver.messages("stranger", "group")
    for do in (Do.HISTORY, Do.CANCEL_YES, Do.WHOLE):
        assert (await force(stage, "director", number, do, "1", chat="group")).text == NO_BUTTON
    assert await stage.driver.messages("stranger", "group") == group
    for words in (number, "/orders"):
        await stage.driver.text("director", words, chat="group", reply_to=line.message_id)
    await stage.driver.contact("director", chat="group")
    await stage.driver.text("director", number)
    await stage.driver.wait_message("director", lambda m: number in m.text and m.message_id > told.message_id)
    said = [m.message_id for m in await stage.driver.messages("director", "group") if m.from_bot]
    assert said == [m.message_id for m in group if m.from_bot]
    assert await stage.left_by_staff(number) == before


async def _order_of_another_shop(stage: Stage) -> Order:
    """In a second shop of the same bot."""
    database = stage.database()
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 999, "Чужие цветы", "ru", ShopRules(), None))
        await staff.add(c, other.id, "+79990000077", "Чужая", Role.DIRECTOR)
        order = replace(an_order(ACCEPTED, number="77777777"), shop_id=other.id)
        kept = await order_rows.add(c, order)
    await database.close()
    return kept
