"""Files that are no reports, or not as they should be: each is refused for what is wrong with it."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from orders.money.money_report import REPORT_ZONE, Report
from services.files.file_kinds import LARGEST_FILE, OfficeFiles, read_office_file
from services.files.spreadsheets import MOST_PARTS, MOST_ROWS, Flaw, UnusableFile
from tests.sheets import REPORT_HEADING, a_report, a_workbook, paid_order, report_row, with_part

REPORT = a_report(*paid_order("1"))
SHEET = "xl/worksheets/sheet1.xml"
_BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
_SHEET_OF = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def flaw_of(content: bytes) -> Flaw:
    with pytest.raises(UnusableFile) as caught:
        read_office_file(content)
    return caught.value.flaw


def test_a_report_is_known_by_its_heading_wherever_it_stands() -> None:
    titled = [("Отчёт",), (), (None, *REPORT_HEADING), *((None, *row) for row in paid_order("1"))]
    for content in (REPORT, a_workbook([("Прочее",)], titled)):
        report = read_office_file(content)
        assert isinstance(report, Report)
        assert [one.minor for one in report.transactions] == [490_000, -98_000, -9_800]


def test_the_rows_of_a_report_have_the_numbers_of_the_sheet() -> None:
    rows = [("Отчёт",), REPORT_HEADING, *paid_order("1"), report_row("2", "Fee", "много")]
    report = read_office_file(a_workbook(rows))
    assert isinstance(report, Report)
    assert report.unreadable == (6,)


def test_a_sheet_that_lies_about_its_size_is_read_whole() -> None:
    with zipfile.ZipFile(io.BytesIO(REPORT)) as archive:
        sheet = archive.read(SHEET)
    lying = sheet.replace(b'<dimension ref="A1:E4"', b'<dimension ref="A1"')
    assert lying != sheet
    assert read_office_file(with_part(REPORT, {SHEET: lying})) == read_office_file(REPORT)


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.UNKNOWN_KIND),
        (b"%PDF-1.7", Flaw.UNKNOWN_KIND),
        ("Номер заказа;Тип операции".encode(), Flaw.UNKNOWN_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, Flaw.BROKEN),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            Flaw.LOCKED,
        ),
        (b"PK\x03\x04", Flaw.BROKEN),
        (REPORT[: len(REPORT) // 2], Flaw.BROKEN),
        (with_part(REPORT, {SHEET: b"<worksheet"}), Flaw.BROKEN),
        (with_part(REPORT, {"xl/workbook.xml": b"\x00"}), Flaw.BROKEN),
        (a_workbook([("Имя", "Телефон"), ("Анна", "1")]), Flaw.NO_HEADING),
        (a_workbook([]), Flaw.NO_HEADING),
        (a_workbook([("Артикул", "Цена")]), Flaw.NO_GOODS),
        (a_workbook([*[("Отчёт",)] * 40, REPORT_HEADING]), Flaw.NO_HEADING),
        (b"PK\x03\x04" + b"\x00" * LARGEST_FILE, Flaw.TOO_BIG),
    ],
)
def test_what_is_no_report_is_refused_for_its_own_reason(content: bytes, flaw: Flaw) -> None:
    assert flaw_of(content) is flaw


def test_a_broken_file_never_fails_in_a_way_nobody_expects() -> None:
    chance = random.Random(8)
    for _ in range(150):
        broken = bytearray(REPORT)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_office_file(bytes(broken))
        except UnusableFile:
            continue


def test_a_file_that_unpacks_to_hundreds_of_megabytes_is_not_unpacked() -> None:
    bomb = with_part(REPORT, {"xl/sharedStrings.xml": b" " * (65 * 1024 * 1024)})
    assert len(bomb) < 200_000
    assert flaw_of(bomb) is Flaw.BOMB


def test_a_file_of_thousands_of_parts_is_not_opened() -> None:
    parts = {f"{number}": b"" for number in range(MOST_PARTS)}
    assert flaw_of(with_part(REPORT, parts)) is Flaw.BOMB


def with_entities(part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(REPORT)) as archive:
        body = archive.read(part)
    return with_part(REPORT, {part: _BOMB + (body.partition(b"?>")[2] or body)})


def test_entities_are_followed_nowhere() -> None:
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        with suppress(UnusableFile):
            assert read_office_file(with_entities(part)) == read_office_file(REPORT)


def test_rows_without_end_are_not_gone_through() -> None:
    far = _SHEET_OF % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"></row>'
    assert flaw_of(with_part(REPORT, {SHEET: far})) is Flaw.NO_HEADING
    heading = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip("ABCDE", REPORT_HEADING, strict=True)
    )
    last = f'<row r="{MOST_ROWS + 2}"><c r="A{MOST_ROWS + 2}"><v>1</v></c></row>'
    rows = f'<row r="1">{heading}</row>{last}'.encode()
    assert flaw_of(with_part(REPORT, {SHEET: _SHEET_OF % rows})) is Flaw.TOO_LONG


HEAVY = {
    "nine million cells in a row": b'<row r="1">' + b"<c/>" * 9_000_000 + b"</row>",
    "a million rows": b"<row/>" * 1_500_000,
    "a cell at the far end": b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "a row beyond all rows": b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="4000000000"><c r="A4000000000"><v>1</v></c></row>',
}


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("rows", HEAVY.values(), ids=HEAVY)
async def test_a_small_file_that_wants_all_the_memory_is_refused_and_the_next_one_is_read(
    rows: bytes,
) -> None:
    heavy = with_part(REPORT, {SHEET: _SHEET_OF % rows})
    assert len(heavy) < 50_000
    files = OfficeFiles()
    with pytest.raises(UnusableFile) as caught:
        await files.read(heavy)
    assert caught.value.flaw in {Flaw.BOMB, Flaw.BROKEN, Flaw.NO_HEADING}
    assert await files.read(REPORT) == read_office_file(REPORT)


_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts_of(workbook: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def without(part: str) -> bytes:
    return zipped({name: content for name, content in parts_of(REPORT).items() if name != part})


def everywhere(changes: Mapping[bytes, bytes]) -> bytes:
    parts = parts_of(REPORT)
    for old, new in changes.items():
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return zipped(parts)


STRICT = {
    _MAIN: b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    _RELATIONS: b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}
OTHER_PROGRAMS = {
    "an empty fill": everywhere({b"<fill><patternFill /></fill>": b"<fill/>", b"<fills": b"<fills"}),
    "no styles": without("xl/styles.xml"),
    "no content types": without("[Content_Types].xml"),
    "strict": everywhere(STRICT),
    "backslashes in the archive": zipped(
        {n.replace("/", "\\"): part for n, part in parts_of(REPORT).items()}
    ),
    "backslashes between parts": everywhere({b"/xl/worksheets/sheet1.xml": b"worksheets\\sheet1.xml"}),
    "merged over all": with_part(
        REPORT,
        {
            SHEET: parts_of(REPORT)[SHEET].replace(
                b"</sheetData>",
                b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            )
        },
    ),
    "no dimension": with_part(REPORT, {SHEET: re.sub(b"<dimension[^>]*>", b"", parts_of(REPORT)[SHEET])}),
    "no cell names": with_part(REPORT, {SHEET: re.sub(rb' r="[A-Z]*[0-9]+"', b"", parts_of(REPORT)[SHEET])}),
}


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("content", OTHER_PROGRAMS.values(), ids=OTHER_PROGRAMS)
def test_what_other_programs_write_is_read_as_excel_reads_it(content: bytes) -> None:
    assert content != REPORT
    assert read_office_file(content) == read_office_file(REPORT)


@pytest.mark.requirement("R13")
def test_headings_on_two_lines_and_spaces_that_do_not_break_are_understood() -> None:
    heading = (
        "Номер\nзаказа",
        "Дата оплаты\u00a0заказа",
        "Дата доставки заказа",
        " Тип  операции ",
        "Сумма\r\nтранзакции:",
    )
    rows = [report_row(25836184, "Оплачено клиентом", "4\u00a0900,00"), report_row("25836184", "Fee", "-980")]
    report = read_office_file(a_workbook([heading, *rows]))
    assert isinstance(report, Report)
    assert [(one.number, one.minor) for one in report.transactions] == [
        ("25836184", 490_000),
        ("25836184", -98_000),
    ]
    assert all(one.paid_at is not None for one in report.transactions)


@pytest.mark.requirement("R13")
@pytest.mark.parametrize("epoch", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_days_are_read_in_either_calendar_of_excel(epoch: datetime) -> None:
    book = Workbook()
    book.epoch = epoch
    sheet = book.worksheets[0]
    day = datetime(2026, 3, 8, 12, 30)  # noqa: DTZ001 - sheets know no zones
    for row in (REPORT_HEADING, ("1", day, day, "Fee", -980)):
        sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    report = read_office_file(file.getvalue())
    assert isinstance(report, Report)
    assert report.transactions[0].paid_at == day.replace(tzinfo=REPORT_ZONE)


def test_a_file_with_a_password_on_its_parts_is_locked() -> None:
    locked = bytearray(REPORT)
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert flaw_of(bytes(locked)) is Flaw.LOCKED
