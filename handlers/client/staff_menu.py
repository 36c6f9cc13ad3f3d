"""The menu «Связаться»: the client's link and its QR code, ready texts (X7, R30, R64)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from handlers.client.client_contact_guard import granted
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.client import TalkDo, TalkTap
from messages.client.contact import contact
from messages.client.link import link_given
from messages.client.ready_texts import ready_text, ready_texts
from messages.ui.screen import Screen
from orders.client.ready_texts import ReadyText
from orders.model.order import Order
from services.client.clients import Clients
from services.client.conversation import Conversation
from services.client.link_codes import qr_code
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="client_menu")
router.callback_query.filter(FromStaff(), InPrivate())


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the pages read and write what is not in the order itself."""

    bot: Bot
    clients: Clients
    conversation: Conversation


Page = Callable[[Order, TalkTap, Sources, Visit], Awaitable[Screen]]


async def _link(order: Order, tap: TalkTap, sources: Sources, visit: Visit) -> Screen:
    token = await sources.clients.link(order.id, visit.actor, anew=tap.do is TalkDo.NEW_LINK)
    url = await create_start_link(sources.bot, token)
    link = await sources.clients.link_of(order.id, visit.actor)
    is_open = link is not None and link.opened_at is not None
    return link_given(order, url, visit.rules, visit.now, visit.t, is_open=is_open)


async def _no_link(order: Order, _tap: TalkTap, sources: Sources, visit: Visit) -> Screen:
    await sources.clients.revoke(order.id, visit.actor)
    return contact(order, visit.actor, visit.rules, visit.now, visit.t)


async def _ready(order: Order, _tap: TalkTap, _sources: Sources, visit: Visit) -> Screen:
    return ready_texts(order, visit.rules, visit.now, visit.t)


async def _take(order: Order, tap: TalkTap, sources: Sources, visit: Visit) -> Screen:
    if tap.arg not in set(ReadyText):
        return ready_texts(order, visit.rules, visit.now, visit.t)
    await sources.conversation.take_ready_text(order.id, tap.arg, visit.actor)
    return ready_text(order, ReadyText(tap.arg), visit.actor, visit.rules, visit.now, visit.t)


PAGES: dict[TalkDo, Page] = {
    TalkDo.LINK: _link,
    TalkDo.NEW_LINK: _link,
    TalkDo.NO_LINK: _no_link,
    TalkDo.READY: _ready,
    TalkDo.TAKE: _take,
}


@router.callback_query(TalkTap.filter(F.do.in_(PAGES)))
async def show_page(
    query: CallbackQuery,
    callback_data: TalkTap,
    bot: Bot,
    desk: Desk,
    live_cards: LiveCards,
    clients: Clients,
    conversation: Conversation,
    visit: Visit,
) -> None:
    """Show the page in place of the card."""
    message = query.message
    if not isinstance(message, Message):
        return

    async def page(order: Order) -> Screen:
        return await PAGES[callback_data.do](order, callback_data, Sources(bot, clients, conversation), visit)

    found = await granted(query, callback_data, page, desk, visit)
    if found is None:
        return
    order, screen = found
    await live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))
    words = visit.t.plain("talk-toast-no-link") if callback_data.do is TalkDo.NO_LINK else ""
    await answer_tap(query, words)


@router.callback_query(TalkTap.filter(F.do == TalkDo.CODE))
async def send_code(
    query: CallbackQuery, callback_data: TalkTap, bot: Bot, desk: Desk, clients: Clients, visit: Visit
) -> None:
    """Send the link as a QR code, to be shown or printed."""
    if not isinstance(query.message, Message):
        return

    async def link(order: Order) -> str:
        return await clients.link(order.id, visit.actor)

    found = await granted(query, callback_data, link, desk, visit)
    if found is None:
        return
    order, token = found
    picture = BufferedInputFile(qr_code(await create_start_link(bot, token)), "code.png")
    await query.message.answer_photo(picture, caption=visit.t("caption-code", number=order.number))
    await answer_tap(query, "")
