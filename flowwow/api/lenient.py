"""Reads objects of which any field may be missing, null or of an unexpected type.

A field that cannot be read gets its default, and its name is added to the doubts.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
)

_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_INTEGER = TypeAdapter(int)


class Doubts:
    """Collects the fields that could not be read, by their names in the marketplace's object."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def note(self, name: str) -> None:
        if name not in self._names:
            self._names.append(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)


def clean_text(text: str) -> str:
    """Removes only what no database stores: NULs and unpaired surrogates."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def _as_words(value: object) -> object:
    """Unescapes HTML once: the marketplace may send texts by people with entities like `&quot;`."""
    text = _as_text(value)
    return (
        clean_text(_ENTITY.sub(lambda found: html.unescape(found[0]), text))
        if isinstance(text, str)
        else text
    )


def _no_truth_value(value: object) -> object:
    """Rejects booleans, which pydantic would read as the numbers 0 and 1."""
    if isinstance(value, bool):
        raise ValueError("a truth value")  # noqa: TRY004 - pydantic collects ValueErrors only
    return value


def _as_text(value: object) -> object:
    """Turns numbers into text, and cleans text before pydantic, which rejects unpaired surrogates."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean_text(value) if isinstance(value, str) else value


def _moment(value: object) -> datetime:
    seconds = _INTEGER.validate_python(_no_truth_value(value))
    if not _EARLIEST.timestamp() <= seconds < _LATEST.timestamp():
        raise ValueError("not of this century")
    return datetime.fromtimestamp(seconds, UTC)


Text = Annotated[str, BeforeValidator(_as_text)]
Words = Annotated[str, BeforeValidator(_as_words)]
"""Text written by people: names, addresses, notes."""
Code = Annotated[int, BeforeValidator(_no_truth_value)]
Number = Annotated[int, BeforeValidator(_no_truth_value), Field(gt=0, lt=2**63)]
Sum = Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,20})?$")]
"""A decimal sum with a dot, not negative; its length fits every database and card."""
Moment = Annotated[datetime, BeforeValidator(_moment)]
"""Unix seconds of this century, read as an aware UTC datetime."""


class Lenient(BaseModel):
    """Base of all objects from the marketplace. `null` counts as missing."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    @field_validator("*", mode="wrap")
    @classmethod
    def _unknown_when_unreadable(
        cls, value: object, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> object:
        field = cls.model_fields[str(info.field_name)]
        unknown: object = field.get_default(call_default_factory=True, validated_data={})
        if value is None:
            return unknown
        try:
            read_value: object = handler(value)
        except ValidationError:
            if info.context is not None:
                info.context(field.alias or info.field_name)
            return unknown
        return read_value


_Model = TypeVar("_Model", bound=Lenient)


def read(model: type[_Model], raw: object, where: str, doubts: Doubts) -> _Model:
    """Parse `raw` as far as possible. `where`: its path in the outermost object, whose own path is empty."""
    prefix = f"{where}." if where else ""
    if raw is None:
        return model()
    if not isinstance(raw, Mapping):
        doubts.note(where)
        return model()
    return model.model_validate(raw, context=lambda name: doubts.note(prefix + name))


class NotJson(ValueError):  # noqa: N818 - the name says what the content is not
    """The content cannot be read as JSON."""


def load_json(content: bytes) -> object:
    """Parse JSON; raises NotJson when that fails. NaN and Infinity, which some programs write, yield None."""
    try:
        return json.loads(content, parse_constant=lambda _name: None)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error
