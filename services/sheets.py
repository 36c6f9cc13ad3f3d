"""Opens the spreadsheets that people send: their rows, or in one word what is wrong with the file.

A file from outside is an attack until it is shown not to be: nothing is unpacked beyond a limit, no entity of
its XML is followed (openpyxl reads with defusedxml), and no formula is reckoned.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import BytesIO
from itertools import islice

from orders.cells import Cell

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Of `.xls`, and of an `.xlsx` with a password."""

LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 2_000
MOST_SHEETS = 20
MOST_ROWS = 100_000
MOST_COLUMNS = 60

_PART = b"PK\x01\x02"

Row = tuple[int, Sequence[Cell]]
"""A row with its number, counted from 1 as the sheet shows it."""


class Flaw(StrEnum):
    """What is wrong with a file; its words for people are the text `file-<value>`."""

    TOO_BIG = "too-big"
    LOCKED = "locked"
    BROKEN = "broken"
    BOMB = "bomb"
    TOO_LONG = "too-long"
    ENTITIES = "entities"
    NOT_XML = "not-xml"
    UNKNOWN_KIND = "unknown-kind"
    NO_HEADING = "no-heading"
    NO_GOODS = "no-goods"


class UnusableFile(Exception):  # noqa: N818 - it is the file that cannot be used
    """The file cannot be read, or holds nothing of use."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def sheets(content: bytes) -> Iterator[Iterator[Row]]:
    """The rows of each sheet of an `.xlsx`, read as they are asked for. Raises UnusableFile.

    Reading on may fail as well, in whatever way the library does on a broken file: see `office_files`.
    """
    _check_archive(content)
    from openpyxl import load_workbook  # takes its time, and is asked for once a month

    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in book.worksheets[:MOST_SHEETS]:
            sheet.reset_dimensions()  # what the file says of them may be anything
            yield _limited(enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1))
    finally:
        book.close()


def _limited(rows: Iterator[Row]) -> Iterator[Row]:
    yield from islice(rows, MOST_ROWS)
    if next(rows, None) is not None:
        raise UnusableFile(Flaw.TOO_LONG)


def _check_archive(content: bytes) -> None:
    """Before anything is unpacked; what a part says of its size is all that is ever read of it."""
    if content.count(_PART) > MOST_PARTS:
        raise UnusableFile(Flaw.BOMB)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the machine's fault (no memory, no room), not that of the file
        raise UnusableFile(Flaw.BROKEN) from error
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnusableFile(Flaw.BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise UnusableFile(Flaw.LOCKED)
