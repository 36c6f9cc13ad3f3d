"""«Магазин скрыт»: one tap, by whom and until when, untouched orders, and opening by itself (R8-R10)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from messages.callbacks.goods import ShopDo, ShopTap
from orders.model.people import Role
from orders.model.status import Status
from tests.scenarios.goods_steps import hiding_of, let_end_be, open_shop
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge


@pytest.mark.requirement("R8", "R9", "R10")
async def test_one_tap_hides_the_shop_and_leaves_taken_orders_alone(stage: Stage) -> None:
    number = await stage.accepted("director")
    shown = await open_shop(stage)
    assert shown.text.startswith("🟢 Магазин открыт")

    toast = await stage.driver.press("director", shown.message_id, "Скрыть магазин")
    assert (toast.text or "").startswith("Скрыт здесь")

    hidden = await stage.driver.wait_message(
        "director", containing="⚫ Магазин скрыт здесь · во Flowwow ещё нет"
    )
    assert hidden.message_id == shown.message_id
    assert ", Анна" in hidden.text
    assert "Новых заказов не будет" not in hidden.text
    assert number in hidden.text
    assert "в приложении Flowwow" in hidden.text
    assert (await stage.order(number)).status is Status.ACCEPTED

    told = await stage.driver.wait_message(
        "manager", containing="⚫ Магазин скрыт здесь · во Flowwow ещё нет"
    )
    assert told.silent

    again = await stage.driver.press("director", shown.message_id, "Скрыть магазин", stale=True)
    assert (again.text or "").startswith("Магазин уже скрыт: ")
    late = await open_shop(stage, "manager")
    assert (await forge(stage, "manager", ShopTap(do=ShopDo.HIDE).pack())).text == again.text
    first = await hiding_of(stage)
    assert first is not None
    assert (first.hidden.name, first.reopened) == ("Анна", None)

    toast = await stage.driver.press("director", shown.message_id, "Скрыл(а) во Flowwow")
    assert toast.text == "Отмечено"
    confirmed = await stage.driver.wait_message("director", containing="В приложении Flowwow скрыт: ")
    assert "Скрыл(а) во Flowwow" not in confirmed.button_texts
    assert "Новых заказов не будет" in confirmed.text

    opened = await stage.driver.press("manager", late.message_id, "Открыть магазин")
    assert opened.text == "Магазин открыт"
    back = await stage.driver.wait_message(
        "manager", containing="🟢 Магазин открыт здесь · во Flowwow ещё скрыт\nОткройте его"
    )
    assert back.message_id == late.message_id
    assert "\nСкрывали: " in back.text
    toast = await stage.driver.press("director", shown.message_id, "Открыть магазин", stale=True)
    assert (toast.text or "").startswith("Магазин уже открыт: ")
    toast = await stage.driver.press("manager", late.message_id, "Открыл(а) во Flowwow")
    assert toast.text == "Отмечено"
    kept = await hiding_of(stage)
    assert kept is not None
    assert (kept.id, kept.reopened and kept.reopened.name) == (first.id, "Вера")
    assert kept.app_shown is not None


@pytest.mark.requirement("R8")
async def test_a_hidden_shop_reminds_and_opens_by_itself_after_a_restart_too(stage: Stage) -> None:
    await open_shop(stage)
    await stage.driver.press_last("director", "Скрыть магазин")
    await stage.driver.press_last("director", "Скрыл(а) во Flowwow")
    await stage.driver.press_last("director", "Откроется сам…")
    toast = await stage.driver.press_last("director", "Через 2 часа")
    assert (toast.text or "").startswith("Откроется сам: ")
    hiding = await hiding_of(stage)
    assert hiding is not None
    assert hiding.until is not None
    assert timedelta(minutes=119) < hiding.until - datetime.now(UTC) <= timedelta(hours=2)

    await stage.stop_bot()
    await let_end_be(stage, datetime.now(UTC) + timedelta(minutes=9), timedelta(minutes=10))
    await stage.start_bot()
    for person in ("director", "manager"):
        reminder = await stage.driver.wait_message(person, containing="скоро откроется сам")
        assert not reminder.silent
    toast = await stage.driver.press_last("manager", "Ещё 1 час")
    assert (toast.text or "").startswith("Откроется сам: ")
    longer = await hiding_of(stage)
    assert longer is not None
    assert longer.until is not None
    assert longer.until - datetime.now(UTC) > timedelta(minutes=50)

    await stage.kill_bot()
    await let_end_be(stage, datetime.now(UTC) - timedelta(minutes=5), timedelta(minutes=10))
    await stage.start_bot()
    for person in ("director", "manager"):
        opened = await stage.driver.wait_message(person, containing="🟢 Магазин открыт")
        assert not opened.silent
        assert ", сам" in opened.text
        assert "Откройте его и в приложении Flowwow" in opened.text
    await stage.driver.press_last("manager", "Открыл(а) во Flowwow")
    kept = await hiding_of(stage)
    assert kept is not None
    assert kept.reopened is not None
    assert kept.reopened.role is Role.MARKETPLACE
    assert kept.app_shown is not None
