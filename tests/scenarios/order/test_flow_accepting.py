"""Accepting and declining: by whom, from where, and what it costs."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from tests.scenarios.stage import Stage
from tests.scenarios.steps import NO_BUTTON, choose_answer, force, history, marketplace_knows, menu, plain


@pytest.mark.requirement("R9", "R14", "R15", "R18", "X2", "X17")
async def test_an_order_is_accepted_from_the_group_by_a_chief_alone_once_and_opened_there_for_one_person(
    stage: Stage,
) -> None:
    await stage.hire("helen")
    number = await stage.new_order()
    before = await stage.left_by_staff(number)
    alert = await stage.driver.wait_message("manager", containing=number, chat="group")
    for person in ("florist", "courier"):
        toast = await stage.driver.press(person, alert.message_id, "Принять", "group")
        assert toast.text == "Новые заказы принимает директор или менеджер."
    toast = await stage.driver.press("stranger", alert.message_id, "Принять", "group")
    assert toast.text == NO_BUTTON
    assert await stage.left_by_staff(number) == before
    toast = await stage.driver.press("manager", alert.message_id, "Принять", "group")
    assert toast.text is not None
    assert toast.text.startswith("Принято. Фото нужно до ")

    line = await stage.driver.wait_message("manager", containing=f"{number} · принят ", chat="group")
    assert line.message_id == alert.message_id
    assert line.text.startswith("🟡")
    assert ", Вера" in line.text
    assert line.button_texts == ["Открыть"]
    toast = await stage.driver.press("manager", line.message_id, "Открыть", "group")
    assert toast.text == "Карточка ниже, её видите только вы"
    opened = await stage.driver.wait_message("manager", lambda one: one.receiver == "manager", chat="group")
    assert "Лесная" in opened.text
    assert "Лесная" not in "".join(map(str, await stage.driver.messages("director", "group")))
    await stage.card("manager", number, "Принят · ")
    await marketplace_knows(stage, number, Status.ACCEPTED)
    await _who_comes_second_reads_who_was_quicker(stage, number)


async def _who_comes_second_reads_who_was_quicker(stage: Stage, number: str) -> None:
    before = await stage.left_by_staff(number)
    for person, words in (
        ("manager", "Уже принят: "),  # a double tap
        ("director", "Уже принят: "),
        ("helen", "Already accepted: "),
    ):
        toast = await force(stage, person, number, Do.ACCEPT)
        assert toast.text is not None
        assert toast.text.startswith(words)
        assert toast.text.endswith(", Вера")
    assert await stage.left_by_staff(number) == before


@pytest.mark.requirement("R58")
async def test_declining_shows_its_cost_before_the_tap(stage: Stage) -> None:
    number = await stage.new_order()
    asked = await menu(stage, "manager", number, "Отказаться", "Первый отказ в месяце бесплатный")
    assert "Платный отказ стоит 100 % комиссии Flowwow: 980 ₽." in plain(asked)
    await stage.tap("manager", number, "← Назад")
    await stage.card("manager", number, "Лесная")
    assert (await stage.order(number)).status is Status.NEW

    await stage.tap("manager", number, "Отказаться")
    await stage.tap("manager", number, "Да, отказаться")
    assert (await stage.order(number)).status is Status.NEW  # first the reason
    toast = await choose_answer(stage, "manager", number, "Не успеваем к сроку")
    assert toast.text == "Магазин отказался от заказа."
    await stage.card("director", number, "Магазин отказался")
    line = await stage.driver.wait_message("director", containing="магазин отказался", chat="group")
    assert number in line.text
    assert (await stage.order(number)).status is Status.DECLINED
    told = "\n".join(await history(stage, "director", number))
    assert "Вера: отказ магазина" in told
    assert "Не успеваем к сроку" in told

    another = await stage.accepted("manager")  # it costs more then, and no other one is free in this month
    await stage.tap("manager", another, "Отказаться")
    asked = await stage.driver.wait_message("manager", containing="Отказ стоит")
    assert "\nОтказ стоит 150 % комиссии Flowwow: 1 470 ₽." in plain(asked)
    assert "бесплатн" not in asked.text
