"""A director's shops: list them, change their settings, add one, remove an empty one (X6)."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, remark, say
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.reception import InPrivate, May
from handlers.order.search import find_number
from messages.i18n.untrusted_text import clean
from messages.shop import shops as screens
from messages.shop.settings_menu import settings_menu
from messages.shop.shops import ShopsDo, ShopSheet, ShopsTap
from messages.ui.keyboards import main_keyboard
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.bell.passing import Kind
from orders.model.numbers import looked_for
from orders.shop.rule_book import SHOP_NAME, SHOP_ZONE
from services.first_day.first_days import FirstDays
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards
from services.shop.shop_settings import BadShop, ShopField, ShopSettings
from storage.shop.shops import Shop

LONGEST_ANSWER = 200

router = Router(name="shops")
router.message.filter(May(Act.RUN_SHOPS), InPrivate())
router.callback_query.filter(May(Act.RUN_SHOPS), InPrivate())


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.SETTINGS))
async def show_settings(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Show the settings menu in place of the shop's screen."""
    await state.clear()
    await show(query, settings_menu(visit.shop.name, visit.shop.id, visit.t))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.LIST))
async def show_list(
    query: CallbackQuery, state: FSMContext, shop_settings: ShopSettings, visit: Visit
) -> None:
    """List the shops that this person runs."""
    await state.clear()
    names = [(shop.id, shop.name) for shop in await shop_settings.run_by(visit.actor)]
    await show(query, screens.shop_list(names, visit.shop.id, visit.t))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.OPEN))
async def open_shop(
    query: CallbackQuery, state: FSMContext, shop_settings: ShopSettings, visit: Visit
) -> None:
    """Show the shop's settings; `Reception` has already switched to the button's shop."""
    await state.clear()
    await show(query, await _sheet(visit.shop, shop_settings, visit))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.ADD))
async def ask_name(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Ask for the new shop's name."""
    await open_dialogue(state, Waiting.shop_name, {"shop": visit.shop.id})
    await show(query, screens.shop_question("shops-ask-new", visit.shop.id, visit.t))


@router.callback_query(ShopsTap.filter((F.do == ShopsDo.SET) & F.arg.in_(set(ShopField))))
async def ask_value(
    query: CallbackQuery,
    callback_data: ShopsTap,
    state: FSMContext,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Ask for the new value of a field."""
    sheet = sheet_of(visit.shop, shop_settings)
    if callback_data.arg == ShopField.MARKETPLACE and sheet.settings_number:
        await answer_tap(query, visit.t.plain("shops-flaw-number-of-settings"))
        return
    await open_dialogue(state, Waiting.shop_value, {"shop": visit.shop.id, "field": callback_data.arg})
    await show(query, screens.field_question(callback_data.arg, sheet, visit.t))


@router.callback_query(ShopsTap.filter((F.do == ShopsDo.RESET) & F.arg.in_({SHOP_NAME, SHOP_ZONE})))
async def reset_field(
    query: CallbackQuery,
    callback_data: ShopsTap,
    state: FSMContext,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Reset the name or the time zone to the value in the settings."""
    await state.clear()
    try:
        shop = await shop_settings.reset(visit.actor, callback_data.arg)
    except BadShop as bad:  # another shop has taken the name since
        await answer_tap(query, visit.t.plain(f"shops-flaw-{bad.flaw.value}"))
        return
    await show(query, await _sheet(shop, shop_settings, visit))


@router.message(Waiting.shop_name, F.text)
async def take_name(
    message: Message,
    state: FSMContext,
    order_lists: OrderLists,
    live_cards: LiveCards,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Ask whether to add a shop with this name; if it is an order's number, open the order instead."""
    name = clean(message.text or "", LONGEST_ANSWER)
    number = looked_for(name)
    if number is not None and await _is_order(number, order_lists, visit):
        await state.clear()
        await find_number(message, number, order_lists, live_cards, visit)
        return
    try:
        await shop_settings.check_new(visit.actor, name)
    except BadShop as bad:
        await remark(message, visit.t(f"shops-flaw-{bad.flaw.value}"))
        return
    await state.update_data(name=name)
    screen = screens.new_shop(name, visit.shop.id, visit.t, is_number=number is not None)
    await put_menu(message, screen)


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.CREATE))
async def add_shop(
    query: CallbackQuery, state: FSMContext, shop_settings: ShopSettings, first_days: FirstDays, visit: Visit
) -> None:
    """Add the shop, and its button to the keyboard."""
    name = (
        (await state.get_data()).get("name") if await state.get_state() == Waiting.shop_name.state else None
    )
    if not isinstance(name, str):
        await answer_tap(query, visit.t.plain("shops-question-over"))
        return
    try:
        shop = await shop_settings.add(visit.actor, name)
    except BadShop as bad:
        await answer_tap(query, visit.t.plain(f"shops-flaw-{bad.flaw.value}"))
        return
    await state.clear()
    await show(query, await _sheet(shop, shop_settings, _at(visit, shop)))
    there = _at(visit, shop)
    await _renew_keyboard(query, shop_settings, there, str(visit.t("shops-added", shop=shop.name)))
    await first_days.welcome(there.member, query.from_user.id)


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.REMOVE))
async def ask_removal(
    query: CallbackQuery, state: FSMContext, shop_settings: ShopSettings, visit: Visit
) -> None:
    """Ask for confirmation before an empty shop is removed."""
    await state.clear()
    if await shop_settings.is_removable(visit.actor):
        await show(query, screens.removal(sheet_of(visit.shop, shop_settings), visit.t))
    else:
        await answer_tap(query, visit.t.plain("shops-flaw-in-use"))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.REMOVE_NOW))
async def remove_shop(
    query: CallbackQuery, state: FSMContext, shop_settings: ShopSettings, visit: Visit
) -> None:
    """Remove the shop, and its button from the keyboard."""
    await state.clear()
    try:
        home = await shop_settings.remove(visit.actor)
    except BadShop as bad:
        await answer_tap(query, visit.t.plain(f"shops-flaw-{bad.flaw.value}"))
        return
    there = _at(visit, home)
    names = [(shop.id, shop.name) for shop in await shop_settings.run_by(there.actor)]
    await show(query, screens.shop_list(names, home.id, visit.t))
    words = visit.t("shops-removed", shop=visit.shop.name, home=home.name)
    await _renew_keyboard(query, shop_settings, there, str(words))


@router.message(Waiting.shop_value, F.text)
async def take_value(message: Message, state: FSMContext, shop_settings: ShopSettings, visit: Visit) -> None:
    """Set the typed value; if it is invalid, say why, and the question stays open."""
    data = await state.get_data()
    try:
        field = ShopField(data.get("field", ""))
        shop = await shop_settings.change(visit.actor, field, clean(message.text or "", LONGEST_ANSWER))
    except BadShop as bad:
        await remark(message, _flaw(bad, visit))
        return
    await finish_dialogue(state, message)
    screen = await _sheet(shop, shop_settings, visit)
    await put_menu(message, screen)


@router.message(Waiting.shop_name)
@router.message(Waiting.shop_value)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("words-needed"))


def sheet_of(shop: Shop, shop_settings: ShopSettings) -> ShopSheet:
    """Returns the shop's settings as its director sees them."""
    has_group = shop.group_chat_id is not None
    sheet = ShopSheet(shop.id, shop.name, shop.rules, shop.marketplace_id, has_group)
    if shop.id != shop_settings.settings_shop:
        return sheet
    start = shop_settings.start
    return replace(sheet, start=start.rules, settings_number=start.marketplace_id is not None)


async def _sheet(shop: Shop, shop_settings: ShopSettings, visit: Visit) -> Screen:
    removable = await shop_settings.is_removable(visit.actor)
    return screens.shop_sheet(replace(sheet_of(shop, shop_settings), is_removable=removable), visit.t)


def _flaw(bad: BadShop, visit: Visit) -> str:
    if bad.near:
        return str(visit.t(f"shops-near-{bad.flaw.value}", near=", ".join(bad.near)))
    return str(visit.t(f"shops-flaw-{bad.flaw.value}"))


def _at(visit: Visit, shop: Shop) -> Visit:
    """Returns the director's visit in another shop that they run."""
    return replace(visit, member=replace(visit.member, shop_id=shop.id), shop=shop)


async def _is_order(number: str, order_lists: OrderLists, visit: Visit) -> bool:
    return bool(await order_lists.by_number(visit.shop.id, number, visit.only_own, 1))


async def _renew_keyboard(
    query: CallbackQuery, shop_settings: ShopSettings, visit: Visit, words: str
) -> None:
    """Send the words with the permanent keyboard of the shops that the director runs now."""
    if isinstance(query.message, Message):
        names = [shop.name for shop in await shop_settings.run_by(visit.actor)]
        names = names if len(names) > 1 else []
        keyboard = main_keyboard(visit.member.role, visit.t, names, visit.shop.name)
        await say(query.message, Kind.KEYS, words, reply_markup=keyboard)


async def show(query: CallbackQuery, screen: Screen) -> None:
    """Replace the tapped message by the screen."""
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
    await answer_tap(query, "")
