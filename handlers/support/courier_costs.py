"""The cost of a courier whom the shop paid instead of the marketplace: the sum and its receipt (R88)."""

from __future__ import annotations

from datetime import datetime, timedelta

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.clean_chat import remark
from handlers.frame.command_flow import carry_out, explain
from handlers.frame.context import Visit
from handlers.frame.dialogue import Question, Waiting, open_question
from handlers.frame.late_files import Arrived
from handlers.frame.reception import FromStaff, InPrivate
from handlers.photo.kept_pictures import tell_not_kept
from handlers.support.compensations import kept_receipt
from messages.i18n.untrusted_text import clean_lines
from orders.model.numbers import named_in
from orders.model.refusals import Reason, Refusal
from orders.steps.delivery_commands import NoteCost
from services.files.late_files import LateFiles
from services.order.desk import Desk
from services.photo.photos import Photos
from services.support.compensations import Compensations
from storage.db.errors import DatabaseUnavailable, PhotosUnavailable
from storage.photo.photo_files import Kept

PATIENCE = timedelta(minutes=10)
"""How long the next picture is taken as the receipt; a later one may show a bouquet."""

router = Router(name="courier_costs")
router.message.filter(FromStaff(), InPrivate())


class CostAsked(Filter):
    """Accepts a file as the answer to "what did the courier cost?", and provides the question."""

    async def __call__(
        self, message: Message, state: FSMContext, visit: Visit | None = None
    ) -> bool | dict[str, Question]:
        question = await open_question(state) if visit is not None else None
        if visit is None or question is None or question.reason is not Reason.COST_NEEDED:
            return False
        return {"question": question} if question.is_open(visit.now) else False


class ReceiptAsked(Filter):
    """Accepts a file as the receipt, unless it names an order or comes too late."""

    async def __call__(
        self, message: Message, state: FSMContext, visit: Visit | None = None
    ) -> bool | dict[str, int]:
        if visit is None or await state.get_state() != Waiting.receipt.state:
            return False
        data = await state.get_data()
        is_late = visit.now - datetime.fromisoformat(data["asked_at"]) > PATIENCE
        if is_late or message.reply_to_message is not None or named_in(message.caption or ""):
            return False
        return {"order_id": int(data["order"])}


@router.message(CostAsked(), F.photo | F.document)
async def take_cost_with_receipt(  # noqa: PLR0913, PLR0917 - one parameter for each service
    message: Message,
    question: Question,
    state: FSMContext,
    desk: Desk,
    photos: Photos,
    late_files: LateFiles,
    compensations: Compensations,
    visit: Visit,
    arrived: Arrived | None = None,
) -> None:
    """Take the caption as the cost; without a caption, store the receipt and ask for the sum."""
    words = clean_lines(message.caption or "")
    kept = await _kept(message, photos, late_files, compensations, visit, arrived)
    if kept is None:
        return
    command = NoteCost(words or visit.t.plain("cost-by-receipt"))
    outcome = await carry_out(question.order, command, desk, visit)
    if not outcome.done:
        await state.clear()
        await remark(message, visit.t("outcome", words=outcome.words))
        return
    await compensations.add_receipt_of_courier(question.order, visit.actor, kept)
    if not words:
        await remark(message, visit.t("cost-ask-sum"))
        return
    await state.clear()
    await _say_kept(question.order, message, desk, visit)


@router.message(ReceiptAsked(), F.photo | F.document)
async def take_receipt(  # noqa: PLR0913, PLR0917 - one parameter for each service
    message: Message,
    order_id: int,
    state: FSMContext,
    desk: Desk,
    photos: Photos,
    late_files: LateFiles,
    compensations: Compensations,
    visit: Visit,
    arrived: Arrived | None = None,
) -> None:
    """Store the receipt of the cost just entered, and of an album all pictures."""
    kept = await _kept(message, photos, late_files, compensations, visit, arrived)
    if kept is None:
        return
    try:
        await compensations.add_receipt_of_courier(order_id, visit.actor, kept)
    except Refusal as refused:
        await state.clear()
        await remark(message, await explain(refused, order_id, desk, visit))
        return
    if message.media_group_id is None:
        await state.clear()
    await _say_kept(order_id, message, desk, visit)


async def _kept(
    message: Message,
    photos: Photos,
    late_files: LateFiles,
    compensations: Compensations,
    visit: Visit,
    arrived: Arrived | None,
) -> Kept | None:
    """Store the file; returns None after telling the person why it failed."""
    try:
        return await kept_receipt(message, photos, late_files, compensations, visit, arrived)
    except (PhotosUnavailable, DatabaseUnavailable) as error:
        await tell_not_kept(error, message, visit)
        return None


async def _say_kept(order_id: int, message: Message, desk: Desk, visit: Visit) -> None:
    order = await desk.look(order_id, visit.actor)
    await remark(message, visit.t("cost-receipt-kept", number=order.number))
