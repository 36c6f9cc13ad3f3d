"""The shop's group chat: it shows the waiting orders, and chiefs can accept them there."""

from __future__ import annotations

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import ADMINISTRATOR, IS_NOT_MEMBER, MEMBER, ChatMemberUpdatedFilter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import answer_tap, carry_out
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff
from messages.callbacks.order import Do, Tap
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from orders.steps.commands import Accept
from services.order.desk import Desk
from services.sending.unreachable_chats import UnreachableChats
from services.team.visitors import Visitors

router = Router(name="group")
router.callback_query.filter(FromStaff())

GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}

log = structlog.get_logger(__name__)


@router.callback_query(Tap.filter(F.do == Do.ACCEPT), F.message.chat.type.in_(GROUPS))
async def accept(query: CallbackQuery, callback_data: Tap, desk: Desk, visit: Visit) -> None:
    """Accept the order: the only command allowed in the group, as others show data that it must not read."""
    if not may(visit.actor, Act.SEE_ALL_ORDERS, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-accept"))
        return
    outcome = await carry_out(callback_data.order, Accept(), desk, visit)
    await answer_tap(query, outcome.words)


@router.my_chat_member(ChatMemberUpdatedFilter(IS_NOT_MEMBER >> (MEMBER | ADMINISTRATOR)))
async def join(event: ChatMemberUpdated, visitors: Visitors, visit: Visit | None) -> None:
    """Make the group the shop's group when a director adds the bot; others cannot do so (R63)."""
    if event.chat.type not in GROUPS:
        return
    if visit is None or not may(visit.actor, Act.RUN_SHOPS, visit.shop.id):
        log.info("group_ignored", chat_id=event.chat.id)
        return
    await visitors.set_group(visit.shop.id, event.chat.id)
    await say(event, Kind.RECORD, visit.t("group-connected", shop=visit.shop.name))


@router.message(F.migrate_to_chat_id.as_("new_id"))
async def follow(message: Message, new_id: int, lost_chats: UnreachableChats) -> None:
    """Store the new id of a group that became a supergroup."""
    await lost_chats.follow(message.chat.id, new_id)
