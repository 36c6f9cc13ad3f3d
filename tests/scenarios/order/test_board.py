"""The order board: what it lists, in which order, and what it says of the rest (R1-R6, R12, R13)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import choose_answer, on_the_way, photographed, seen, step

FAR_AWAY = ZoneInfo("Pacific/Kiritimati")
"""Fourteen hours ahead of UTC: its today is no other shop's today for most of the day."""


async def _board(stage: Stage, person: str = "director", words: str = "Заказы") -> SeenMessage:
    sent = await stage.driver.text(person, words)
    return await stage.driver.wait_message(
        person, lambda message: message.message_id > sent.message_id, containing="Заказы · "
    )


async def _turn(stage: Stage, board: SeenMessage, button: str, person: str = "director") -> SeenMessage:
    """Press a filter or a page, and read the board in the same message afterwards."""
    mark = await stage.driver.mark()
    await stage.driver.press(person, board.message_id, button)
    return await stage.driver.wait_message(
        person, lambda message: message.message_id == board.message_id, since=mark
    )


def _listed(board: SeenMessage, *numbers: str) -> list[str]:
    """Which of the orders stand on the board, from top to bottom."""
    return [number for text in board.button_texts for number in numbers if number in text]


def _window(day: int, at: time) -> dict[str, Any]:
    """An hour of the far-away shop's calendar, as many days from its today."""
    start = datetime.combine(datetime.now(FAR_AWAY).date() + timedelta(days=day), at, FAR_AWAY)
    moment = int(start.timestamp())
    return {"deliveryDateFrom": moment, "deliveryDateTo": moment + 3600}


@pytest.mark.requirement("R1", "R3")
async def test_days_are_those_of_the_shops_own_zone(empty_stage: Stage) -> None:
    await empty_stage.start_bot(SHOP_TIMEZONE=FAR_AWAY.key)
    await empty_stage.hire("director")
    yesterday = await empty_stage.new_order(**_window(-1, time(23, 59)))
    first = await empty_stage.new_order(**_window(0, time(0)))
    last = await empty_stage.new_order(**_window(0, time(23, 59)))
    early = await empty_stage.new_order(**_window(1, time(0)))
    late = await empty_stage.new_order(**_window(1, time(23, 59)))
    after = await empty_stage.new_order(**_window(2, time(0)))
    every = (yesterday, first, last, early, late, after)

    board = await _board(empty_stage)
    assert board.text.startswith("Заказы · сегодня (2)")
    assert _listed(board, *every) == [first, last]
    assert "С прошлых дней не завершён 1 заказ: «Все дни»." in board.text
    board = await _turn(empty_stage, board, "Завтра")
    assert board.text.startswith("Заказы · завтра (2)")
    assert _listed(board, *every) == [early, late]
    assert "С прошлых дней" not in board.text
    board = await _turn(empty_stage, board, "Все дни")
    assert board.text.startswith("Заказы · все дни (6)")
    assert _listed(board, *every) == list(every)
    assert "Все дни •" in board.button_texts
    (label,) = (text for text in board.button_texts if first in text)
    assert label.startswith(f"🔴 00:00 · {first}")


@pytest.mark.requirement("R1", "R4", "R12")
async def test_each_status_shows_its_count_and_its_orders(stage: Stage) -> None:
    done = await on_the_way(stage)
    await stage.tap("courier", done, "Выполнен")
    await stage.tap("courier", done, "Лично")
    await seen(stage, "director", done, "Выполнен · ")
    left = await on_the_way(stage)
    photo = await photographed(stage)
    accepted = await stage.accepted()
    new = await stage.new_order()
    every = (done, left, photo, accepted, new)

    board = await _board(stage)
    board = await _turn(stage, board, "Все дни")
    assert {"Все 5 •", "🔴 1", "🟡 1", "📷 1", "🚚 1", "✅ 1"} <= set(board.button_texts)
    assert _listed(board, *every)[0] == new
    assert _listed(board, *every)[-1] == done
    for sign, name, number in (
        ("🔴", "новые", new),
        ("🟡", "принятые", accepted),
        ("📷", "фото", photo),
        ("🚚", "курьер вышел", left),
        ("✅", "выполнен", done),
    ):
        board = await _turn(stage, board, f"{sign} 1")
        assert board.text.startswith(f"Заказы · все дни · {name} (1)")
        assert _listed(board, *every) == [number]
        assert f"{sign} 1 •" in board.button_texts
        (label,) = (text for text in board.button_texts if number in text)
        assert label.startswith(sign)


@pytest.mark.requirement("R12")
async def test_new_orders_are_red_and_on_top_longest_waiting_first(stage: Stage) -> None:
    accepted = await stage.accepted("director", "asap")
    first = await stage.new_order("cake")
    second = await stage.new_order("asap")
    board = await _turn(stage, await _board(stage), "Все дни")
    assert _listed(board, accepted, first, second) == [first, second, accepted]
    red = [text for text in board.button_texts if text.startswith("🔴") and "·" in text]
    assert len(red) == 2
    assert "осталось 15 мин" in red[0]

    waiting = await _board(stage, words="Новые")
    assert waiting.text.startswith("Заказы · все дни · новые (2)")
    assert _listed(waiting, accepted, first, second) == [first, second]


async def _a_line_opens_its_order(stage: Stage) -> None:
    number = await stage.accepted()
    board = await _turn(stage, await _board(stage), "Все дни")
    (label,) = (text for text in board.button_texts if number in text)
    await stage.driver.press("director", board.message_id, label)
    card = await stage.driver.wait_message("director", lambda m: m.message_id > board.message_id)
    assert card.text.startswith("🟡 Принят · ")
    assert number in card.text.splitlines()[0]
    assert card.silent


@pytest.mark.requirement("R1", "R6")
async def test_more_than_a_page_is_turned_and_no_order_is_left_out(stage: Stage) -> None:
    numbers = [await stage.new_order() for _ in range(9)]
    board = await _turn(stage, await _board(stage), "Все дни")
    assert "Страница 1 из 2" in board.text
    assert "← Раньше" not in board.button_texts
    on_first = _listed(board, *numbers)
    assert len(on_first) == 8
    board = await _turn(stage, board, "Дальше →")
    assert "Страница 2 из 2" in board.text
    assert "Дальше →" not in board.button_texts
    assert sorted(on_first + _listed(board, *numbers)) == sorted(numbers)
    board = await _turn(stage, board, "← Раньше")
    assert _listed(board, *numbers) == on_first


@pytest.mark.requirement("R6")
async def test_closed_orders_go_to_the_archive_and_are_found_there(empty_stage: Stage) -> None:
    await empty_stage.start_bot(ARCHIVE_HOURS="0.00001")
    await empty_stage.hire("director")
    number = await empty_stage.new_order()
    await empty_stage.tap("director", number, "Отказаться")
    await empty_stage.tap("director", number, "Да, отказаться")
    await choose_answer(empty_stage, "director", number, "Некому доставить")
    await seen(empty_stage, "director", number, "Магазин отказался")
    board = await _turn(empty_stage, await _board(empty_stage), "Все дни")
    assert "Заказы · все дни (0)" in board.text
    assert "Не показано: 1 в архиве" in board.text
    board = await _turn(empty_stage, board, "Архив 1")
    assert _listed(board, number) == [number]
    sent = await empty_stage.driver.text("director", number)
    card = await empty_stage.driver.wait_message("director", lambda m: m.message_id > sent.message_id)
    assert card.text.startswith("⚪ Магазин отказался · ")
    assert number in card.text.splitlines()[0]


@pytest.mark.requirement("R6")
async def test_all_says_how_many_are_not_shown(stage: Stage) -> None:
    closed, removed = await stage.accepted("director"), await stage.accepted("director")
    for number in (closed, removed):
        await step(stage, "director", number, "Клиент отменяет")
        await stage.tap("director", number, "Да, клиент просил")
        await seen(stage, "director", number, "Клиент отменил · ")
    await stage.tap("director", removed, "Убрать из списка")
    live = await stage.new_order()
    board = await _turn(stage, await _board(stage), "Все дни")
    assert "Не показано: 1 отменённый, 1 убран из списка" in board.text
    assert _listed(board, live, closed, removed) == [live]
    assert {"Отменённые 1", "Архив 1"} <= set(board.button_texts)


@pytest.mark.requirement("R1", "R2")
async def test_an_empty_board_says_so_and_a_line_of_it_opens_its_order(stage: Stage) -> None:
    board = await _board(stage)
    assert board.text == "Заказы · сегодня (0)\nЗаказов нет. Новый появится здесь сам."
    board = await _turn(stage, board, "🚚 0")
    assert board.text == "Заказы · сегодня · курьер вышел (0)\nТаких заказов нет."
    again = await stage.driver.press("director", board.message_id, "🚚 0 •")
    assert again.answered
    assert len([m for m in await stage.driver.messages("director") if "Заказы · " in m.text]) == 1
    await _a_line_opens_its_order(stage)


@pytest.mark.requirement("R13")
async def test_the_card_shows_everything_and_money_only_to_chiefs(stage: Stage) -> None:
    number = await stage.assigned("florist")
    shown: dict[str, str] = {}
    for person in ("director", "manager", "florist"):
        await stage.card(person, number, "Оля")
        card = await stage.details(person, number, "Собирает Оля")
        for words in (
            "Пионы «Облако», 15 шт",
            "Размер: Средний",
            "Открытка",
            "Текст открытки: С днём рождения, мама! Люблю тебя. Игорь",
            "Просьба клиента: Позвоните мне, если Марии не будет дома",
            "Куда: Москва, Лесная ул., 5, кв. 12",
            "Курьеру: Домофон 12К",
            "Получатель: Мария · телефон скрыт до выезда",
            "Клиент: Игорь",
        ):
            assert words in card.text, (person, words)
        links = [entity.get("url", "") for entity in card.entities if entity["type"] == "text_link"]
        assert any(url.endswith("/pictures/bouquet.png") for url in links)
        assert "+7999" not in card.text
        shown[person] = card.text
    money = shown["manager"].replace("\u202f", " ")
    assert "Пионы «Облако», 15 шт · 4 900 ₽" in money
    assert "Оплачено: 4 900 ₽\nКомиссия 980 ₽ · эквайринг 98 ₽ · магазину 3 822 ₽" in money
    assert "₽" not in shown["florist"]
    number = await stage.new_order("big")
    card = await stage.card("director", number)
    assert "Корзина с гортензией × 2" in card.text
