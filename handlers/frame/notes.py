"""Reads a message as a note on an order, and confirms it by a reaction instead of a message (X19)."""

from __future__ import annotations

from contextlib import suppress

from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError, TelegramNotFound
from aiogram.types import Message, ReactionTypeEmoji, ReactionTypeUnion

from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import explain
from handlers.frame.context import Visit
from messages.i18n.untrusted_text import clean_lines
from orders.model.delivery_facts import RemarkKind
from orders.model.refusals import Refusal
from services.notes.notes import Notes, Said
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from storage.photo.photo_files import Kept

_DONE = "👍"


def said_in(message: Message) -> Said | None:
    """Returns the note's content; None for commands and for kinds of messages that notes cannot hold."""
    at, words = (message.chat.id, message.message_id), clean_lines(message.text or message.caption or "")
    if message.text or message.location:
        return _in_words(message, at, words)
    if voice := message.voice or message.audio:
        return Said(*at, words, RemarkKind.VOICE, voice.file_id, voice.file_size, int(voice.duration))
    if video := message.video or message.video_note:
        return Said(*at, words, RemarkKind.VIDEO, video.file_id, video.file_size)
    if message.sticker:
        sticker = message.sticker
        return Said(*at, sticker.emoji or "", RemarkKind.STICKER, sticker.file_id, sticker.file_size)
    if message.photo:
        return Said(*at, words, RemarkKind.PICTURE, message.photo[-1].file_id)
    return None


def _in_words(message: Message, at: tuple[int, int], words: str) -> Said | None:
    if message.location:
        return Said(*at, f"📍 {message.location.latitude:.5f}, {message.location.longitude:.5f}")
    return Said(*at, words) if words and not words.startswith("/") else None


async def answered_order(message: Message, live_cards: LiveCards) -> int | None:
    """The order of the message that this one replies to: a card, an alarm, a photo or another note."""
    if message.reply_to_message is None:
        return None
    return await live_cards.order_of(message.chat.id, message.reply_to_message.message_id)


async def keep_note(
    order_id: int,
    said: Said,
    message: Message,
    notes: Notes,
    desk: Desk,
    visit: Visit,
    kept: Kept | None = None,
) -> bool:
    """Store the note and confirm it; if the rules refuse it, say why, but only in a private chat."""
    try:
        await notes.add(order_id, said, visit.actor, kept)
    except Refusal as refused:
        if message.chat.type == ChatType.PRIVATE:
            await remark(message, visit.t("outcome", words=await explain(refused, order_id, desk, visit)))
        return False
    await thank(message, visit)
    return True


async def thank(message: Message, visit: Visit) -> None:
    """React to the message; if the server or chat does not support reactions, send a short silent reply."""
    if message.bot is None:
        return
    like: list[ReactionTypeUnion] = [ReactionTypeEmoji(emoji=_DONE)]
    try:
        await message.bot.set_message_reaction(message.chat.id, message.message_id, reaction=like)
    except (TelegramBadRequest, TelegramNotFound, TelegramForbiddenError):
        with suppress(TelegramForbiddenError):
            await remark(message, visit.t("toast-note"), silent=True)
    except AiogramError:
        return  # Telegram is unreachable: the note is stored, and the card shows it
