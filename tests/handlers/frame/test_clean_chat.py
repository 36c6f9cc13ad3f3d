"""Menus, questions and hiring talk leave nothing behind in the chat (X15)."""

from __future__ import annotations

import pytest
from aiogram.types import Contact

from messages.callbacks.order import Do, Tap
from messages.callbacks.team import TeamDo, TeamTap
from services.health.clock import utc_now
from services.order.desk import Desk
from tests.handlers.conftest import DIRECTOR, Shop
from tests.services.workplace import receive

pytestmark = pytest.mark.requirement("X15")

MENUS = ("Сотрудники", "Магазин", "Заказы", "Новые", "/sounds", "/spare", "/fallback")


def team(do: TeamDo, arg: str = "") -> str:
    return TeamTap(do=do, shop=1, arg=arg).pack()


async def test_of_all_menus_and_lists_of_a_day_only_the_last_one_stands(shop: Shop) -> None:
    for words in MENUS * 3:
        assert await shop.hears(DIRECTOR, text=words)
    assert len(shop.wire.left) == 1


async def test_what_was_pressed_to_open_a_menu_leaves_the_chat_too(shop: Shop) -> None:
    for words in MENUS[:4]:
        before = len([one for one in shop.wire.gone if one not in shop.wire.sent])
        await shop.hears(DIRECTOR, text=words)
        assert len([one for one in shop.wire.gone if one not in shop.wire.sent]) == before + 1


async def test_hiring_leaves_one_message_and_none_of_the_talk(shop: Shop) -> None:
    await shop.hears(DIRECTOR, text="Сотрудники")
    await shop.hears(DIRECTOR, data=team(TeamDo.ADD))
    theirs = len(shop.wire.gone)
    assert "телефон" in (await shop.hears(DIRECTOR, text="Оля без номера"))[-1]
    assert len(shop.wire.left) == 1
    card = Contact(phone_number="+79160000077", first_name="Оля")
    assert "Оля" in (await shop.hears(DIRECTOR, contact=card))[-1]
    await shop.hears(DIRECTOR, data=team(TeamDo.ROLE, "seller"))
    assert len(shop.wire.left) == 1
    written = [one for one in shop.wire.gone[theirs:] if one not in shop.wire.sent]
    assert len(written) == 2  # the try without a number, and the card


async def test_a_question_goes_when_its_person_turns_to_something_else(shop: Shop) -> None:
    order = await receive(Desk(shop.app.database, utc_now), utc_now())
    for turn in ("Заказы", "Сотрудники", "🆘 Что делать?", "/report", "/me", "/first", "/add"):
        await shop.hears(DIRECTOR, data=Tap(do=Do.DECLINE_YES, order=order.id).pack())
        question = shop.wire.left[-1]
        await shop.hears(DIRECTOR, text=turn)
        assert question in shop.wire.gone


async def test_a_question_goes_when_another_one_is_put(shop: Shop) -> None:
    order = await receive(Desk(shop.app.database, utc_now), utc_now())
    for _ in range(3):
        await shop.hears(DIRECTOR, data=Tap(do=Do.DECLINE_YES, order=order.id).pack())
    assert len(shop.wire.left) == 1
