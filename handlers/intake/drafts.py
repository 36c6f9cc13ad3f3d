"""Buttons of a draft: write an order down, save it, or merge it into an existing order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.client.previews import put_question
from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, explain, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import InPrivate, May
from handlers.intake.drafting import (
    Writing,
    offer_waiting,
    open_writing,
    put_here,
    remember,
    show_below,
    show_here,
)
from messages.callbacks.drafts import DraftDo, DraftTap
from messages.client import agreements
from messages.intake import drafts as screens
from messages.intake.draft_fields import DraftLook
from orders.access.roles import Act
from orders.intake.field_answers import chosen, cleared, moved_on, turned
from orders.model.details import Details
from orders.model.draft import Draft, Field
from orders.model.order import Order, Topic
from orders.model.refusals import Refusal
from orders.steps.filling import takes_past_time, to_ask
from orders.steps.wishes.proposing import proposal, with_unasked
from services.client.clients import Clients
from services.intake.drafts import DraftGone, Drafts
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="drafts")
router.message.filter(May(Act.ENTER_ORDERS), InPrivate())
router.callback_query.filter(May(Act.ENTER_ORDERS), InPrivate())


_WITH_WORDS = {DraftDo.ANSWER, DraftDo.READ}
"""Buttons handled in `draft_field_replies` and `pasted_texts`."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tapped button of the person's own draft."""

    query: CallbackQuery
    message: Message
    draft: Draft
    arg: str
    state: FSMContext
    desk: Desk
    live_cards: LiveCards
    drafts: Drafts
    clients: Clients
    visit: Visit

    @property
    def look(self) -> DraftLook:
        return DraftLook(self.draft, self.visit.rules, self.visit.now, self.visit.t)

    def with_unasked(self, order: Order, details: Details) -> Details:
        """Add to the order's notes what the client has still to be asked."""
        mark = self.visit.t.plain("draft-note-unasked")
        return with_unasked(order, details, self.visit.rules.zone, mark)

    async def toast(self, key: str, **args: str) -> None:
        await answer_tap(self.query, self.visit.t.plain(key, **args) if key else "")

    async def show(self, draft: Draft, field: Field | None = None, *, is_step: bool = False) -> None:
        writing = Writing(draft.id, self.visit.now, field, is_step)
        await show_here(draft, writing, self.message, self.state, self.drafts, self.visit)


@router.message(Named("command-add"))
@router.message(Command("add"))
async def add_order(message: Message, state: FSMContext, drafts: Drafts, visit: Visit) -> None:
    """Begin an order by hand; unfinished drafts are offered first."""
    await leave_dialogue(state, message)
    await _offer_or_begin(message, state, drafts, visit)
    await drop(message, message.message_id)


@router.callback_query(DraftTap.filter(F.do == DraftDo.LIST))
async def list_drafts(query: CallbackQuery, state: FSMContext, drafts: Drafts, visit: Visit) -> None:
    """Do the same from the board's button."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await leave_dialogue(state, query.message)
        await _offer_or_begin(query.message, state, drafts, visit)


async def _offer_or_begin(message: Message, state: FSMContext, drafts: Drafts, visit: Visit) -> None:
    if not await offer_waiting(message, drafts, visit):
        await _begin(message, state, drafts, visit)


@router.callback_query(DraftTap.filter(F.do == DraftDo.NEW))
async def begin_new(query: CallbackQuery, state: FSMContext, drafts: Drafts, visit: Visit) -> None:
    """Begin another draft, though others wait."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await _begin(query.message, state, drafts, visit)


async def _begin(message: Message, state: FSMContext, drafts: Drafts, visit: Visit) -> None:
    draft = await drafts.begin(visit.actor)
    writing = Writing(draft.id, visit.now, draft.next_step, is_step=True)
    await show_below(draft, writing, message, state, drafts, visit)


@router.callback_query(DraftTap.filter(F.draft > 0), ~DraftTap.filter(F.do.in_(_WITH_WORDS)))
async def press(
    query: CallbackQuery,
    callback_data: DraftTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    drafts: Drafts,
    clients: Clients,
    visit: Visit,
) -> None:
    """Handle any button of a draft; a button of a draft that is gone or another person's does nothing."""
    handle = TAPS.get(callback_data.do)
    try:
        draft = await drafts.get(callback_data.draft, visit.actor)
        if handle is None or not isinstance(query.message, Message):
            await answer_tap(query, visit.t.plain("toast-unknown-button"))
            return
        await handle(
            Tapped(
                query,
                query.message,
                draft,
                callback_data.arg,
                state,
                desk,
                live_cards,
                drafts,
                clients,
                visit,
            )
        )
    except DraftGone:
        await answer_tap(query, visit.t.plain("toast-draft-gone"))


async def _open(tap: Tapped) -> None:
    await tap.toast("")
    await tap.show(tap.draft)


async def _edit(tap: Tapped) -> None:
    """Show the draft itself, even if an order with its number exists."""
    await tap.toast("")
    known = await tap.drafts.known(tap.draft)
    await remember(Writing(tap.draft.id, tap.visit.now), tap.state)
    await put_here(tap.draft, screens.draft_screen(tap.look, known), tap.message, tap.drafts)


async def _more(tap: Tapped) -> None:
    await tap.toast("")
    await put_here(tap.draft, screens.more_screen(tap.look), tap.message, tap.drafts)


async def _ask(tap: Tapped) -> None:
    field = _field(tap.arg)
    await tap.toast("" if field else "toast-unknown-button")
    if field is not None:
        await tap.show(tap.draft, field)


async def _clear(tap: Tapped) -> None:
    writing = await open_writing(tap.state, tap.visit.now)
    if writing is None or writing.draft != tap.draft.id or writing.field is None:
        await tap.toast("toast-question-over")
        return
    field = writing.field
    await tap.toast("")
    await tap.show(await _changed(tap, lambda draft: cleared(draft, field)))


async def _skip(tap: Tapped) -> None:
    writing = await open_writing(tap.state, tap.visit.now)
    if writing is None or writing.draft != tap.draft.id or writing.field is None:
        await tap.toast("toast-question-over")
        return
    await tap.toast("")
    following = writing.next(tap.draft)
    await tap.show(tap.draft, following.field, is_step=following.is_step)


async def _turn(tap: Tapped) -> None:
    await tap.toast("")
    draft = await _changed(tap, turned)
    await _more(replace(tap, draft=draft))


async def _take(tap: Tapped) -> None:
    field = _field(tap.arg)
    await tap.toast("" if field else "toast-unknown-button")
    if field is not None:
        await tap.show(await _changed(tap, lambda draft: replace(draft, taken=draft.taken ^ {field})))


async def _ask_client(tap: Tapped) -> None:
    """Ask the client about a field of the draft; the draft stays until all its fields are used."""
    field, known, visit = _field(tap.arg), await tap.drafts.known(tap.draft), tap.visit
    if known is None or field is None or field not in to_ask(known, tap.draft.details):
        await _open(tap)
        return
    if field is Field.WINDOW and await _asks_when(tap, DraftDo.ASK_CLIENT):
        return
    command = proposal(known, tap.draft.details, field, visit.rules.zone)
    if command is None:
        await tap.toast("")
        await put_here(tap.draft, screens.by_hand_screen(tap.look, known, field), tap.message, tap.drafts)
    elif command.topic is Topic.SUBSTITUTION and not command.replaced:
        await tap.toast("")
        choice = agreements.goods(known, visit.rules, visit.now, visit.t)
        await put_menu(tap.message, choice)
    else:
        words = await put_question(known.id, command, tap.message, tap.state, tap.desk, tap.clients, visit)
        await answer_tap(tap.query, words)


async def _choose(tap: Tapped) -> None:
    """Store the chosen delivery window, and continue with the next question if there is one."""
    place = int(tap.arg) if tap.arg.isdecimal() else -1
    if chosen(tap.draft, place) is None:
        await tap.toast("toast-question-over")
        return
    await tap.toast("")
    draft = await _changed(tap, lambda draft: chosen(draft, place) or draft)
    writing = await open_writing(tap.state, tap.visit.now)
    is_asked = writing is not None and writing.draft == draft.id and writing.field is Field.WINDOW
    following = writing.next(draft) if writing and is_asked else Writing(draft.id, tap.visit.now)
    await tap.show(draft, following.field, is_step=following.is_step)


async def _asks_when(tap: Tapped, then: DraftDo = DraftDo.SAVE) -> bool:
    """Ask once about a past or ambiguous time before the action `then`; returns whether it asked."""
    window, now = tap.draft.details.window, tap.visit.now.astimezone(tap.visit.rules.zone)
    draft = tap.draft
    if window is not None and window.end < now:
        tomorrow = moved_on(window, now)
        draft = await _changed(tap, lambda draft: replace(draft, windows=(tomorrow,)))
    if not draft.windows:
        return False
    look = DraftLook(draft, tap.visit.rules, tap.visit.now, tap.visit.t)
    await tap.toast("")
    await put_here(draft, screens.when_screen(look, then), tap.message, tap.drafts)
    return True


async def _save(tap: Tapped) -> None:
    if tap.draft.is_empty:
        await tap.toast("toast-draft-empty")
        return
    if tap.arg != screens.ANYWAY and await _asks_when(tap):
        return
    saved = await tap.drafts.save(tap.draft.id, tap.visit.actor)
    if not saved.is_new:
        await _open(tap)
        return
    await _finish(tap, saved.order, "toast-draft-saved")


async def _merge(tap: Tapped) -> None:
    known = await tap.drafts.known(tap.draft)
    if known is None:
        await _open(tap)
        return
    draft, now = tap.draft, tap.visit.now
    is_unclear = draft.windows or takes_past_time(known, draft.details, draft.taken, now)
    if tap.arg != screens.ANYWAY and is_unclear and await _asks_when(tap, DraftDo.MERGE):
        return
    try:
        order = await tap.drafts.merge(tap.draft.id, tap.visit.actor, tap.with_unasked)
    except Refusal as refused:
        await answer_tap(tap.query, await explain(refused, known.id, tap.desk, tap.visit))
        return
    await _finish(tap, order, "toast-draft-merged")


async def _delete(tap: Tapped) -> None:
    await tap.toast("")
    await put_here(tap.draft, screens.delete_screen(tap.look), tap.message, tap.drafts)


async def _delete_yes(tap: Tapped) -> None:
    await tap.drafts.remove(tap.draft.id, tap.visit.actor)
    await _close(tap)
    await tap.toast("draft-deleted")
    await offer_waiting(tap.message, tap.drafts, tap.visit)


async def _delete_papers(tap: Tapped) -> None:
    draft = await tap.drafts.remove_papers(tap.draft.id, tap.visit.actor)
    await tap.toast("toast-draft-papers-deleted")
    await tap.show(draft)


async def _finish(tap: Tapped, order: Order, toast: str) -> None:
    """Replace the draft by the order's card, and offer the person's other drafts."""
    await _close(tap)
    await tap.toast(toast, number=order.number)
    await tap.live_cards.move_down(order.id, tap.message.chat.id)
    await offer_waiting(tap.message, tap.drafts, tap.visit)


async def _close(tap: Tapped) -> None:
    await tap.state.clear()
    await drop(tap.message, tap.message.message_id)


async def _changed(tap: Tapped, change: Callable[[Draft], Draft]) -> Draft:
    return await tap.drafts.change(tap.draft.id, tap.visit.actor, change)


def _field(name: str) -> Field | None:
    return Field(name) if name in set(Field) else None


TAPS: dict[DraftDo, Callable[[Tapped], Awaitable[None]]] = {
    DraftDo.OPEN: _open,
    DraftDo.EDIT: _edit,
    DraftDo.MORE: _more,
    DraftDo.ASK: _ask,
    DraftDo.CLEAR: _clear,
    DraftDo.WINDOW: _choose,
    DraftDo.SKIP: _skip,
    DraftDo.TURN: _turn,
    DraftDo.TAKE: _take,
    DraftDo.ASK_CLIENT: _ask_client,
    DraftDo.SAVE: _save,
    DraftDo.MERGE: _merge,
    DraftDo.DELETE: _delete,
    DraftDo.DELETE_YES: _delete_yes,
    DraftDo.DELETE_PAPERS: _delete_papers,
}
