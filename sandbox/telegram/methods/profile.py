"""The bot's profile: commands, names, descriptions, menu button."""

import re

from sandbox.telegram.access import known_chat
from sandbox.telegram.api import Method, method
from sandbox.telegram.chats import Json
from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.profile import Scope
from sandbox.telegram.state import Telegram

MAX_COMMANDS = 100
MAX_DESCRIPTION = 256
_COMMAND = re.compile(r"/?[a-z0-9_]{1,32}")
_PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
_TEXTS = {
    "Name": ("name", 64),
    "Description": ("description", 512),
    "ShortDescription": ("short_description", 120),
}


@method("setMyCommands")
async def set_my_commands(telegram: Telegram, params: Params) -> object:
    """Set the command menu of a scope and language."""
    raw = params.json("commands", "commands")
    if not isinstance(raw, list):
        raise bad_request("can't parse commands: expected an Array of BotCommand")
    if len(raw) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    place = _scope(telegram, params), params.text("language_code")
    telegram.profile.commands[place] = [_command(entry) for entry in raw]
    telegram.events.add("commands", {})
    return True


@method("getMyCommands")
async def get_my_commands(telegram: Telegram, params: Params) -> object:
    """Return the command menu of a scope and language."""
    return telegram.profile.commands.get((_scope(telegram, params), params.text("language_code")), [])


@method("deleteMyCommands")
async def delete_my_commands(telegram: Telegram, params: Params) -> object:
    """Delete the command menu of a scope and language."""
    telegram.profile.commands.pop((_scope(telegram, params), params.text("language_code")), None)
    telegram.events.add("commands", {})
    return True


@method("setChatMenuButton")
async def set_chat_menu_button(telegram: Telegram, params: Params) -> object:
    """Set the menu button next to the text field, for one chat or all."""
    raw = params.json("menu_button", "menu button")
    button: Json = raw if isinstance(raw, dict) else {"type": "default"}
    if button.get("type") not in {"commands", "default", "web_app"}:
        raise bad_request("can't parse MenuButton: MenuButton has unsupported type")
    if "chat_id" in params:
        known_chat(telegram, params).menu_button = button
    else:
        telegram.profile.menu_button = button
    return True


@method("getChatMenuButton")
async def get_chat_menu_button(telegram: Telegram, params: Params) -> object:
    """Return the menu button next to the text field."""
    own = known_chat(telegram, params).menu_button if "chat_id" in params else None
    return own or telegram.profile.menu_button


def _setter(suffix: str, field: str, limit: int) -> Method:
    async def set_text(telegram: Telegram, params: Params) -> object:
        text = params.text(field)
        if len(text) > limit:
            raise bad_request(f"BOT_{field.upper()}_TOO_LONG")
        texts: dict[str, str] = getattr(telegram.profile, field)
        texts[params.text("language_code")] = text
        return True

    return method(f"setMy{suffix}")(set_text)


def _getter(suffix: str, field: str) -> Method:
    async def get_text(telegram: Telegram, params: Params) -> object:
        texts: dict[str, str] = getattr(telegram.profile, field)
        usual = telegram.bot_user["first_name"] if field == "name" else ""
        return {field: texts.get(params.text("language_code")) or texts.get("") or usual}

    return method(f"getMy{suffix}")(get_text)


for _suffix, (_field, _limit) in _TEXTS.items():
    _setter(_suffix, _field, _limit)
    _getter(_suffix, _field)


def _command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command, description = str(raw.get("command", "")), str(raw.get("description", ""))
    if not _COMMAND.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command.removeprefix("/"), "description": description}


def _scope(telegram: Telegram, params: Params) -> Scope:
    raw = params.json("scope", "scope") or {"type": "default"}
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommandScope: expected an Object")
    kind = str(raw.get("type"))
    if kind in _PLAIN_SCOPES:
        return kind, 0, 0
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    given = params.nested(raw)
    chat = known_chat(telegram, given)
    return kind, chat.id, given.integer("user_id")
