"""Handles updates that no other router took, and errors: strangers see how to connect, staff get help."""

from __future__ import annotations

from contextlib import suppress

import structlog
from aiogram import Router
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramForbiddenError
from aiogram.filters import Command, ExceptionTypeFilter
from aiogram.types import CallbackQuery, ErrorEvent, Message
from markupsafe import Markup

from handlers.frame.clean_chat import drop, put_menu, say, say_below
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.i18n.old_words import word_of_today
from messages.i18n.texts import Translator
from messages.ui.keyboards import contact_keyboard, main_keyboard
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from services.sending.bot_middlewares import UNREACHABLE

router = Router(name="fallback")

log = structlog.get_logger(__name__)


@router.message(InPrivate(), FromStaff(), Command("help"))
async def help_staff(message: Message, visit: Visit) -> None:
    """Show the help for staff."""
    key = "help-chief" if may(visit.actor, Act.ENTER_ORDERS, visit.shop.id) else "help-staff"
    await put_menu(message, Screen(visit.t(key)))
    await drop(message, message.message_id)


@router.message(InPrivate(), FromStaff())
async def help_further(message: Message, visit: Visit) -> None:
    """Say in one line what the bot understands; for a button's former name, show the button of today."""
    now = word_of_today(message.text or "", visit.t)
    said = visit.t("help-old-word", now=now) if now else visit.t("help-not-understood")
    await _answer(message, said, visit)


async def _answer(message: Message, said: Markup, visit: Visit) -> None:
    keyboard = main_keyboard(visit.actor.role, visit.t, [shop.name for shop in visit.places], visit.shop.name)
    await say(message, Kind.KEYS, said, reply_markup=keyboard)


@router.message(InPrivate())
async def help_stranger(message: Message, t: Translator) -> None:
    """Tell a stranger how to connect, and nothing more."""
    await say(message, Kind.KEYS, t("start-stranger"), reply_markup=contact_keyboard(t))


@router.callback_query()
async def unknown_button(query: CallbackQuery, t: Translator) -> None:
    """Answer a button of an older version, of another person, or a forged one."""
    await answer_tap(query, t.plain("toast-unknown-button"))


@router.error(ExceptionTypeFilter(*UNREACHABLE))
async def give_up_answer(event: ErrorEvent) -> bool:
    """Log that Telegram was unreachable after all retries. The change stays; the card is updated later."""
    why = type(event.exception).__name__
    log.warning("answer_lost", update_id=event.update.update_id, why=why)
    return True


@router.error(ExceptionTypeFilter(TelegramForbiddenError))
async def leave_in_peace(event: ErrorEvent) -> bool:
    """Log that the person has blocked or never started the bot, and send nothing. The change stays."""
    log.info("answer_unwanted", update_id=event.update.update_id)
    return True


@router.error()
async def apologise(event: ErrorEvent) -> bool:
    """Log an unexpected error with its traceback, and apologise to the person without details.

    A button can be pressed again. A message may not have been stored, so its sender is asked to send it
    again; for a picture also in a group, where people would otherwise think that it is stored.
    """
    log.error("update_failed", update_id=event.update.update_id, exc_info=event.exception)
    query, message = event.update.callback_query, event.update.message or event.update.edited_message
    user = query.from_user if query else message.from_user if message else None
    t = Translator((user.language_code or "") if user else "")
    if query is not None:
        await answer_tap(query, t.plain("toast-trouble"))
    elif message is not None and (_has_file(message) or message.chat.type == ChatType.PRIVATE):
        with suppress(AiogramError):
            await say_below(message, Kind.LOST, t("trouble-file" if _has_file(message) else "trouble"))
    return True


def _has_file(message: Message) -> bool:
    return bool(message.photo or message.document)
