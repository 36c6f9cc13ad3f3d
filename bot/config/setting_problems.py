"""What is wrong with the settings, in one line each: the name, what is wrong, an example.

No line ever holds the value that was given: it may be a secret.
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
"""Settings whose value may hold a space and a #; in all others what follows # can only be a comment."""
_COMMENTED = re.compile(r"""=[^\S\r\n]*[^\s"'#][^\r\n]*?\s#""")
"""A value without quotes, and a comment behind it."""

Model = type[BaseSettings]


class UnreadableFile(Exception):  # noqa: N818 - the file is what is unreadable
    """The `.env` file is there but cannot be read as text."""


@dataclass(frozen=True, slots=True)
class EnvFile:
    """What a `.env` file says; `bad_lines` are the numbers of the lines that say nothing."""

    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    bad_lines: tuple[int, ...] = ()
    commented: tuple[str, ...] = ()
    """The names whose value stands without quotes before a comment."""


def read_env_file(path: Path) -> EnvFile:
    """Read a `.env` file; one that is not there says nothing. Raises UnreadableFile."""
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
    """The settings that are given anywhere, by their names in lower case; the environment wins."""
    merged = {**_lower_names(written.values), **_lower_names(os.environ)}
    return {name: value for name, value in merged.items() if value.strip()}


def of_value(error: ErrorDetails, model: Model) -> str:
    """One problem that was found with one value; the library's own wording is not for people."""
    name = str(error["loc"][0])
    wrong = "is missing" if error["type"] == "missing" else "is wrong"
    line = _line(model, name, f"{wrong}, it must be {model.model_fields[name].description}")
    cause = error.get("ctx", {}).get("error")
    near = cause.near if isinstance(cause, Meant) else ()
    return f"{line}. Did you mean {' or '.join(near)}?" if near else line


def of_groups(values: Mapping[str, str], model: Model) -> list[str]:
    """Settings that need each other."""
    problems = []
    if "webhook_url" in values and "webhook_secret" not in values:
        problems.append(_line(model, "webhook_secret", "is missing, WEBHOOK_URL needs it"))
    missing = [name for name in _MARKETPLACE if name not in values]
    if len(missing) < len(_MARKETPLACE):
        names = ", ".join(_MARKETPLACE).upper()
        problems += [_line(model, name, f"is missing, {names} go together") for name in missing]
    return problems


def of_file(written: EnvFile, model: Model) -> list[str]:
    """Lines that say nothing, names that are nearly ours, and values that would lose a part."""
    problems = [
        f"{written.name} line {line} cannot be read. Example: NAME=value" for line in written.bad_lines
    ]
    return problems + of_names(written, model) + _cut(written, model)


def of_names(written: EnvFile, model: Model) -> list[str]:
    """Names that are nearly ours."""
    problems = []
    ours = [name.upper() for name in model.model_fields]
    for name in written.values:
        near = difflib.get_close_matches(name.upper(), ours, n=1, cutoff=_LIKE_OURS)
        if near and name.upper() not in ours:
            problems.append(f"{name} in {written.name} is no setting. Did you mean {near[0]}?")
    return problems


def number_taken(owner: str) -> str:
    """FLOWWOW_SHOP_ID is the number of a shop that was added in the chat."""
    return (
        f"FLOWWOW_SHOP_ID is the number of another shop of this bot, «{owner}», which was added in the chat. "
        "Put here the number of the shop that these settings describe. To give it this one, start with its "
        f"former number and first change that of «{owner}» in the chat, or remove the shop: Staff, Shops."
    )


def _cut(written: EnvFile, model: Model) -> list[str]:
    """Free text of which a comment sign would take the end away, such as SHOP_NAME=Цветы #1."""
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
