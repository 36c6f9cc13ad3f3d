"""Edited messages: a correction of a message that was passed on is passed on, too (X7)."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.types import Message

from handlers.client.client_contact_guard import why_not
from handlers.client.reception import client_visit, passable
from handlers.frame.clean_chat import remark, say_below
from handlers.frame.context import Visit
from handlers.frame.notes import keep_note, said_in
from handlers.frame.reception import InPrivate
from messages.i18n.texts import Translator
from orders.bell.passing import Kind
from orders.model.refusals import Refusal
from services.client.clients import Clients, HeldBack
from services.client.conversation import Conversation, Spoken, Words
from services.notes.notes import Notes
from services.order.desk import Desk

router = Router(name="edits")
router.edited_message.filter(InPrivate())


@router.edited_message(F.text | F.caption)
async def take_edit(
    message: Message,
    desk: Desk,
    notes: Notes,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
    visit: Visit | None = None,
) -> None:
    """Correct a conversation message or a note; for any other message, say that the edit changes nothing.

    Edits by strangers and of live locations, which change every few seconds, are ignored.
    """
    order_id = await conversation.order_of(message.chat.id, message.message_id)
    if order_id is None:
        if visit is not None and await _correct_note(message, desk, notes, visit):
            return
        if visit is not None or await clients.followed(message.chat.id):
            await remark(message, t("edit-not-taken"))
        return
    found = await passable(message, t)
    if found is None:
        return
    words = replace(found, corrected=t.plain("talk-corrected", text=found.text))
    spoken = await _pass_on(words, order_id, message, desk, clients, conversation, t, visit)
    if spoken is not None and not spoken.is_known:
        hidden = "talk-hidden" if visit else "client-hidden"
        passed = "talk-correction-passed-on" if visit else "client-correction-passed-on"
        await say_below(message, Kind.RECORD, t(hidden if spoken.hidden else passed))


async def _correct_note(message: Message, desk: Desk, notes: Notes, visit: Visit) -> bool:
    """Replace the note's words if the message is a note on an order (X19); returns whether it is one."""
    noted, said = await notes.noted_at(message.chat.id, message.message_id), said_in(message)
    if noted is None or said is None:
        return False
    await keep_note(noted, said, message, notes, desk, visit)
    return True


async def _pass_on(
    words: Words,
    order_id: int,
    message: Message,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
    visit: Visit | None,
) -> Spoken | None:
    """Pass the words on; returns None after telling the writer why it is not possible."""
    if visit is None:
        client = await client_visit(message.chat.id, order_id, desk, clients, conversation, t)
        if client is None:
            return None
        return await conversation.from_client(order_id, words, client.actor)
    try:
        return await conversation.from_shop(order_id, words, visit.actor)
    except (Refusal, HeldBack) as refused:
        await remark(message, t("outcome", words=await why_not(refused, order_id, desk, visit)))
        return None
