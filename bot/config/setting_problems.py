"""Describes problems with the settings, one line each: the name, what is wrong, an example.

No line contains the given value: it may be a secret.
"""

from __future__ import annotations

import difflib
import io
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import parse_stream
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings

from bot.config.setting_kinds import Meant

_MARKETPLACE = ("flowwow_token", "flowwow_shop_id", "flowwow_webhook_secret")
_LIKE_OURS = 0.8
_FREE_TEXT = frozenset({"shop_name", "backup_path", "photos_path", "texts_path", "flowwow_webhook_secret"})
"""Settings whose value may contain ` #`; in all others a # after a space starts a comment."""
_COMMENTED = re.compile(r"""=[^\S\r\n]*[^\s"'#][^\r\n]*?\s#""")
"""Matches an unquoted value that is followed by a comment."""

Model = type[BaseSettings]


class UnreadableFile(Exception):  # noqa: N818 - the file is what is unreadable
    """The `.env` file exists but cannot be read as text."""


@dataclass(frozen=True, slots=True)
class EnvFile:
    """The content of a `.env` file; `bad_lines` are the numbers of lines that cannot be parsed."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    bad_lines: tuple[int, ...] = ()
    commented: tuple[str, ...] = ()
    """Names whose unquoted value is followed by a comment."""


def read_env_file(path: Path) -> EnvFile:
    """Read a `.env` file; a missing one counts as empty. Raises UnreadableFile."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return EnvFile(str(path))
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} cannot be read: save it as UTF-8 text") from error
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from error
    bindings = list(parse_stream(io.StringIO(text)))
    values = {one.key: one.value or "" for one in bindings if one.key and not one.error}
    bad_lines = tuple(one.original.line for one in bindings if one.error)
    commented = tuple(one.key for one in bindings if one.key and _COMMENTED.search(one.original.string))
    return EnvFile(str(path), values, bad_lines, commented)


def given(written: EnvFile) -> Mapping[str, str]:
    """All non-empty settings by lower-case name; the environment overrides the file."""
    merged = {**_lower_names(written.values), **_lower_names(os.environ)}
    return {name: value for name, value in merged.items() if value.strip()}


def of_value(error: ErrorDetails, model: Model) -> str:
    """Words for pydantic's error about one value, since pydantic's own message is hard to read."""
    name = str(error["loc"][0])
    wrong = "is missing" if error["type"] == "missing" else "is wrong"
    line = _line(model, name, f"{wrong}, it must be {model.model_fields[name].description}")
    cause = error.get("ctx", {}).get("error")
    near = cause.near if isinstance(cause, Meant) else ()
    return f"{line}. Did you mean {' or '.join(near)}?" if near else line


def of_groups(values: Mapping[str, str], model: Model) -> list[str]:
    """Problems with settings that are only valid together."""
    problems = []
    if "webhook_url" in values and "webhook_secret" not in values:
        problems.append(_line(model, "webhook_secret", "is missing, WEBHOOK_URL needs it"))
    missing = [name for name in _MARKETPLACE if name not in values]
    if len(missing) < len(_MARKETPLACE):
        names = ", ".join(_MARKETPLACE).upper()
        problems += [_line(model, name, f"is missing, {names} go together") for name in missing]
    return problems


def of_file(written: EnvFile, model: Model) -> list[str]:
    """Problems of the file: unreadable lines, misspelled names, and values cut off by a comment."""
    problems = [
        f"{written.name} line {line} cannot be read. Example: NAME=value" for line in written.bad_lines
    ]
    return problems + of_names(written, model) + _cut(written, model)


def of_names(written: EnvFile, model: Model) -> list[str]:
    """Misspelled names of settings."""
    problems = []
    ours = [name.upper() for name in model.model_fields]
    for name in written.values:
        near = difflib.get_close_matches(name.upper(), ours, n=1, cutoff=_LIKE_OURS)
        if near and name.upper() not in ours:
            problems.append(f"{name} in {written.name} is no setting. Did you mean {near[0]}?")
    return problems


def number_taken(owner: str) -> str:
    """The problem of a FLOWWOW_SHOP_ID that belongs to a shop added in the chat."""
    return (
        f"FLOWWOW_SHOP_ID is the number of another shop of this bot, «{owner}», which was added in the chat. "
        "Put here the number of the shop that these settings describe. To give it this one, start with its "
        f"former number and first change that of «{owner}» in the chat, or remove the shop: Staff, Shops."
    )


def _cut(written: EnvFile, model: Model) -> list[str]:
    """Free texts whose end would be lost as a comment, such as SHOP_NAME=Цветы #1."""
    return [
        f"{name} in {written.name} has a # after a space, where a comment begins. To keep all of it, put the "
        f'value in quotes: {name}="..."; to have a comment, put it into a line of its own.'
        for name in written.commented
        if name.lower() in _FREE_TEXT and name.lower() in model.model_fields
    ]


def _line(model: Model, name: str, wrong: str) -> str:
    examples = model.model_fields[name].examples or [""]
    return f"{name.upper()} {wrong}. Example: {name.upper()}={examples[0]}"


def _lower_names(values: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in values.items()}
