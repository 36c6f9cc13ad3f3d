"""One live card per order and chat, edited in place; sounds only where somebody must act (X2)."""

from __future__ import annotations

import pytest

from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import cards_of, marketplace_knows, seen, step, upload


@pytest.mark.requirement("X2")
async def test_through_the_whole_way_each_chat_keeps_one_message_edited_in_place(stage: Stage) -> None:
    number = await stage.new_order()
    first = await stage.card("manager", number)
    alert = await stage.driver.wait_message("manager", containing=number, chat="group")
    assert not alert.silent
    mark = await stage.driver.mark()

    await stage.tap("director", number, "Принять")
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.tap("florist", number, "Курьер вышел")
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")

    last = await stage.card("manager", number, "Выполнен · ")
    assert last.message_id == first.message_id
    assert last.edit_date is not None
    line = await stage.driver.wait_message("manager", containing="выполнен", chat="group")
    assert line.message_id == alert.message_id
    for person in ("director", "manager", "florist", "courier"):
        await seen(stage, person, number, "Выполнен · ")
        assert len(await cards_of(stage, person, number)) == 1
    assert len(await cards_of(stage, "manager", number, "group")) == 1
    new_to_the_manager = [
        message
        for message in await stage.driver.messages("manager")
        if message.from_bot and message.message_id > first.message_id and message.event_id > mark
        if not message.deleted and not message.text.startswith("📌")  # the board and its pin
    ]
    assert new_to_the_manager == []


@pytest.mark.requirement("X2")
async def test_the_card_shows_what_others_did_while_a_menu_stood_in_its_place(stage: Stage) -> None:
    number = await stage.accepted("director")
    opened = await stage.card("manager", number, "Принят · ")
    await stage.driver.press("manager", opened.message_id, "Ещё…")
    await stage.driver.wait_message("manager", lambda m: "← Назад" in m.button_texts)
    await step(stage, "director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    card = await stage.card("manager", number, "Оля")
    assert card.message_id == opened.message_id


@pytest.mark.requirement("R5", "X2")
async def test_asking_for_an_order_moves_its_card_down_silently(stage: Stage) -> None:
    number = await stage.accepted("manager")
    first = await stage.card("manager", number, "Принят · ")
    await stage.driver.text("manager", number)
    newest = await stage.driver.wait_message(
        "manager", lambda m: number in m.text and m.message_id > first.message_id
    )
    assert newest.silent
    await stage.driver.wait_chat(
        "manager", lambda chat: any(m.message_id == first.message_id and m.deleted for m in chat.messages)
    )
    assert len(await cards_of(stage, "manager", number)) == 1


@pytest.mark.requirement("R9", "X2")
async def test_a_double_tap_changes_nothing_more(stage: Stage) -> None:
    number = await stage.new_order()
    card = await stage.card("manager", number)
    await stage.driver.press("manager", card.message_id, "Принять")
    await marketplace_knows(stage, number, Status.ACCEPTED)
    before = await stage.left_by_staff(number)
    again = await stage.driver.press("manager", card.message_id, "Принять", stale=True)
    assert again.text is not None
    assert again.text.startswith("Уже принят: ")
    assert await stage.left_by_staff(number) == before
