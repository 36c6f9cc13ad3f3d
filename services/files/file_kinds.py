"""Recognizes an office file, a money report or a price list, by its content and never by its name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from orders.goods.price_list import PriceList, price_list_columns, read_price_list
from orders.money.money_report import Report, read_report, report_columns
from services.files.heavy_work import HeavyWork, NoHandsError, TooHeavyError
from services.files.spreadsheets import OLE_MAGIC, ZIP_MAGIC, Flaw, Row, UnusableFile, sheets
from services.files.yml import read_yml

LARGEST_FILE = 20 * 1024 * 1024
"""Telegram's limit for files that a bot may download."""
_HEADING_WITHIN = 30
"""Rows in which the heading must be found; titles and empty rows come before it."""
_XML_BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<", b"\xfe\xff\x00<")
"""Plain, or after a byte order mark."""

OfficeFile = Report | PriceList


class OfficeFiles:
    """Reads files in a child process, one after the other."""

    def __init__(self, work: HeavyWork | None = None) -> None:
        self._work = work or HeavyWork()

    async def read(self, content: bytes) -> OfficeFile:
        """Read what the file holds. Raises UnusableFile."""
        try:
            return await self._work.run(read_office_file, content)
        except TooHeavyError as error:
            raise UnusableFile(Flaw.BOMB) from error
        except NoHandsError as error:
            raise UnusableFile(Flaw.NOT_NOW) from error


def read_office_file(content: bytes) -> OfficeFile:
    """Read a file; takes seconds and memory for a large one: see `OfficeFiles`. Raises UnusableFile."""
    if len(content) > LARGEST_FILE:
        raise UnusableFile(Flaw.TOO_BIG)
    if content.lstrip().startswith(_XML_BEGINS):
        return read_yml(content.lstrip())
    if not content.startswith((ZIP_MAGIC, OLE_MAGIC)):
        raise UnusableFile(Flaw.UNKNOWN_KIND)
    try:
        return _read_workbook(content)
    except (UnusableFile, MemoryError):
        raise
    except Exception as error:  # the reader may raise anything on a broken workbook
        raise UnusableFile(Flaw.BROKEN) from error


def _read_workbook(content: bytes) -> OfficeFile:
    for rows in sheets(content):
        file = _read_sheet(rows)
        if file is not None:
            return file
    raise UnusableFile(Flaw.NO_HEADING)


def _read_sheet(rows: Iterator[Row]) -> OfficeFile | None:
    top = list(islice(rows, _HEADING_WITHIN))
    for index, (_number, row) in enumerate(top):
        below = chain(top[index + 1 :], rows)
        columns = report_columns(row)
        if columns is not None:
            return read_report(columns, below)
        columns = price_list_columns(row)
        if columns is not None:
            return _with_goods(read_price_list(columns, below))
    return None


def _with_goods(listed: PriceList) -> PriceList:
    if not listed.entries:
        raise UnusableFile(Flaw.NO_GOODS)
    return listed
