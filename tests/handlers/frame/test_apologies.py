"""Where something breaks, what was said is asked for once more, and then it is done (X3)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram.types import Contact, Document, PhotoSize
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.frame.dialogue import Waiting
from messages.i18n.texts import Translator
from orders.model.people import Role
from storage.db.database import Database
from storage.team import staff
from tests.handlers.conftest import DIRECTOR, STRANGER, Shop

pytestmark = pytest.mark.requirement("X3")

RU = Translator("ru")
WORDS, FILE, TOAST = RU.plain("trouble"), RU.plain("trouble-file"), RU.plain("toast-trouble")
PHOTO = {"photo": [PhotoSize(file_id="p", file_unique_id="p", width=1200, height=900)]}
SHEET = {"document": Document(file_id="d", file_unique_id="d", file_name="prices.yml")}


class Breaking:
    """Breaks one write of the database, the `at`-th from now on."""

    def __init__(self, database: Database, at: int) -> None:
        self._write = database.write
        self._left = at

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        self._left -= 1
        if self._left == 0:
            raise KeyError("broken")
        async with self._write() as c:
            yield c


async def two_in_the_shop(shop: Shop) -> int:
    """Gives the id of a colleague of the director."""
    async with shop.app.database.write() as c:
        return (await staff.add(c, 1, "+79160000003", "Оля", Role.SELLER)).staff_id


SPOKEN: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "a name": (
        str(Waiting.colleague_name.state),
        '{{"person": {colleague}, "shop": 1}}',
        {"text": "Мария"},
        "SELECT count(*) FROM memberships WHERE name = 'Мария'",
    ),
    "a courier to call": (
        str(Waiting.spare.state),
        '{{"shop": 1}}',
        {"contact": Contact(phone_number="+79160000099", first_name="Глеб")},
        "SELECT count(*) FROM spare_couriers WHERE name = 'Глеб'",
    ),
}


@pytest.mark.parametrize("said", SPOKEN)
@pytest.mark.parametrize("at", [1, 2])
async def test_words_that_broke_are_taken_when_they_are_sent_again(
    shop: Shop, said: str, at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, data, message, is_done = SPOKEN[said]
    colleague = await two_in_the_shop(shop)
    await shop.stands(DIRECTOR, state, data.format(colleague=colleague))
    breaking = Breaking(shop.app.database, at)
    with monkeypatch.context() as broken:
        broken.setattr(shop.app.database, "write", breaking.write)
        answer = await shop.hears(DIRECTOR, **message)
    assert answer == [WORDS]
    await shop.hears(DIRECTOR, **message)
    async with shop.app.database.snapshot() as c:
        assert await c.scalar(text(is_done)) == 1


@pytest.mark.parametrize("message", [PHOTO, SHEET], ids=["photo", "document"])
async def test_of_a_file_it_is_said_that_it_may_not_be_kept(
    shop: Shop, message: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kept: object) -> None:
        raise KeyError("broken")

    monkeypatch.setattr("services.files.downloads.Downloads.fetched", broken)
    assert await shop.hears(DIRECTOR, **message) == [FILE]
    assert "пришлите ещё раз" in FILE


async def test_of_a_button_it_is_said_that_it_can_be_pressed_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_kept: object) -> None:
        raise KeyError("broken")

    monkeypatch.setattr(shop.app.database, "snapshot", broken)
    monkeypatch.setattr(shop.app.database, "read_one", broken)
    assert await shop.hears(STRANGER, data="o:accept:1:", text="?") == [TOAST]


@pytest.mark.parametrize("key", ["trouble", "trouble-file", "toast-trouble"])
def test_no_apology_claims_that_nothing_is_lost(key: str) -> None:
    for language, claim in (("ru", "не потеряно"), ("en", "Nothing is lost")):
        assert claim not in Translator(language).plain(key)
