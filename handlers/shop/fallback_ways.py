"""Settings of the fallback channels (X21): everybody for themselves, directors also for the shop."""

from __future__ import annotations

from contextlib import suppress

from aiogram import F, Router
from aiogram.exceptions import TelegramAPIError
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, remark, say
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import FromStaff, InPrivate
from handlers.goods.catalogue_common import send, show
from messages.callbacks.goods import ShopDo, ShopTap
from messages.shop import fallback_ways as screens
from messages.ui.screen import Screen
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from services.fallback.chat_ways import BadWay, ChatWays

router = Router(name="fallback_ways")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.message(Named("do-outage", "command-fallback"))
@router.message(Command("fallback"))
async def show_ways(message: Message, state: FSMContext, chat_ways: ChatWays, visit: Visit) -> None:
    """Show the addresses that this person may see."""
    await leave_dialogue(state, message)
    await send(message, visit, await _screen(chat_ways, visit))
    await drop(message, message.message_id)


@router.callback_query(ShopTap.filter(F.do == ShopDo.WAY))
async def show_ways_from_menu(
    query: CallbackQuery, state: FSMContext, chat_ways: ChatWays, visit: Visit
) -> None:
    """Show them in place of another screen; an open question is closed."""
    await state.clear()
    await show(query, visit, await _screen(chat_ways, visit))


@router.callback_query(ShopTap.filter((F.do == ShopDo.WAY_ADD) & F.arg.in_({screens.FOR_SHOP, screens.OWN})))
async def ask_address(query: CallbackQuery, callback_data: ShopTap, state: FSMContext, visit: Visit) -> None:
    """Ask for an address."""
    data = {"shop": visit.shop.id, "for_shop": callback_data.arg == screens.FOR_SHOP}
    await open_dialogue(state, Waiting.fallback, data)
    await show(query, visit, screens.way_question(visit.t))


@router.callback_query(ShopTap.filter(F.do == ShopDo.WAY_DROP))
async def remove(query: CallbackQuery, callback_data: ShopTap, chat_ways: ChatWays, visit: Visit) -> None:
    """Remove the address; if it is already gone, nothing happens."""
    await chat_ways.remove(visit.member, callback_data.id)
    await show(query, visit, await _screen(chat_ways, visit))


@router.callback_query(ShopTap.filter(F.do == ShopDo.WAY_TRY))
async def try_out(query: CallbackQuery, chat_ways: ChatWays, visit: Visit) -> None:
    """Send a test message to each address; the button is answered first, as this takes some seconds."""
    await answer_tap(query, visit.t.plain("ways-trying"))
    outcomes = await chat_ways.try_out(visit.member, visit.shop)
    words = screens.tried([(way.service, taken) for way, taken in outcomes], visit.t)
    if words and isinstance(query.message, Message):
        await say(query.message, Kind.REMARK, words)


@router.message(Waiting.fallback, F.text)
async def take_address(message: Message, state: FSMContext, chat_ways: ChatWays, visit: Visit) -> None:
    """Store the address and delete the message, which contains a password."""
    for_shop = bool((await state.get_data())["for_shop"])
    address = (message.text or "").strip()
    with suppress(TelegramAPIError):
        await message.delete()
    try:
        way = await chat_ways.add(visit.member, address, for_shop=for_shop)
    except BadWay as bad:
        await say(message, Kind.REMARK, visit.t(f"way-flaw-{bad.flaw.value}"))
        return
    await finish_dialogue(state, message)
    note = visit.t("way-added", service=way.service)
    await send(message, visit, await _screen(chat_ways, visit, note))


@router.message(Waiting.fallback)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("words-needed"))


async def _screen(chat_ways: ChatWays, visit: Visit, note: str = "") -> Screen:
    ways = [(way.id, way.service, way.staff_id is None) for way in await chat_ways.of(visit.member)]
    runs_shop = may(visit.actor, Act.RUN_SHOPS, visit.shop.id)
    may_print = may(visit.actor, Act.SEE_ALL_ORDERS, visit.shop.id)
    return screens.ways_screen(ways, visit.t, runs_shop=runs_shop, may_print=may_print, note=note)
