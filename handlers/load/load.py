"""The shop's load, and the buttons of the advice to take fewer orders (R7, X28)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, put_menu, put_picture, remark
from handlers.frame.command_flow import answer_tap, leave_dialogue, redraw
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import InPrivate, May
from handlers.goods.catalogue_common import allowed, show
from handlers.shop.closures import shop_screen
from messages.callbacks.load import LoadDo, LoadTap
from messages.load import advice as screens
from messages.load.load_picture import load_picture, picture_buttons, picture_caption
from messages.load.load_screen import load_screen
from messages.shop.closures import already
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.load.load import Hour
from orders.shop.closures import Spell
from services.health.drawings import NotDrawn
from services.load.days import ShopDays
from services.report.reports import Reports
from services.shop.shop_closures import ShopClosures

router = Router(name="load")
router.message.filter(May(Act.SEE_ALL_ORDERS), InPrivate())
router.callback_query.filter(May(Act.SEE_ALL_ORDERS), InPrivate())


@router.message(Named("do-load", "command-load"))
@router.message(Command("load"))
async def show_load(message: Message, state: FSMContext, shop_days: ShopDays, visit: Visit) -> None:
    """Show today's load."""
    await leave_dialogue(state, message)
    await put_menu(message, visit.placed(await _screen(0, shop_days, visit)))
    await drop(message, message.message_id)


@router.callback_query(LoadTap.filter(F.do == LoadDo.OPEN))
async def open_load(query: CallbackQuery, callback_data: LoadTap, shop_days: ShopDays, visit: Visit) -> None:
    """Show the load as a new message: below the pinned board, or after a picture."""
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        screen = await _screen(callback_data.day, shop_days, visit)
        await put_menu(query.message, visit.placed(screen))


@router.callback_query(LoadTap.filter(F.do == LoadDo.SHOW))
async def turn_load(query: CallbackQuery, callback_data: LoadTap, shop_days: ShopDays, visit: Visit) -> None:
    """Show another day in the same message."""
    await show(query, visit, await _screen(callback_data.day, shop_days, visit))


@router.callback_query(LoadTap.filter(F.do == LoadDo.PICTURE))
async def draw_load(
    query: CallbackQuery, callback_data: LoadTap, shop_days: ShopDays, reports: Reports, visit: Visit
) -> None:
    """Show the day as a picture. The tap is answered first, as drawing takes a moment."""
    await answer_tap(query, visit.t.plain("summary-drawing"))
    if not isinstance(query.message, Message):
        return
    shop, rules, now, t = visit.shop, visit.rules, visit.now, visit.t
    load = await shop_days.load(shop, day_of(callback_data.day, visit))
    try:
        png = await reports.picture(load_picture(load, shop.name, rules, now, t))
    except NotDrawn:
        await remark(query.message, t("load-not-drawn"))
        return
    keys = picture_buttons(shop.id, load, now.astimezone(rules.zone).date(), t)
    await put_picture(query.message, png, picture_caption(load, rules, now, t), keys)


@router.callback_query(LoadTap.filter(F.do == LoadDo.FEWER))
async def show_fewer(query: CallbackQuery, callback_data: LoadTap, visit: Visit) -> None:
    """Show the ways to get fewer orders for this hour."""
    hour = _hour(callback_data)
    if hour.start <= visit.now:
        await answer_tap(query, visit.t.plain("toast-advice-over"))
        return
    await show(query, visit, screens.fewer_screen(visit.shop.id, hour, visit.rules, visit.now, visit.t))


@router.callback_query(LoadTap.filter((F.do == LoadDo.HIDE) & F.spell.in_(set(Spell))))
async def hide(
    query: CallbackQuery,
    callback_data: LoadTap,
    has_api: bool,
    closures: ShopClosures,
    visit: Visit,
) -> None:
    """Hide the shop for the chosen time (R8). If it is hidden already, nothing changes."""
    if _hour(callback_data).start <= visit.now:
        await answer_tap(query, visit.t.plain("toast-advice-over"))
        return
    turned = await allowed(closures.hide(visit.actor), query, visit)
    if turned is None:
        return
    if not turned.changed:
        words = already(turned.hiding, visit.rules, visit.now, visit.t)
        await show(query, visit, await shop_screen(closures, has_api, visit), words)
        return
    await closures.set_end(visit.actor, Spell(callback_data.spell), visit.rules)
    await show(query, visit, await shop_screen(closures, has_api, visit), visit.t.plain("toast-shop-hidden"))


@router.callback_query(LoadTap.filter(F.do == LoadDo.DISMISS))
async def dismiss(query: CallbackQuery, callback_data: LoadTap, shop_days: ShopDays, visit: Visit) -> None:
    """Stop the advice for this hour."""
    hour = _hour(callback_data)
    await shop_days.dismiss_advice(visit.shop.id, hour.start)
    await answer_tap(query, visit.t.plain("toast-advice-dismissed"))
    if isinstance(query.message, Message):
        await redraw(query.message, Screen(screens.dismissed(hour, visit.rules, visit.t)))


def day_of(number: int, visit: Visit) -> date:
    """Returns tomorrow if the button's day is tomorrow, otherwise today."""
    today = visit.now.astimezone(visit.rules.zone).date()
    tomorrow = today + timedelta(days=1)
    return tomorrow if number == tomorrow.toordinal() else today


def _hour(tap: LoadTap) -> Hour:
    """The button's hour; its numbers of orders are not needed."""
    return Hour(datetime.fromtimestamp(tap.hour, UTC), 0, 0)


async def _screen(number: int, shop_days: ShopDays, visit: Visit) -> Screen:
    load = await shop_days.load(visit.shop, day_of(number, visit))
    sets_rules = may(visit.actor, Act.RUN_SHOPS, visit.shop.id)
    return load_screen(visit.shop.id, load, visit.rules, visit.now, visit.t, sets_rules=sets_rules)
