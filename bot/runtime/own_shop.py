"""The shop that the settings describe."""

from __future__ import annotations

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.config.setting_problems import number_taken
from bot.config.settings import Settings, SettingsProblem
from services.health.clock import utc_now
from services.order.desk import Desk
from services.order.recalculate_deadlines import reckon_deadlines
from services.team.staff_list import Team
from storage.db.database import Database
from storage.db.errors import MarketplaceNumberTaken
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff

log = structlog.get_logger(__name__)


async def enter_shop(database: Database, settings: Settings) -> Shop:
    """Store the shop and the director of the settings, at every start (R17).

    Values that a director changed in the chat are kept (R78).

    The director's name comes from their Telegram profile when they connect. A director whom the settings no
    longer name is removed from the staff list. Raises SettingsProblem if the marketplace number is taken.
    """
    async with database.write() as c:
        before = {shop.id: shop for shop in await shops.all_shops(c)}
        shop = await _put_shop(c, settings)
        kept = before.get(shop.id, shop)
        if kept.rules != shop.rules:
            await reckon_deadlines(c, shop)
        if (kept.name, kept.marketplace_id) != (shop.name, shop.marketplace_id):
            log.info("shop_renamed_or_renumbered", shop_id=shop.id)
        await staff.name_by_settings(c, shop.id, settings.director_phone)
    await Team(database, Desk(database, utc_now), utc_now).follow_settings(shop.id)
    return shop


async def _put_shop(c: AsyncConnection, settings: Settings) -> Shop:
    try:
        return await shops.put_of_settings(c, shop_of(settings))
    except MarketplaceNumberTaken as taken:
        raise SettingsProblem([number_taken(taken.owner)]) from taken


def shop_of(settings: Settings) -> Shop:
    """The shop that the settings describe."""
    return Shop(
        0,
        settings.flowwow_shop_id,
        settings.shop_name,
        settings.shop_language,
        settings.rules(),
        settings.group_chat_id,
    )
