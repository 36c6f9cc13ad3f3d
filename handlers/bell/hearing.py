"""Settings of where and when a person is notified of new orders, in their private chat (X14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import FromStaff, InPrivate
from messages.bell.hearing import NONE, QUIET_HOURS, hearing_screen
from messages.callbacks.bell import HearTap
from orders.bell.ringing import Place, Quiet
from services.bell.hearings import Hearings

router = Router(name="hearing")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.message(Named("command-sounds"))
@router.message(Command("sounds"))
async def show(message: Message, state: FSMContext, hearings: Hearings, visit: Visit) -> None:
    """Show the person's current settings."""
    await leave_dialogue(state, message)
    await put_menu(
        message, hearing_screen(await hearings.of_person(visit.shop.id, visit.member.staff_id), visit.t)
    )
    await drop(message, message.message_id)


@router.callback_query(HearTap.filter())
async def choose(query: CallbackQuery, callback_data: HearTap, hearings: Hearings, visit: Visit) -> None:
    """Change one setting and keep the other. Unknown callback values change nothing."""
    chosen = await hearings.of_person(visit.shop.id, visit.member.staff_id)
    if callback_data.place in set(Place):
        chosen = replace(chosen, place=Place(callback_data.place))
    if callback_data.quiet in QUIET_HOURS:
        chosen = replace(chosen, quiet=_quiet(callback_data.quiet))
    await hearings.choose(visit.member.staff_id, chosen)
    await answer_tap(query, visit.t.plain("hear-chosen"))
    if isinstance(query.message, Message):
        await redraw(query.message, hearing_screen(chosen, visit.t))


def _quiet(code: str) -> Quiet | None:
    if code == NONE:
        return None
    start, _, end = code.partition("-")
    return Quiet(time(int(start)), time(int(end)))
