"""Connecting: /start, then one's own contact; the phone is matched with the staff list (R17)."""

from __future__ import annotations

import re

import structlog
from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart, StateFilter, invert_f
from aiogram.fsm.context import FSMContext
from aiogram.types import Contact, Message, User

from handlers.answers import explain
from handlers.dialogue import Waiting
from handlers.drafting import offer_waiting
from handlers.office import Office, Visit
from handlers.places import keyboard_of
from handlers.reception import FromStaff, InPrivate
from messages.outside import clean_name
from messages.texts import Translator
from orders.refusals import Refusal
from services.phones import card_phone
from storage import shops, staff
from storage.staff import Member

router = Router(name="start")
router.message.filter(InPrivate())

ORDER_LINK = re.compile(r"o(\d{1,18})")

_ADDS_SOMEBODY = StateFilter(Waiting.colleague, Waiting.spare)

LONGEST_NAME = 60

log = structlog.get_logger(__name__)


@router.message(CommandStart(), FromStaff())
async def start(
    message: Message, command: CommandObject, state: FSMContext, office: Office, visit: Visit
) -> None:
    """Greet; a link from the group opens its order."""
    await state.clear()
    link = ORDER_LINK.fullmatch(command.args or "")
    if link is None:
        await _welcome(message, visit.member, visit.shop.name, office, visit.t)
        await offer_waiting(message, office, visit)
        return
    order_id = int(link[1])
    try:
        await office.desk.look(order_id, visit.actor)
    except Refusal as refused:
        words = await explain(refused, order_id, office, visit)
        await message.answer(visit.t("outcome", words=words))
        return
    await office.live_cards.move_down(order_id, message.chat.id)


@router.message(
    F.contact.as_("contact"),
    F.from_user.as_("sender"),
    invert_f(StateFilter(Waiting.colleague, Waiting.spare)),
)
async def connect(message: Message, contact: Contact, sender: User, office: Office, t: Translator) -> None:
    """One's own contact: the phone decides who this is. Somebody else's card decides nothing.

    While somebody is added to a list, a card is that one's.
    """
    if contact.user_id != sender.id:
        await message.answer(t("start-foreign-contact"))
        return
    phone = card_phone(contact.phone_number)
    async with office.database.write() as c:
        name = clean_name(sender.first_name, LONGEST_NAME) or phone or ""
        for known in (await staff.by_phone(c, phone))[:1] if phone else []:
            await staff.connect(
                c, known.staff_id, sender.id, t.language, clean_name(known.name, LONGEST_NAME) or name
            )
        members = await staff.by_telegram(c, sender.id)
        member = next((member for member in members if member.phone == phone), None)
        shop = await shops.get(c, member.shop_id) if member else None
    if member is None or shop is None:
        log.info("stranger_refused")
        await message.answer(t("start-unknown-phone"))
        return
    log.info("staff_connected", staff_id=member.staff_id)
    await _welcome(message, member, shop.name, office, t)


async def _welcome(message: Message, member: Member, shop_name: str, office: Office, t: Translator) -> None:
    text = t(f"start-welcome-{member.role.value}", name=member.name, shop=shop_name)
    await message.answer(text, reply_markup=await keyboard_of(member, office, t))
