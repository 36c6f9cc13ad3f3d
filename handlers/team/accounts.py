"""Answers to "is it you?" and "may this account take over?" (R17)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.team import ClaimTap
from services.team.account_notifications import decision
from services.team.accounts import Accounts, NoClaim
from services.team.visitors import Visitors

router = Router(name="accounts")
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(ClaimTap.filter())
async def decide(
    query: CallbackQuery,
    callback_data: ClaimTap,
    visitors: Visitors,
    accounts: Accounts,
    clock: Callable[[], datetime],
    visit: Visit,
) -> None:
    """Pass the decision to the service, which checks the right to decide; then show the result."""
    decider = query.from_user.id
    try:
        place, note = await accounts.decide(callback_data.claim, decider, allow=callback_data.allow)
    except NoClaim:
        await answer_tap(query, visit.t.plain("account-claim-over"))
        return
    await answer_tap(query, "")
    shop = await visitors.shop(place.shop_id)
    if isinstance(query.message, Message) and shop is not None:
        await redraw(query.message, decision(note, decider, shop, clock()))
