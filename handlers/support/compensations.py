"""Compensation claims to the marketplace: costs, receipts, the sum, the answer, the payment (R88)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, remark, say, say_below
from handlers.frame.command_flow import answer_tap, explain, order_for, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.late_files import Arrived
from handlers.frame.reception import FromStaff, InPrivate
from handlers.photo.kept_pictures import kept_picture, tell_not_kept
from handlers.support.guide import put, view_of
from messages.callbacks.order import Do, Tap
from messages.callbacks.support import ClaimDo, ClaimTap
from messages.i18n.untrusted_text import clean_lines
from messages.support import compensations as screens
from messages.support.cases import case_screen
from orders.bell.passing import Kind
from orders.model.money import Money
from orders.model.order import Order
from orders.model.refusals import Refusal
from orders.support.compensation import (
    WITH_SUM,
    BadSum,
    Compensation,
    EntryKind,
    SumFlaw,
    currency_of,
    month_of,
    read_amount,
    says_refused,
)
from services.files.downloads import FileNotNowError, FileTooBigError
from services.files.late_files import LateFiles
from services.order.desk import Desk
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from services.support.cases import CaseGone, Cases
from services.support.compensations import ClaimFull, Compensations
from storage.db.errors import DatabaseUnavailable, PhotosUnavailable
from storage.photo.photo_files import Kept

NONE = -1
_KINDS = {
    ClaimDo.COST: EntryKind.COST,
    ClaimDo.ASKED: EntryKind.ASKED,
    ClaimDo.ANSWER: EntryKind.ANSWER,
    ClaimDo.PAID: EntryKind.PAID,
}

router = Router(name="compensations")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@dataclass(frozen=True, slots=True)
class _Open:
    """What is being entered: the order and the kind of line; `entry` is the index of the line begun."""

    shop: int
    order: int
    kind: EntryKind
    entry: int = NONE
    album: str = ""

    @classmethod
    def load(cls, data: dict[str, Any]) -> _Open:
        return cls(data["shop"], data["order"], EntryKind(data["kind"]), data["entry"], data["album"])

    def dump(self) -> dict[str, Any]:
        return {
            "shop": self.shop,
            "order": self.order,
            "kind": self.kind.value,
            "entry": self.entry,
            "album": self.album,
        }


@router.callback_query(Tap.filter(F.do == Do.CLAIM))
async def open_from_card(
    query: CallbackQuery,
    callback_data: Tap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    compensations: Compensations,
    visit: Visit,
) -> None:
    """Show the claim in place of the order's card."""
    await _show_order(query, callback_data.order, state, desk, live_cards, compensations, visit)


@router.callback_query(ClaimTap.filter(F.do == ClaimDo.OPEN))
async def open_claim(
    query: CallbackQuery,
    callback_data: ClaimTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    compensations: Compensations,
    visit: Visit,
) -> None:
    """Show the claim from a list or from a case."""
    await _show_order(query, callback_data.order, state, desk, live_cards, compensations, visit)


@router.callback_query(ClaimTap.filter(F.do == ClaimDo.MONTH))
async def show_month(
    query: CallbackQuery, callback_data: ClaimTap, desk: Desk, compensations: Compensations, visit: Visit
) -> None:
    """List all claims of one month with their totals."""
    month = month_of(visit.now, visit.rules, callback_data.page)
    try:
        found = await compensations.of_month(visit.actor, month)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, 0, desk, visit))
        return
    await answer_tap(query, "")
    screen = screens.month_screen(visit.shop.id, month, callback_data.page, found.claims, visit.t)
    if isinstance(query.message, Message):
        await redraw(query.message, visit.placed(screen))


@router.callback_query(ClaimTap.filter(F.do.in_(_KINDS)))
async def ask(
    query: CallbackQuery,
    callback_data: ClaimTap,
    state: FSMContext,
    desk: Desk,
    compensations: Compensations,
    visit: Visit,
) -> None:
    """Ask for the words, the sum or the receipt."""
    found = await _claim(query, callback_data.order, desk, compensations, visit)
    if found is None:
        return
    order, claim = found
    kind = _KINDS[callback_data.do]
    await answer_tap(query, "")
    await open_dialogue(state, Waiting.claim, _Open(visit.shop.id, order.id, kind).dump())
    if isinstance(query.message, Message):
        await say(query.message, Kind.QUESTION, screens.ask_words(kind, claim, visit.t))


@router.callback_query(ClaimTap.filter(F.do == ClaimDo.DROP))
async def drop_last(
    query: CallbackQuery,
    callback_data: ClaimTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    compensations: Compensations,
    visit: Visit,
) -> None:
    """Withdraw the last line."""
    found = await _claim(query, callback_data.order, desk, compensations, visit)
    if found is not None:
        await state.clear()
        claim = await compensations.withdraw_last(found[0].id, visit.actor)
        await answer_tap(query, visit.t.plain("toast-claim-dropped"))
        await put(query, found[0], screens.claim_screen(visit.look(found[0]), claim), live_cards)


@router.callback_query(ClaimTap.filter(F.do == ClaimDo.SUPPORT))
async def tell_support(
    query: CallbackQuery,
    callback_data: ClaimTap,
    desk: Desk,
    live_cards: LiveCards,
    cases: Cases,
    compensations: Compensations,
    visit: Visit,
) -> None:
    """Add the sum to the order's case, so that support gets one message, not ten (R94)."""
    found = await _claim(query, callback_data.order, desk, compensations, visit)
    matter = screens.matter_of(found[1], visit.t) if found is not None and found[1] is not None else None
    if found is None or matter is None:
        return
    order, _ = found
    try:
        case = await cases.raise_matter(order.id, visit.actor, *matter, visit.rules)
    except CaseGone:
        await answer_tap(query, visit.t.plain("toast-case-full"))
        return
    await answer_tap(query, "")
    await put(query, order, case_screen(view_of(order, visit, case), case), live_cards)


@router.message(Waiting.claim)
async def take(
    message: Message,
    state: FSMContext,
    desk: Desk,
    photos: Photos,
    late_files: LateFiles,
    compensations: Compensations,
    visit: Visit,
    arrived: Arrived | None = None,
) -> None:
    """Store the message as a line of the claim, or say what is missing and keep the question open."""
    open_ = _Open.load(await state.get_data())
    try:
        order = await desk.look(open_.order, visit.actor)
        await _take(
            message,
            open_,
            order,
            state,
            photos,
            late_files,
            compensations,
            visit,
            arrived,
        )
    except Refusal as refused:
        await state.clear()
        await remark(message, await explain(refused, open_.order, desk, visit))
    except ClaimFull:
        await state.clear()
        await remark(message, visit.t("claim-full"))
    except (PhotosUnavailable, DatabaseUnavailable) as error:
        await tell_not_kept(error, message, visit)


async def _take(  # noqa: PLR0913, PLR0917 - one parameter for each service
    message: Message,
    open_: _Open,
    order: Order,
    state: FSMContext,
    photos: Photos,
    late_files: LateFiles,
    compensations: Compensations,
    visit: Visit,
    arrived: Arrived | None,
) -> None:
    words = clean_lines(message.text or message.caption or "")
    has_file = bool(message.photo or message.document)
    if not words and not (has_file and open_.kind in {EntryKind.COST, EntryKind.ANSWER}):
        await remark(message, visit.t("words-needed"))
        return
    try:
        kind, amount = _read(words, open_.kind, order, has_file=has_file)
    except BadSum as bad:
        await remark(message, screens.sum_flaw(bad.flaw, visit.t))
        return
    kept = (
        await kept_receipt(message, photos, late_files, compensations, visit, arrived) if has_file else None
    )
    if has_file and kept is None:
        return
    claim, entry = await _write(open_, kind, words, amount, compensations, visit)
    if kept is not None:
        claim = await compensations.add_receipt(order.id, visit.actor, entry, kept)
    album = message.media_group_id or ""
    await _go_on(_Open(open_.shop, order.id, kind, entry, album), claim, state, message)
    if album and album == open_.album:
        return  # one answer for the whole album
    line = claim.entries[entry]
    if line.kind is EntryKind.COST and line.amount is None:
        await remark(message, visit.t("claim-ask-sum-of-receipt"))
        return
    screen = visit.placed(screens.claim_screen(visit.look(order), claim))
    await put_menu(message, screen)


def _read(words: str, kind: EntryKind, order: Order, *, has_file: bool) -> tuple[EntryKind, Money | None]:
    """Returns the kind of line and its sum. Raises BadSum if a required sum is missing."""
    if kind not in WITH_SUM or not words:
        return kind, None
    try:
        return kind, read_amount(words, currency_of(order))
    except BadSum as bad:
        if kind is EntryKind.PAID and says_refused(words):
            return EntryKind.REFUSED, None
        if bad.flaw is SumFlaw.NONE and has_file:
            return kind, None  # the receipt is stored first, then its sum is asked for
        raise


async def _write(
    open_: _Open,
    kind: EntryKind,
    words: str,
    amount: Money | None,
    compensations: Compensations,
    visit: Visit,
) -> tuple[Compensation, int]:
    """Returns the claim with the new or continued line, and the line's index."""
    before = await compensations.of_order(open_.order, visit.actor)
    begun = (
        before.entries[open_.entry] if before is not None and 0 <= open_.entry < len(before.entries) else None
    )
    if before is not None and begun is not None:
        if not words:  # another picture of the same line
            return before, open_.entry
        if amount is None or begun.amount is None:
            claim = await compensations.say_more(open_.order, visit.actor, open_.entry, words, amount)
            return claim, open_.entry
    claim = await compensations.note(open_.order, visit.actor, kind, words, amount)
    return claim, len(claim.entries) - 1


async def _go_on(open_: _Open, claim: Compensation, state: FSMContext, answer: Message) -> None:
    """Keep the question open for the sum or receipt of a cost, and for the rest of an album."""
    line = claim.entries[open_.entry]
    is_whole = line.kind is not EntryKind.COST or (line.amount is not None and line.receipts)
    if is_whole and not open_.album:
        await finish_dialogue(state, answer)
    else:
        await open_dialogue(state, Waiting.claim, open_.dump(), answer)


async def kept_receipt(
    message: Message,
    photos: Photos,
    late_files: LateFiles,
    compensations: Compensations,
    visit: Visit,
    arrived: Arrived | None,
) -> Kept | None:
    """Store a picture or a PDF; returns None after telling the person what is wrong with it."""
    document = message.document
    if document is None or (document.mime_type or "").startswith("image/"):
        return await kept_picture(message, photos, late_files, visit, arrived)
    try:
        if arrived is not None:
            kept = await compensations.keep_document(arrived.content)
        else:
            async with late_files.downloads.fetched(document.file_id, document.file_size) as content:
                kept = await compensations.keep_document(content)
    except FileTooBigError:
        await say_below(message, Kind.LOST, visit.t("file-too-big"))
        return None
    except FileNotNowError:
        size = document.file_size
        if await late_files.postpone(message, document.file_id, size, None, visit.t.language):
            await remark(message, visit.t("file-coming"))
        return None
    if kept is None:
        await say_below(message, Kind.LOST, visit.t("claim-file-kind"))
    return kept


async def _claim(
    query: CallbackQuery, order_id: int, desk: Desk, compensations: Compensations, visit: Visit
) -> tuple[Order, Compensation | None] | None:
    """Returns the button's order and its claim; None after telling the person that they may not see it."""
    order = await order_for(query, order_id, desk, visit)
    if order is None:
        return None
    try:
        return order, await compensations.of_order(order.id, visit.actor)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, order.id, desk, visit))
        return None


async def _show_order(
    query: CallbackQuery,
    order_id: int,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    compensations: Compensations,
    visit: Visit,
) -> None:
    found = await _claim(query, order_id, desk, compensations, visit)
    if found is not None:
        await state.clear()
        await answer_tap(query, "")
        await put(query, found[0], screens.claim_screen(visit.look(found[0]), found[1]), live_cards)
