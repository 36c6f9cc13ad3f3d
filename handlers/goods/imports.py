"""Review of a price list: show it, apply it once, or drop it."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import InPrivate, May
from messages.callbacks.price_lists import ImportDo, ImportTap
from messages.goods.price_list import applied_screen, dropped_screen, import_screen
from messages.ui.screen import Screen
from orders.access.roles import Act
from services.goods.imports import Imports, Proposal
from storage.goods.pending_imports import ImportState

router = Router(name="imports")
router.callback_query.filter(May(Act.CHANGE_GOODS), InPrivate())


async def show_import(tap: ImportTap, imports: Imports, visit: Visit) -> Screen:
    """Show a price list that was just stored. Raises LookupError if it is missing."""
    proposal = await imports.look(tap.list, visit.shop.id)
    if proposal is None:
        raise LookupError(f"price list {tap.list} was kept and is not there")
    return import_screen(proposal.sent.name, proposal.preview, tap, visit.t)


@router.callback_query(ImportTap.filter(F.do == ImportDo.SHOW))
async def turn_import(query: CallbackQuery, callback_data: ImportTap, imports: Imports, visit: Visit) -> None:
    """Show another part or page of a waiting list."""
    proposal = await imports.look(callback_data.list, visit.shop.id)
    if proposal is None or proposal.sent.state is not ImportState.WAITING:
        await _say_over(query, proposal, visit)
        return
    await answer_tap(query, "")
    await _redraw(query, import_screen(proposal.sent.name, proposal.preview, callback_data, visit.t))


@router.callback_query(ImportTap.filter(F.do == ImportDo.APPLY))
async def apply_import(
    query: CallbackQuery, callback_data: ImportTap, imports: Imports, visit: Visit
) -> None:
    """Apply the list to the products; a second tap changes nothing."""
    done = await imports.apply(callback_data.list, visit.shop.id)
    if done is None:
        await _say_over(query, await imports.look(callback_data.list, visit.shop.id), visit)
        return
    await answer_tap(query, visit.t.plain("toast-import-applied"))
    await _redraw(query, applied_screen(done.sent.name, done.preview, visit.t))


@router.callback_query(ImportTap.filter(F.do == ImportDo.DROP))
async def drop_import(query: CallbackQuery, callback_data: ImportTap, imports: Imports, visit: Visit) -> None:
    """Drop the list."""
    proposal = await imports.look(callback_data.list, visit.shop.id)
    if proposal is None or not await imports.drop(callback_data.list, visit.shop.id):
        await _say_over(query, await imports.look(callback_data.list, visit.shop.id), visit)
        return
    await answer_tap(query, visit.t.plain("toast-import-dropped"))
    await _redraw(query, dropped_screen(proposal.sent.name, visit.t))


async def _say_over(query: CallbackQuery, proposal: Proposal | None, visit: Visit) -> None:
    """Say that the list was already applied or dropped, or belongs to another shop."""
    if proposal is None:
        await answer_tap(query, visit.t.plain("toast-import-gone"))
    else:
        await answer_tap(query, visit.t.plain(f"toast-import-{proposal.sent.state.value}-before"))


async def _redraw(query: CallbackQuery, screen: Screen) -> None:
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
