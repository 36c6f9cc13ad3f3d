"""Decodes updates one by one from Telegram's JSON.

The Bot API gets new types often, and aiogram rejects a whole answer for one update that it does not know.
Here an unknown update affects no others, and is used without its unknown parts where possible (X22).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiogram import Bot
from aiogram.types import Update
from pydantic import ValidationError

Path = tuple[int | str, ...]

KINDS = tuple(name for name in Update.model_fields if name != "update_id")
"""The optional fields of an update; exactly one is present and holds the event."""
LARGEST_ID = 2**53
"""Telegram's ids have at most 52 significant bits; the database stores 64."""

MOST_REPAIRS = 12
"""Most attempts to decode an update, each without further parts."""
NEVER_LEFT_OUT = frozenset({"from", "chat", "sender_chat", "user", "sender_user", "contact", "date"})
"""Who did it, where, when, and whose contact it is: without these the meaning would change."""
FORWARD = "forward_origin"
FORMER_FORWARD = "forward_date"
"""Marks a forwarded message in Bot API before 7.0, which has no `forward_origin`."""
SOME_FORWARD = {"type": "hidden_user", "date": 1, "sender_user_name": "?"}
"""Replaces an undecodable origin, so that a forwarded contact never passes for the sender's own."""

DEEPEST, MOST_FIELDS, LONGEST_SHAPE = 8, 40, 1500
_NAME = re.compile(r"[A-Za-z0-9_]{1,40}")
_TAG = re.compile(r"[a-z_]{1,32}")
_TAGS = ("type", "status", "source")
"""Fields whose values are constants of the Bot API that tell the types of a union apart."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of an update before decoding. `kind` is empty if aiogram does not know it."""

    update_id: int
    kind: str
    sender_id: int | None = None
    language: str = ""
    is_private: bool = False
    is_migration: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A decoded update, or None; `fault` names the fields that could not be decoded, or is empty."""

    update: Update | None
    fault: str = ""


def outline(raw: object) -> Outline | None:
    """Outline an update without decoding it; None if it has no valid id, so that it cannot be confirmed."""
    update_id = _id(_at(raw, "update_id"))
    if update_id is None or update_id <= 0:
        return None
    kind = next((kind for kind in KINDS if isinstance(_at(raw, kind), dict)), "")
    event = _at(raw, kind)
    sender = _at(event, "from") or _at(event, "user")
    sender_id, language = _id(_at(sender, "id")), _at(sender, "language_code")
    chat = _at(event, "chat") or _at(_at(event, "message"), "chat")
    return Outline(
        update_id,
        kind,
        sender_id,
        language if isinstance(language, str) else "",
        is_private=_at(chat, "id") == sender_id and sender_id is not None,
        is_migration=kind == "message" and _at(event, "migrate_to_chat_id") is not None,
    )


def _id(value: object) -> int | None:
    """The value if it is a valid Telegram id, else None."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST_ID:
        return value
    return None


def decode(raw: object, bot: Bot) -> Reading:
    """Decode an update, leaving out optional parts that aiogram does not know."""
    try:
        if _has_endless_number(raw):
            return Reading(None, "number")
        return _decode(raw, bot)
    except Exception as error:  # noqa: BLE001 - a validator failed, or it is nested too deep
        return Reading(None, type(error).__name__)


def _decode(raw: object, bot: Bot) -> Reading:
    rest, left_out = _with_origin(raw), ""
    for attempt in range(MOST_REPAIRS):
        try:
            return Reading(Update.model_validate(rest, context={"bot": bot}), left_out)
        except ValidationError as error:
            problem = error
        left_out = left_out or _fault(problem)
        if attempt == 0:
            rest = copy.deepcopy(rest)
        if not _leave_out(rest, _faulty(problem, rest)):
            break
    return Reading(None, left_out)


def _has_endless_number(value: object) -> bool:
    """Whether it contains an integer that does not fit into the database's 64 bits."""
    if isinstance(value, dict):
        return any(map(_has_endless_number, value.values()))
    if isinstance(value, list):
        return any(map(_has_endless_number, value))
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def shape(value: object, depth: int = 0) -> str:
    """The names of the fields and the types of their values, without personal data."""
    if isinstance(value, dict) and depth < DEEPEST:
        fields = (f"{_name(key)}:{_shape_of(key, each, depth)}" for key, each in _first(value.items()))
        found = "{" + ",".join(fields) + "}"
    elif isinstance(value, list) and depth < DEEPEST:
        found = "[" + ",".join(sorted({shape(each, depth + 1) for each in _first(value)})) + "]"
    else:
        found = "null" if value is None else type(value).__name__
    return found[:LONGEST_SHAPE]


def _first(values: Iterable[Any]) -> Iterable[Any]:
    return (value for _, value in zip(range(MOST_FIELDS), values, strict=False))


def _shape_of(key: object, value: object, depth: int) -> str:
    if key in _TAGS and isinstance(value, str) and _TAG.fullmatch(value):
        return f"'{value}'"
    return shape(value, depth + 1)


def _name(key: object) -> str:
    return key if isinstance(key, str) and _NAME.fullmatch(key) else "?"


def _at(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


def _with_origin(raw: object) -> object:
    message = _at(raw, "message")
    if isinstance(raw, dict) and isinstance(message, dict) and FORMER_FORWARD in message:
        return {**raw, "message": {FORWARD: SOME_FORWARD, **message}}
    return raw


def _fault(problem: ValidationError) -> str:
    """Where decoding failed and how, without the values."""
    errors = problem.errors(include_url=False, include_context=False, include_input=False)
    places = {f"{'.'.join(map(_step, error['loc']))}: {error['type']}": None for error in errors[:5]}
    return "; ".join(places)


def _step(step: int | str) -> str:
    return "*" if isinstance(step, int) else _name(step)


def _faulty(problem: ValidationError, raw: object) -> list[Path]:
    """Paths of the innermost parts with errors; of list items the last first, so that removal is safe."""
    paths: dict[Path, None] = {}
    members: dict[Path, int | str] = {}
    for error in problem.errors(include_url=False, include_context=False, include_input=False):
        path = _existing(error["loc"], raw, members)
        if path is not None:
            paths[path] = None
    return sorted(paths, key=lambda path: [(isinstance(step, int), str(step).zfill(9)) for step in path])[
        ::-1
    ]


def _existing(location: Path, root: object, members: dict[Path, int | str]) -> Path | None:
    """The part of pydantic's error location that exists in the update.

    A step that is not a field names the union member that pydantic tried. Only the first member tried at a
    place counts, noted in `members`; for the others it returns None.
    """
    found: Path = ()
    raw: Any = root
    for step in location[:-1]:
        if _has(raw, step):
            raw, found = raw[step], (*found, step)
        elif members.setdefault(found, step) != step:
            return None
    return (*found, location[-1]) if location and _has(raw, location[-1]) else found


def _has(holder: Any, step: int | str) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(holder, list):
        return isinstance(step, int) and step < len(holder)
    return isinstance(holder, dict) and step in holder


def _leave_out(raw: object, paths: list[Path]) -> bool:
    """Remove these parts. Returns False if that would remove the whole event, or if there are none."""
    for path in paths:
        while path and path[-1] in NEVER_LEFT_OUT:
            path = path[:-1]  # noqa: PLW2901 - remove its parent instead
        if len(path) < 2:  # noqa: PLR2004 - a path of one step is the whole event
            return False
        with suppress(LookupError):  # already removed with its parent
            _take_out(raw, path)
    return bool(paths)


def _take_out(holder: Any, path: Path) -> None:  # noqa: ANN401 - any JSON
    for step in path[:-1]:
        holder = holder[step]
    if path[-1] == FORWARD:
        holder[FORWARD] = dict(SOME_FORWARD)
    else:
        del holder[path[-1]]
