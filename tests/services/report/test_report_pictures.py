"""The pictures of a report as people see them; `make pictures` keeps them for the guide."""

from __future__ import annotations

import io
import json
import os
from datetime import date, time
from pathlib import Path

import pytest
import typst
from PIL import Image

from messages.i18n.texts import Translator
from messages.load.load_picture import load_picture
from messages.report.charts import bar
from messages.report.taps import SummaryDo
from orders.report.spans import Period
from services.load.days import ShopDays
from services.report.report_child import TEMPLATE
from services.report.reports import Reports
from storage.db.database import Database
from storage.shop.shops import Shop
from storage.team.staff import Member
from tests.services.report.shop_day import HOLIDAY, at_clock
from tests.services.workplace import Clock

PHONE = 390, 551
"""The width of a phone, and what of its height a chat shows; points, of which each is two pixels."""
_COLOURS = 32
"""Enough for a picture of few colours: the guide keeps small files."""


def keep(png: bytes, name: str) -> None:
    """Into the folder of the guide, where one is named, as wide as on a phone."""
    folder = os.environ.get("PICTURE_FOLDER")
    if folder:
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        small = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        small.quantize(_COLOURS).save(Path(folder) / name, optimize=True)


@pytest.mark.requirement("X10")
@pytest.mark.parametrize("period", Period)
async def test_the_first_picture_fits_a_phone_and_has_one_sentence(
    reports: Reports, shop: Shop, people: dict[str, Member], clock: Clock, period: Period
) -> None:
    if period is Period.MONTH:  # over, so that it stands beside the one before
        clock.now = at_clock(date(2026, 3, 31), time(21))
    tap = reports.first_tap(shop).model_copy(update={"period": period})
    drawn = await reports.drawn(people["Ирина"], shop, tap)
    width, height = Image.open(io.BytesIO(drawn.png)).size
    assert width == 2 * PHONE[0]
    assert height <= 2 * PHONE[1]
    assert drawn.caption.count(".") == 1
    if period is Period.DAY:
        keep(drawn.png, "report-day.png")


@pytest.mark.requirement("X10")
@pytest.mark.parametrize(
    ("person", "do", "name"),
    [("Ирина", SummaryDo.DETAILS, "report-details.png"), ("Оля", SummaryDo.GLANCE, "report-own.png")],
)
async def test_the_details_and_a_florists_day_are_as_wide_as_a_phone(
    reports: Reports, shop: Shop, people: dict[str, Member], person: str, do: SummaryDo, name: str
) -> None:
    tap = reports.first_tap(shop).model_copy(update={"do": do})
    drawn = await reports.drawn(people[person], shop, tap)
    assert Image.open(io.BytesIO(drawn.png)).width == 2 * PHONE[0]
    keep(drawn.png, name)


@pytest.mark.requirement("R7")
async def test_the_load_of_a_day_fits_a_phone(
    reports: Reports, shop: Shop, database: Database, clock: Clock
) -> None:
    clock.now = at_clock(HOLIDAY, time(8))
    load = await ShopDays(database, clock).load(shop, HOLIDAY)
    png = await reports.picture(load_picture(load, shop.name, shop.rules, clock.now, Translator("ru")))
    width, height = Image.open(io.BytesIO(png)).size
    assert width == 2 * PHONE[0]
    assert height <= 2 * PHONE[1]
    keep(png, "load.png")


def test_one_hour_is_no_block_as_wide_as_the_picture() -> None:
    accent = (179, 23, 79)
    empty = dict.fromkeys(("title", "period", "shop", "count", "noun", "states", "kind"), "")
    data = empty | {"language": "ru", "tiles": [], "sections": [], "people": []}
    chart = {"title": "По часам", "note": "", "bars": [bar("9", 2)]}
    png = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"data": json.dumps(data | {"charts": [chart]})},
        ignore_system_fonts=True,
        format="png",
    )
    assert isinstance(png, bytes)
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    red = [at % picture.width for at, pixel in enumerate(picture.get_flattened_data()) if pixel == accent]
    assert 0 < max(red) - min(red) < picture.width / 8


@pytest.mark.requirement("X10")
async def test_the_picture_is_opaque_and_light_in_a_dark_chat_too(
    reports: Reports, shop: Shop, people: dict[str, Member]
) -> None:
    drawn = await reports.drawn(people["Ирина"], shop, reports.first_tap(shop))
    picture = Image.open(io.BytesIO(drawn.png)).convert("RGBA")
    assert picture.getchannel("A").getextrema() == (255, 255)
    lightness = picture.convert("L").resize((1, 1)).tobytes()[0]
    assert lightness > 200
