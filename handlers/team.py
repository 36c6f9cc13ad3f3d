"""The staff list: the director adds people by phone and role (R14, R17)."""

from __future__ import annotations

from aiogram import Bot, F, Router
from aiogram.filters import Command, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject
from aiogram.utils.keyboard import InlineKeyboardBuilder

from handlers.answers import answer_tap
from handlers.dialogue import Waiting
from handlers.labels import Label
from handlers.office import Office, Visit
from handlers.reception import InPrivate
from messages.callbacks import TeamTap
from messages.outside import clean
from orders.people import Role
from services.phones import card_phone, split_contact
from storage import staff

ADDABLE = (Role.SELLER, Role.COURIER, Role.MANAGER)
LONGEST_NAME = 60


class FromDirector(Filter):
    """Lets directors through: the staff list is theirs."""

    async def __call__(self, _event: TelegramObject, visit: Visit | None = None) -> bool:
        return visit is not None and visit.actor.role is Role.DIRECTOR


router = Router(name="team")
router.message.filter(FromDirector(), InPrivate())
router.callback_query.filter(FromDirector(), InPrivate())


@router.message(Label("button-team"))
@router.message(Command("team"))
async def show_team(message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """Who works here, and who is connected."""
    await state.clear()
    async with office.database.read() as c:
        members = await staff.of_shop(c, visit.shop.id)
    lines = [
        visit.t(
            "team-member",
            name=member.name,
            role=visit.t.plain(f"role-{member.role.value}"),
            connected="no" if member.telegram_id is None else "yes",
        )
        for member in members
    ]
    builder = InlineKeyboardBuilder()
    builder.button(text=visit.t.plain("button-add-colleague"), callback_data=TeamTap(do="add"))
    text = "\n".join([visit.t("team-title", count=len(members)), *lines])
    await message.answer(text, reply_markup=builder.as_markup())


@router.callback_query(TeamTap.filter(F.do == "add"))
async def ask_who(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Wait for a phone and a name, or a contact card."""
    await answer_tap(query, "")
    await state.set_state(Waiting.colleague)
    await state.set_data({})
    if isinstance(query.message, Message):
        await query.message.answer(visit.t("team-ask-contact"))


@router.message(Waiting.colleague, F.contact | F.text)
async def take_contact(message: Message, state: FSMContext, visit: Visit) -> None:
    """A phone and a name in any order, or somebody's contact card."""
    if message.contact is not None:
        phone = card_phone(message.contact.phone_number) or ""
        name = " ".join(filter(None, (message.contact.first_name, message.contact.last_name)))
    else:
        name, phone = split_contact(message.text or "", visit.rules.country)
    name = clean(name, LONGEST_NAME)
    if not phone:
        await message.reply(visit.t("team-no-phone"))
        return
    await state.set_data({"phone": phone, "name": name or phone})
    builder = InlineKeyboardBuilder()
    for role in ADDABLE:
        text = visit.t.plain(f"role-{role.value}")
        builder.button(text=text, callback_data=TeamTap(do="role", arg=role.value))
    await message.answer(
        visit.t("team-ask-role", name=name or phone, phone=phone), reply_markup=builder.adjust(3).as_markup()
    )


@router.message(Waiting.colleague)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Neither a contact nor words: say what is needed, keep waiting."""
    await message.reply(visit.t("team-no-phone"))


@router.callback_query(TeamTap.filter(F.do == "role"))
async def add_colleague(
    query: CallbackQuery, callback_data: TeamTap, state: FSMContext, bot: Bot, office: Office, visit: Visit
) -> None:
    """Add the person of the open dialogue in this role, and say how they connect."""
    data = await state.get_data()
    is_open = await state.get_state() == Waiting.colleague.state
    if not is_open or "phone" not in data or callback_data.arg not in set(ADDABLE):
        await answer_tap(query, visit.t.plain("toast-question-over"))
        return
    async with office.database.write() as c:
        known = await staff.by_phone(c, data["phone"])
        if any(member.shop_id == visit.shop.id and member.role is Role.DIRECTOR for member in known):
            await answer_tap(query, visit.t.plain("toast-director-stays"))
            return
        role = Role(callback_data.arg)
        await staff.add(c, visit.shop.id, data["phone"], data["name"], role)
    await state.clear()
    await answer_tap(query, visit.t.plain("toast-colleague-added"))
    me = await bot.me()
    if isinstance(query.message, Message):
        role_name = visit.t.plain(f"role-{role.value}")
        text = visit.t("team-added", name=data["name"], role=role_name, link=f"https://t.me/{me.username}")
        await query.message.edit_text(text)
