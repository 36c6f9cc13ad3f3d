"""The order board: what it lists, in which order, and what it says of the rest (R1, R3, R4, R6, R12)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage
from tests.scenarios.steps import goods_without_photo, photographed, seen

FAR_AWAY = ZoneInfo("Pacific/Kiritimati")
"""Fourteen hours ahead of UTC: its today is no other shop's today for most of the day."""


async def _board(stage: Stage, words: str = "Заказы") -> SeenMessage:
    sent = await stage.driver.text("director", words)
    return await stage.driver.wait_message(
        "director", lambda message: message.message_id > sent.message_id, containing="Заказы · "
    )


async def _turn(stage: Stage, board: SeenMessage, button: str) -> SeenMessage:
    """Press a filter or a page, and read the board in the same message afterwards."""
    mark = await stage.driver.mark()
    await stage.driver.press("director", board.message_id, button)
    return await stage.driver.wait_message(
        "director", lambda message: message.message_id == board.message_id, since=mark
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
    late = await empty_stage.new_order(**_window(1, time(23, 59)))
    every = (yesterday, first, late)

    board = await _board(empty_stage)
    assert board.text.startswith("Заказы · сегодня (1)")
    assert _listed(board, *every) == [first]
    assert "С прошлых дней не завершён 1 заказ: «Все дни»." in board.text
    board = await _turn(empty_stage, board, "Завтра")
    assert board.text.startswith("Заказы · завтра (1)")
    assert _listed(board, *every) == [late]
    assert "С прошлых дней" not in board.text
    board = await _turn(empty_stage, board, "Все дни")
    assert board.text.startswith("Заказы · все дни (3)")
    assert _listed(board, *every) == list(every)
    assert "Все дни •" in board.button_texts
    (label,) = (text for text in board.button_texts if first in text)
    assert label.startswith(f"🔴 00:00 · {first}")


async def _left(stage: Stage) -> str:
    """An order without the photo step that the director carries."""
    number = await stage.accepted("director", products=[goods_without_photo()])
    await stage.tap("director", number, "Я доставлю")
    await stage.card("director", number, "Курьер вышел")
    return number


@pytest.mark.requirement("R1", "R4", "R12")
async def test_each_status_shows_its_count_and_its_orders_new_ones_on_top_and_a_line_opens_its_order(
    stage: Stage,
) -> None:
    done = await _left(stage)
    await stage.tap("director", done, "Выполнен")
    await stage.tap("director", done, "Лично")
    await seen(stage, "director", done, "Выполнен · ")
    left, photo = await _left(stage), await photographed(stage)
    accepted = await stage.accepted("director", "asap")
    new, newest = await stage.new_order("cake"), await stage.new_order("asap")
    every = (done, left, photo, accepted, new, newest)

    board = await _board(stage)
    board = await _turn(stage, board, "Все дни")
    assert {"Все 6 •", "🔴 2", "🟡 1", "📷 1", "🚚 1", "✅ 1"} <= set(board.button_texts)
    assert _listed(board, *every)[:2] == [new, newest]  # the one that waits longest is the first
    assert _listed(board, *every)[-1] == done
    red = [text for text in board.button_texts if text.startswith("🔴") and "·" in text]
    assert len(red) == 2
    assert "осталось 15 мин" in red[0]
    for sign, name, number in (
        ("🟡", "принятые", accepted),
        ("📷", "фото", photo),
        ("🚚", "курьер вышел", left),
        ("✅", "выполнен", done),
    ):
        board = await _turn(stage, board, f"{sign} 1")
        assert board.text.startswith(f"Заказы · все дни · {name} (1)")
        assert _listed(board, *every) == [number]
        assert f"{sign} 1 •" in board.button_texts
    again = await stage.driver.press("director", board.message_id, "✅ 1 •")
    assert again.answered

    waiting = await _board(stage, words="Новые")
    assert waiting.text.startswith("Заказы · все дни · новые (2)")
    assert _listed(waiting, *every) == [new, newest]
    board = await _turn(stage, waiting, "🟡 1")
    await stage.driver.press("director", board.message_id, *(t for t in board.button_texts if accepted in t))
    card = await stage.driver.wait_message(
        "director", lambda m: m.message_id > board.message_id, containing=accepted
    )
    assert card.text.startswith("🟡 Принят · ")
    assert card.silent
