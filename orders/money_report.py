"""The marketplace's money report: what it says it took and paid, transaction by transaction (R13).

The words of the report are the marketplace's own, in both languages in which its cabinet exports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum

from orders.cells import Cell, at, columns_of, minor_of, moment_of, name_of, text_of

REPORT_ZONE = timezone(timedelta(hours=3))
"""The report's times are UTC+3, whatever the shop's zone."""

_COLUMNS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"номер заказа", "order number", "order id", "order"}),
    "paid_at": frozenset({"дата оплаты заказа", "order payment date", "payment date"}),
    "delivered_at": frozenset({"дата доставки заказа", "order delivery date", "delivery date"}),
    "operation": frozenset({"тип операции", "operation type", "transaction type", "type of operation"}),
    "amount": frozenset({"сумма транзакции", "transaction amount", "amount"}),
}
_NEEDED = ("number", "operation", "amount")
_LONGEST_NUMBER = 40


class Operation(StrEnum):
    """What a transaction is for. Kept in rows: a value never changes."""

    PAID = "paid"
    SURCHARGE = "surcharge"
    COMPENSATION = "compensation"
    BONUS = "bonus"
    COMMISSION = "commission"
    ACQUIRING = "acquiring"
    WITHDRAWAL = "withdrawal"


FEES = frozenset({Operation.COMMISSION, Operation.ACQUIRING})
NOT_OF_AN_ORDER = frozenset({Operation.WITHDRAWAL})
"""Money that leaves the cabinet for the shop's bank account: it belongs to no order."""

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
    """One row: `minor` is what the shop gets by it, below zero for what is kept from it.

    `key` tells it from every other row of any report. It is made of what is written in the row, and of
    which of several rows that are written alike this one is.
    """

    key: str
    number: str
    operation: Operation
    minor: int
    paid_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What was read: the transactions of orders, and how many rows were left out and why."""

    transactions: tuple[Transaction, ...]
    ignored: int = 0
    """Rows that are understood and belong to no order."""
    unknown: tuple[tuple[str, int], ...] = ()
    """Operations nobody has told us of, and how many rows of each."""
    unreadable: tuple[int, ...] = ()
    """Numbers of the rows whose order number or sum cannot be read."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The orders that it speaks of, in its own order."""
        return tuple(dict.fromkeys(one.number for one in self.transactions))


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report's rows, and which orders it speaks of."""

    new: int
    known: int
    """Transactions that this or another report had told of before."""
    ignored: int
    unknown: tuple[tuple[str, int], ...]
    unreadable: tuple[int, ...]
    numbers: tuple[str, ...]
    since: datetime | None = None
    until: datetime | None = None
    """The first and the last payment of an order in it."""


def taken(report: Report, new: int) -> Taken:
    """`new` of its transactions were not known before."""
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
    )


def report_columns(row: Sequence[Cell]) -> dict[str, int] | None:
    """Where the columns stand, if this row is the heading of a money report."""
    found = columns_of(row, _COLUMNS)
    return found if all(column in found for column in _NEEDED) else None


def read_report(columns: Mapping[str, int], rows: Iterable[tuple[int, Sequence[Cell]]]) -> Report:
    """Read the numbered rows below the heading.

    Whether fees carry a minus is not known for sure: where none of a report's fees does, they are taken off.
    """
    found: list[Transaction] = []
    unknown: Counter[str] = Counter()
    unreadable: list[int] = []
    ignored = 0
    for row_number, row in rows:
        if not any(text_of(cell) for cell in row):
            continue
        operation = operation_of(at(row, columns["operation"]))
        if operation is None:
            unknown[text_of(at(row, columns["operation"]))] += 1
        elif operation in NOT_OF_AN_ORDER:
            ignored += 1
        elif (one := _transaction(columns, row, operation)) is not None:
            found.append(one)
        else:
            unreadable.append(row_number)
    transactions = tuple(_told_apart(_with_signs(found)))
    return Report(transactions, ignored, tuple(unknown.most_common()), tuple(unreadable))


def operation_of(cell: Cell) -> Operation | None:
    """What a row is for, by the marketplace's word for it; None for a word we do not know."""
    name = name_of(cell)
    return Operation.COMMISSION if name.startswith(_BEGINNINGS) else _OPERATIONS.get(name)


def _transaction(columns: Mapping[str, int], row: Sequence[Cell], operation: Operation) -> Transaction | None:
    number = text_of(at(row, columns["number"])).lstrip("#№ ")
    minor = minor_of(at(row, columns["amount"]))
    if minor is None or not number or len(number) > _LONGEST_NUMBER:
        return None
    paid_at = moment_of(at(row, columns.get("paid_at")), REPORT_ZONE)
    delivered_at = moment_of(at(row, columns.get("delivered_at")), REPORT_ZONE)
    name = name_of(at(row, columns["operation"]))
    key = "|".join((number, name, str(minor), _written(paid_at), _written(delivered_at)))
    return Transaction(key, number, operation, minor, paid_at, delivered_at)


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _with_signs(transactions: list[Transaction]) -> Iterator[Transaction]:
    fees = [one for one in transactions if one.operation in FEES]
    is_signed = any(one.minor < 0 for one in fees)
    for one in transactions:
        turned = one.operation in FEES and not is_signed
        yield replace(one, minor=-one.minor) if turned else one


def _told_apart(transactions: Iterable[Transaction]) -> Iterator[Transaction]:
    """Two rows written alike are two transactions; the same two in another report are the same two."""
    seen: Counter[str] = Counter()
    for one in transactions:
        seen[one.key] += 1
        yield replace(one, key=f"{one.key}|{seen[one.key]}")
