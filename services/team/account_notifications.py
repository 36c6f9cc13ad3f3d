"""Notifications when another Telegram account claims a person's place, and of the decision (R17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.team.account_claims import claim_for_director, claim_for_owner, decided
from messages.ui.screen import Screen
from services.team.accounts import may_allow, places_of
from storage.db import serial
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shop_log
from storage.shop.shops import Shop
from storage.team import account_claims

OF_ACCOUNTS = frozenset({NewsKind.ACCOUNT_CLAIMED, NewsKind.ACCOUNT_DECIDED})


async def account_screen(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """The question while it is open, or the decision."""
    if news.kind is NewsKind.ACCOUNT_CLAIMED:
        return await _claimed(c, news, shop, now, t)
    return await outsiders_screen(c, news, shop, now)


async def outsiders_screen(c: AsyncConnection, news: News, shop: Shop, now: datetime) -> Screen | None:
    """The decision, also for an account that has no place in the shop, or not any more."""
    note = await shop_log.get(c, shop.id, news.subject)
    return decision(note.document, news.chat_id, shop, now) if note is not None else None


def decision(note: Mapping[str, Any], chat_id: int, shop: Shop, now: datetime) -> Screen:
    """The decision, in the words for this chat."""
    reader = next((one for one in ("old", "new") if note[one]["telegram_id"] == chat_id), "director")
    language = note[reader]["language"] if reader in note else shop.language
    by = serial.read_mark(note["by"])
    t = Translator(language)
    return decided(reader, note["name"], note["allowed"], by, shop.name, shop.rules, now, t)


async def _claimed(c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator) -> Screen | None:
    claim = await account_claims.get(c, news.subject, now)
    places = await places_of(c, claim) if claim else []
    here = next((one for one in places if one.shop_id == shop.id), None)
    if claim is None or here is None:
        return None
    if news.chat_id == claim.connected_id:
        return claim_for_owner(claim.id, claim.account_name, t)
    is_allowed = await may_allow(c, places, news.chat_id)
    shown = here.colleague.shown_name
    return claim_for_director(claim.id, claim.account_name, shown, here.role, t, may_allow=is_allowed)
