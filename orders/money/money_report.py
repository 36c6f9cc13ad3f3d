"""The marketplace's money report: what it says it took and paid out, per transaction (R13).

Column and operation names are the marketplace's, in both languages of its cabinet's export.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from orders.parsing.spreadsheet_cells import Cell, at, columns_of, minor_of, moment_of, name_of, text_of

REPORT_ZONE = timezone(timedelta(hours=3))
"""The report's times are UTC+3, regardless of the shop's zone."""

_COLUMNS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"номер заказа", "order number", "order id", "order"}),
    "paid_at": frozenset({"дата оплаты заказа", "order payment date", "payment date"}),
    "delivered_at": frozenset({"дата доставки заказа", "order delivery date", "delivery date"}),
    "operation": frozenset({"тип операции", "operation type", "transaction type", "type of operation"}),
    "amount": frozenset({"сумма транзакции", "transaction amount", "amount"}),
}
_NEEDED = ("number", "operation", "amount")
_LONGEST_NUMBER = 40
_CELLS_NAMED = 50
"""The most unread cells stored with a report; more would not add information."""
_LETTERS = 26


class Operation(StrEnum):
    """What a transaction is for. The values are stored in rows and must never change."""

    PAID = "paid"
    SURCHARGE = "surcharge"
    COMPENSATION = "compensation"
    BONUS = "bonus"
    COMMISSION = "commission"
    ACQUIRING = "acquiring"
    WITHDRAWAL = "withdrawal"


FEES = frozenset({Operation.COMMISSION, Operation.ACQUIRING})
NOT_OF_AN_ORDER = frozenset({Operation.WITHDRAWAL})
"""Withdrawals to the shop's bank account, which belong to no order."""

_OPERATIONS = {
    "оплачено клиентом": Operation.PAID,
    "paid by customer": Operation.PAID,
    "бонусы": Operation.BONUS,
    "bonus points": Operation.BONUS,
    "delivery surcharge": Operation.SURCHARGE,
    "compensation for applied discount": Operation.COMPENSATION,
    "card processing fee": Operation.ACQUIRING,
    "fee": Operation.COMMISSION,
    "withdrawal": Operation.WITHDRAWAL,
}
_BEGINNINGS = ("фиксированная комиссия", "переменная комиссия")


@dataclass(frozen=True, slots=True)
class Transaction:
    """One row. `minor` is the shop's gain, negative for what the marketplace keeps.

    `key` identifies the row across reports, however dates and sums are formatted: number, operation, sum, day
    of payment, and a counter for rows that are otherwise equal.
    """

    key: str
    number: str
    operation: Operation
    minor: int
    paid_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell that cannot be read, named as in a sheet ("E5"), and its content."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """The transactions of orders that were read, and how many rows were left out and why."""

    transactions: tuple[Transaction, ...]
    ignored: int = 0
    """Rows that were understood but belong to no order."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Operations with unknown names, and the number of rows of each."""
    unreadable: tuple[int, ...] = ()
    """Numbers of the rows that are skipped because a required cell cannot be read."""
    unread: tuple[UnreadCell, ...] = ()
    """The unreadable cells in these rows."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the orders in the report, in the report's order."""
        return tuple(dict.fromkeys(one.number for one in self.transactions))


@dataclass(frozen=True, slots=True)
class Taken:
    """The result of importing a report: the number of rows by outcome, and its orders."""

    new: int
    known: int
    """Transactions that an earlier import, of this or another report, already had."""
    ignored: int
    unknown: tuple[tuple[str, int], ...]
    unreadable: tuple[int, ...]
    numbers: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None
    """The first and the last payment of an order in the report."""
    unread: tuple[UnreadCell, ...] = ()


def taken(report: Report, new: int) -> Taken:
    """The result of an import in which `new` of the transactions were not known before."""
    moments = [one.paid_at for one in report.transactions if one.paid_at is not None]
    return Taken(
        new=new,
        known=len(report.transactions) - new,
        ignored=report.ignored,
        unknown=report.unknown,
        unreadable=report.unreadable,
        numbers=report.numbers,
        since=min(moments, default=None),
        until=max(moments, default=None),
        unread=report.unread[:_CELLS_NAMED],
    )


def report_columns(row: Sequence[Cell]) -> dict[str, int] | None:
    """Column positions if this row is the heading of a money report; otherwise None."""
    found = columns_of(row, _COLUMNS)
    return found if all(column in found for column in _NEEDED) else None


def read_report(columns: Mapping[str, int], rows: Iterable[tuple[int, Sequence[Cell]]]) -> Report:
    """Reads the numbered rows below the heading.

    Fees may come with or without a minus sign: if no fee in the report is negative, all are negated.
    """
    found: list[Transaction] = []
    unknown: Counter[str] = Counter()
    unreadable: list[int] = []
    unread: list[UnreadCell] = []
    ignored = 0
    for row_number, row in rows:
        if not any(text_of(cell) for cell in row):
            continue
        operation = operation_of(at(row, columns["operation"]))
        if operation is None:
            unknown[text_of(at(row, columns["operation"]))] += 1
        elif operation in NOT_OF_AN_ORDER:
            ignored += 1
        elif bad := _unread(columns, row, row_number):
            unreadable.append(row_number)
            unread += bad
        else:
            found.append(_transaction(columns, row, operation))
    transactions = tuple(_told_apart(_with_signs(found)))
    return Report(transactions, ignored, tuple(unknown.most_common()), tuple(unreadable), tuple(unread))


def operation_of(cell: Cell) -> Operation | None:
    """The operation for the marketplace's word; None for an unknown word."""
    name = name_of(cell)
    return Operation.COMMISSION if name.startswith(_BEGINNINGS) else _OPERATIONS.get(name)


def _unread(columns: Mapping[str, int], row: Sequence[Cell], row_number: int) -> list[UnreadCell]:
    """The unreadable cells that the row needs to count, or to be recognised in another report."""
    paid_at = at(row, columns.get("paid_at"))
    is_read = {
        "number": 0 < len(_number(columns, row)) <= _LONGEST_NUMBER,
        "amount": minor_of(at(row, columns["amount"])) is not None,
        "paid_at": not text_of(paid_at) or moment_of(paid_at, REPORT_ZONE) is not None,
    }
    bad = [columns[column] for column, fine in is_read.items() if not fine]
    return [UnreadCell(f"{_letters(index)}{row_number}", text_of(at(row, index))) for index in bad]


def _letters(index: int) -> str:
    """The letters of a column, counted from 0: A to Z, then AA."""
    rest, last = divmod(index, _LETTERS)
    return (_letters(rest - 1) if rest else "") + chr(ord("A") + last)


def _number(columns: Mapping[str, int], row: Sequence[Cell]) -> str:
    return text_of(at(row, columns["number"])).lstrip("#№ ")


def _transaction(columns: Mapping[str, int], row: Sequence[Cell], operation: Operation) -> Transaction:
    minor = minor_of(at(row, columns["amount"]))
    assert minor is not None, "rows with an unread sum are set aside before"  # noqa: S101
    paid_at = moment_of(at(row, columns.get("paid_at")), REPORT_ZONE)
    delivered_at = moment_of(at(row, columns.get("delivered_at")), REPORT_ZONE)
    return Transaction("", _number(columns, row), operation, minor, paid_at, delivered_at)


def key_of(one: Transaction, place: int) -> str:
    """Identifies the row; `place` numbers otherwise equal rows, from 1."""
    day = f"{one.paid_at.astimezone(REPORT_ZONE):%Y-%m-%d}" if one.paid_at else ""
    return "|".join((one.number, one.operation.value, str(one.minor), day, str(place)))


def _with_signs(transactions: list[Transaction]) -> Iterator[Transaction]:
    fees = [one for one in transactions if one.operation in FEES]
    is_signed = any(one.minor < 0 for one in fees)
    for one in transactions:
        turned = one.operation in FEES and not is_signed
        yield replace(one, minor=-one.minor) if turned else one


def _told_apart(transactions: Iterable[Transaction]) -> Iterator[Transaction]:
    """Gives rows their keys: equal rows in one report are different transactions, in two reports the same."""
    seen: Counter[str] = Counter()
    for one in transactions:
        alike = key_of(one, 0)
        seen[alike] += 1
        yield replace(one, key=key_of(one, seen[alike]))
