"""Connecting: /start, then the person's own contact; the phone is matched with the staff list (R17)."""

from __future__ import annotations

import re

import structlog
from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, StateFilter, invert_f
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, User

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import explain
from handlers.frame.contacts import own_phone, profile_name, refusal_key
from handlers.frame.context import Visit, keyboard_of
from handlers.frame.dialogue import Waiting
from handlers.frame.reception import FromStaff, InPrivate
from handlers.intake.drafting import offer_waiting
from messages.i18n.texts import Translator
from orders.bell.passing import Kind
from orders.model.refusals import Refusal
from services.first_day.first_days import FirstDays
from services.intake.drafts import Drafts
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from services.team.accounts import Accounts, AccountTaken
from services.team.staff_list import Newcomer
from services.team.visitors import Visitors
from storage.team.staff import Member

router = Router(name="start")
router.message.filter(InPrivate())

ORDER_LINK = re.compile(r"o(-?\d{1,18})")

log = structlog.get_logger(__name__)


@router.message(CommandStart(), FromStaff())
async def start(
    message: Message,
    command: CommandObject,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    drafts: Drafts,
    visitors: Visitors,
    visit: Visit,
) -> None:
    """Greet the person; a link from the group opens its order."""
    await state.clear()
    link = ORDER_LINK.fullmatch(command.args or "")
    if link is None:
        await _welcome(message, visit.member, visit.shop.name, visitors, visit.t)
        await offer_waiting(message, drafts, visit)
        return
    order_id = int(link[1])
    try:
        await desk.look(order_id, visit.actor)
    except Refusal as refused:
        words = await explain(refused, order_id, desk, visit)
        await say(message, Kind.REMARK, visit.t("outcome", words=words))
        return
    await live_cards.move_down(order_id, message.chat.id)


@router.message(
    F.contact,
    F.from_user.as_("sender"),
    invert_f(StateFilter(Waiting.colleague, Waiting.spare)),
)
async def connect(
    message: Message,
    sender: User,
    first_days: FirstDays,
    accounts: Accounts,
    visitors: Visitors,
    t: Translator,
) -> None:
    """Identify the person by the phone of their own contact; another person's contact is refused.

    In a dialogue that adds somebody to a list, a contact is that person's.
    """
    phone = own_phone(message)
    if phone is None:
        await say(message, Kind.REMARK, t(refusal_key(message)))
        return
    name = profile_name(sender) or phone
    try:
        member = await accounts.connect(Newcomer(phone, name, sender.id, t.language))
    except AccountTaken:
        await say(message, Kind.REMARK, t("account-taken"))
        return
    shop = await visitors.shop(member.shop_id) if member else None
    if member is None or shop is None:
        log.info("stranger_refused")
        has_director = await accounts.has_director()
        await say(message, Kind.REMARK, t("start-unknown-phone" if has_director else "start-no-director"))
        return
    await _welcome(message, member, shop.name, visitors, t)
    await first_days.welcome(member, message.chat.id)


async def _welcome(
    message: Message, member: Member, shop_name: str, visitors: Visitors, t: Translator
) -> None:
    text = t(f"start-welcome-{member.role.value}", name=member.name, shop=shop_name)
    await say(message, Kind.KEYS, text, reply_markup=await keyboard_of(member, visitors, t))
