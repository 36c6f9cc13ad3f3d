"""Behind «Связаться»: the client's link and its code, ready texts (X7, R30, R64)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiogram import Bot, F, Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from handlers.answers import answer_tap, explain, order_for_step, redraw
from handlers.office import Office, Visit
from handlers.reception import FromStaff, InPrivate
from messages.callbacks import Do, Tap
from messages.client_callbacks import TalkDo, TalkTap
from messages.contact import contact
from messages.link import link_given
from messages.ready_texts import ready_text, ready_texts
from messages.screen import Screen
from messages.times import moment
from orders.order import Order
from orders.ready_texts import ReadyText
from orders.refusals import Refusal
from services.clients import HeldBack
from services.codes import qr_code

router = Router(name="client_menu")
router.callback_query.filter(FromStaff(), InPrivate())

Page = Callable[[Order, TalkTap, Bot, Office, Visit], Awaitable[Screen]]


async def _link(order: Order, tap: TalkTap, bot: Bot, office: Office, visit: Visit) -> Screen:
    token = await office.clients.link(order.id, visit.actor, anew=tap.do is TalkDo.NEW_LINK)
    url = await create_start_link(bot, token)
    link = await office.clients.link_of(order.id, visit.actor)
    is_open = link is not None and link.opened_at is not None
    return link_given(order, url, visit.rules, visit.now, visit.t, is_open=is_open)


async def _no_link(order: Order, _tap: TalkTap, _bot: Bot, office: Office, visit: Visit) -> Screen:
    await office.clients.revoke(order.id, visit.actor)
    return contact(order, visit.actor, visit.rules, visit.now, visit.t)


async def _ready(order: Order, _tap: TalkTap, _bot: Bot, _office: Office, visit: Visit) -> Screen:
    return ready_texts(order, visit.rules, visit.now, visit.t)


async def _take(order: Order, tap: TalkTap, _bot: Bot, office: Office, visit: Visit) -> Screen:
    if tap.arg not in set(ReadyText):
        return ready_texts(order, visit.rules, visit.now, visit.t)
    await office.talks.take_ready_text(order.id, tap.arg, visit.actor)
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
    query: CallbackQuery, callback_data: TalkTap, bot: Bot, office: Office, visit: Visit
) -> None:
    """Put the page in place of the card."""
    order, message = await contactable(query, callback_data, office, visit), query.message
    if order is None or not isinstance(message, Message):
        return
    try:
        screen = await PAGES[callback_data.do](order, callback_data, bot, office, visit)
    except (Refusal, HeldBack) as refused:
        await answer_tap(query, await why_not(refused, order.id, office, visit))
        return
    words = visit.t.plain("talk-toast-no-link") if callback_data.do is TalkDo.NO_LINK else ""
    await answer_tap(query, words)
    await office.live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))


@router.callback_query(TalkTap.filter(F.do == TalkDo.CODE))
async def send_code(
    query: CallbackQuery, callback_data: TalkTap, bot: Bot, office: Office, visit: Visit
) -> None:
    """The link as a picture, to be shown or printed beside the card."""
    order = await contactable(query, callback_data, office, visit)
    if order is None or not isinstance(query.message, Message):
        return
    try:
        token = await office.clients.link(order.id, visit.actor)
    except (Refusal, HeldBack) as refused:
        await answer_tap(query, await why_not(refused, order.id, office, visit))
        return
    await answer_tap(query, "")
    picture = BufferedInputFile(qr_code(await create_start_link(bot, token)), "code.png")
    await query.message.answer_photo(picture, caption=visit.t("caption-code", number=order.number))


async def contactable(query: CallbackQuery, tap: TalkTap, office: Office, visit: Visit) -> Order | None:
    """The order behind a button, for those who may speak with its client; others are told why not."""
    return await order_for_step(query, Tap(do=Do.CONTACT, order=tap.order), office, visit)


async def why_not(refused: Refusal | HeldBack, order_id: int, office: Office, visit: Visit) -> str:
    """Why nothing is said; or from when the client may be turned to once more (R64)."""
    if isinstance(refused, Refusal):
        return await explain(refused, order_id, office, visit)
    when = moment(refused.until, visit.now, visit.rules.zone, visit.t)
    return visit.t.plain("talk-held-back", when=when, most=visit.rules.contacts_most)
