"""Notifications that somebody joined, left or was removed, and that data was erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.shop.personal_data import erased_news
from messages.team.staff_list import joined_news, left_news
from messages.ui.people import signed
from messages.ui.screen import Screen
from storage.db import serial
from storage.order import orders
from storage.sending.shop_notifications import News, NewsKind, to_all
from storage.shop import shop_log
from storage.shop.shop_log import Note
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member

OF_TEAM = frozenset({NewsKind.LEFT, NewsKind.JOINED, NewsKind.ERASED, NewsKind.ADDED, NewsKind.ROLE_CHANGED})


def of_adding(member: Member, now: datetime) -> list[News]:
    """News for a person added to a shop; connected people get its main keyboard with it (X6)."""
    return to_all([member], NewsKind.ADDED, member.shop_id, now, sound=False)


async def team_screen(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """For chiefs: who joined or left, and which orders wait for somebody else; for the added: which shop."""
    if news.kind is NewsKind.ADDED:
        return await _added(c, news, shop, t)
    if news.kind is NewsKind.JOINED:
        member = await staff.get(c, news.subject, shop.id)
        return joined_news(member.colleague, t) if member else None
    note = await shop_log.get(c, shop.id, news.subject)
    if note is None:
        return None
    if news.kind is NewsKind.ROLE_CHANGED:
        return _role_changed(note, shop, now, t)
    if news.kind is NewsKind.ERASED:
        return _erased(note, shop, now, t)
    left, by = note.document, serial.read_mark(note.document["by"])
    returned = await orders.load(c, left["returned"])
    on_the_way = await orders.load(c, left["on_the_way"])
    is_own_wish = left["staff_id"] == by.staff_id
    return left_news(left["name"], by, is_own_wish, returned, on_the_way, shop.rules, now, t)


async def _added(c: AsyncConnection, news: News, shop: Shop, t: Translator) -> Screen | None:
    here = (one for one in await staff.by_telegram(c, news.chat_id) if one.shop_id == shop.id)
    member = next(here, None)
    if member is None:
        return None
    return Screen(str(t("invited-member", shop=shop.name, role=t(f"role-{member.role.value}"))))


def _role_changed(note: Note, shop: Shop, now: datetime, t: Translator) -> Screen:
    said, by = note.document, signed(serial.read_mark(note.document["by"]), shop.rules, now, t)
    before, after = (t(f"role-{said[key]}") for key in ("before", "after"))
    return Screen(str(t("team-role-changed", name=said["name"], before=before, after=after, signed=by)))


def _erased(note: Note, shop: Shop, now: datetime, t: Translator) -> Screen:
    done, by = note.document, serial.read_mark(note.document["by"])
    return erased_news(done["numbers"], done["drafts"], by, shop.rules, now, t)


async def removal_screen(c: AsyncConnection, news: News, shop: Shop, now: datetime) -> Screen | None:
    """The news for a person who was removed from the shop."""
    note = await shop_log.get(c, shop.id, news.subject)
    if note is None:
        return None
    t = Translator(note.document["language"])
    by = signed(serial.read_mark(note.document["by"]), shop.rules, now, t)
    return Screen(str(t("team-you-were-removed", shop=shop.name, signed=by)))
