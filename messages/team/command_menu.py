"""The commands behind «/»: each person sees only those that they may use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from aiogram.types import BotCommand

from messages.i18n.texts import Translator
from orders.access.roles import Act, acts_of
from orders.model.people import Role

STRANGER = ("start-stranger",)
CLIENT = ("start-client",)
_OF_STAFF: tuple[tuple[str, Act | None], ...] = (
    ("orders", None),
    ("new", Act.SEE_ALL_ORDERS),
    ("plan", Act.SEE_ALL_ORDERS),
    ("load", Act.SEE_ALL_ORDERS),
    ("add", Act.ENTER_ORDERS),
    ("deliveries", None),
    ("routes", Act.SEE_ALL_ORDERS),
    ("spare", Act.KEEP_SPARE_COURIERS),
    ("shop", Act.SEE_GOODS),
    ("report", None),
    ("team", Act.SEE_TEAM),
    ("guide", None),
    ("pack", Act.SEE_ALL_ORDERS),
    ("fallback", Act.INVITE),
    ("first", Act.RUN_SHOPS),
    ("sounds", None),
    ("me", None),
)
"""Each command of the staff with the right it requires; None: everybody may use it."""


_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?:\s.*)?", re.ASCII | re.DOTALL)
_NAMES = frozenset({"start", "help", *(name for name, _act in _OF_STAFF)})


def is_command(text: str) -> bool:
    """Whether it is a command of the staff, regardless of rights."""
    found = _COMMAND.fullmatch(text)
    return found is not None and found[1] in _NAMES


def commands_of(role: Role) -> tuple[str, ...]:
    """The commands of this role; for a courier their own deliveries come first."""
    acts = acts_of(role)
    found = tuple(name for name, act in _OF_STAFF if act is None or act in acts)
    return tuple(sorted(found, key=lambda name: name != "deliveries")) if role is Role.COURIER else found


def bot_commands(names: Iterable[str], t: Translator) -> Sequence[BotCommand]:
    """In Telegram's format. A suffix selects other words: «start-client» is /start for clients."""
    return [
        BotCommand(command=name.partition("-")[0], description=t.plain(f"command-{name}")) for name in names
    ]
