"""«Отчёт» and «Мой день» by a real Dispatcher: who gets which, and where the buttons lead."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiogram.methods import DeleteMessage, EditMessageMedia, SendDocument, SendPhoto
from aiogram.types import InlineKeyboardMarkup, PhotoSize

from messages.report.taps import SummaryDo, SummaryTap
from orders.model.people import Role
from orders.report.spans import Period
from orders.steps import commands as do
from services.report.drawing import Drawing
from services.report.reports import Reports
from tests.builders import a_window
from tests.handlers.support.conftest import STRANGER, Bot
from tests.handlers.support.conftest import bot as bot  # noqa: PLC0414 - the fixture

OLYA = (do.AssignSeller(3, "Оля"), Role.DIRECTOR)
ACCEPT = (do.Accept(), Role.DIRECTOR)
PICTURE = [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]


@pytest.fixture
async def drawn(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[dict[str, Any]]]:
    """The data of all pictures; none is drawn."""
    pictures: list[dict[str, Any]] = []

    async def picture(_self: Drawing, data: dict[str, Any]) -> bytes:
        pictures.append(data)
        return b"png"

    monkeypatch.setattr(Drawing, "picture", picture)
    yield pictures
    reports: Reports = bot.app.services.reports
    reports._drawing.close()  # noqa: SLF001 - the table is written in a real process


def sent(bot: Bot) -> list[Any]:
    return [one for one in bot.wire.calls if isinstance(one, SendPhoto | EditMessageMedia | SendDocument)]


def buttons(bot: Bot) -> dict[str, str]:
    markup = sent(bot)[-1].reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    return {one.text: one.callback_data or "" for row in markup.inline_keyboard for one in row}


@pytest.mark.requirement("X10", "R13", "R14")
async def test_chiefs_get_the_shops_report_and_everybody_else_their_own(
    bot: Bot, drawn: list[dict[str, Any]]
) -> None:
    await bot.order(ACCEPT, OLYA, window=a_window(datetime.now(UTC)))
    await bot.order(ACCEPT, window=a_window(datetime.now(UTC)))
    for who, words in ((Role.DIRECTOR, "Отчёт"), (Role.MANAGER, "/report"), (Role.SELLER, "Мой день")):
        await bot.say(who, words)
        assert isinstance(sent(bot)[-1], SendPhoto)
    assert [one["count"] for one in drawn] == ["2", "2", "1"]
    assert [one["title"] for one in drawn] == ["Сегодня", "Сегодня", "Мой день"]
    await bot.press(Role.COURIER, SummaryTap(do=SummaryDo.DETAILS, shop=1, day=today()).pack())
    assert (drawn[-1]["title"], drawn[-1]["sections"]) == ("Мой день", [])


def today() -> int:
    return date.today().toordinal()  # noqa: DTZ011 - near enough: the orders of the day are not looked at


@pytest.mark.requirement("X10")
async def test_the_buttons_lead_to_other_days_to_the_details_and_to_the_table(
    bot: Bot, drawn: list[dict[str, Any]]
) -> None:
    await bot.order(ACCEPT, window=a_window(datetime.now(UTC)))
    await bot.say(Role.DIRECTOR, "Отчёт")
    first = buttons(bot)
    assert list(first) == ["Подробно", "Таблица", "• День", "Неделя", "Месяц", "← Раньше", "Закрыть"]
    await bot.press(Role.DIRECTOR, first["Подробно"], photo=PICTURE)
    assert isinstance(sent(bot)[-1], EditMessageMedia)
    assert drawn[-1]["sections"]
    await bot.press(Role.DIRECTOR, first["← Раньше"])
    assert (drawn[-1]["title"], "Позже →" in buttons(bot)) == ("Вчера", True)
    await bot.press(Role.DIRECTOR, buttons(bot)["Позже →"])
    assert drawn[-1]["title"] == "Сегодня"
    await bot.press(Role.DIRECTOR, first["Неделя"])
    assert drawn[-1]["title"] == "Эта неделя"
    await bot.press(Role.DIRECTOR, buttons(bot)["← Раньше"])
    assert drawn[-1]["title"] == "Прошлая неделя"
    await bot.press(Role.DIRECTOR, first["Таблица"])
    assert isinstance(sent(bot)[-1], SendDocument)
    await bot.press(Role.DIRECTOR, first["Закрыть"])
    assert any(isinstance(one, DeleteMessage) for one in bot.wire.calls)


@pytest.mark.requirement("X10", "X6", "R14")
async def test_a_button_gives_no_more_than_its_presser_may_read_and_nothing_in_a_group(
    bot: Bot, drawn: list[dict[str, Any]]
) -> None:
    await bot.order(ACCEPT, OLYA, window=a_window(datetime.now(UTC)))
    await bot.say(Role.DIRECTOR, "Отчёт")
    of_director = buttons(bot)
    await bot.press(Role.SELLER, of_director["Подробно"])
    assert (drawn[-1]["title"], drawn[-1]["people"]) == ("Мой день", [])
    count = len(drawn)
    await bot.press(STRANGER, of_director["Подробно"])
    await bot.press(Role.DIRECTOR, of_director["Подробно"], chat_type="group")
    await bot.say(Role.DIRECTOR, "/report", chat_type="group")
    await bot.press(Role.DIRECTOR, SummaryTap(do=SummaryDo.GLANCE, shop=99, day=today()).pack())
    assert len(drawn) == count
    assert sent(bot) == []


@pytest.mark.parametrize("day", [1, 10**9])
async def test_a_button_of_a_day_that_is_in_no_calendar_does_nothing(
    bot: Bot, drawn: list[dict[str, Any]], day: int
) -> None:
    forged = SummaryTap(do=SummaryDo.GLANCE, shop=1, period=Period.DAY, day=today()).pack()
    await bot.press(Role.DIRECTOR, forged.replace(str(today()), str(day)))
    assert drawn == []
