"""Builds workbooks like those that people send."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from openpyxl import Workbook

from orders.parsing.spreadsheet_cells import Cell

REPORT_HEADING = (
    "Номер заказа",
    "Дата оплаты заказа",
    "Дата доставки заказа",
    "Тип операции",
    "Сумма транзакции",
)


def a_workbook(*sheets: Sequence[Sequence[Cell]]) -> bytes:
    """An `.xlsx` file with these sheets, each a list of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(workbook: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The same file with some parts replaced or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in [*old.namelist(), *(set(changes) - set(old.namelist()))]:
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return file.getvalue()


_SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def a_sheet_of(rows: bytes) -> bytes:
    """A workbook whose sheet contains this XML of rows."""
    return with_part(a_report(*paid_order("1")), {"xl/worksheets/sheet1.xml": _SHEET % rows})


def report_row(number: Cell, operation: Cell, amount: Cell, day: str = "08.03.2026") -> tuple[Cell, ...]:
    """One row of a money report."""
    return (number, f"{day} 12:00:00", f"{day} 15:30:00", operation, amount)


def a_report(*rows: Sequence[Cell]) -> bytes:
    """A money report with these rows."""
    return a_workbook([REPORT_HEADING, *rows])


def paid_order(
    number: Cell, paid: float = 4900, commission: float = 980, acquiring: float = 98
) -> list[tuple[Cell, ...]]:
    """The rows of an ordinary order."""
    return [
        report_row(number, "Оплачено клиентом", paid),
        report_row(number, "Переменная комиссия за заказ", -commission),
        report_row(number, "Card processing fee", -acquiring),
    ]
