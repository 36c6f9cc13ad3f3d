"""Answers to a question about a draft: typed or ready ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.reception import InPrivate, May
from handlers.intake.drafting import Writing, open_writing, read, show_below, show_here
from handlers.order.reason_replies import ORDER_NUMBER
from messages.callbacks.drafts import DraftDo, DraftTap
from messages.i18n.untrusted_text import clean_lines
from messages.intake.drafts import ready_answers
from orders.access.roles import Act
from orders.intake.field_answers import answered, possible_windows
from orders.intake.order_text import Guess
from orders.model.draft import Draft, Field
from orders.parsing.times import read_when
from services.intake.drafts import DraftGone, Drafts, added
from services.phones import phone_finder

router = Router(name="draft_words")
router.message.filter(May(Act.ENTER_ORDERS), InPrivate())
router.callback_query.filter(May(Act.ENTER_ORDERS), InPrivate())

_MAY_BE_DIGITS = {Field.NUMBER, Field.PAID, Field.CLIENT, Field.RECIPIENT, Field.WINDOW}
_WITH_ADVICE = {Field.NUMBER, Field.WINDOW, Field.GOODS, Field.PAID}


class AskedOfDraft(Filter):
    """Accepts a message as the answer to the draft's open question.

    A whole order number is searched for, as everywhere, unless it may be the answer.
    """

    async def __call__(
        self, message: Message, state: FSMContext, visit: Visit | None = None
    ) -> bool | dict[str, Writing]:
        writing = await open_writing(state, visit.now) if visit else None
        if writing is None or writing.field is None:
            return False
        if writing.field not in _MAY_BE_DIGITS and ORDER_NUMBER.fullmatch(message.text or ""):
            return False
        return {"writing": writing}


@router.message(AskedOfDraft(), F.text)
async def take_words(
    message: Message,
    writing: Writing,
    state: FSMContext,
    drafts: Drafts,
    visit: Visit,
    *,
    is_repeated: bool = False,
) -> None:
    """Store the typed answer; if it cannot be parsed, say so, and the question stays open."""
    try:
        if is_repeated:
            draft = await drafts.get(writing.draft, visit.actor)
            await show_below(draft, writing, message, state, drafts, visit)
            return
        following = await _answer(writing, message, clean_lines(message.text or ""), drafts, visit)
    except DraftGone:
        await state.clear()
        await remark(message, visit.t("outcome", words=visit.t.plain("toast-draft-gone")))
        return
    if following is None:
        has_advice = writing.field in _WITH_ADVICE
        key = f"draft-unclear-{writing.field.value}" if has_advice and writing.field else "draft-unclear"
        await remark(message, visit.t(key))
        return
    await show_below(*following, message, state, drafts, visit, answer=message)


@router.message(AskedOfDraft(), ~F.photo, ~F.document)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("draft-unclear"))


@router.callback_query(DraftTap.filter(F.do == DraftDo.ANSWER))
async def take_ready_answer(
    query: CallbackQuery, callback_data: DraftTap, state: FSMContext, drafts: Drafts, visit: Visit
) -> None:
    """Store a ready answer, if its question is still open."""
    writing = await open_writing(state, visit.now)
    is_open = writing is not None and writing.draft == callback_data.draft
    answers = ready_answers(writing.ask, visit.t) if writing and writing.field and is_open else []
    place = callback_data.arg
    if (
        not isinstance(query.message, Message)
        or writing is None
        or place not in map(str, range(len(answers)))
    ):
        await answer_tap(query, visit.t.plain("toast-question-over"))
        return
    try:
        following = await _answer(writing, query.message, answers[int(place)], drafts, visit)
    except DraftGone:
        await answer_tap(query, visit.t.plain("toast-draft-gone"))
        return
    await answer_tap(query, "")
    if following is not None:
        await show_here(*following, query.message, state, drafts, visit)


async def _answer(
    writing: Writing, message: Message, words: str, drafts: Drafts, visit: Visit
) -> tuple[Draft, Writing] | None:
    """Returns the draft after the answer and the next question; None if the words are no answer."""
    draft, actor = await drafts.get(writing.draft, visit.actor), visit.actor
    field = writing.field or Field.WINDOW
    writing = replace(writing, at=visit.now)
    if writing.is_step and draft.is_empty:
        whole = read(words, visit)
        if whole.guess(is_forwarded=message.forward_origin is not None) is Guess.SURE:
            draft = await drafts.change(draft.id, actor, lambda one: added(one, whole))
            return draft, replace(writing, field=None, is_step=False, day=None)
    now, find = visit.now.astimezone(visit.rules.zone), phone_finder(visit.rules.country)
    if answered(draft, field, words, now, writing.day, find) is None:
        return await _unclear(draft, writing, words, now, drafts, visit) if field is Field.WINDOW else None
    draft = await drafts.change(
        draft.id, actor, lambda one: answered(one, field, words, now, writing.day, find) or one
    )
    return draft, writing.next(draft)


async def _unclear(
    draft: Draft, writing: Writing, words: str, now: datetime, drafts: Drafts, visit: Visit
) -> tuple[Draft, Writing] | None:
    """Ask which time is meant if it is ambiguous or past, or for the hours if only a day is given."""
    windows = possible_windows(draft, words, now, writing.day)
    if windows:
        draft = await drafts.change(draft.id, visit.actor, lambda one: replace(one, windows=windows))
        return draft, writing
    day = read_when(words, now, is_answer=True).day
    return (draft, replace(writing, day=day)) if day else None
