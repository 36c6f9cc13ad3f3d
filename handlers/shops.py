"""A director's shops: from one to another, what is set of each, and a new one in two messages (X6)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.answers import answer_tap, redraw
from handlers.dialogue import Waiting, open_dialogue
from handlers.office import Office, Visit
from handlers.reception import InPrivate, May
from messages import shops as screens
from messages.keyboards import main_keyboard
from messages.outside import clean_name
from messages.screen import Screen
from messages.shops import ShopsDo, ShopSheet, ShopsTap
from orders.roles import Act
from services.shop_book import BadShop, ShopField
from storage.shops import Shop

LONGEST_ANSWER = 200

router = Router(name="shops")
router.message.filter(May(Act.RUN_SHOPS), InPrivate())
router.callback_query.filter(May(Act.RUN_SHOPS), InPrivate())


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.LIST))
async def show_list(query: CallbackQuery, state: FSMContext, office: Office, visit: Visit) -> None:
    """The shops one runs."""
    await state.clear()
    names = [(shop.id, shop.name) for shop in await office.book.run_by(visit.actor)]
    await show(query, screens.shop_list(names, visit.shop.id, visit.t))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.OPEN))
async def open_shop(query: CallbackQuery, state: FSMContext, office: Office, visit: Visit) -> None:
    """What is set of the shop of the button: the reception has led there already."""
    await state.clear()
    await show(query, _sheet(visit.shop, office, visit))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.ADD))
async def ask_name(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Wait for the new shop's name."""
    await open_dialogue(state, Waiting.shop_name, {"shop": visit.shop.id})
    await show(query, screens.shop_question("shops-ask-new", visit.shop.id, visit.t))


@router.callback_query(ShopsTap.filter((F.do == ShopsDo.SET) & F.arg.in_(set(ShopField))))
async def ask_value(
    query: CallbackQuery, callback_data: ShopsTap, state: FSMContext, office: Office, visit: Visit
) -> None:
    """Wait for what is to be set."""
    if visit.shop.id == office.book.settings_shop:
        await answer_tap(query, visit.t.plain("shops-flaw-of-settings"))
        return
    await open_dialogue(state, Waiting.shop_value, {"shop": visit.shop.id, "field": callback_data.arg})
    await show(query, screens.shop_question(f"shops-ask-{callback_data.arg}", visit.shop.id, visit.t))


@router.message(Waiting.shop_name, F.text)
async def take_name(message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """The new shop; the keyboard leads from one to the other from now on."""
    try:
        shop = await office.book.add(visit.actor, clean_name(message.text or "", LONGEST_ANSWER))
    except BadShop as bad:
        await message.reply(visit.t(f"shops-flaw-{bad.flaw.value}"))
        return
    await state.clear()
    names = [one.name for one in await office.book.run_by(visit.actor)]
    keyboard = main_keyboard(visit.member.role, visit.t, names)
    await message.answer(visit.t("shops-added", shop=shop.name), reply_markup=keyboard)
    screen = _sheet(shop, office, visit)
    await message.answer(screen.text, reply_markup=screen.keyboard)


@router.message(Waiting.shop_value, F.text)
async def take_value(message: Message, state: FSMContext, office: Office, visit: Visit) -> None:
    """Set it, or say what it must be and keep waiting."""
    data = await state.get_data()
    try:
        field = ShopField(data.get("field", ""))
        shop = await office.book.change(visit.actor, field, clean_name(message.text or "", LONGEST_ANSWER))
    except BadShop as bad:
        await message.reply(visit.t(f"shops-flaw-{bad.flaw.value}"))
        return
    await state.clear()
    screen = _sheet(shop, office, visit)
    await message.answer(screen.text, reply_markup=screen.keyboard)


@router.message(Waiting.shop_name)
@router.message(Waiting.shop_value)
async def refuse_other(message: Message, visit: Visit) -> None:
    """A sticker is no answer; the question stays open."""
    await message.reply(visit.t("words-needed"))


def sheet_of(shop: Shop, office: Office) -> ShopSheet:
    """The shop as its director sees it."""
    is_of_settings = shop.id == office.book.settings_shop
    has_group = shop.group_chat_id is not None
    return ShopSheet(shop.id, shop.name, shop.rules, shop.marketplace_id, has_group, is_of_settings)


def _sheet(shop: Shop, office: Office, visit: Visit) -> Screen:
    return screens.shop_sheet(sheet_of(shop, office), visit.t)


async def show(query: CallbackQuery, screen: Screen) -> None:
    """Put the screen in place of the one that was pressed."""
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
    await answer_tap(query, "")
