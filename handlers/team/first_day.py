"""The director's list for the first day, and its trial order."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import InPrivate, May
from handlers.team.staff_list import invitation, refusal_words
from messages.callbacks.team import FirstDo, FirstTap
from orders.access.roles import Act
from services.first_day.first_days import FirstDays
from services.first_day.trials import TrialOrders
from services.team.staff_list import Team, TeamRefusal

router = Router(name="first_day")
router.message.filter(May(Act.RUN_SHOPS), InPrivate())
router.callback_query.filter(May(Act.RUN_SHOPS), InPrivate())


@router.message(Named("first-name", "command-first"))
@router.message(Command("first"))
async def show(message: Message, state: FSMContext, first_days: FirstDays, visit: Visit) -> None:
    """Send the list again as a new message."""
    await leave_dialogue(state, message)
    await first_days.open(visit.member, message.chat.id)
    await drop(message, message.message_id)


@router.callback_query(FirstTap.filter(F.do == FirstDo.TRIAL))
async def make_trial(query: CallbackQuery, trials: TrialOrders, visit: Visit) -> None:
    """Make a trial order, which notifies like a real one; the list says what to do with it."""
    receipt = await trials.make(visit.actor, visit.t)
    await answer_tap(query, visit.t.plain("first-toast-made" if receipt.is_new else "first-toast-there"))


@router.callback_query(FirstTap.filter(F.do == FirstDo.UNTRY))
async def remove_trial(query: CallbackQuery, trials: TrialOrders, visit: Visit) -> None:
    """Remove the trial order with all its messages, including this card."""
    is_removed = await trials.remove(visit.actor)
    await answer_tap(query, visit.t.plain("first-toast-removed" if is_removed else "first-toast-none"))


@router.callback_query(FirstTap.filter(F.do == FirstDo.INVITE))
async def invite(query: CallbackQuery, callback_data: FirstTap, bot: Bot, team: Team, visit: Visit) -> None:
    """Send the invitation link as a new message: the list stays."""
    try:
        screen = await invitation(callback_data.arg, bot, team, visit)
    except TeamRefusal as refused:
        await answer_tap(query, refusal_words(refused, visit))
        return
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await put_menu(query.message, screen)


@router.callback_query(FirstTap.filter(F.do == FirstDo.HIDE))
async def hide(query: CallbackQuery, first_days: FirstDays, visit: Visit) -> None:
    """Hide the list; the command shows it again."""
    await answer_tap(query, visit.t.plain("first-toast-hidden"))
    if isinstance(query.message, Message):
        await first_days.hide(visit.member, query.message.chat.id, query.message.message_id)
