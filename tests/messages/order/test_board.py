from __future__ import annotations

from datetime import timedelta

import pytest

from messages.callbacks.order import BoardTap, Do
from messages.order.board import PAGE_SIZE, board, matches, order_label
from messages.ui.screen import Screen
from orders.order.board import Day, Section
from tests.builders import NOON, RULES, a_line, a_window, minutes
from tests.messages.journeys import EN, NOW, RU, as_read, at, labels, taps

COUNTS = {
    Section.ALL: 21,
    Section.NEW: 2,
    Section.ACCEPTED: 5,
    Section.PHOTO: 3,
    Section.COURIER_LEFT: 2,
    Section.DONE: 9,
    Section.CLOSED: 3,
}


def _board_taps(screen: Screen) -> list[BoardTap]:
    assert screen.keyboard is not None
    data = [button.callback_data or "" for row in screen.keyboard.inline_keyboard for button in row]
    return [BoardTap.unpack(packed) for packed in data if packed.startswith("b:")]


@pytest.mark.requirement("R1", "R3", "R4", "R6")
def test_the_board_shows_filters_counts_orders_and_what_is_not_listed() -> None:
    orders = [at("new"), at("assigned"), at("left")]
    screen = board(orders, COUNTS, (3, 1, 4), Day.TODAY, Section.ALL, 0, 2, NOW, RULES, RU)
    assert as_read(screen) == (
        "Заказы · сегодня (21)\nСтраница 1 из 2\nНе показано: 3 отменённых, 1 убран из списка, 4 в архиве"
    )
    assert labels(screen) == [
        ["Сегодня •", "Завтра", "Все дни"],
        ["Все 21 •", "🔴 2", "🟡 5"],
        ["📷 3", "🚚 2", "✅ 9"],
        ["🔴 14:00 · 25836184 · осталось 5 мин"],
        ["🟡 14:00 · 25836184 · собрать до 12:45"],
        ["🚚 14:00 · 25836184 · Пионы «Облако» 15…"],
        ["Дальше →"],
        ["Отменённые 3", "Архив 5"],
    ]
    assert {tap.do for tap in taps(screen)} == {Do.OPEN}


def test_a_filter_keeps_the_other_one() -> None:
    found = _board_taps(board([], COUNTS, (0, 0, 0), Day.TOMORROW, Section.NEW, 0, 1, NOW, RULES, RU))
    assert [tap.day for tap in found[:3]] == [Day.TODAY, Day.TOMORROW, Day.ALL]
    assert {tap.section for tap in found[:3]} == {Section.NEW}
    assert {tap.day for tap in found[3:]} == {Day.TOMORROW}


def test_paging_leads_both_ways_and_no_further() -> None:
    middle = board([], COUNTS, (0, 0, 0), Day.ALL, Section.ALL, 1, 3, NOW, RULES, RU)
    assert labels(middle)[-1] == ["← Раньше", "Дальше →"]
    assert [tap.page for tap in _board_taps(middle)[-2:]] == [0, 2]
    last = board([], COUNTS, (0, 0, 0), Day.ALL, Section.ALL, 2, 3, NOW, RULES, RU)
    assert labels(last)[-1] == ["← Раньше"]


@pytest.mark.parametrize(
    ("section", "title", "said"),
    [
        (Section.ALL, "Заказы · все дни (21)", "Заказов нет. Новый появится здесь сам."),
        (Section.NEW, "Заказы · все дни · новые (2)", "Таких заказов нет."),
        (Section.ARCHIVE, "Заказы · все дни · архив", "Таких заказов нет."),
    ],
)
def test_an_empty_board_is_friendly(section: Section, title: str, said: str) -> None:
    screen = board([], COUNTS, (0, 0, 0), Day.ALL, section, 0, 0, NOW, RULES, RU)
    assert as_read(screen) == f"{title}\n{said}"


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(
    ("waited", "said"),
    [(6, "осталось 9 мин"), (19, "просрочен на 4 мин"), (90, "просрочен")],
)
def test_a_new_order_says_how_long_is_left(waited: int, said: str) -> None:
    assert order_label(at("new"), NOON + minutes(waited), RULES, RU).startswith(
        f"🔴 14:00 · 25836184 · {said}"
    )


def test_an_order_of_another_day_shows_the_day() -> None:
    window = a_window(NOON + timedelta(days=1))
    assert order_label(at("assigned", window=window), NOW, RULES, RU).startswith(
        "🟡 09.03 12:00 · 25836184 · Пио"
    )
    assert order_label(at("new", window=window), NOW, RULES, RU) == "🔴 09.03 · 25836184 · осталось 5 мин"


def test_the_order_of_a_picture_is_looked_for_by_its_goods() -> None:
    late = at("assigned", window=a_window(NOON - timedelta(hours=1)))
    assert order_label(late, NOW, RULES, RU, is_by_goods=True) == "🟡 11:00 · 25836184 · Пионы «Облако» 15…"


def test_an_order_without_window_or_goods_still_has_its_button() -> None:
    assert order_label(at("assigned", window=None, lines=()), NOW, RULES, RU) == "🟡 · 25836184"


def test_a_delivery_past_its_window_is_late() -> None:
    late = NOON + timedelta(hours=3, minutes=4)
    assert order_label(at("left"), late, RULES, RU) == "🚚 14:00 · 25836184 · просрочен на 4 мин"
    assert "просрочен" not in order_label(at("done in person"), late, RULES, RU)


@pytest.mark.requirement("R2")
@pytest.mark.parametrize(
    ("stage", "before", "said"),
    [
        ("assigned", 135, "🟡 14:00 · 25836184 · Пионы"),
        ("assigned", 110, "🟡 14:00 · 25836184 · собрать до 12:45"),
        ("assigned", 75, "🟡 14:00 · 25836184 · фото до 13:05"),
        ("assigned", 56, "🟡 14:00 · 25836184 · фото до 13:05"),
        ("assigned", 30, "🟡 14:00 · 25836184 · нужно фото"),
        ("photo", 99, "📷 14:00 · 25836184 · выезд до 13:20"),
        ("photo", 40, "📷 14:00 · 25836184 · пора выезжать"),
        ("third party", 40, "📷 14:00 · 25836184 · пора выезжать"),
        ("third party left", 40, "🚚 14:00 · 25836184 · Пионы"),
        ("left", 10, "🚚 14:00 · 25836184 · Пионы"),
    ],
)
def test_a_line_says_what_the_shop_has_to_do_within_the_hour(stage: str, before: int, said: str) -> None:
    now = NOON + timedelta(hours=2) - minutes(before)
    assert order_label(at(stage), now, RULES, RU).startswith(said)


@pytest.mark.requirement("R5")
def test_a_search_shows_its_matches() -> None:
    screen = matches([at("new"), at("left")], NOW, RULES, RU, 5)
    assert as_read(screen) == "Нашлось 5 заказов · показаны первые 2"
    assert len(labels(screen)) == 2
    assert as_read(matches([at("new")], NOW, RULES, EN, 1)) == "1 order found"
    assert matches([], NOW, RULES, RU, 0) == Screen("Заказа с таким номером нет.")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Пионы «Облако», 15 шт", "Пионы «Облако»…"),
        ("Пионы «Облако» 15 шт", "Пионы «Облако» 15…"),
        ("Пионы 7 шт", "Пионы 7 шт"),
        ("Кустоворозоцветник", "Кустоворозоцветник"),
        ("Кустоворозоцветниковый", "Кустоворозоцветни…"),
    ],
)
def test_a_long_name_ends_after_a_word(name: str, shown: str) -> None:
    order = at("assigned", lines=(a_line(name=name),))
    assert order_label(order, NOON - minutes(30), RULES, RU) == f"🟡 14:00 · 25836184 · {shown}"


def test_a_page_holds_eight() -> None:
    assert PAGE_SIZE == 8
