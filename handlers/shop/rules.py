"""The rules of a director's shop: read them page by page, change them one by one (R78, X6)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, remark
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.reception import InPrivate, May
from handlers.shop.shops import sheet_of, show
from messages.i18n.untrusted_text import clean
from messages.shop import rules as screens
from messages.shop.shops import ShopsDo, ShopsTap
from orders.access.roles import Act
from orders.shop.rule_book import RULES, BadRule, RuleGroup, group_of
from orders.shop.rule_values import ready_values
from services.shop.shop_settings import BadShop, ShopSettings

LONGEST_ANSWER = 100

router = Router(name="rules")
router.message.filter(May(Act.RUN_SHOPS), InPrivate())
router.callback_query.filter(May(Act.RUN_SHOPS), InPrivate())


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.RULES))
async def show_groups(
    query: CallbackQuery, state: FSMContext, shop_settings: ShopSettings, visit: Visit
) -> None:
    """List the pages of rules; `Reception` has already switched to the button's shop."""
    await state.clear()
    await show(query, screens.rule_groups(sheet_of(visit.shop, shop_settings), visit.t))


@router.callback_query(ShopsTap.filter((F.do == ShopsDo.GROUP) & F.arg.in_(set(RuleGroup))))
async def show_page(
    query: CallbackQuery,
    callback_data: ShopsTap,
    state: FSMContext,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Show the rules of one page; an open question is closed."""
    await state.clear()
    await show(
        query, screens.rule_page(RuleGroup(callback_data.arg), sheet_of(visit.shop, shop_settings), visit.t)
    )


@router.callback_query(ShopsTap.filter((F.do == ShopsDo.RULE) & F.arg.in_(RULES)))
async def ask_value(
    query: CallbackQuery,
    callback_data: ShopsTap,
    state: FSMContext,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Ask for the new value."""
    await open_dialogue(state, Waiting.shop_rule, {"shop": visit.shop.id, "rule": callback_data.arg})
    sheet = sheet_of(visit.shop, shop_settings)
    await show(query, screens.rule_question(RULES[callback_data.arg], sheet, visit.t))


@router.callback_query(ShopsTap.filter((F.do == ShopsDo.RESET) & F.arg.in_(RULES)))
async def reset_value(
    query: CallbackQuery,
    callback_data: ShopsTap,
    state: FSMContext,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Reset the rule to the value in the settings."""
    await state.clear()
    shop = await shop_settings.reset(visit.actor, callback_data.arg)
    await show(query, screens.rule_page(group_of(callback_data.arg), sheet_of(shop, shop_settings), visit.t))


@router.callback_query(ShopsTap.filter(F.do == ShopsDo.CHOOSE))
async def choose_value(
    query: CallbackQuery,
    callback_data: ShopsTap,
    state: FSMContext,
    shop_settings: ShopSettings,
    visit: Visit,
) -> None:
    """Set a ready value."""
    name, _, words = callback_data.arg.partition("=")
    if name not in RULES or words not in ready_values(RULES[name]):
        await answer_tap(query, visit.t.plain("toast-unknown-button"))
        return
    try:
        shop = await shop_settings.change_rule(visit.actor, RULES[name], words)
    except BadRule as bad:  # which values are valid depends on the other rules
        await answer_tap(query, screens.rule_flaw(bad, visit.t).striptags())
        return
    await state.clear()
    await show(query, screens.rule_page(group_of(name), sheet_of(shop, shop_settings), visit.t))


@router.message(Waiting.shop_rule, F.text)
async def take_value(message: Message, state: FSMContext, shop_settings: ShopSettings, visit: Visit) -> None:
    """Set the typed value and show the page; if it is invalid, say why, and the question stays open."""
    rule = RULES[(await state.get_data())["rule"]]
    try:
        shop = await shop_settings.change_rule(visit.actor, rule, clean(message.text or "", LONGEST_ANSWER))
    except BadRule as bad:
        await remark(message, screens.rule_flaw(bad, visit.t))
        return
    except BadShop as bad:
        await remark(message, visit.t(f"shops-flaw-{bad.flaw.value}"))
        return
    await finish_dialogue(state, message)
    screen = screens.rule_page(group_of(rule.name), sheet_of(shop, shop_settings), visit.t)
    await put_menu(message, screen)


@router.message(Waiting.shop_rule)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("words-needed"))
