"""Opens the spreadsheets that people send: returns their rows, or names what is wrong with the file.

Every file from outside is treated as an attack: nothing is unpacked beyond a limit, XML entities are not
resolved, and formulas are not computed. What passes these limits is stopped by the memory limit of the
process in which this runs (`services.files.heavy_work`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from orders.parsing.spreadsheet_cells import Cell

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The signature of `.xls`, and of an `.xlsx` with a password."""

LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 20
MOST_ROWS = 100_000
MOST_COLUMNS = 60

_PART = b"PK\x01\x02"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream in which an `.xlsx` with a password keeps its content."""

Row = tuple[int, Sequence[Cell]]
"""A row with its number, counted from 1 as the sheet shows it."""


class Flaw(StrEnum):
    """What is wrong with a file; the text for people is `file-<value>`."""

    TOO_BIG = "too-big"
    LOCKED = "locked"
    BROKEN = "broken"
    BOMB = "bomb"
    TOO_LONG = "too-long"
    TOO_MANY_OFFERS = "too-many-offers"
    ENTITIES = "entities"
    NOT_XML = "not-xml"
    BAD_SIGN = "bad-sign"
    WRONG_ENCODING = "wrong-encoding"
    NOT_NOW = "not-now"
    """The machine cannot open files now; the file may be fine."""
    UNKNOWN_KIND = "unknown-kind"
    NO_HEADING = "no-heading"
    NO_GOODS = "no-goods"


class UnusableFile(Exception):  # noqa: N818 - it is the file that cannot be used
    """The file cannot be read, or holds nothing of use; `details` are the variables of its text."""

    def __init__(self, flaw: Flaw, **details: str | int) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.details = details


def sheets(content: bytes) -> Iterator[Iterator[Row]]:
    """The rows of each sheet of a workbook (`.xlsx`, `.xls`, `.xlsb`, `.ods`). Raises UnusableFile.

    On a broken file iteration may also raise any error of the library: see `file_kinds`.
    """
    if content.startswith(ZIP_MAGIC):
        _check_archive(content)
        content = _with_usual_paths(content)
    elif _ENCRYPTED in content:
        raise UnusableFile(Flaw.LOCKED)
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    except PasswordError as error:
        raise UnusableFile(Flaw.LOCKED) from error
    for index in range(min(len(book.sheet_names), MOST_SHEETS)):
        yield _rows(book.get_sheet_by_index(index))


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """The rows, from the first one that is not empty."""
    first, _column = sheet.start or (0, 0)
    rows = sheet.iter_rows()
    for place, row in enumerate(islice(rows, MOST_ROWS)):
        yield first + place + 1, row[:MOST_COLUMNS]
    if next(rows, None) is not None:
        raise UnusableFile(Flaw.TOO_LONG, most=MOST_ROWS)


def _with_usual_paths(content: bytes) -> bytes:
    """The workbook with slashes in the paths between its parts: some programs write backslashes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        wrong = {
            name: changed
            for name in archive.namelist()
            if name.endswith(".rels")
            and (changed := archive.read(name).replace(b"\\", b"/")) != archive.read(name)
        }
        if not wrong:
            return content
        mended = BytesIO()
        with zipfile.ZipFile(mended, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
            for name in archive.namelist():
                new.writestr(name, wrong.get(name) or archive.read(name))
        return mended.getvalue()


def _check_archive(content: bytes) -> None:
    """Checks sizes before unpacking; the library reads no more of a part than its declared size."""
    if content.count(_PART) > MOST_PARTS:
        raise UnusableFile(Flaw.BOMB)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the machine is at fault (no memory, no disk space), not the file
        raise UnusableFile(Flaw.BROKEN) from error
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnusableFile(Flaw.BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise UnusableFile(Flaw.LOCKED)
