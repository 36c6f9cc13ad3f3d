"""The whole way of an ordinary order, as everybody in the shop sees it."""

from __future__ import annotations

import pytest

from orders.model.people import Role
from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.stage import ON_BOTH, STAFF, Stage
from tests.scenarios.steps import cards_of, plain, seen, upload

MOST_SOUNDS = 4


@ON_BOTH
@pytest.mark.requirement("R2", "R15", "R18", "R20", "R23", "R38", "R40", "R53", "R55", "X2")
async def test_an_order_goes_from_the_alert_to_done_in_one_message_of_each_chat(stage: Stage) -> None:
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

    await stage.card("director", number, "✅")
    order = await stage.order(number)
    assert order.status is Status.DONE
    assert order.progress.accepted is not None
    assert order.progress.accepted.name == "Анна"
    assert order.progress.completion is not None
    assert order.progress.completion.done.name == "Пётр"
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
        if message.service is None
        if not message.deleted and not message.text.startswith("📌")  # the board and its pin
    ]
    assert new_to_the_manager == []


@pytest.mark.requirement("R2", "R13", "R20", "R25", "R39", "R52", "R55", "X2")
async def test_it_takes_six_taps_and_a_photo_and_rings_for_nobody_more_than_four_times(stage: Stage) -> None:
    mark = await stage.driver.mark()
    number = await stage.new_order()
    await stage.tap("manager", number, "Принять")
    await stage.tap("manager", number, "Назначить сотрудника")
    await stage.choose("manager", number, "Оля")
    given = await stage.card("florist", number)
    await _everything_is_shown_and_money_to_chiefs_alone(stage, number)
    await stage.driver.photo("florist", a_jpeg(), reply_to=given.message_id)
    await stage.card("florist", number, "Фото · ")
    toast = await stage.tap("florist", number, "Я доставлю")
    assert toast.text == "В пути. После вручения нажмите «Выполнен»."
    card = await stage.card("florist", number, "Курьер вышел · ")
    assert card.button_texts[0] == "Выполнен"
    assert "Получатель: Мария · +79990000055" in card.text
    for button in ("Выполнен", "Лично"):
        await stage.tap("florist", number, button)

    for person in ("florist", "manager", "director"):
        await seen(stage, person, number, "Выполнен · ")
    await stage.driver.wait_message("florist", containing="✅", chat="group")
    assert (await stage.order(number)).status is Status.DONE
    rung = {person: await sounds(stage, person, mark) for person in STAFF}
    assert rung["manager"], "a new order is heard"
    assert rung["florist"], "and so is one that was given to somebody"
    for person, texts in rung.items():
        assert len(texts) <= MOST_SOUNDS, f"{person}: {texts}"


async def _everything_is_shown_and_money_to_chiefs_alone(stage: Stage, number: str) -> None:
    shown = {person: await stage.details(person, number, "Собирает Оля") for person in ("manager", "florist")}
    for person, card in shown.items():
        for words in (
            "Пионы «Облако», 15 шт",
            "Открытка",
            "Текст открытки: С днём рождения, мама! Люблю тебя. Игорь",
            "Просьба клиента: Позвоните мне, если Марии не будет дома",
            "Куда: Москва, Лесная ул., 5, кв. 12",
            "Получатель: Мария · телефон скрыт до выезда",
        ):
            assert words in card.text, (person, words)
        links = [entity.get("url", "") for entity in card.entities if entity["type"] == "text_link"]
        assert any(url.endswith("/pictures/bouquet.png") for url in links)
    assert "Оплачено: 4 900 ₽\nКомиссия 980 ₽ · эквайринг 98 ₽ · магазину 3 822 ₽" in plain(shown["manager"])
    assert "₽" not in shown["florist"].text


async def sounds(stage: Stage, person: str, mark: int) -> list[str]:
    """The first lines of what has rung for somebody since: in their own chat and in the shop's group."""
    groups = [] if STAFF[person][0] is Role.COURIER else ["group"]
    heard = []
    for chat in ("bot", *groups):
        messages = await stage.driver.messages(person, chat)
        heard += [m for m in messages if m.from_bot and not m.silent and m.event_id > mark]
    return [message.text.partition("\n")[0] for message in heard]
