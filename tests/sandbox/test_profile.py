import pytest
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
    MenuButtonCommands,
    MenuButtonDefault,
)

from tests.sandbox.tools import COURIER, DIRECTOR, GROUP, Sandbox


async def shown(met: Sandbox, person: str, chat: str = "bot") -> list[str]:
    return [entry["command"] for entry in (await met.people.chat(person, chat)).commands]


async def test_the_narrowest_scope_of_commands_wins(met: Sandbox) -> None:
    orders, shop, help_ = (BotCommand(command=name, description="x") for name in ("orders", "shop", "help"))
    await met.bot.set_my_commands([help_])
    assert await shown(met, "client") == ["help"]
    await met.bot.set_my_commands([orders], BotCommandScopeAllPrivateChats())
    await met.bot.set_my_commands([shop], BotCommandScopeAllGroupChats())
    await met.bot.set_my_commands([orders, shop], BotCommandScopeChat(chat_id=DIRECTOR))
    await met.bot.set_my_commands([], BotCommandScopeChatMember(chat_id=GROUP, user_id=COURIER))
    assert await shown(met, "client") == ["orders"]
    assert await shown(met, "director") == ["orders", "shop"]
    assert await shown(met, "florist", "group") == ["shop"]
    assert await shown(met, "courier", "group") == []
    kept = await met.bot.get_my_commands(BotCommandScopeChat(chat_id=DIRECTOR))
    assert [command.command for command in kept] == ["orders", "shop"]
    await met.bot.delete_my_commands(BotCommandScopeChat(chat_id=DIRECTOR))
    assert await shown(met, "director") == ["orders"]


async def test_commands_follow_the_persons_language(met: Sandbox) -> None:
    await met.bot.set_my_commands([BotCommand(command="any", description="x")])
    await met.bot.set_my_commands([BotCommand(command="russian", description="x")], language_code="ru")
    assert await shown(met, "director") == ["russian"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"commands": [{"command": "Заказы", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": ["a"]}, "can't parse BotCommand: expected an Object"),
        ({}, "can't parse commands: expected an Array of BotCommand"),
        (
            {"commands": [], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ({"commands": [], "scope": [1]}, "can't parse BotCommandScope: expected an Object"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
    ],
)
async def test_wrong_commands_are_refused(sandbox: Sandbox, params: dict[str, object], reason: str) -> None:
    assert await sandbox.refusal("setMyCommands", **params) == f"Bad Request: {reason}"


async def test_names_and_descriptions_are_kept_by_language(sandbox: Sandbox) -> None:
    bot = sandbox.bot
    assert (await bot.get_my_name()).name == "Помощник магазина"
    await bot.set_my_name("Цветы на Лесной")
    await bot.set_my_description("Заказы", language_code="ru")
    await bot.set_my_short_description("Коротко")
    assert (await bot.get_me()).first_name == "Цветы на Лесной"
    assert (await bot.get_my_name("ru")).name == "Цветы на Лесной"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_description("ru")).description == "Заказы"
    assert (await bot.get_my_short_description()).short_description == "Коротко"
    assert await sandbox.refusal("setMyName", name="x" * 65) == "Bad Request: BOT_NAME_TOO_LONG"


async def test_the_menu_button_is_set_for_one_chat_or_for_all(met: Sandbox) -> None:
    assert isinstance(await met.bot.get_chat_menu_button(), MenuButtonCommands)
    await met.bot.set_chat_menu_button(DIRECTOR, MenuButtonDefault())
    assert isinstance(await met.bot.get_chat_menu_button(DIRECTOR), MenuButtonDefault)
    assert isinstance(await met.bot.get_chat_menu_button(COURIER), MenuButtonCommands)
    await met.bot.set_chat_menu_button(menu_button=MenuButtonDefault())
    assert isinstance(await met.bot.get_chat_menu_button(COURIER), MenuButtonDefault)
    assert (await met.refusal("setChatMenuButton", menu_button={"type": "moon"})).startswith("Bad Request: ")
