"""Puts together the second way out."""

from __future__ import annotations

from aiogram import Bot

from bot.config.settings import Settings
from services.fallback.contact import Contact
from services.fallback.fallback import Fallback, OwnAddresses
from services.fallback.ways import Ways
from services.health.clock import utc_now
from storage.db.database import Database


def wire_fallback(settings: Settings, shop_id: int, database: Database, bot: Bot) -> Fallback:
    """The second way out, which watches every call to Telegram. The settings' addresses are of this shop."""
    contact = Contact(utc_now)
    bot.session.middleware(contact)
    own = OwnAddresses(shop_id, settings.fallback_addresses, settings.fallback_seconds)
    return Fallback(database, Ways(), own, contact, utc_now)
