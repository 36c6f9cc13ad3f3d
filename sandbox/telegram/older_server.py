"""Emulates an older Bot API server, which refuses or ignores unknown features."""

import re
from collections.abc import Callable
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from sandbox.telegram.chats import Json
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.params import Params

_TIME_TAG = re.compile(r"</?tg-time[^>]*>")
_TEXTS = ("text", "caption")
_EPHEMERAL = ("ephemeral_message_parameters", "receiver_user_id", "callback_query_id")


class Feature(StrEnum):
    """Bot API features since 2026 that an older server may lack."""

    STYLE = "style"
    TIME = "tg-time"
    FORCE_REPLY = "force_reply"
    DISABLED = "disabled"
    EPHEMERAL = "ephemeral"


class Lacks(BaseModel):
    """The features that this server refuses, and those that it ignores like any unknown field.

    Telegram's server ignores unknown fields: an older one shows an ephemeral message to everybody.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    refused: frozenset[Feature] = frozenset()
    ignored: frozenset[Feature] = frozenset()

    def method(self, name: str) -> bool:
        """Whether the server lacks this method."""
        return "ephemeral" in name.lower() and Feature.EPHEMERAL in self.refused | self.ignored

    def read(self, params: Params) -> Params:
        """Return the call without ignored features. Raises ApiError for refused ones."""
        for feature in Feature:
            if feature in self.refused | self.ignored:
                params = self._without(feature, params)
        return params

    def _without(self, feature: Feature, params: Params) -> Params:
        plain = _PLAIN[feature](params)
        if plain is None:
            return params
        if feature in self.refused:
            raise _REFUSALS[feature]
        return params.replaced(plain)


def _without_times(params: Params) -> Json | None:
    told = {name: params.text(name) for name in _TEXTS if "<tg-time" in params.text(name)}
    return {name: _TIME_TAG.sub("", text) for name, text in told.items()} or None


def _without_ephemeral(params: Params) -> Json | None:
    sends = "chat_id" in params  # the answer to a tap has callback_query_id too
    return dict.fromkeys(name for name in _EPHEMERAL if sends and name in params) or None


def _without_force_reply(params: Params) -> Json | None:
    markup = _keyboard(params)
    if "force_reply" not in markup:
        return None
    return {"reply_markup": {name: value for name, value in markup.items() if name != "force_reply"}}


def _without_button_field(field: str) -> Callable[[Params], Json | None]:
    def without(params: Params) -> Json | None:
        markup = _keyboard(params)
        rows = markup.get("inline_keyboard") or []
        if not any(field in button for row in rows for button in row):
            return None
        plain = [[{name: button[name] for name in button if name != field} for button in row] for row in rows]
        return {"reply_markup": {**markup, "inline_keyboard": plain}}

    return without


def _keyboard(params: Params) -> Json:
    markup = params.json("reply_markup", "reply keyboard markup")
    return markup if isinstance(markup, dict) and "inline_keyboard" in markup else {}


_PLAIN: dict[Feature, Callable[[Params], Json | None]] = {
    Feature.STYLE: _without_button_field("style"),
    Feature.TIME: _without_times,
    Feature.FORCE_REPLY: _without_force_reply,
    Feature.DISABLED: _without_button_field("disabled"),
    Feature.EPHEMERAL: _without_ephemeral,
}
_REFUSALS: dict[Feature, ApiError] = {
    Feature.STYLE: bad_request('can\'t parse inline keyboard button: field "style" is not known'),
    Feature.TIME: bad_request('can\'t parse entities: Unsupported start tag "tg-time" at byte offset 0'),
    Feature.FORCE_REPLY: bad_request('can\'t parse reply markup: field "force_reply" is not known'),
    Feature.DISABLED: bad_request(
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
    ),
    Feature.EPHEMERAL: bad_request("ephemeral messages are not supported"),
}
