"""Draws reports and writes tables in a separate process, which ends to free its memory."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("report.typ")
PIXELS_PER_INCH = 144
"""Two pixels per point: the page is as wide as a phone, 390 points."""

_WIDEST = 40
_MARGIN = 2


def draw(content: bytes) -> bytes:
    """A PNG of this picture, given as JSON: see `messages.report.pictures`."""
    import typst

    found: Any = typst.compile(
        TEMPLATE.read_bytes(),
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"data": content.decode()},
        ignore_system_fonts=True,
    )
    if not isinstance(found, bytes):
        raise TypeError("a report is one page")
    return found


def write(content: bytes) -> bytes:
    """An XLSX of these sheets, given as a JSON list of pairs: the name and the rows, headings first."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in json.loads(content):
        _fill(book.create_sheet(name), rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Any, rows: list[list[str | int | float]]) -> None:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with "=" must not become a formula
            if number == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    for column, values in enumerate(zip(*rows, strict=True), start=1):
        width = min(_WIDEST, max(len(str(value)) for value in values) + _MARGIN)
        sheet.column_dimensions[get_column_letter(column)].width = width
