"""Reading objects of which any field may be missing, null or of a type that nobody expected.

A field that cannot be read becomes unknown (its default) and its name is noted among the doubts.
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
    """The fields that could not be read, by their names in the marketplace's object."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def note(self, name: str) -> None:
        if name not in self._names:
            self._names.append(name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._names)


def clean_text(text: str) -> str:
    """Only what no database takes goes: NULs and halves of surrogate pairs. The rest stays whole."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\0", "")


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def _as_words(value: object) -> object:
    """The marketplace may send what people wrote as HTML: `&quot;` is a quotation mark. Undone once."""
    text = _as_text(value)
    return (
        clean_text(_ENTITY.sub(lambda found: html.unescape(found[0]), text))
        if isinstance(text, str)
        else text
    )


def _no_truth_value(value: object) -> object:
    """`true` is not the number 1."""
    if isinstance(value, bool):
        raise ValueError("a truth value")  # noqa: TRY004 - pydantic collects ValueErrors only
    return value


def _as_text(value: object) -> object:
    """Numbers are texts too; cleaned before pydantic looks, which takes no half of a surrogate pair."""
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
"""What people wrote: names, addresses, notes."""
Code = Annotated[int, BeforeValidator(_no_truth_value)]
Number = Annotated[int, BeforeValidator(_no_truth_value), Field(gt=0, lt=2**63)]
Sum = Annotated[str, BeforeValidator(_as_text), Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,20})?$")]
"""A decimal sum with a dot, not negative; short enough for any database and any card."""
Moment = Annotated[datetime, BeforeValidator(_moment)]
"""Unix seconds of this century, read as an aware UTC datetime."""


class Lenient(BaseModel):
    """Base of all objects that come from the marketplace. `null` is the same as missing."""

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
    """Read `raw` as far as it can be read; `where` is its own name, empty for the outermost object."""
    prefix = f"{where}." if where else ""
    if raw is None:
        return model()
    if not isinstance(raw, Mapping):
        doubts.note(where)
        return model()
    return model.model_validate(raw, context=lambda name: doubts.note(prefix + name))


class NotJson(ValueError):  # noqa: N818 - it says what the content is not
    """The content cannot be read as JSON."""


def load_json(content: bytes) -> object:
    """Read JSON; raises NotJson. NaN and Infinity, which only some programs write, become null."""
    try:
        return json.loads(content, parse_constant=lambda _name: None)
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from error
