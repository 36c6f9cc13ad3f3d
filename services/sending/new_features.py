"""Telegram's newest features: used where they help, left out where a server lacks them (X17)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import structlog
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import TelegramBadRequest, TelegramNotFound
from aiogram.methods import Response, SetMessageReaction, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from messages.callbacks.styles import style_of
from services.sending.bot_middlewares import RateLimit, Retry, SilentAnswers
from services.sending.rate_limiter import RateLimiter

log = structlog.get_logger(__name__)

_TIME_TAG = re.compile(r"</?tg-time[^>]*>")
_TEXTS = ("text", "caption")
_OF_TEXT = ("can't parse entities", "tg-time", "date_time")
_OF_LOCKED = ("disabled", "text buttons are unallowed")
"""The second one: a server that does not know locked buttons sees a button without a kind."""
_OF_KEYBOARD = ("style", "force_reply", "reply markup", "inline keyboard button")


@dataclass
class Features:
    """The features in use; what the server refused is off until the bot restarts."""

    colours: bool = True
    countdowns: bool = True
    answer_fields: bool = True
    ephemeral: bool = True
    locked_buttons: bool = True
    reactions: bool = True

    def turn_off(self, kept: Features) -> None:
        """Turn off the features that `kept` does not use."""
        for name in (name for name, is_used in vars(kept).items() if not is_used):
            setattr(self, name, False)


def prepare_requests(bot: Bot, pace: RateLimiter, features: Features) -> None:
    """Install the middlewares of each call: retry, rate limit, silent answers, features of this server."""
    bot.session.middleware(Retry())  # outermost: each attempt takes its turn
    bot.session.middleware(RateLimit(pace))
    bot.session.middleware(SilentAnswers())
    bot.session.middleware(NewFeatures(features))


class NewFeatures(BaseRequestMiddleware):
    """Colours buttons by their meaning; leaves out features that are off or refused by the server."""

    def __init__(self, features: Features) -> None:
        self._features = features

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if isinstance(method, SetMessageReaction):
            return await self._react(make_request, bot, method)
        used = replace(self._features)
        while True:
            shown = _dressed(method, used)
            try:
                answer = await make_request(bot, shown)
            except TelegramBadRequest as error:
                fewer = _without_refused(shown, used, error.message.lower())
                if fewer is None:
                    raise
                used = fewer
                log.warning("telegram_feature_refused", answer=error.message)
            else:
                self._features.turn_off(used)  # only now it is certain that these were refused
                return answer

    async def _react(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Send a reaction. A server that does not know them is asked once; then raises TelegramNotFound."""
        if not self._features.reactions:
            raise TelegramNotFound(method, "reactions are off")
        try:
            return await make_request(bot, method)
        except TelegramNotFound as error:
            log.warning("telegram_feature_refused", answer=error.message)
            self._features.reactions = False
            raise


def _without_refused(shown: TelegramMethod[TelegramType], used: Features, answer: str) -> Features | None:
    """The features without those of this message that were refused; None where none was."""
    kept = replace(used)
    if any(word in answer for word in _OF_TEXT) and _has_times(shown):
        kept.countdowns = False
    markup = getattr(shown, "reply_markup", None)
    if not isinstance(markup, InlineKeyboardMarkup):
        return None if kept == used else kept
    if any(word in answer for word in _OF_LOCKED) and _has_locked(markup):
        kept.locked_buttons = False
    elif any(word in answer for word in _OF_KEYBOARD):
        kept.colours = kept.colours and not _has_colours(markup)
        kept.answer_fields = kept.answer_fields and not markup.force_reply
    return None if kept == used else kept


def _dressed(method: TelegramMethod[TelegramType], features: Features) -> TelegramMethod[TelegramType]:
    changes: dict[str, object] = {}
    if not features.countdowns and _has_times(method):
        changes = {name: _TIME_TAG.sub("", text) for name, text in _texts(method).items()}
    markup = getattr(method, "reply_markup", None)
    if isinstance(markup, InlineKeyboardMarkup):
        changes["reply_markup"] = _keyboard(markup, features)
    return method.model_copy(update=changes) if changes else method


def _keyboard(markup: InlineKeyboardMarkup, features: Features) -> InlineKeyboardMarkup:
    rows = [
        [
            _button(one, coloured=features.colours)
            for one in row
            if features.locked_buttons or not one.disabled
        ]
        for row in markup.inline_keyboard
    ]
    rows = [row for row in rows if row]
    force_reply = markup.force_reply if features.answer_fields else None
    return markup.model_copy(update={"inline_keyboard": rows, "force_reply": force_reply})


def _button(button: InlineKeyboardButton, *, coloured: bool) -> InlineKeyboardButton:
    style = style_of(button.callback_data) if coloured and button.callback_data else None
    return button if style is None else button.model_copy(update={"style": style})


def _texts(method: TelegramMethod[TelegramType]) -> dict[str, str]:
    found = {name: getattr(method, name, None) for name in _TEXTS}
    return {name: text for name, text in found.items() if isinstance(text, str)}


def _has_times(method: TelegramMethod[TelegramType]) -> bool:
    return any(_TIME_TAG.search(text) for text in _texts(method).values())


def _has_locked(markup: InlineKeyboardMarkup) -> bool:
    return any(button.disabled for row in markup.inline_keyboard for button in row)


def _has_colours(markup: InlineKeyboardMarkup) -> bool:
    return any(button.style for row in markup.inline_keyboard for button in row)
