"""Branded goods of the marketplace: directors and managers request them with a form (R73-R75)."""

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
from messages.callbacks.support import BrandDo, BrandTap
from messages.i18n.untrusted_text import clean_lines
from messages.support import branded as screens
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.bell.passing import Kind
from orders.model.people import mark_of
from orders.support.branded import BadProfile, ShopProfile, read_profile
from services.support.branded_goods import BrandedGoods

router = Router(name="branded")
router.message.filter(May(Act.SEE_MONEY), InPrivate())
router.callback_query.filter(May(Act.SEE_MONEY), InPrivate())


@router.callback_query(BrandTap.filter(F.do == BrandDo.SHOW))
async def show(query: CallbackQuery, state: FSMContext, branded_goods: BrandedGoods, visit: Visit) -> None:
    """Show the form and the open requests."""
    await state.clear()
    await answer_tap(query, "")
    await _put(query, await _screen(branded_goods, visit))


@router.callback_query(BrandTap.filter(F.do.in_({BrandDo.MOSCOW, BrandDo.LIME})))
async def turn(
    query: CallbackQuery, callback_data: BrandTap, branded_goods: BrandedGoods, visit: Visit
) -> None:
    """Switch whether the shop is in Moscow or a member of Lime: bags depend on it (R74)."""

    def turned(profile: ShopProfile) -> ShopProfile:
        if callback_data.do is BrandDo.MOSCOW:
            return replace(profile, in_moscow=not profile.in_moscow)
        return replace(profile, has_lime=not profile.has_lime)

    await branded_goods.change_profile(visit.shop.id, turned)
    await answer_tap(query, "")
    await _put(query, await _screen(branded_goods, visit))


@router.callback_query(BrandTap.filter(F.do == BrandDo.FORM))
async def ask(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Ask for the form's four lines."""
    await answer_tap(query, "")
    await open_dialogue(state, Waiting.branded, {"shop": visit.shop.id})
    if isinstance(query.message, Message):
        await say(query.message, Kind.QUESTION, visit.t("brand-ask-form"))


@router.callback_query(BrandTap.filter(F.do.in_({BrandDo.TEXT, BrandDo.SENT})))
async def request(
    query: CallbackQuery, callback_data: BrandTap, branded_goods: BrandedGoods, visit: Visit
) -> None:
    """Show the request's text for support, or record it as sent. Refuse bags that do not fit (R74)."""
    profile = await branded_goods.profile(visit.shop.id)
    if callback_data.item not in profile.items or not profile.is_whole:
        await answer_tap(query, visit.t.plain("toast-brand-not-now"))
        await _put(query, await _screen(branded_goods, visit))
        return
    if callback_data.do is BrandDo.TEXT:
        await answer_tap(query, "")
        await _put(query, screens.text_screen(visit.shop.id, profile, callback_data.item, visit.t))
        return
    words = screens.request_words(profile, callback_data.item, visit.t)
    sent = mark_of(visit.actor, visit.now)
    await branded_goods.add_request(visit.shop.id, callback_data.item, words, sent)
    await answer_tap(query, visit.t.plain("toast-case-sent"))
    await _put(query, await _screen(branded_goods, visit))


@router.callback_query(BrandTap.filter(F.do.in_({BrandDo.CAME, BrandDo.REFUSED})))
async def finish(
    query: CallbackQuery, callback_data: BrandTap, branded_goods: BrandedGoods, visit: Visit
) -> None:
    """Close the request: the goods came, or were refused."""
    over = mark_of(visit.actor, visit.now)
    has_come = callback_data.do is BrandDo.CAME
    await branded_goods.close_request(visit.shop.id, callback_data.id, over, came=has_come)
    await answer_tap(query, "")
    await _put(query, await _screen(branded_goods, visit))


@router.message(Waiting.branded)
async def take(message: Message, state: FSMContext, branded_goods: BrandedGoods, visit: Visit) -> None:
    """Store the form; if it is invalid, say why, and the question stays open."""
    words = clean_lines(message.text or "")
    try:
        await branded_goods.change_profile(visit.shop.id, lambda before: read_profile(words, before))
    except BadProfile as bad:
        await remark(message, visit.t(f"brand-flaw-{bad.flaw.value}"))
        return
    await finish_dialogue(state, message)
    screen = await _screen(branded_goods, visit)
    await put_menu(message, screen)


async def _screen(branded_goods: BrandedGoods, visit: Visit) -> Screen:
    profile, waiting = await branded_goods.profile_and_open_requests(visit.shop.id)
    screen = screens.branded_screen(visit.shop.id, profile, waiting, visit.rules, visit.now, visit.t)
    return visit.placed(screen)


async def _put(query: CallbackQuery, screen: Screen) -> None:
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
