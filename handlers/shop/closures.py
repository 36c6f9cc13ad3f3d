"""Hide the shop, open it, choose for how long; steps to do in the marketplace's app (R8-R10)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Label
from handlers.frame.reception import InPrivate, May
from handlers.goods.catalogue_common import allowed, send, show
from messages.callbacks.goods import ShopDo, ShopTap
from messages.shop import closures as screens
from messages.ui.formatting import moment
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.goods.products import can_change_goods
from orders.shop.closures import Spell
from services.goods.goods_notifications import GoodsNews
from services.shop.shop_closures import ShopClosures, Turned

router = Router(name="shop")
router.message.filter(May(Act.SEE_GOODS), InPrivate())
router.callback_query.filter(May(Act.SEE_GOODS), InPrivate())


@router.message(Label("button-shop"))
@router.message(Command("shop"))
async def show_shop(
    message: Message, state: FSMContext, closures: ShopClosures, has_api: bool, visit: Visit
) -> None:
    """Show the shop's state."""
    await leave_dialogue(state, message)
    await send(message, visit, await shop_screen(closures, has_api, visit))
    await drop(message, message.message_id)


@router.callback_query(ShopTap.filter(F.do == ShopDo.SHOP))
async def back_to_shop(
    query: CallbackQuery, state: FSMContext, closures: ShopClosures, has_api: bool, visit: Visit
) -> None:
    """Show the shop's state in place of another screen."""
    await state.clear()
    await show(query, visit, await shop_screen(closures, has_api, visit))


@router.callback_query(ShopTap.filter(F.do == ShopDo.HIDE))
async def hide(query: CallbackQuery, has_api: bool, closures: ShopClosures, visit: Visit) -> None:
    """Hide the shop; a second tap changes nothing (R9)."""
    turned = await allowed(closures.hide(visit.actor), query, visit)
    if turned is not None:
        await _show_turned(query, turned, visit.t.plain("toast-shop-hidden"), closures, has_api, visit)


@router.callback_query(ShopTap.filter(F.do == ShopDo.OPEN))
async def open_(query: CallbackQuery, has_api: bool, closures: ShopClosures, visit: Visit) -> None:
    """Open the shop."""
    turned = await allowed(closures.open(visit.actor), query, visit)
    if turned is not None:
        await _show_turned(query, turned, visit.t.plain("toast-shop-open"), closures, has_api, visit)


@router.callback_query(ShopTap.filter(F.do == ShopDo.WHEN))
async def ask_when(query: CallbackQuery, closures: ShopClosures, has_api: bool, visit: Visit) -> None:
    """Ask until when the shop stays hidden; if it is open, show its state."""
    hiding = await closures.current(visit.shop.id)
    if hiding is None:
        await show(
            query,
            visit,
            await shop_screen(closures, has_api, visit),
            visit.t.plain("toast-shop-never-hidden"),
        )
        return
    await show(query, visit, screens.spells(hiding, visit.rules, visit.now, visit.t))


@router.callback_query(ShopTap.filter((F.do == ShopDo.UNTIL) & F.arg.in_(set(Spell))))
async def set_end(
    query: CallbackQuery,
    callback_data: ShopTap,
    has_api: bool,
    closures: ShopClosures,
    visit: Visit,
) -> None:
    """Set when the shop opens automatically."""
    wish = closures.set_end(visit.actor, Spell(callback_data.arg), visit.rules)
    turned = await allowed(wish, query, visit)
    if turned is None:
        return
    words = visit.t.plain("toast-shop-open-end")
    if turned.hiding is None:
        words = visit.t.plain("toast-shop-never-hidden")
    elif turned.hiding.until is not None:
        clock = moment(turned.hiding.until, visit.now, visit.rules.zone, visit.t)
        words = visit.t.plain("toast-shop-until", clock=clock)
    await show(query, visit, await shop_screen(closures, has_api, visit), words)


@router.callback_query(ShopTap.filter(F.do == ShopDo.APP))
async def confirm_app(
    query: CallbackQuery,
    callback_data: ShopTap,
    has_api: bool,
    closures: ShopClosures,
    visit: Visit,
) -> None:
    """Confirm that the person did the same in the marketplace's app."""
    turned = await allowed(closures.confirm_app(visit.actor, callback_data.id), query, visit)
    if turned is not None:
        words = visit.t.plain("toast-shop-app" if turned.changed else "toast-shop-already")
        await show(query, visit, await shop_screen(closures, has_api, visit), words)


@router.callback_query(ShopTap.filter(F.do == ShopDo.READ))
async def read_goods(query: CallbackQuery, goods_news: GoodsNews, has_api: bool, visit: Visit) -> None:
    """Import the marketplace's products; a message reports the end."""
    if not can_change_goods(visit.actor, visit.shop.id):
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
        return
    if not has_api or visit.shop.marketplace_id is None:
        await answer_tap(query, visit.t.plain("toast-no-goods-api"))
        return
    goods_news.wish_to_read(visit.shop.id, visit.member.staff_id)
    await answer_tap(query, visit.t.plain("toast-read"))


async def _show_turned(
    query: CallbackQuery, turned: Turned, words: str, closures: ShopClosures, has_api: bool, visit: Visit
) -> None:
    if not turned.changed:
        words = screens.already(await closures.latest(visit.shop.id), visit.rules, visit.now, visit.t)
    await show(query, visit, await shop_screen(closures, has_api, visit), words)


async def shop_screen(closures: ShopClosures, has_api: bool, visit: Visit) -> Screen:
    """Returns the shop's state as this person may see it."""
    has_marketplace = has_api and visit.shop.marketplace_id is not None
    view = await closures.overview(visit.shop.id, visit.actor, has_marketplace=has_marketplace)
    return screens.shop(view, visit.rules, visit.now, visit.t)
