"""Joining by an invitation, and a person's own data (R17)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, User

from handlers.frame.clean_chat import drop, put_menu, say
from handlers.frame.command_flow import leave_dialogue
from handlers.frame.contacts import own_phone, profile_name, refusal_key
from handlers.frame.context import Visit, keyboard_of
from handlers.frame.dialogue import Waiting, open_dialogue
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import FOLLOWS_INVITATION, FromStaff, InPrivate
from handlers.team.staff_list import given_by
from messages.i18n.texts import Translator
from messages.team.staff_list import me
from messages.ui.keyboards import contact_keyboard
from orders.bell.passing import Kind
from services.team.accounts import Accounts, AccountTaken
from services.team.staff_list import Newcomer, Team, TeamRefusal
from services.team.visitors import Visitors

router = Router(name="joining")
router.message.filter(InPrivate())


@router.message(Named("command-me"), FromStaff())
@router.message(Command("me"), FromStaff())
async def show_me(message: Message, state: FSMContext, visit: Visit) -> None:
    """Show name, role and shop, with the way to leave."""
    await leave_dialogue(state, message)
    screen = me(visit.member.colleague, visit.shop.name, given_by(visit))
    await put_menu(message, screen)
    await drop(message, message.message_id)


@router.message(FOLLOWS_INVITATION, F.from_user.as_("sender"))
async def follow(
    message: Message,
    command: CommandObject,
    sender: User,
    state: FSMContext,
    team: Team,
    visitors: Visitors,
    visit: Visit | None,
    t: Translator,
) -> None:
    """Add a person who already works in a shop at once, as the phone is known; others send their contact."""
    token = (command.args or "")[1:]
    try:
        offered = await team.invited(token)
    except TeamRefusal as refused:
        await say(message, Kind.REMARK, t(f"team-refused-{refused.why.value}"))
        return
    if visit is not None:
        member = visit.member
        newcomer = Newcomer(member.phone, member.name, sender.id, member.language)
        await _join(message, token, newcomer, state, team, visitors, t)
        return
    shop = await visitors.shop(offered.shop_id)
    await open_dialogue(state, Waiting.invited, {"token": token})
    words = t("invited-stranger", shop=shop.name if shop else "", role=t(f"role-{offered.role.value}"))
    await say(message, Kind.KEYS, words, reply_markup=contact_keyboard(t))


@router.message(Waiting.invited, F.contact, F.from_user.as_("sender"))
async def take_contact(
    message: Message,
    sender: User,
    state: FSMContext,
    team: Team,
    accounts: Accounts,
    visitors: Visitors,
    t: Translator,
) -> None:
    """Use the invitation with the sender's own contact; another person's contact leaves it open."""
    phone = own_phone(message)
    if phone is None:
        await say(message, Kind.REMARK, t(refusal_key(message)))
        return
    newcomer = Newcomer(phone, profile_name(sender) or phone, sender.id, t.language)
    try:
        await accounts.check(newcomer)
    except AccountTaken:  # the invitation stays open
        await say(message, Kind.REMARK, t("account-taken"))
        return
    token = str((await state.get_data()).get("token", ""))
    await _join(message, token, newcomer, state, team, visitors, t)


async def _join(
    message: Message,
    token: str,
    newcomer: Newcomer,
    state: FSMContext,
    team: Team,
    visitors: Visitors,
    t: Translator,
) -> None:
    try:
        member = await team.join(token, newcomer)
    except TeamRefusal as refused:
        await state.clear()
        await say(message, Kind.REMARK, t(f"team-refused-{refused.why.value}"))
        return
    await state.clear()
    shop = await visitors.shop(member.shop_id)
    words = t("invited-member", shop=shop.name if shop else "", role=t(f"role-{member.role.value}"))
    await say(message, Kind.KEYS, words, reply_markup=await keyboard_of(member, visitors, t))
