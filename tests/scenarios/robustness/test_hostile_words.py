"""Hostile words: HTML, thousands of characters, emoji, marks of direction; in orders, names and answers."""

from __future__ import annotations

import pytest

from orders.model.status import Status
from sandbox.marketplace.categories import Category
from sandbox.marketplace.goods import main
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    history,
    menu,
    question,
    seen,
    step,
    upload,
    write_answer,
)

NASTY = "<b>Где</b> открытка & «лента»? \u202eтадыв\u202c \U0001f469\u200d\U0001f680\U0001f339 {name} %s </i>"
READ = "<b>Где</b> открытка & «лента»? тадыв \U0001f469\u200d\U0001f680\U0001f339 {name} %s </i>"
LONG = "Очень длинное имя " * 300
TROUBLE = "Не получилось"


async def _no_trouble(stage: Stage) -> None:
    for person in ("director", "manager", "florist", "courier"):
        assert not any(TROUBLE in message.text for message in await stage.driver.messages(person))
    assert '"level": "error"' not in stage.bot.log
    assert '"level": "warning"' not in stage.bot.log


@pytest.mark.requirement("R32", "R57")
async def test_a_hostile_order_and_hostile_answers_go_the_whole_way_as_they_were_written(
    stage: Stage,
) -> None:
    number = await stage.assigned("florist", sample="hostile")
    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())
    await a_hostile_complaint_is_shown_as_text(stage, number)
    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg("#228be6"))
    await send_off(stage, number)
    await menu(stage, "director", number, "Связаться", "Чат с клиентом")
    await stage.tap("director", number, "← Назад")
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Другому человеку")
    await stage.tap("courier", number, "Согласовано с клиентом")
    await anything_but_words_is_asked_again(stage, number)
    long = "охраннику " * 400
    assert "что ответил клиент?" in (await write_answer(stage, "courier", number, long)).text
    assert (await write_answer(stage, "courier", number, long)).text.startswith("✅ Выполнен · ")
    completion = (await stage.order(number)).progress.completion
    assert completion is not None
    assert completion.comment == long.strip()
    assert len((await seen(stage, "director", number, "охраннику")).text) <= 4096
    await its_file_can_be_read(stage, number)
    await _no_trouble(stage)


async def test_an_almost_empty_order_goes_the_whole_way(stage: Stage) -> None:
    number = await stage.assigned("florist", sample="sparse")
    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())
    await send_off(stage, number)
    await write_answer(stage, "florist", number, "Клиент сказал его по телефону")
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    await seen(stage, "director", number, "Выполнен · ")
    await its_file_can_be_read(stage, number)
    await _no_trouble(stage)


async def a_hostile_complaint_is_shown_as_text(stage: Stage, number: str) -> None:
    await step(stage, "florist", number, "Клиент просит поправить")
    await write_answer(stage, "florist", number, NASTY)
    card = await stage.card("director", number, "просит поправить: <b>Где</b>")
    assert READ in card.text
    assert not any(entity["type"] == "bold" and "Где" in entity.get("text", "") for entity in card.entities)
    assert any(READ in line for line in await history(stage, "director", number))
    rating = (await stage.order(number)).progress.rating
    assert rating is not None
    assert rating.complaint == READ


async def send_off(stage: Stage, number: str) -> None:
    """With the shop's own courier."""
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.tap("florist", number, "Курьер вышел")


async def anything_but_words_is_asked_again(stage: Stage, number: str) -> None:
    asked = await question(stage, "courier", number)
    for kind in (stage.driver.sticker, stage.driver.voice):
        sent = await kind("courier")
        told = await stage.driver.wait_message("courier", lambda m: m.message_id > sent.message_id)  # noqa: B023 - awaited
        assert "Здесь нужен текст." in told.text
        assert told.reply_to_message_id == sent.message_id
        assert (await question(stage, "courier", number)).message_id == asked.message_id
    assert (await stage.order(number)).status is Status.COURIER_LEFT


async def its_file_can_be_read(stage: Stage, number: str) -> None:
    """«Заказ целиком», below its history."""
    assert await history(stage, "director", number)
    mark = await stage.driver.mark()
    await stage.tap("director", number, "Заказ целиком")
    file = await stage.driver.wait_message(
        "director", lambda message: message.document is not None, since=mark
    )
    assert file.document is not None
    assert number in (await stage.driver.download(file.document.url)).decode()
    assert (await stage.order(number)).status is Status.DONE


@pytest.mark.requirement("R17")
async def test_names_of_thousands_of_characters_are_kept_whole_and_shown_short(stage: Stage) -> None:
    await hire_a_hostile_name(stage)
    long = "Я" * 5000
    number = await stage.new_order(
        products=[main(long, "100.00", Category.FLOWERS)],
        price="100.00",
        recipient={"name": LONG, "phone": "+79990000055"},
        user={"name": long, "phone": "+79990000004"},
        address=LONG,
        comment=LONG,
        message=LONG,
    )
    card = await stage.card("director", number)
    assert len(card.text) <= 4096
    assert "Принять" in card.button_texts
    details = (await stage.order(number)).details
    assert details.lines[0].name == long
    assert details.recipient.name.strip() == LONG.strip()
    assert details.client.name == long
    await stage.tap("director", number, "Принять")
    asked = await menu(stage, "director", number, "Назначить сотрудника", "Кто собирает заказ?")
    assert any(text.startswith("<b>ЖЖЖ") for text in asked.button_texts)
    await stage.choose("director", number, "<b>ЖЖЖ")
    await stage.card("stranger", number)
    await stage.driver.text("director", "Заказы")
    await stage.driver.wait_message("director", containing="Заказы · сегодня")
    await _no_trouble(stage)


async def hire_a_hostile_name(stage: Stage) -> None:
    await stage.driver.text("director", "Сотрудники")
    await stage.driver.press_last("director", "Добавить сотрудника")
    await stage.driver.wait_message("director", containing="Кого добавить?")
    await stage.driver.text("director", f"+79990000008 <b>{'Ж' * 3000}</b> & \u202eпётр")
    await stage.driver.press_last("director", "Флорист")
    added = await stage.driver.wait_message("director", containing="t.me/")
    assert "<b>ЖЖЖ" in added.text
    assert len(added.text) < 400
    await stage.driver.contact("stranger")
    await stage.driver.wait_message("stranger", containing="вы подключены как флорист")
