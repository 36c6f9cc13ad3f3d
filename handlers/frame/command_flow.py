"""Answers a command given in a chat: done, refused with the reason, or a question for missing words."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.frame.clean_chat import put_menu, say
from handlers.frame.context import Visit
from handlers.frame.dialogue import FIELDS, Question, Waiting, open_dialogue
from messages.callbacks.order import Answer, Tap
from messages.delivery.courier_search import support_button
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui import limits
from messages.ui.available_actions import objection
from messages.ui.formatting import until
from messages.ui.refusals import refusal as refusal_text
from messages.ui.screen import Screen
from messages.ui.toasts import done as done_text
from orders.access.order_access import can_see
from orders.bell.passing import Kind
from orders.client.agreements import on_record
from orders.delivery.courier_search import support_told
from orders.model.order import Order, Topic
from orders.model.refusals import Reason, Refusal
from orders.photo.checklist import has_card
from orders.steps.commands import Command, Complete
from orders.steps.delivery_commands import SayCode
from services.order.desk import Desk
from services.sending.message_removal import take_away

LONG_TOAST = 90
"""Toasts longer than this many characters are shown as a window: a toast fades before they are read."""

CANCEL = -1


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a command: the words for the person, and the question to ask first, if any."""

    words: str
    done: bool = False
    question: Question | None = None
    asks_photo: bool = False
    """A photo of the hand-over is required first (X25)."""
    shown: bool = True
    """False: the person may no longer see the order, so no card of theirs shows the result."""


async def carry_out(order_id: int, command: Command, desk: Desk, visit: Visit) -> Outcome:
    """Pass the command to the desk and put its result into words."""
    try:
        if isinstance(command, Complete):
            command = await _without_code(order_id, command, desk, visit)
        order = await desk.do(order_id, command, visit.actor)
    except Refusal as refused:
        if refused.reason in FIELDS:
            question = Question(order_id, command, refused.reason, visit.now)
            return Outcome(visit.t.plain("toast-answer-below"), question=question)
        asks_photo = refused.reason is Reason.HANDOVER_PHOTO_NEEDED
        return Outcome(await explain(refused, order_id, desk, visit), asks_photo=asks_photo)
    words = done_text(command.step, order, visit.t, visit.rules)
    return Outcome(words, done=True, shown=can_see(order, visit.actor))


async def _without_code(order_id: int, command: Complete, desk: Desk, visit: Visit) -> Complete:
    """Record the hand-over code that the person typed, right or wrong, before the order is completed (X25).

    A chief may type it where a reason for "no code" is asked.
    """
    named = command.code or ("" if _is_said(command.without_proof) else command.without_proof)
    if not named:
        return command
    try:
        await desk.do(order_id, SayCode(named), visit.actor)
    except Refusal as refused:
        if refused.reason is not Reason.ALREADY:
            raise
    return replace(command, code="", without_proof="")


def _is_said(words: str) -> bool:
    return any(sign.isalpha() for sign in words)


async def explain(refused: Refusal, order_id: int, desk: Desk, visit: Visit) -> str:
    """Returns the reason of a refusal in the person's language."""
    order: Order | None = None
    with suppress(Refusal):
        order = await desk.look(order_id, visit.actor)
    return refusal_text(refused, order, visit.rules, visit.now, visit.t)


async def order_for(query: CallbackQuery, order_id: int, desk: Desk, visit: Visit) -> Order | None:
    """Returns the order of a button; None after telling the person that they may not see it (R14)."""
    try:
        return await desk.look(order_id, visit.actor)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, order_id, desk, visit))
        return None


async def order_for_step(query: CallbackQuery, tap: Tap, desk: Desk, visit: Visit) -> Order | None:
    """Like `order_for`, but also None when the step that the button leads to would be refused."""
    order = await order_for(query, tap.order, desk, visit)
    if order is None:
        return None
    refused = objection(order, tap.do, visit.actor, visit.rules, visit.now)
    if refused is not None:
        await answer_tap(query, refusal_text(refused, order, visit.rules, visit.now, visit.t))
        return None
    return order


async def answer_tap(query: CallbackQuery, words: str) -> None:
    """Answer the tap, so that the button stops loading. Errors are ignored, as the card shows the result too.

    Telegram refuses answers to taps that are too old.
    """
    with suppress(AiogramError):
        await query.answer(words, show_alert=len(words) > LONG_TOAST)


async def redraw(message: Message, screen: Screen) -> int:
    """Replace a message by a screen. Repeating it changes nothing and is no error.

    Returns the id of the message that shows the screen: a new message if the old one is gone.
    """
    try:
        await message.edit_text(
            screen.text, reply_markup=screen.keyboard, link_preview_options=screen.preview
        )
    except TelegramBadRequest as error:
        if "message is not modified" not in error.message:
            return (await put_menu(message, screen)).message_id
    return message.message_id


async def ask(
    question: Question,
    message: Message,
    state: FSMContext,
    desk: Desk,
    visit: Visit,
    answer: Message | None = None,
) -> None:
    """Ask the question in a new message, with ready answers, and wait for words.

    `answer`: the message that answered the question before (see `open_dialogue`).
    """
    order = await desk.look(question.order, visit.actor)
    before = await state.get_data()
    # Store the dialogue first: a question that takes no answer would be worse than an answer without one.
    await open_dialogue(state, Waiting.words, question.dump(), answer)
    window = order.details.window
    wait = until(window.start, visit.now, visit.t) if window else ""
    told = support_told(order)
    signed = visit.look(order).signed(told) if told else "no"
    text = visit.t(
        f"ask-{question.reason.value}", number=order.number, wait=wait, told=signed, wrong=order.wrong_codes
    )
    sent = await say(message, Kind.QUESTION, text, reply_markup=_answers(question, order, visit.t))
    await open_dialogue(state, Waiting.words, replace(question, message=sent.message_id).dump())
    await take_away_request(before, message)


async def leave_dialogue(state: FSMContext, message: Message) -> None:
    """Close the open question and delete the request for a photo, when a person does something else."""
    data = await state.get_data()
    await state.clear()
    await take_away_request(data, message)


async def take_away_request(data: Mapping[str, object], message: Message) -> None:
    """Delete the request for a photo, if there is one; questions are deleted by `CleanChat`."""
    request, chat = data.get("request"), data.get("chat", message.chat.id)
    if isinstance(request, int) and isinstance(chat, int) and request and message.bot is not None:
        with suppress(AiogramError):
            await take_away(message.bot, chat, request)


def ready_answers(question: Question, order: Order, t: Translator) -> list[str]:
    """Returns the answers that need no typing: one line each in the texts.

    For the question who got the order, the person agreed with the client comes first (R56).
    """
    answers = t.plain(f"answers-{question.reason.value}").splitlines()
    if question.reason is Reason.COMPLAINT_NEEDED and has_card(order):
        answers.append(t.plain("client-complaint-no-card"))
    agreed = on_record(order, Topic.THIRD_PERSON)
    if question.reason is not Reason.COMMENT_NEEDED or agreed is None:
        return answers
    said = agreed.proposal.words
    return [said, *(words for words in answers if words != said)]


def _answers(question: Question, order: Order, t: Translator) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(text=fit(words, limits.BUTTON), callback_data=Answer(index=index).pack())]
        for index, words in enumerate(ready_answers(question, order, t))
    ]
    if question.reason is Reason.TWO_COURIERS and support_told(order) is None:
        rows.insert(0, [support_button(order, t)])
    cancel = Answer(index=CANCEL).pack()
    rows.append([InlineKeyboardButton(text=t.plain("button-cancel-question"), callback_data=cancel)])
    return InlineKeyboardMarkup(inline_keyboard=rows, force_reply=True)  # opens the keyboard for typing
