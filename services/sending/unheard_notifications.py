"""Notifies other staff when shop news could not be delivered."""

from __future__ import annotations

from datetime import datetime

from aiogram.exceptions import TelegramAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from orders.model.people import CHIEFS, Role
from services.sending.chat_refusals import is_out_of_reach
from storage.sending import shop_notifications
from storage.sending.shop_notifications import News, NewsKind, to_all
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member

_ABOUT_THE_MESSAGE = 0
"""The subject for a message that Telegram refuses; otherwise it is the chat that was not reached."""


async def pass_on(c: AsyncConnection, news: News, error: TelegramAPIError, now: datetime) -> None:
    """Notify the next in line; for chats of people without a place in the shop nobody is notified.

    For a person out of reach these are the other chiefs, or else the florists; for a message that Telegram
    refuses in any chat, the directors.
    """
    people = [one for one in await staff.of_shop(c, news.shop_id) if one.telegram_id is not None]
    lost = next((one for one in people if one.telegram_id == news.chat_id), None)
    if lost is None:
        return
    if not is_out_of_reach(error):
        await report_unsendable(c, news.shop_id, news.kind, now, sound=news.sound)
        return
    about = news.subject if news.kind is NewsKind.UNHEARD else news.chat_id
    told = to_all(_next_in_line(news, lost, people), NewsKind.UNHEARD, about, now, sound=news.sound)
    await shop_notifications.put(c, told)


async def report_unsendable(
    c: AsyncConnection, shop_id: int, kind: str, now: datetime, *, sound: bool = True
) -> None:
    """Notify the directors that such news can be sent to no chat; not for such a notification itself."""
    if kind != NewsKind.UNHEARD:
        directors = await staff.of_shop(c, shop_id, {Role.DIRECTOR})
        told = to_all(directors, NewsKind.UNHEARD, _ABOUT_THE_MESSAGE, now, sound=sound)
        await shop_notifications.put(c, told)


def _next_in_line(news: News, lost: Member, people: list[Member]) -> list[Member]:
    """The other chiefs, or else florists; if the lost message was about another person, the florists."""
    florists = [one for one in people if one.role is Role.SELLER and one is not lost]
    if news.kind is NewsKind.UNHEARD:
        return florists if lost.role in CHIEFS else []
    return [one for one in people if one.role in CHIEFS and one is not lost] or florists


async def unheard_screen(c: AsyncConnection, news: News, shop: Shop, t: Translator) -> Screen | None:
    """Who does not get the bot's messages, and what to do; or that a message could not be sent."""
    if news.subject == _ABOUT_THE_MESSAGE:
        return Screen(str(t("news-refused")))
    lost = next((one for one in await staff.by_telegram(c, news.subject) if one.shop_id == shop.id), None)
    return Screen(str(t("news-unheard", name=lost.colleague.shown_name))) if lost else None
