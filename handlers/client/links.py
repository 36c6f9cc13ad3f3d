"""Clients open their link, see the order and rate its photo (X7, R26, R32). They may do nothing else."""

from __future__ import annotations

from contextlib import suppress

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import CommandObject, CommandStart, StateFilter, invert_f
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.client.reception import ClientVisit, FromClient, Talking, client_for
from handlers.frame.clean_chat import drop, drop_keys, say, say_below
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.contacts import own_phone
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue
from handlers.frame.reception import FOLLOWS_INVITATION, InPrivate
from messages.callbacks.client import ClientDo, ClientTap
from messages.client.card import mark_of_photo, ready_complaints, unpacked, what_is_wrong
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.heading import number
from messages.ui.screen import Screen
from orders.bell.passing import Kind
from orders.model.refusals import Reason, Refusal
from orders.steps.commands import Command, Rate
from orders.steps.mishaps.disputes import complaint_of
from services.bell.passing_messages import PassingMessages
from services.client.clients import Clients, Opening
from services.client.conversation import Conversation
from services.order.desk import Desk
from services.team.visitors import Visitors

router = Router(name="client_links")
router.message.filter(InPrivate())
router.callback_query.filter(InPrivate())

TOKEN = r"c[A-Za-z0-9_-]{32}"  # noqa: S105 - a pattern of tokens, no secret


@router.message(CommandStart(deep_link=True, magic=F.args.regexp(TOKEN, mode="fullmatch")))
async def open_link(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    passing: PassingMessages,
    clients: Clients,
    t: Translator,
    visit: Visit | None = None,
) -> None:
    """Make the first person who opens the link the client; the order's card is sent after that.

    A person who pressed «Старт» first was asked for a contact, as a stranger: a client needs no such key.
    """
    await state.clear()
    opening = await clients.open(command.args or "", message.chat.id, t.language)
    if opening is Opening.OPENED and visit is None:
        await drop_keys(message, passing)
    if opening is not Opening.OPENED:
        await say(message, Kind.RECORD, t(f"client-opening-{opening.value}"))


@router.message(CommandStart(), invert_f(FOLLOWS_INVITATION), FromClient())
async def start_again(message: Message, state: FSMContext, clients: Clients) -> None:
    """Show a client their orders again, without the way for staff to connect."""
    await state.clear()
    await clients.show_again(message.chat.id)


@router.message(F.contact, invert_f(StateFilter(Waiting.invited)), FromClient())
async def refuse_contact(message: Message, visitors: Visitors, t: Translator) -> None:
    """Refuse a contact from a client (R62), unless the phone is of staff: then connect them as staff."""
    phone = own_phone(message)
    if phone is not None and await visitors.is_phone_of_staff(phone):
        raise SkipHandler
    await say_below(message, Kind.RECORD, t("client-no-contacts"))


@router.callback_query(ClientTap.filter(F.do.in_({ClientDo.LIKED, ClientDo.DISLIKED, ClientDo.WRONG})))
async def rate(
    query: CallbackQuery,
    callback_data: ClientTap,
    state: FSMContext,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    t: Translator,
) -> None:
    """Rate the photo above the button; a photo that a newer one replaced can no longer be rated."""
    visit = await client_for(query, callback_data.order, desk, clients, conversation, t)
    if visit is None or not isinstance(query.message, Message):
        return
    photo, place = callback_data.arg, 0
    if callback_data.do is ClientDo.WRONG:
        photo, place = unpacked(callback_data.arg)
    if photo != mark_of_photo(visit.order):
        await answer_tap(query, t.plain("client-toast-newer-photo"))
    elif callback_data.do is ClientDo.LIKED:
        why = await rated(visit, Rate(liked=True))
        if why is None:
            await _ask_no_more(query.message, state, visit)
        await answer_tap(query, why or t.plain("client-toast-liked"))
    elif callback_data.do is ClientDo.DISLIKED:
        await _ask_what_is_wrong(query, query.message, state, visit)
    else:
        await _take_ready(query, query.message, place, state, visit)


async def rated(visit: ClientVisit, rating: Command) -> str | None:
    """Pass the rating to the desk; returns None when it is recorded, otherwise the reason of the refusal."""
    try:
        await visit.desk.do(visit.order.id, rating, visit.actor)
    except Refusal as refused:
        return _why(refused, visit.t)
    return None


def complaint_noted(visit: ClientVisit, complaint: str) -> str:
    """The text that replaces the question once it is answered."""
    return visit.t(
        "client-complaint-noted", number=number(visit.order), complaint=clean(complaint, limits.TALK)
    )


async def remember_noted(visit: ClientVisit, message_id: int, state: FSMContext) -> None:
    """Close the dialogue, but remember the message that repeats the complaint: a later «like» edits it."""
    await open_dialogue(state, None, {"order": visit.order.id, "noted": message_id})


async def _ask_what_is_wrong(
    query: CallbackQuery, message: Message, state: FSMContext, visit: ClientVisit
) -> None:
    try:
        await visit.desk.check(visit.order.id, complaint_of(visit.order, "-"), visit.actor)
    except Refusal as refused:
        await answer_tap(query, _why(refused, visit.t))
        return
    await answer_tap(query, "")
    await open_dialogue(state, Talking.complaint, {"order": visit.order.id})
    screen = what_is_wrong(visit.order, visit.t)
    sent = await say(message, Kind.STEP, screen.text, reply_markup=screen.keyboard)
    await state.update_data(message=sent.message_id)


async def _ask_no_more(message: Message, state: FSMContext, visit: ClientVisit) -> None:
    """After «like», close the question what is wrong: the next message is no complaint.

    The message that repeats an answered complaint is edited to say that nothing has to be changed.
    """
    data = await state.get_data()
    noted, question = data.get("noted"), data.get("message")
    is_asked = await state.get_state() == Talking.complaint.state
    if data.get("order") != visit.order.id or not (is_asked or noted):
        return
    await state.clear()
    if is_asked and isinstance(question, int):
        await drop(message, question)
    elif isinstance(noted, int) and message.bot is not None:
        said = visit.t("client-complaint-withdrawn", number=number(visit.order))
        with suppress(TelegramBadRequest):  # the client has deleted it
            await message.bot.edit_message_text(said, chat_id=message.chat.id, message_id=noted)


async def _take_ready(
    query: CallbackQuery, message: Message, place: int, state: FSMContext, visit: ClientVisit
) -> None:
    ready = ready_complaints(visit.order, visit.t)
    complaint = ready[place] if place < len(ready) else ""
    why = await rated(visit, complaint_of(visit.order, complaint))
    if why is None:
        shown = await redraw(message, Screen(complaint_noted(visit, complaint)))
        await remember_noted(visit, shown, state)
    await answer_tap(query, why or visit.t.plain("client-toast-disliked"))


def _why(refused: Refusal, t: Translator) -> str:
    return t.plain("client-toast-already" if refused.reason is Reason.ALREADY else "client-toast-too-late")
