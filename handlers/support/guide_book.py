"""Editing the guide: directors change it in the chat; other staff suggest entries (R95)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, remark, say
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate, May
from handlers.support.guide import order_of
from messages.callbacks.support import GuideDo, GuideTap
from messages.i18n.untrusted_text import clean_lines
from messages.support import guide_book as screens
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from orders.model.refusals import Refusal
from orders.support.guide import Entry, Stage
from orders.support.guide_book import BadEntry
from services.order.desk import Desk
from services.support.guide import EntryGone, Guide

LONGEST_TEXT = 2000

router = Router(name="guide_book")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

Step = Callable[[Guide, Visit, str], Awaitable[Entry]]


async def _next_stage(guide: Guide, visit: Visit, key: str) -> Entry:
    entry = _find(await guide.entries(visit.shop.id), key)
    stage = screens.next_stage(entry.stage) if entry is not None else Stage.ALWAYS
    return await guide.set_stage(visit.actor, key, stage)


STEPS: dict[GuideDo, Step] = {
    GuideDo.UP: lambda guide, visit, key: guide.move(visit.actor, key, up=True),
    GuideDo.DOWN: lambda guide, visit, key: guide.move(visit.actor, key, up=False),
    GuideDo.HIDE: lambda guide, visit, key: guide.show(visit.actor, key, is_shown=False),
    GuideDo.SHOW: lambda guide, visit, key: guide.show(visit.actor, key, is_shown=True),
    GuideDo.PUBLISH: lambda guide, visit, key: guide.publish(visit.actor, key),
    GuideDo.STAGE: _next_stage,
}
"""Buttons that change a situation and then show it."""
OF_DIRECTORS = frozenset({GuideDo.BOOK, GuideDo.ONE, GuideDo.NEW, GuideDo.TEXT, GuideDo.TELLS})


@router.callback_query(May(Act.EDIT_GUIDE), GuideTap.filter(F.do == GuideDo.BOOK))
async def show_book(
    query: CallbackQuery, callback_data: GuideTap, state: FSMContext, guide: Guide, visit: Visit
) -> None:
    """List the entries; an open question is closed."""
    await state.clear()
    await answer_tap(query, "")
    await _put(query, await _book(guide, visit, callback_data.page))


@router.callback_query(May(Act.EDIT_GUIDE), GuideTap.filter(F.do == GuideDo.ONE))
async def show_one(query: CallbackQuery, callback_data: GuideTap, guide: Guide, visit: Visit) -> None:
    """Show one situation."""
    entry = _find(await guide.entries(visit.shop.id), callback_data.key)
    if entry is None:
        await answer_tap(query, visit.t.plain("toast-guide-gone"))
        return
    await answer_tap(query, "")
    await _put(query, _one(entry, visit))


@router.callback_query(GuideTap.filter(F.do.in_(STEPS)))
async def change(query: CallbackQuery, callback_data: GuideTap, guide: Guide, visit: Visit) -> None:
    """Change a situation: move it, show or hide it, publish it, set its stage."""
    try:
        entry = await STEPS[callback_data.do](guide, visit, callback_data.key)
    except (Refusal, EntryGone) as no:
        await _say_why(query, no, visit)
        return
    await answer_tap(query, visit.t.plain(f"toast-guide-{callback_data.do.name.lower()}"))
    await _put(query, _one(entry, visit))


@router.callback_query(GuideTap.filter(F.do == GuideDo.DROP))
async def drop(query: CallbackQuery, callback_data: GuideTap, guide: Guide, visit: Visit) -> None:
    """Remove an entry from the guide; a built-in one gets its original words again."""
    try:
        await guide.drop(visit.actor, callback_data.key)
    except (Refusal, EntryGone) as no:
        await _say_why(query, no, visit)
        return
    await answer_tap(query, visit.t.plain("toast-guide-drop"))
    await _put(query, await _book(guide, visit))


@router.callback_query(
    May(Act.EDIT_GUIDE), GuideTap.filter(F.do.in_({GuideDo.NEW, GuideDo.TEXT, GuideDo.TELLS}))
)
async def ask_text(
    query: CallbackQuery, callback_data: GuideTap, state: FSMContext, guide: Guide, visit: Visit
) -> None:
    """Ask for title and steps, or for the message to support; the present words are shown above."""
    key = "" if callback_data.do is GuideDo.NEW else callback_data.key
    if key and _find(await guide.entries(visit.shop.id), key) is None:
        await answer_tap(query, visit.t.plain("toast-guide-gone"))
        return
    to_support = callback_data.do is GuideDo.TELLS
    await _ask(query, state, visit, key, suggested=False, to_support=to_support)


@router.callback_query(GuideTap.filter(F.do == GuideDo.SUGGEST))
async def ask_suggestion(
    query: CallbackQuery, callback_data: GuideTap, state: FSMContext, desk: Desk, visit: Visit
) -> None:
    """«Добавить в инструкцию»: ask what happened and what helped; a director's text is published at once."""
    found, _ = await order_of(query, callback_data, desk, visit)
    if found:
        is_director = may(visit.actor, Act.EDIT_GUIDE, visit.shop.id)
        await _ask(query, state, visit, "", suggested=not is_director)


@router.callback_query(GuideTap.filter(F.do.in_(OF_DIRECTORS)))
async def refuse_others(query: CallbackQuery, visit: Visit) -> None:
    """Refuse the buttons that only directors may use."""
    await answer_tap(query, visit.t.plain("toast-guide-directors"))


@router.message(Waiting.guide, F.text)
async def take_text(message: Message, state: FSMContext, guide: Guide, visit: Visit) -> None:
    """Store the text; if it is invalid, say why, and the question stays open."""
    data, words = await state.get_data(), clean_lines(message.text or "")[:LONGEST_TEXT]
    try:
        if data["suggested"]:
            await guide.suggest(visit.actor, words)
            await finish_dialogue(state, message)
            await remark(message, visit.t("guide-suggestion-kept"))
            return
        entry = await _written(data, words, guide, visit)
    except BadEntry as bad:
        await remark(message, screens.flaw_text(bad.flaw, visit.t))
        return
    except (Refusal, EntryGone) as no:
        await state.clear()
        await remark(message, visit.t(_why(no)))
        return
    await finish_dialogue(state, message)
    screen = visit.placed(_one(entry, visit))
    await put_menu(message, screen)


@router.message(Waiting.guide)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("words-needed"))


async def _written(data: dict[str, Any], words: str, guide: Guide, visit: Visit) -> Entry:
    """Returns the written entry. Raises BadEntry, EntryGone, Refusal."""
    key = data["key"]
    if not key:
        return await guide.add(visit.actor, words)
    if data.get("to_support"):
        return await guide.write_to_support(visit.actor, key, words)
    return await guide.write(visit.actor, key, words)


async def _ask(
    query: CallbackQuery,
    state: FSMContext,
    visit: Visit,
    key: str,
    *,
    suggested: bool,
    to_support: bool = False,
) -> None:
    await answer_tap(query, "")
    data = {"shop": visit.shop.id, "key": key, "suggested": suggested, "to_support": to_support}
    await open_dialogue(state, Waiting.guide, data)
    if isinstance(query.message, Message):
        asked = screens.ask_text(visit.t, suggested=suggested)
        await say(query.message, Kind.QUESTION, screens.ask_to_support(visit.t) if to_support else asked)


def _one(entry: Entry, visit: Visit) -> Screen:
    return screens.one_entry(visit.shop.id, entry, visit.rules, visit.now, visit.t)


async def _book(guide: Guide, visit: Visit, page: int = 0) -> Screen:
    return screens.book(visit.shop.id, await guide.entries(visit.shop.id), visit.t, page)


def _find(entries: tuple[Entry, ...], key: str) -> Entry | None:
    return next((one for one in entries if one.key == key), None)


def _why(no: Refusal | EntryGone) -> str:
    return "toast-guide-directors" if isinstance(no, Refusal) else "toast-guide-gone"


async def _say_why(query: CallbackQuery, no: Refusal | EntryGone, visit: Visit) -> None:
    await answer_tap(query, visit.t.plain(_why(no)))


async def _put(query: CallbackQuery, screen: Screen) -> None:
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
