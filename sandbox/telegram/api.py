"""The table of Bot API methods, and `call`, which applies the rate limits to every call."""

import importlib
from collections.abc import Awaitable, Callable

from sandbox.telegram.errors import ApiError
from sandbox.telegram.limits import messages_in
from sandbox.telegram.params import Params
from sandbox.telegram.state import Telegram

Method = Callable[[Telegram, Params], Awaitable[object]]

_METHODS: dict[str, Method] = {}
_MODULES = (
    "receiving",
    "sending",
    "locations",
    "media",
    "albums",
    "copying",
    "editing",
    "ephemeral",
    "deleting",
    "queries",
    "chats",
    "profile",
)


def method(name: str) -> Callable[[Method], Method]:
    """Register a function under the Bot API's name."""

    def add(function: Method) -> Method:
        _METHODS[name.lower()] = function
        return function

    return add


async def call(telegram: Telegram, name: str, params: Params) -> object:
    """Execute a call and return its result; names are case-insensitive. Raises ApiError."""
    if not _METHODS:
        for module in _MODULES:
            importlib.import_module(f"sandbox.telegram.methods.{module}")
    function = _METHODS.get(name.lower())
    if function is None or telegram.lacks.method(name):
        raise ApiError(404, "Not Found: method not found")
    _check_limits(telegram, name, params)
    return await function(telegram, telegram.lacks.read(params))


def _check_limits(telegram: Telegram, name: str, params: Params) -> None:
    """Refuse calls above the limits; the method itself refuses unknown chats."""
    chat = telegram.chats.get(params.integer("chat_id"))
    count = messages_in(name, params)
    if chat is not None and count:
        telegram.limits.pass_through(chat, count)
