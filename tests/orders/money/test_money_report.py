from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.money.money_report import Operation, Report, operation_of, read_report, report_columns, taken
from orders.parsing.spreadsheet_cells import Cell
from tests.sheets import REPORT_HEADING, report_row

ENGLISH = ("Order number", "Payment date", "Delivery date", "Transaction type", "Transaction amount")
OPERATIONS = st.sampled_from(["Оплачено клиентом", "Бонусы", "Fee", "Withdrawal", "Штраф", "", None])
ROWS = st.lists(
    st.tuples(st.sampled_from(["1", "2", 3, None]), OPERATIONS, st.integers(-(10**6), 10**6) | st.just("?")),
    max_size=30,
)


def report(*rows: Sequence[Cell], heading: Sequence[Cell] = REPORT_HEADING) -> Report:
    columns = report_columns(heading)
    assert columns is not None
    return read_report(columns, enumerate(rows, start=2))


def sums(found: Report) -> list[tuple[str, Operation, int]]:
    return [(one.number, one.operation, one.minor) for one in found.transactions]


def test_every_operation_that_is_known_is_told_apart() -> None:
    known = {
        "Оплачено клиентом": Operation.PAID,
        "оплачено  клиентом ": Operation.PAID,
        "Бонусы": Operation.BONUS,
        "Фиксированная комиссия": Operation.COMMISSION,
        "Переменная комиссия 20%": Operation.COMMISSION,
        "Paid by customer": Operation.PAID,
        "Delivery surcharge": Operation.SURCHARGE,
        "Compensation for applied discount": Operation.COMPENSATION,
        "Card processing fee": Operation.ACQUIRING,
        "Bonus points": Operation.BONUS,
        "Fee": Operation.COMMISSION,
        "Withdrawal": Operation.WITHDRAWAL,
    }
    assert {name: operation_of(name) for name in known} == known
    assert [operation_of(name) for name in ("Штраф", "Feedback", "", None)] == [None] * 4


def test_a_heading_is_known_by_its_needed_columns() -> None:
    assert report_columns(REPORT_HEADING) == {
        "number": 0,
        "paid_at": 1,
        "delivered_at": 2,
        "operation": 3,
        "amount": 4,
    }
    assert report_columns(ENGLISH) is not None
    assert report_columns(("Сумма транзакции", None, "НОМЕР ЗАКАЗА", "Тип операции:")) is not None
    assert report_columns(("Номер заказа", "Сумма транзакции")) is None
    assert report_columns(()) is None


def test_rows_are_read_whatever_their_cells_hold() -> None:
    found = report(
        report_row(25836184, "Оплачено клиентом", 4900),
        report_row("25836184 ", "Переменная комиссия", "-980,00"),
        report_row(25836184.0, "Card processing fee", "−98"),
    )
    assert sums(found) == [
        ("25836184", Operation.PAID, 490_000),
        ("25836184", Operation.COMMISSION, -98_000),
        ("25836184", Operation.ACQUIRING, -9_800),
    ]
    assert found.transactions[0].paid_at == datetime(2026, 3, 8, 9, 0, tzinfo=UTC)
    assert found.transactions[0].delivered_at == datetime(2026, 3, 8, 12, 30, tzinfo=UTC)
    assert found.numbers == ("25836184",)


def test_a_report_without_any_minus_takes_its_fees_off() -> None:
    rows = [report_row(1, "Оплачено клиентом", 100), report_row(1, "Fee", 20), report_row(1, "Бонусы", 5)]
    assert [one.minor for one in report(*rows).transactions] == [10_000, -2_000, 500]
    given_back = [*rows[:2], report_row(2, "Fee", -20)]
    assert [one.minor for one in report(*given_back).transactions] == [10_000, 2_000, -2_000]


def test_rows_that_do_not_count_are_counted_by_why() -> None:
    found = report(
        report_row(1, "Оплачено клиентом", 100),
        (None, None, None, "", " "),
        report_row(None, "Withdrawal", -100),
        report_row(1, "Штраф", -10),
        report_row(2, "Штраф", -10),
        report_row(2, "Кэшбэк", 1),
        report_row(None, "Fee", -10),
        report_row(3, "Fee", "много"),
        ("4",),
    )
    assert len(found.transactions) == 1
    assert found.ignored == 1
    assert found.unknown == (("Штраф", 2), ("Кэшбэк", 1), ("", 1))
    assert found.unreadable == (8, 9)
    assert [(one.name, one.text) for one in found.unread] == [("A8", ""), ("E9", "много")]


def test_rows_written_alike_are_two_and_the_same_two_in_the_next_report() -> None:
    row = report_row(1, "Delivery surcharge", 100)
    keys = [one.key for one in report(row, row).transactions]
    assert len(set(keys)) == 2
    assert [one.key for one in report(report_row(2, "Fee", -5), row, row).transactions][1:] == keys
    assert report(report_row(1, "Delivery surcharge", "100,00")).transactions[0].key == keys[0]
    others = [report_row(1, "Delivery surcharge", 100, day="09.03.2026"), report_row(1, "Бонусы", 100)]
    assert not {one.key for one in report(*others).transactions} & set(keys)


@given(ROWS)
def test_every_row_is_counted_exactly_once(rows: list[tuple[Cell, Cell, Cell]]) -> None:
    found = report(*(report_row(*row) for row in rows))
    counted = len(found.transactions) + found.ignored + len(found.unreadable)
    assert counted + sum(count for _name, count in found.unknown) == len(rows)
    assert len({one.key for one in found.transactions}) == len(found.transactions)


def test_what_became_of_a_report_tells_its_days() -> None:
    found = report(
        report_row(1, "Бонусы", 1, day="05.03.2026"),
        report_row(2, "Бонусы", 1, day="03.03.2026"),
        (3, None, "сегодня", "Бонусы", 1),
    )
    summary = taken(found, new=2)
    assert (summary.new, summary.known) == (2, 1)
    assert summary.since == datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
    assert summary.until == datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert taken(Report(()), 0).since is None


@pytest.mark.requirement("R13")
@pytest.mark.parametrize(
    "day",
    [
        "2026-03-08 12:00:00",
        "2026-03-08T12:00",
        "8 марта 2026 г., 12:00",
        "08.03.26",
        "2026-03-08T09:00:00Z",
        46_089.5,
    ],
)
def test_the_same_rows_are_the_same_whatever_the_notation_of_their_dates(day: Cell) -> None:
    rows = [(1, "Оплачено клиентом", 4900), (1, "Переменная комиссия", -980), (1, "Card processing fee", -98)]
    first = report(*((number, "08.03.2026 12:00:00", "08.03.2026 15:30:00", *rest) for number, *rest in rows))
    again = report(*((number, day, "2026-03-08", *rest) for number, *rest in rows))
    assert [one.key for one in again.transactions] == [one.key for one in first.transactions]


@pytest.mark.requirement("R13")
def test_the_same_rows_are_the_same_in_the_other_language_and_with_another_minus() -> None:
    russian = report(
        report_row(1, "Оплачено клиентом", 4900), report_row(1, "Переменная комиссия", "-980,00")
    )
    for minus in ("(980,00)", "980,00-"):
        english = report(report_row(1, "Paid by customer", "4 900,00"), report_row(1, "Fee", minus))
        assert [one.key for one in english.transactions] == [one.key for one in russian.transactions]
        assert [one.minor for one in english.transactions] == [490_000, -98_000]


@pytest.mark.requirement("R13")
def test_a_row_whose_payment_day_cannot_be_read_is_named_and_does_not_count() -> None:
    found = report((1, "03/08/2026", None, "Оплачено клиентом", 4900))
    assert not found.transactions
    assert found.unreadable == (2,)
    assert [(one.name, one.text) for one in found.unread] == [("B2", "03/08/2026")]
