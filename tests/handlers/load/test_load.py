"""The load on the screen, and the answers to the advice to take fewer orders (R7, X28)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiogram.methods import DeleteMessage, SendPhoto
from aiogram.types import InlineKeyboardMarkup

from messages.callbacks.load import LoadDo, LoadTap
from orders.load.advice import Advised
from orders.model.people import Role
from services.files.heavy_work import TooHeavyError
from services.report.drawing import Drawing
from storage.load import advice as said
from storage.shop import closures
from tests.handlers.load.conftest import ACCEPT, Put, tomorrow
from tests.handlers.support.conftest import STRANGER, Bot

SHOW = LoadTap(do=LoadDo.SHOW, shop=1).pack()


def an_hour(ahead: int) -> datetime:
    """The beginning of an hour from now."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=ahead)


def tap(do: LoadDo, hour: datetime, spell: str = "") -> str:
    return LoadTap(do=do, shop=1, hour=int(hour.timestamp()), spell=spell).pack()


@pytest.mark.requirement("R7")
async def test_the_load_shows_each_hour_against_what_the_shop_can_do(bot: Bot, put: Put) -> None:
    for _ in range(4):
        await put(13, ACCEPT)
    await put(15, ACCEPT)
    assert "Успеваете 3 в час: 1 флорист по 3, сборка 20 мин" in (await bot.say(Role.MANAGER, "/load")).text
    seen = await bot.press(Role.DIRECTOR, LoadTap(do=LoadDo.SHOW, shop=1, day=tomorrow().toordinal()).pack())
    assert "<code>13-14  4/4  ████</code> ⚠" in seen.text
    assert "<code>14-15  0/0  ░░░</code>\n" in seen.text
    assert "<code>15-16  1/1  █░░</code>\n" in seen.text
    assert "Оля: 0 из 0" in seen.text
    assert "Без флориста: 5" in seen.text
    assert "Меньше заказов" in seen.labels


@pytest.mark.requirement("R7", "X15")
async def test_the_load_comes_as_a_picture_in_the_place_of_the_words_and_leads_back(
    bot: Bot, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[dict[str, Any]] = []

    async def picture(_self: Drawing, data: dict[str, Any]) -> bytes:
        if data["count"] == "0":
            raise TooHeavyError
        drawn.append(data)
        return b"png"

    monkeypatch.setattr(Drawing, "picture", picture)
    for hour in (13, 13, 13, 13, 15):
        await put(hour, ACCEPT)
    words = await bot.press(Role.MANAGER, LoadTap(do=LoadDo.SHOW, shop=1, day=tomorrow().toordinal()).pack())
    await bot.press(Role.MANAGER, words.data("Картинкой"))
    [sent] = [one for one in bot.wire.calls if isinstance(one, SendPhoto)]
    assert (sent.caption or "").startswith("📊 <b>Загрузка, завтра</b>\nУспеваете 3 в час")
    [shown] = drawn
    bars = [(one["label"], one["size"], one["usual"], one["warns"]) for one in shown["charts"][0]["bars"]]
    assert bars == [("13", 4, 3, True), ("14", 0, 3, False), ("15", 1, 3, False)]
    assert [one["value"] for one in shown["tiles"]] == ["3", "13:00-14:00"]
    assert isinstance(sent.reply_markup, InlineKeyboardMarkup)
    [today, _], [back] = sent.reply_markup.inline_keyboard
    assert "не получилась" in (await bot.press(Role.MANAGER, today.callback_data or "")).text
    assert "Загрузка, завтра" in (await bot.press(Role.MANAGER, back.callback_data or "")).text
    assert any(isinstance(one, DeleteMessage) for one in bot.wire.calls)  # the picture went


@pytest.mark.requirement("R7", "R14")
@pytest.mark.parametrize("who", [Role.SELLER, Role.COURIER, STRANGER])
async def test_only_directors_and_managers_read_the_load(bot: Bot, who: Role | int) -> None:
    assert "Загрузка" not in (await bot.say(who, "/load")).text
    assert "Загрузка" not in (await bot.press(who, SHOW)).text
    hour = an_hour(3)
    await bot.press(who, tap(LoadDo.HIDE, hour, "2"))
    async with bot.app.database.snapshot() as c:
        assert await closures.current(c, 1) is None


@pytest.mark.requirement("R78", "X28")
async def test_a_director_sets_what_the_shop_can_do_from_there(bot: Bot, put: Put) -> None:
    await put(13, ACCEPT)
    seen = await bot.press(Role.DIRECTOR, SHOW)
    page = await bot.press(Role.DIRECTOR, seen.data("Сколько успеваем"))
    assert "Заказов в час успевает магазин: бот считает по последним неделям" in page.text
    await bot.press(Role.DIRECTOR, page.data("Магазин в час"))
    await bot.say(Role.DIRECTOR, "7")
    assert "Успеваете 7 в час: по правилу магазина" in (await bot.press(Role.DIRECTOR, SHOW)).text
    assert "Сколько успеваем" not in (await bot.press(Role.MANAGER, SHOW)).labels


@pytest.mark.requirement("X28", "R8")
async def test_one_tap_hides_the_shop_for_the_hours_of_the_button(bot: Bot) -> None:
    seen = await bot.press(Role.MANAGER, tap(LoadDo.HIDE, an_hour(2), "2"))
    assert seen.toast == "Скрыт здесь. Теперь скройте его во Flowwow"
    assert "Скрыл(а) во Flowwow" in seen.labels
    async with bot.app.database.snapshot() as c:
        hiding = await closures.current(c, 1)
    assert hiding is not None
    assert hiding.until is not None
    assert timedelta(minutes=119) < hiding.until - datetime.now(UTC) <= timedelta(hours=2)
    again = await bot.press(Role.DIRECTOR, tap(LoadDo.HIDE, an_hour(2), "4"))
    assert again.toast.startswith("Магазин уже скрыт")
    async with bot.app.database.snapshot() as c:
        assert await closures.current(c, 1) == hiding


async def test_the_advice_of_an_hour_that_has_begun_hides_nothing(bot: Bot) -> None:
    for do in (LoadDo.HIDE, LoadDo.FEWER):
        seen = await bot.press(Role.MANAGER, tap(do, an_hour(0), "2"))
        assert seen.toast == "Этот час уже идёт: новых заказов на него не будет."
    async with bot.app.database.snapshot() as c:
        assert await closures.current(c, 1) is None


@pytest.mark.requirement("X28")
async def test_an_advice_that_was_dismissed_is_marked_so(bot: Bot) -> None:
    hour = an_hour(3)
    async with bot.app.database.write() as c:
        await said.note(c, 1, Advised(hour, datetime.now(UTC), 9))
    seen = await bot.press(Role.MANAGER, tap(LoadDo.DISMISS, hour))
    assert "больше не напомню" in seen.text
    assert seen.labels == []
    async with bot.app.database.snapshot() as c:
        assert [one.dismissed for one in await said.of_shop(c, 1)] == [True]


@pytest.mark.requirement("X28")
async def test_fewer_orders_for_an_hour_come_by_schedule_stop_list_and_plan(bot: Bot) -> None:
    seen = await bot.press(Role.MANAGER, tap(LoadDo.FEWER, an_hour(5)))
    assert "графике магазина во Flowwow" in seen.text
    assert seen.labels == ["Стоп-лист", "План дня", "← Загрузка"]
    for label in seen.labels:
        assert (await bot.press(Role.MANAGER, seen.data(label))).text
