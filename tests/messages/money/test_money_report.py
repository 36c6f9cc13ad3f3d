from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from messages.callbacks.money import ReportPart, ReportsTap, ReportTap
from messages.i18n.untrusted_text import TEXT_LIMIT, visible_units
from messages.money.money_report import DIFFERENCES_ON_PAGE, report_screen
from messages.money.money_reports import ON_PAGE as REPORTS_ON_PAGE
from messages.money.money_reports import reports_screen
from messages.money.payouts import real_payout
from messages.order.cards import card
from messages.order.menus import history
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.rules import ShopRules
from orders.money.money_report import Operation, Taken
from orders.money.reconciliation import RealPayout, Reconciliation, reconcile
from tests.builders import (
    ACCEPTED,
    COURIER,
    DIRECTOR,
    MANAGER,
    NOON,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    an_order,
)
from tests.messages.journeys import EN, RU, as_read, taps

RATES = replace(RULES, commission_percent=Decimal(20), acquiring_percent=Decimal(2))
TAKEN = Taken(240, 0, 0, (), (), (), NOON, NOON)


def plain(screen: Screen) -> str:
    """The text with ordinary spaces in its sums."""
    return as_read(screen).replace("\u202f", " ")


def real(minor: int) -> RealPayout:
    return RealPayout({Operation.PAID: 490_000, Operation.COMMISSION: minor - 490_000})


def compared(differing: int, missing: int = 0, rules: ShopRules = RATES) -> Reconciliation:
    """One order that agrees, so many that do not, so many that are not there."""
    orders = [an_order(id=at + 1, number=str(100 + at)) for at in range(differing + 1)]
    payouts = {order.number: real(382_200 - at * 100) for at, order in enumerate(orders)}
    payouts |= {str(900 + at): real(100) for at in range(missing)}
    return reconcile(payouts, orders, rules)


def shown(
    taken: Taken = TAKEN,
    orders: Reconciliation | None = None,
    part: ReportPart = ReportPart.DIFFERENCES,
    page: int = 0,
) -> Screen:
    return report_screen(7, taken, orders or compared(0), part, page, RU)


def test_a_report_that_agrees_says_so_in_few_lines() -> None:
    text = plain(shown())
    assert text == (
        "Отчёт о деньгах · 08.03.2026\n"
        "Операций учтено: 240.\n"
        "\n"
        "Заказов найдено: 1, не найдено: 0\n"
        "Магазину по отчётам: 3 822 ₽\n"
        "У 1 заказа выплата сходится с расчётом."
    )
    keyboard = shown().keyboard
    assert keyboard is not None
    assert [b.text for row in keyboard.inline_keyboard for b in row] == ["← Все отчёты"]


def test_what_was_left_out_is_counted_and_named() -> None:
    taken = Taken(0, 5, 2, (("Штраф <b>", 3), ("", 1)), tuple(range(4, 11)), (), None, None)
    lines = plain(shown(taken)).splitlines()
    assert lines[:4] == [
        "Отчёт о деньгах",
        "Операций учтено: 0, были учтены раньше: 5.",
        "Выплат магазину, к заказам не относятся: 2.",
        "Незнакомых операций, не учтены: 4 («Штраф <b>» 3, «-» 1).",
    ]
    assert lines[4].startswith("Не удалось прочитать строк: 7 (в файле 4, 5, 6, 7, 8 и ещё 2). Проверьте")


def test_differences_are_listed_by_page_and_open_their_orders() -> None:
    orders = compared(12, missing=1)
    first, last = shown(orders=orders), shown(orders=orders, page=2)
    assert "Страница 1 из 3" in plain(first)
    assert "112: ожидали 3 822 ₽, пришло 3 810 ₽, разница −12 ₽" in plain(first)
    assert "не сходится с расчётом, всего −78 ₽" in plain(first)
    for screen, buttons in ((first, DIFFERENCES_ON_PAGE + 3), (last, DIFFERENCES_ON_PAGE + 3)):
        assert screen.keyboard is not None
        assert sum(len(row) for row in screen.keyboard.inline_keyboard) == buttons
    assert shown(orders=orders, page=99) == last
    assert last.keyboard is not None
    packed = [b.callback_data or "" for row in last.keyboard.inline_keyboard for b in row]
    assert ReportTap(report=7, page=1).pack() in packed
    assert ReportTap(report=7, part=ReportPart.MISSING).pack() in packed


def test_numbers_that_are_not_found_have_a_list_of_their_own() -> None:
    screen = shown(orders=compared(1, missing=130), part=ReportPart.MISSING, page=1)
    assert "Нет в боте: 960, 961" in plain(screen)
    assert screen.keyboard is not None
    assert [b.text for b in screen.keyboard.inline_keyboard[-2]] == ["← К расхождениям"]


def test_without_rates_the_report_says_that_there_is_nothing_to_compare() -> None:
    assert "Сравнить не с чем" in plain(shown(orders=compared(2, rules=RULES)))


def test_a_huge_report_stays_within_telegrams_limits() -> None:
    unknown = tuple(("🌷" * 500 + str(at), 10**6) for at in range(50))
    taken = Taken(10**9, 10**9, 10**9, unknown, tuple(range(10**6, 10**6 + 500)), (), NOON, NOON)
    missing = tuple("9" * 40 for _ in range(5000))
    orders = replace(compared(50), missing=missing)
    for part in ReportPart:
        screen = report_screen(2**62, taken, orders, part, 10**5, EN)
        assert visible_units(screen.text) <= TEXT_LIMIT
        for row in screen.keyboard.inline_keyboard if screen.keyboard else []:
            assert all(len((button.callback_data or "").encode()) <= 64 for button in row)


@pytest.mark.requirement("R13")
def test_only_chiefs_read_on_the_card_what_really_came() -> None:
    order = an_order(ACCEPTED, SELLER_ASSIGNED)
    for viewer in (DIRECTOR, MANAGER):
        text = plain(card(order, viewer, RATES, NOON, RU, real(382_200)))
        assert "По отчёту магазину: 3 822 ₽\n" in text + "\n"
        assert "По отчёту" not in plain(card(order, viewer, RATES, NOON, RU))
    for other in (SELLER, COURIER):
        assert "По отчёту" not in plain(card(order, other, RATES, NOON, RU, real(382_200)))


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (382_100, "По отчёту магазину: 3 821 ₽, разница с расчётом −1 ₽"),
        (382_250, "По отчёту магазину: 3 822,50 ₽, разница с расчётом +0,50 ₽"),
    ],
)
def test_a_difference_stands_beside_the_payout(minor: int, words: str) -> None:
    found = real_payout(an_order(), real(minor), RATES, RU).unescape()
    assert found.replace("\u202f", " ") == words


def test_the_history_tells_what_the_payout_is_made_of() -> None:
    order: Order = an_order()
    screen = history(order, [], RATES, NOON, RU, real(382_200))
    told = "По отчётам маркетплейса: оплачено 4 900 ₽ · комиссия −1 078 ₽ · магазину 3 822 ₽"
    assert told in plain(screen)
    assert taps(screen)
    assert "По отчётам" not in plain(history(order, [], RATES, NOON, RU))


def test_earlier_reports_are_listed_by_page_with_their_days() -> None:
    undated = replace(TAKEN, since=None, until=None)
    listed = [(at, NOON, TAKEN if at else undated) for at in range(REPORTS_ON_PAGE)]
    screen = reports_screen(listed, 12, 1, RULES, NOON, RU)
    assert plain(screen).startswith("Отчёты о деньгах: 12")
    assert screen.keyboard is not None
    rows = [[(b.text, b.callback_data) for b in row] for row in screen.keyboard.inline_keyboard]
    assert sum(map(len, rows)) <= 8
    assert rows[0] == [("без дат · 240 операций · 12:00", ReportTap(report=0).pack())]
    assert rows[1][0][0] == "08.03.2026 · 240 операций · 12:00"
    assert [data for _label, data in rows[-2]] == [ReportsTap(page=0).pack(), ReportsTap(page=2).pack()]
    (page,) = rows_of(reports_screen([], 0, 0, RULES, NOON, RU))
    assert page == ["← Магазин"]


def rows_of(screen: Screen) -> list[list[str]]:
    assert screen.keyboard is not None
    return [[b.text for b in row] for row in screen.keyboard.inline_keyboard]
