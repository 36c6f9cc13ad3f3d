"""Each person's «/» shows the commands that they may use, and no others."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import DeleteMyCommands, SetMyCommands
from sqlalchemy import update

from bot.runtime.introduction import _set_menu
from messages.i18n.texts import LANGUAGES
from messages.team.command_menu import commands_of
from orders.model.people import STAFF_ROLES, Role
from services.health.clock import utc_now
from services.order.desk import Desk
from services.team.command_menus import CommandMenus
from storage.client import links
from storage.db.tables import staff as staff_table
from storage.team import staff
from tests.builders import a_mark
from tests.handlers.conftest import DIRECTOR, Shop
from tests.handlers.team.conftest import CHATS, COURIER, FLORIST, MANAGER, join
from tests.services.workplace import receive

CLIENT = 700


def menus(shop: Shop) -> CommandMenus:
    return next(one for one in shop.app.watchers if isinstance(one, CommandMenus))


async def given(shop: Shop) -> dict[int, list[str]]:
    """The menus that Telegram is given now, by chat; an empty one is taken back."""
    shop.wire.calls = []
    await menus(shop).give()
    found: dict[int, list[str]] = {}
    for call in shop.wire.calls:
        scope: Any = getattr(call, "scope", None)
        if isinstance(call, SetMyCommands):
            found[scope.chat_id] = [one.command for one in call.commands]
        elif isinstance(call, DeleteMyCommands):
            found[scope.chat_id] = []
    return found


async def test_each_role_has_the_menu_of_what_it_may_do(shop: Shop) -> None:
    for role in CHATS:
        await join(shop, role)
    found = await given(shop)
    assert "first" in found[DIRECTOR]
    assert all(len(set(menu)) == len(menu) for menu in found.values())
    assert "team" in found[MANAGER]
    assert "first" not in found[MANAGER]
    assert not {"add", "new", "spare", "team", "pack"} & set(found[FLORIST])
    assert found[COURIER] == ["deliveries", "orders", "report", "guide", "sounds", "me"]
    assert await given(shop) == {}  # they have them: nothing is said again


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_no_menu_says_a_command_twice(role: Role) -> None:
    commands = commands_of(role)
    assert len(set(commands)) == len(commands)


async def test_another_role_gets_another_menu_and_who_leaves_gets_that_of_strangers(shop: Shop) -> None:
    await join(shop, Role.SELLER)
    assert "add" not in (await given(shop))[FLORIST]
    async with shop.app.database.write() as c:
        [member] = await staff.by_telegram(c, FLORIST)
        await staff.set_role(c, member.staff_id, 1, Role.MANAGER)
    assert "add" in (await given(shop))[FLORIST]
    async with shop.app.database.write() as c:
        await staff.remove(c, member.staff_id, 1)
    assert await given(shop) == {FLORIST: []}


async def test_a_client_sees_the_way_to_the_own_order_and_nothing_of_the_staff(shop: Shop) -> None:
    order = await receive(Desk(shop.app.database, utc_now), utc_now())
    async with shop.app.database.write() as c:
        await links.add(c, order.id, "nonce", "token", a_mark())
        link = await links.of_order(c, order.id)
        assert link is not None
        await links.bind(c, link.id, CLIENT, "en", utc_now())
    assert (await given(shop))[CLIENT] == ["start"]


async def test_the_menu_speaks_the_language_of_its_reader(shop: Shop) -> None:
    await given(shop)
    async with shop.app.database.write() as c:
        await c.execute(update(staff_table).values(language="en"))
    shop.wire.calls = []
    await menus(shop).give()
    [call] = shop.wire.calls
    assert isinstance(call, SetMyCommands)
    assert call.commands[0].description == "Orders"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_stranger_sees_how_to_connect(shop: Shop, language: str) -> None:
    await _set_menu(shop.app.bot, language)
    [call] = shop.wire.calls
    assert isinstance(call, SetMyCommands)
    assert [one.command for one in call.commands] == ["start"]


@pytest.mark.parametrize("role", STAFF_ROLES)
async def test_every_command_of_a_menu_is_answered(shop: Shop, role: Role) -> None:
    person = CHATS.get(role, DIRECTOR)
    if role in CHATS:
        await join(shop, role)
    for name in commands_of(role):
        said = await shop.hears(person, text=f"/{name}")
        assert said, name
        assert "Не понял" not in " ".join(said), name


async def test_where_telegram_puts_menus_off_nobodys_is_tried_before_its_time(shop: Shop) -> None:
    await join(shop, Role.SELLER)
    put_off = TelegramRetryAfter(
        method=SetMyCommands(commands=[]), message="Too Many Requests", retry_after=490
    )
    shop.wire.refusals[SetMyCommands] = put_off
    assert len(await given(shop)) == 1
    await join(shop, Role.MANAGER)
    assert await given(shop) == {}
