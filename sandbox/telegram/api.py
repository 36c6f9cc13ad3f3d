"""The table of Bot API methods; every call of the bot passes `call`: limits and faults would sit there."""

import importlib
from collections.abc import Awaitable, Callable

from sandbox.telegram.errors import ApiError
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

Method = Callable[[Telegram, Params], Awaitable[object]]

_METHODS: dict[str, Method] = {}
_MODULES = (
    "receiving",
    "sending",
    "media",
    "albums",
    "copying",
    "editing",
    "deleting",
    "queries",
    "chats",
    "profile",
)


def method(name: str) -> Callable[[Method], Method]:
    """Put a function into the table under the Bot API's name."""

    def add(function: Method) -> Method:
        _METHODS[name.lower()] = function
        return function

    return add


async def call(telegram: Telegram, name: str, params: Params) -> object:
    """Do one call of the bot and give its result; the case of the name does not matter."""
    if not _METHODS:
        for module in _MODULES:
            importlib.import_module(f"sandbox.telegram.methods.{module}")
    function = _METHODS.get(name.lower())
    if function is None:
        raise ApiError(404, "Not Found: method not found")
    return await function(telegram, params)
