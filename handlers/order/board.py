"""The order board."""

from __future__ import annotations

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.command_flow import answer_tap, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.bell import ShowDay
from messages.callbacks.order import BoardTap
from messages.order.board import PAGE_SIZE, with_damaged
from messages.order.board import board as board_screen
from messages.ui.screen import Screen
from orders.order.board import Day, Section, day_span
from services.intake.drafts import Drafts
from services.order.order_lists import OrderLists
from storage.order.board import BoardQuery

router = Router(name="board")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.message(Label("button-orders"))
@router.message(Command("orders"))
async def show_board(
    message: Message, state: FSMContext, order_lists: OrderLists, drafts: Drafts, visit: Visit
) -> None:
    """Show today's orders."""
    await leave_dialogue(state, message)
    await _send(message, BoardTap(day=Day.TODAY, section=Section.ALL), order_lists, drafts, visit)


@router.message(Label("button-new"))
@router.message(Command("new"))
async def show_new(
    message: Message, state: FSMContext, order_lists: OrderLists, drafts: Drafts, visit: Visit
) -> None:
    """Show the orders of all days that nobody has accepted yet."""
    await leave_dialogue(state, message)
    await _send(message, BoardTap(day=Day.ALL, section=Section.NEW), order_lists, drafts, visit)


@router.callback_query(BoardTap.filter())
async def turn_board(
    query: CallbackQuery, callback_data: BoardTap, order_lists: OrderLists, drafts: Drafts, visit: Visit
) -> None:
    """Show another day, status or page in the same message."""
    screen = await _screen(callback_data, order_lists, drafts, visit)
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await redraw(query.message, screen)


@router.callback_query(ShowDay.filter())
async def show_list(
    query: CallbackQuery, callback_data: ShowDay, order_lists: OrderLists, drafts: Drafts, visit: Visit
) -> None:
    """Show the list of a day as a new message below the pinned board."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        tap = BoardTap(day=callback_data.day, section=Section.ALL)
        await put_list(query.message, tap, order_lists, drafts, visit)


async def _send(
    message: Message, tap: BoardTap, order_lists: OrderLists, drafts: Drafts, visit: Visit
) -> None:
    await put_list(message, tap, order_lists, drafts, visit)
    await drop(message, message.message_id)


async def put_list(
    message: Message, tap: BoardTap, order_lists: OrderLists, drafts: Drafts, visit: Visit
) -> None:
    """Send the list; the previous list in the chat is deleted (X15)."""
    await put_menu(message, await _screen(tap, order_lists, drafts, visit))


async def _screen(tap: BoardTap, order_lists: OrderLists, drafts: Drafts, visit: Visit) -> Screen:
    rules, now = visit.rules, visit.now
    span = day_span(tap.day, now, rules.zone)
    archived_before = now - timedelta(hours=rules.archive_hours)
    query = BoardQuery(visit.shop.id, tap.section, span, archived_before, visit.only_own)
    here = await order_lists.board(query, tap.page, PAGE_SIZE)
    found, left_out = here.found, here.not_shown
    earlier = here.earlier if tap.day is Day.TODAY else 0
    drafted = len(await drafts.mine(visit.actor)) if visit.only_own is None else None
    hidden = (left_out.closed, left_out.hidden, left_out.archived)
    screen = board_screen(
        found.orders,
        here.counts,
        hidden,
        tap.day,
        tap.section,
        here.page,
        here.pages,
        now,
        rules,
        visit.t,
        drafted,
        earlier,
    )
    return visit.placed(with_damaged(screen, found.damaged, visit.t))
