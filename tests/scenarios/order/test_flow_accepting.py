"""Accepting and declining: by whom, from where, and what it costs."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from tests.scenarios.stage import STAFF, Stage
from tests.scenarios.steps import assert_refused, choose_answer, force, history, menu, plain, step


@pytest.mark.requirement("R2", "R18")
async def test_a_chief_accepts_and_everybody_reads_who_it_was(stage: Stage) -> None:
    for person in ("director", "manager"):
        await _accepts(stage, person, await stage.new_order())


async def _accepts(stage: Stage, person: str, number: str) -> None:
    toast = await stage.tap(person, number, "Принять")
    assert toast.text is not None
    assert toast.text.startswith("Принято. Фото нужно до ")

    role, name = STAFF[person]
    other = "manager" if person == "director" else "director"
    card = await stage.card(other, number, "Принят · ")
    assert f", {name}" in card.text
    line = await stage.driver.wait_message(other, containing=f"{number} · принят ", chat="group")
    assert line.text.startswith("🟡")
    assert f", {name}" in line.text
    accepted = (await stage.order(number)).progress.accepted
    assert accepted is not None
    assert (accepted.role, accepted.name) == (role, name)


@pytest.mark.requirement("R15", "R18", "X17")
async def test_an_order_is_accepted_from_the_group_and_opened_there_for_one_person(stage: Stage) -> None:
    number = await stage.new_order()
    alert = await stage.driver.wait_message("manager", containing=number, chat="group")
    toast = await stage.driver.press("manager", alert.message_id, "Принять", "group")
    assert toast.text is not None
    assert toast.text.startswith("Принято. Фото нужно до ")

    line = await stage.driver.wait_message("manager", containing="принят", chat="group")
    assert line.message_id == alert.message_id
    assert line.button_texts == ["Открыть"]
    toast = await stage.driver.press("manager", line.message_id, "Открыть", "group")
    assert toast.text == "Карточка ниже, её видите только вы"
    opened = await stage.driver.wait_message("manager", lambda one: one.receiver == "manager", chat="group")
    assert "Лесная" in opened.text
    assert "Лесная" not in "".join(map(str, await stage.driver.messages("director", "group")))
    await stage.card("manager", number, "Принят · ")
    assert (await stage.order(number)).status is Status.ACCEPTED


@pytest.mark.requirement("R14", "R18")
async def test_sellers_couriers_and_strangers_cannot_accept_from_the_group(stage: Stage) -> None:
    number = await stage.new_order()
    before = await stage.left_by_staff(number)
    alert = await stage.driver.wait_message("director", containing=number, chat="group")
    for person in ("florist", "courier"):
        toast = await stage.driver.press(person, alert.message_id, "Принять", "group")
        assert toast.text == "Новые заказы принимает директор или менеджер."
    toast = await stage.driver.press("stranger", alert.message_id, "Принять", "group")
    assert toast.text == "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
    assert await stage.left_by_staff(number) == before


@pytest.mark.requirement("R9", "R18")
async def test_the_second_to_accept_reads_who_was_quicker(stage: Stage) -> None:
    await stage.hire("helen")
    number = await stage.accepted("director")
    before = await stage.left_by_staff(number)
    for person, words in (("manager", "Уже принят: "), ("helen", "Already accepted: ")):
        toast = await force(stage, person, number, Do.ACCEPT)
        assert toast.text is not None
        assert toast.text.startswith(words)
        assert toast.text.endswith(", Анна")
    assert await stage.left_by_staff(number) == before


@pytest.mark.requirement("R58")
async def test_declining_shows_its_cost_before_the_tap(stage: Stage) -> None:
    number = await stage.new_order()
    asked = await menu(stage, "manager", number, "Отказаться", "Этот отказ бесплатный")
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

    another = await stage.new_order()
    asked = await menu(stage, "manager", another, "Отказаться", "Отказ стоит")
    assert "\nОтказ стоит 100 % комиссии Flowwow: 980 ₽." in plain(asked)
    assert "бесплатн" not in asked.text


@pytest.mark.requirement("R14", "R58")
async def test_declining_after_acceptance_costs_more_and_only_chiefs_decline(stage: Stage) -> None:
    number = await stage.assigned()
    await step(stage, "manager", number, "Отказаться")
    asked = await stage.driver.wait_message("manager", containing="Этот отказ бесплатный")
    assert "Платный отказ стоит 150 % комиссии Flowwow: 1 470 ₽." in plain(asked)
    words = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
    await assert_refused(stage, "florist", number, Do.DECLINE_YES, words)
    words = "Такого заказа нет, или он назначен не вам."
    await assert_refused(stage, "courier", number, Do.DECLINE_YES, words)
