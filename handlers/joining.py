"""Joining by an invitation, and what a person reads about himself (R17)."""

from __future__ import annotations

import re

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Contact, Message, User

from handlers.dialogue import Waiting
from handlers.office import Office, Visit
from handlers.places import keyboard_of
from handlers.reception import FromStaff, InPrivate
from handlers.team import given_by
from messages.keyboards import contact_keyboard
from messages.outside import clean_name
from messages.team import me
from messages.texts import Translator
from services.phones import card_phone
from services.team import Newcomer, TeamRefusal
from storage import shops

INVITATION = re.compile(r"i([\w-]{32})", re.ASCII)
FOLLOWS_INVITATION = CommandStart(deep_link=True, magic=F.args.regexp(INVITATION, mode="fullmatch"))
LONGEST_NAME = 60

router = Router(name="joining")
router.message.filter(InPrivate())


@router.message(Command("me"), FromStaff())
async def show_me(message: Message, state: FSMContext, visit: Visit) -> None:
    """Name, role and shop, and the way out."""
    await state.clear()
    screen = me(visit.member.colleague, visit.shop.name, given_by(visit))
    await message.answer(screen.text, reply_markup=screen.keyboard)


@router.message(FOLLOWS_INVITATION, F.from_user.as_("sender"))
async def follow(
    message: Message,
    command: CommandObject,
    sender: User,
    state: FSMContext,
    office: Office,
    visit: Visit | None,
    t: Translator,
) -> None:
    """Who works somewhere already joins at once: the phone is known. Others send their own contact."""
    token = (command.args or "")[1:]
    try:
        offered = await office.team.invited(token)
    except TeamRefusal as refused:
        await message.answer(t(f"team-refused-{refused.why.value}"))
        return
    if visit is not None:
        member = visit.member
        newcomer = Newcomer(member.phone, member.name, sender.id, member.language)
        await _join(message, token, newcomer, office, t)
        return
    async with office.database.read() as c:
        shop = await shops.get(c, offered.shop_id)
    await state.set_state(Waiting.invited)
    await state.set_data({"token": token})
    words = t("invited-stranger", shop=shop.name if shop else "", role=t(f"role-{offered.role.value}"))
    await message.answer(words, reply_markup=contact_keyboard(t))


@router.message(Waiting.invited, F.contact.as_("contact"), F.from_user.as_("sender"))
async def take_contact(
    message: Message, contact: Contact, sender: User, state: FSMContext, office: Office, t: Translator
) -> None:
    """One's own contact uses the invitation up; somebody else's leaves it open."""
    phone = card_phone(contact.phone_number)
    if contact.user_id != sender.id or phone is None:
        await message.answer(t("start-foreign-contact"))
        return
    token = str((await state.get_data()).get("token", ""))
    await state.clear()
    name = clean_name(sender.full_name, LONGEST_NAME) or phone
    await _join(message, token, Newcomer(phone, name, sender.id, t.language), office, t)


async def _join(message: Message, token: str, newcomer: Newcomer, office: Office, t: Translator) -> None:
    try:
        member = await office.team.join(token, newcomer)
    except TeamRefusal as refused:
        await message.answer(t(f"team-refused-{refused.why.value}"))
        return
    async with office.database.read() as c:
        shop = await shops.get(c, member.shop_id)
    words = t("invited-member", shop=shop.name if shop else "", role=t(f"role-{member.role.value}"))
    await message.answer(words, reply_markup=await keyboard_of(member, office, t))
