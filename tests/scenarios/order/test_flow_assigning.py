"""Giving an order to a seller, and to another one afterwards (R20, R14)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, cards_of, force, menu, step, wait_until_gone


@pytest.mark.requirement("R14", "R20")
async def test_the_seller_is_told_at_once_and_aloud(stage: Stage) -> None:
    number = await stage.accepted()
    assert not await cards_of(stage, "florist", number)
    asked = await menu(stage, "director", number, "Назначить сотрудника", "Кто собирает заказ?")
    assert "Оля · без заказов" in asked.button_texts
    toast = await stage.choose("director", number, "Оля")
    assert toast.text == "Собирает Оля. Сотрудник получит карточку."

    told = await stage.card("florist", number, "Принят · ")
    assert not told.silent
    assert "Оля" in told.text
    assert "Оля" in (await stage.card("manager", number, "Оля")).text
    line = await stage.driver.wait_message("director", containing="собирает Оля", chat="group")
    assert number in line.text


@pytest.mark.requirement("R14", "R20")
async def test_after_reassignment_the_old_seller_has_neither_card_nor_buttons(stage: Stage) -> None:
    number = await stage.assigned("florist")
    old_card = await stage.card("florist", number)
    asked = await menu(stage, "director", number, "Назначить сотрудника", "Кто собирает заказ?")
    assert "Оля · 1 заказ" in asked.button_texts
    await stage.choose("director", number, "Ирина")
    await stage.card("florist2", number)

    await wait_until_gone(stage, "florist", number)
    before = await stage.left_by_staff(number)
    toast = await stage.driver.press("florist", old_card.message_id, "Загрузить фото", stale=True)
    assert toast.text == "Эта кнопка вам недоступна или устарела. Откройте заказ заново."
    for do in (Do.PHOTO, Do.OPEN, Do.CARD, Do.MORE, Do.HISTORY, Do.WHOLE, Do.CONTACT, Do.SELF):
        await assert_refused(stage, "florist", number, do, "Такого заказа нет, или он назначен не вам.")
    assert await stage.left_by_staff(number) == before
    seller = before.progress.seller
    assert seller is not None
    assert seller.name == "Ирина"


@pytest.mark.requirement("R14", "R20")
async def test_an_assignment_that_is_wrong_in_any_way_changes_nothing(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await _the_same_seller_twice(stage, number)
    await _a_seller_gives_it_away(stage, number)
    await _to_somebody_who_does_not_work_here(stage, number)


async def _the_same_seller_twice(stage: Stage, number: str) -> None:
    seller = (await stage.order(number)).progress.seller
    assert seller is not None
    words = "Уже сделано, ничего не изменилось."
    await assert_refused(stage, "director", number, Do.ASSIGN_TO, words, str(seller.staff_id))


async def _a_seller_gives_it_away(stage: Stage, number: str) -> None:
    card = await stage.card("florist", number)
    assert "Назначить сотрудника" not in card.button_texts
    words = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
    await assert_refused(stage, "florist", number, Do.ASSIGN_TO, words, "1")
    await assert_refused(stage, "florist", number, Do.ASSIGN, words)


async def _to_somebody_who_does_not_work_here(stage: Stage, number: str) -> None:
    before = await stage.left_by_staff(number)
    for arg in ("999", "0", "-1", "Оля", ""):
        toast = await force(stage, "director", number, Do.ASSIGN_TO, arg)
        assert toast.text == "Этого сотрудника больше нет в магазине. Выберите другого."
    assert await stage.left_by_staff(number) == before


@pytest.mark.requirement("R14", "R40")
async def test_a_courier_who_is_replaced_loses_his_card(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Найти курьера")
    toast = await stage.choose("florist", number, "Пётр")
    assert toast.text == "Повезёт Пётр. Когда заказ уедет, нажмите «Курьер вышел»."
    told = await stage.card("courier", number)
    assert not told.silent
    await stage.card("florist", number, "курьер Пётр")

    await step(stage, "florist", number, "Найти курьера")
    await stage.choose("florist", number, "Семён")
    await stage.card("courier2", number)
    await wait_until_gone(stage, "courier", number)
