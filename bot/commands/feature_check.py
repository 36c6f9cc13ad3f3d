"""`florist doctor --send`: tries Telegram's newer features on the configured Bot API server (X17).

Each trial is a silent message to a director's chat and to each shop's group, deleted at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError, TelegramNotFound
from aiogram.types import (
    DisabledButton,
    EphemeralMessageParameters,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from bot.config.findings import Finding
from bot.config.settings import Settings
from messages.i18n.texts import Translator
from orders.model.people import Role
from services.sending.telegram_session import TelegramSession
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.db.leader import Leader
from storage.shop import shops
from storage.team import staff

PAUSE = 1.0
"""Seconds between two messages: Telegram accepts one per second in a chat."""

_TIME = ' <tg-time unix="1772961300" format="r">12:15</tg-time>'
_QUOTE = "\n<blockquote expandable>1\n2\n3\n4</blockquote>"


@dataclass(frozen=True, slots=True)
class Place:
    """A chat for the trials. `name` is for the report; `member` is the director's Telegram id."""

    name: str
    chat_id: int
    language: str
    member: int

    @property
    def is_group(self) -> bool:
        return self.chat_id != self.member


@dataclass(frozen=True, slots=True)
class Trial:
    """One feature. `is_shown` tells from the sent message whether the server kept it; `instead`: fallback.

    `setting` names the setting that turns it off; empty if there is none.
    """

    what: str
    setting: str
    instead: str
    text: str = ""
    markup: InlineKeyboardMarkup | None = None
    is_shown: Callable[[Message], bool] = lambda _message: True


def _markup(*, force_reply: bool | None = None, **button: object) -> InlineKeyboardMarkup:
    shown = InlineKeyboardButton.model_validate({"text": "🌷", **button})
    return InlineKeyboardMarkup(inline_keyboard=[[shown]], force_reply=force_reply)


def _first_button(message: Message) -> InlineKeyboardButton | None:
    return message.reply_markup.inline_keyboard[0][0] if message.reply_markup else None


def _has_style(message: Message) -> bool:
    button = _first_button(message)
    return button is not None and button.style is not None


def _has_lock(message: Message) -> bool:
    button = _first_button(message)
    return button is not None and button.disabled is not None


def _has_entity(kind: str) -> Callable[[Message], bool]:
    return lambda message: any(entity.type == kind for entity in message.entities or [])


TRIALS = (
    Trial("message", "", "nothing: the bot cannot write here"),
    Trial(
        "coloured buttons",
        "button_colours",
        "buttons without colour",
        markup=_markup(callback_data="-", style="success"),
        is_shown=_has_style,
    ),
    Trial("countdowns", "countdowns", "clock times", _TIME, is_shown=_has_entity("date_time")),
    Trial(
        "answer fields",
        "answer_fields",
        "questions without an open answer field",
        markup=_markup(callback_data="-", force_reply=True),
    ),
    Trial(
        "locked buttons",
        "disabled_buttons",
        "cards without them",
        markup=_markup(disabled=DisabledButton()),
        is_shown=_has_lock,
    ),
    Trial(
        "folded lists", "", "lists that are not folded", _QUOTE, is_shown=_has_entity("expandable_blockquote")
    ),
)


async def check_features(settings: Settings) -> list[Finding]:
    """Try all features in all shops. A finding says so if they cannot be tried yet."""
    database = Database(settings.database_url)
    try:
        places = await _places(database)
    except StorageError as error:
        return [Finding("telegram features", False, f"not tried: the database cannot be read ({error})")]
    finally:
        await database.close()
    if not places:
        words = (
            "not tried: no director has connected yet. Start the bot, press Start there, and send the contact"
        )
        return [Finding("telegram features", False, words)]
    session = TelegramSession(Leader(), TelegramAPIServer.from_base(settings.bot_api_url), settings.proxy)
    async with Bot(settings.bot_token.get_secret_value(), session=session) as bot:
        return await try_features(bot, places, settings)


async def _places(database: Database) -> list[Place]:
    if not await database.is_made():
        return []
    await database.check_version()
    found: list[Place] = []
    async with database.snapshot() as c:
        for shop in await shops.all_shops(c):
            directors = await staff.of_shop(c, shop.id, {Role.DIRECTOR})
            person = next((one for one in directors if one.telegram_id is not None), None)
            if person is None or person.telegram_id is None:
                continue
            own = person.telegram_id
            found.append(Place(f"the chat of a director of «{shop.name}»", own, person.language, own))
            if shop.group_chat_id is not None:
                name = f"the group of «{shop.name}»"
                found.append(Place(name, shop.group_chat_id, shop.language, own))
    return list({place.chat_id: place for place in reversed(found)}.values())[::-1]


async def try_features(
    bot: Bot, places: list[Place], settings: Settings, pause: float = PAUSE
) -> list[Finding]:
    """Try each feature in each of these chats, and delete the messages."""
    found: list[Finding] = []
    for trial in TRIALS:
        if trial.setting and not getattr(settings, trial.setting):
            found.append(_off(trial.what, trial.setting))
            continue
        answers = {}
        for place in places:
            answers[place.name] = await _tried(bot, place, trial)
            await asyncio.sleep(pause)
        found.append(_finding(trial, answers))
    found.append(await _pins(bot, places, pause))
    found += [
        await _ephemeral(bot, place) for place in places if place.is_group and settings.ephemeral_messages
    ]
    return found if settings.ephemeral_messages else [*found, _off("cards for one", "ephemeral_messages")]


def _off(what: str, setting: str) -> Finding:
    return Finding(f"telegram {what}", True, f"turned off by {setting.upper()}")


def _finding(trial: Trial, answers: dict[str, str]) -> Finding:
    """`answers` by chat: the reason for failing, or empty if the feature works."""
    taken = [name for name, answer in answers.items() if not answer]
    words = [f"taken in {', '.join(taken)}"] if taken else []
    words += [f"falls back in {name} to {trial.instead} ({why})" for name, why in answers.items() if why]
    is_needed = trial.what == "message"
    return Finding(f"telegram {trial.what}", not (is_needed and len(taken) < len(answers)), "; ".join(words))


async def _pins(bot: Bot, places: list[Place], pause: float) -> Finding:
    """Whether the bot may pin and unpin. Without that right the boards of the day are not pinned (X15)."""
    words = []
    for place in places:
        refused, left = await _pinned(bot, place, pause)
        words.append(f"not allowed in {place.name} ({refused})" if refused else f"allowed in {place.name}")
        words += [f"{left} in {place.name}"] if left else []
        await asyncio.sleep(pause)
    return Finding("telegram pins", True, "; ".join(words))


async def _pinned(bot: Bot, place: Place, pause: float) -> tuple[str, str]:
    """Returns why pinning failed and which message could not be deleted; each is empty if all went well."""
    try:
        sent = await _send(bot, place)
    except AiogramError as error:
        return _said(error), ""
    refused, left = "", ""
    try:
        await bot.pin_chat_message(place.chat_id, sent.message_id, disable_notification=True)
        await asyncio.sleep(pause)
        left = await _hide_notice(bot, place, sent)
        await bot.unpin_chat_message(place.chat_id, message_id=sent.message_id)
    except AiogramError as error:
        refused = _said(error)
    return refused, await _take_away(bot, place, sent) or left


async def _hide_notice(bot: Bot, place: Place, pinned: Message) -> str:
    """Delete Telegram's service message about the pin. Returns what could not be deleted, or "".

    The API does not return that message's id: it is the one between the pinned message and the next one sent.
    If there are several, people have written too, and nothing is deleted.
    """
    following = await _send(bot, place)
    between = range(pinned.message_id + 1, following.message_id)
    if len(between) == 1:
        with suppress(AiogramError):  # a running bot has deleted it already, or the server is busy
            await bot.delete_message(place.chat_id, between[0])
    left = await _take_away(bot, place, following)
    return left or ("" if len(between) <= 1 else "the notice of the pin stays")


async def _send(bot: Bot, place: Place, trial: Trial = TRIALS[0]) -> Message:
    text = Translator(place.language)("doctor-trial")
    return await bot.send_message(
        place.chat_id,
        f"{text}{trial.text}",
        parse_mode=ParseMode.HTML,
        reply_markup=trial.markup,
        disable_notification=True,
    )


async def _tried(bot: Bot, place: Place, trial: Trial) -> str:
    """Returns why the feature does not work, or "" if it does."""
    try:
        sent = await _send(bot, place, trial)
    except AiogramError as error:
        return _said(error)
    left = await _take_away(bot, place, sent)
    return left or ("" if trial.is_shown(sent) else "the server passes it over")


async def _take_away(bot: Bot, place: Place, sent: Message) -> str:
    try:
        await bot.delete_message(place.chat_id, sent.message_id)
    except AiogramError as error:
        return f"the message stays there: {_said(error)}"
    return ""


async def _ephemeral(bot: Bot, place: Place) -> Finding:
    """Try an ephemeral message. Without a tap only administrators may send one.

    Its text is not personal, because an older server shows it to everybody.
    """
    what = "telegram cards for one"
    try:
        sent = await bot.send_message(
            place.chat_id,
            Translator(place.language)("doctor-trial"),
            disable_notification=True,
            ephemeral_message_parameters=EphemeralMessageParameters(receiver_user_id=place.member),
        )
    except (TelegramBadRequest, TelegramForbiddenError, TelegramNotFound) as error:
        words = "not tried: it needs a tap, or a bot that is an administrator; «Открыть» tries it by itself"
        return Finding(what, True, f"{words} ({_said(error)})")
    except AiogramError as error:
        return Finding(what, False, f"a call does not get through ({type(error).__name__})")
    if sent.ephemeral_message_id is None:
        left = await _take_away(bot, place, sent)
        words = f"falls back in {place.name} to the private chat (the server shows them to everybody)"
        return Finding(what, not left, f"{words}; {left}" if left else words)
    with suppress(AiogramError):
        await bot.delete_ephemeral_message(place.chat_id, place.member, sent.ephemeral_message_id)
    return Finding(what, True, f"taken in {place.name}")


def _said(error: AiogramError) -> str:
    return str(getattr(error, "message", "") or type(error).__name__)
