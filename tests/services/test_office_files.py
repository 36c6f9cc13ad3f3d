"""Files that are no reports, or not as they should be: each is refused for what is wrong with it."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest

from orders.money_report import Report
from services.office_files import LARGEST_FILE, read_office_file
from services.sheets import MOST_PARTS, MOST_ROWS, Flaw, UnusableFile
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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512, Flaw.LOCKED),
        (b"PK\x03\x04", Flaw.BROKEN),
        (REPORT[: len(REPORT) // 2], Flaw.BROKEN),
        (with_part(REPORT, {SHEET: b"<worksheet"}), Flaw.BROKEN),
        (with_part(REPORT, {"xl/workbook.xml": b"\x00"}), Flaw.BROKEN),
        (with_part(REPORT, {"[Content_Types].xml": b"<Types/>"}), Flaw.BROKEN),
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


def test_entities_are_refused_in_a_sheet_and_followed_nowhere() -> None:
    assert flaw_of(with_entities(SHEET)) is Flaw.BROKEN
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        with suppress(UnusableFile):  # openpyxl refuses, or passes them over where lxml is there
            assert read_office_file(with_entities(part)) == read_office_file(REPORT)


def test_rows_without_end_are_not_gone_through() -> None:
    far = _SHEET_OF % b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"></row>'
    assert flaw_of(with_part(REPORT, {SHEET: far})) is Flaw.NO_HEADING
    heading = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for column, name in zip("ABCDE", REPORT_HEADING, strict=True)
    )
    rows = f'<row r="1">{heading}</row><row r="{MOST_ROWS + 2}"></row>'.encode()
    assert flaw_of(with_part(REPORT, {SHEET: _SHEET_OF % rows})) is Flaw.TOO_LONG


def test_a_file_with_a_password_on_its_parts_is_locked() -> None:
    locked = bytearray(REPORT)
    at = locked.find(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert flaw_of(bytes(locked)) is Flaw.LOCKED
