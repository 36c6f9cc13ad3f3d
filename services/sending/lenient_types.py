"""Reads Telegram's objects although the installed aiogram does not know the form of some part."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

_NOTHING = object()

MOST_ROUNDS = 50
"""At most this many times, unreadable parts are dropped and the rest is read again."""


def read_leniently(
    model_type: type[Model], raw: dict[str, object], context: object = None
) -> tuple[Model | None, list[str]]:
    """Read an object without its unreadable parts; returns it with the paths of what was dropped.

    The object is None where a required part is missing. The paths hold no values.
    """
    kept, dropped = copy.deepcopy(raw), list[str]()
    for _ in range(MOST_ROUNDS):
        try:
            return model_type.model_validate(kept, context=context), dropped
        except ValidationError as error:
            bad = _deepest(_place(kept, found) for found in error.errors(include_input=False))
        if not bad:
            break
        for path in bad:
            _drop(kept, path)
            dropped.append(".".join(map(str, path)))
    return None, dropped


def _place(raw: object, error: ErrorDetails) -> Path:
    """The path of an error in the raw object; pydantic's path also names the members of unions."""
    path: list[str | int] = []
    for part in error["loc"]:
        inner = _part(raw, part)
        if inner is not _NOTHING:
            raw = inner
            path.append(part)
    return tuple(path)


def _part(raw: object, part: str | int) -> object:
    if isinstance(raw, dict):
        return raw.get(part, _NOTHING)
    is_there = isinstance(raw, list) and isinstance(part, int) and part < len(raw)
    return raw[part] if is_there else _NOTHING  # type: ignore[index]  # a list and its index


def _deepest(paths: Iterable[Path]) -> list[Path]:
    """The innermost paths, the last of a list first: as little as possible is dropped at once."""
    found = set(paths)
    depth = max(map(len, found))
    return sorted((path for path in found if depth and len(path) == depth), key=_order, reverse=True)


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)


def _drop(raw: object, path: Path) -> None:
    for part in path[:-1]:
        raw = raw[part]  # type: ignore[index]  # the path was found in this very object
    del raw[path[-1]]  # type: ignore[attr-defined]
