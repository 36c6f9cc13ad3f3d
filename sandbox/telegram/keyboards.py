"""Inline and reply keyboards, validated as Telegram does."""

from collections.abc import Callable
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.links import BadLinkError, check_link

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
_KINDS = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"}
_INLINE_TYPES = [
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
    "disabled",
]
_STYLES = ("danger", "success", "primary")
_REPLY_FIELDS = [
    "text",
    "request_contact",
    "request_location",
    "request_poll",
    "request_users",
    "request_chat",
    "web_app",
    "style",
    "icon_custom_emoji_id",
]


def parse_markup(raw: object) -> dict[str, Any] | None:
    """Validate a `reply_markup`; returns None if there is none. Raises ApiError."""
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        rows = _rows(raw, "inline_keyboard", _inline_button)
        asks = {"force_reply": True} if raw.get("force_reply") is True else {}
        return {"inline_keyboard": rows, **asks} if rows else None
    if "keyboard" in raw:
        rows = _rows(raw, "keyboard", _reply_button)
        options = (
            "is_persistent",
            "resize_keyboard",
            "one_time_keyboard",
            "input_field_placeholder",
            "selective",
        )
        return {"keyboard": rows, **{name: raw[name] for name in options if raw.get(name)}} if rows else None
    if not _KINDS & raw.keys():
        return None
    return {name: raw[name] for name in ("remove_keyboard", "force_reply", "selective") if raw.get(name)}


def is_inline(markup: dict[str, Any] | None) -> bool:
    """Whether a markup is an inline keyboard or absent: only such messages can be edited."""
    return markup is None or "inline_keyboard" in markup


def _rows(
    raw: dict[str, Any], field: str, read: Callable[[object], dict[str, Any]]
) -> list[list[dict[str, Any]]]:
    rows = raw[field]
    if not isinstance(rows, list):
        raise bad_request(f'field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request(f'field "{field}" must be an Array of Arrays')
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return [[read(button) for button in row] for row in rows if row]


def _reply_button(raw: object) -> dict[str, Any]:
    if isinstance(raw, str):
        raw = {"text": raw}
    button = _object_with_text(raw, "keyboard button")
    return {name: button[name] for name in _REPLY_FIELDS if button.get(name)}


def _inline_button(raw: object) -> dict[str, Any]:
    button = _object_with_text(raw, "inline keyboard button")
    kinds = [name for name in _INLINE_TYPES if button.get(name) is not None]
    if not kinds:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    kept = {"text": button["text"], kinds[0]: button[kinds[0]]}
    if kinds[0] == "url":
        kept["url"] = _button_url(button["url"])
    elif kinds[0] == "callback_data":
        _check_callback_data(button["callback_data"])
    if "disabled" in kinds:
        _check_disabled(button["disabled"], kinds)
    if button.get("style") not in {None, "", *_STYLES}:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    return kept | {name: button[name] for name in ("style", "icon_custom_emoji_id") if button.get(name)}


def _object_with_text(raw: object, what: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise bad_request(f"can't parse {what}: expected an Object")
    text = raw.get("text")
    if text is None:
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {what}: Field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"{what} text must be non-empty")
    return raw


def _check_disabled(disabled: object, kinds: list[str]) -> None:
    if not isinstance(disabled, dict):
        raise bad_request('can\'t parse inline keyboard button: Field "disabled" must be of type Object')
    if len(kinds) > 1:
        raise bad_request("can't parse inline keyboard button: a disabled button must have no other type")


def _button_url(url: object) -> str:
    try:
        return check_link(str(url))
    except BadLinkError as error:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {error}") from None


def _check_callback_data(data: object) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
