"""Wires the fallback channel, which sends alarms when Telegram cannot be reached."""

from __future__ import annotations

from aiogram import Bot

from bot.config.settings import Settings
from services.fallback.contact import Contact
from services.fallback.fallback import Fallback, OwnAddresses
from services.fallback.shop_letters import ShopLetters
from services.fallback.ways import Ways
from services.health.clock import utc_now
from services.health.troubles import Troubles
from storage.db.database import Database


def wire_fallback(
    settings: Settings, shop_id: int, database: Database, bot: Bot, troubles: Troubles
) -> tuple[Fallback, ShopLetters]:
    """Create the fallback, which observes all Telegram calls. The settings' addresses belong to `shop_id`."""
    contact, ways = Contact(utc_now), Ways()
    bot.session.middleware(contact)
    own = OwnAddresses(shop_id, settings.fallback_addresses, settings.fallback_seconds)
    return (
        Fallback(database, ways, own, contact, utc_now),
        ShopLetters(database, ways, own, contact, troubles, utc_now),
    )
