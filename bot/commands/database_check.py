"""`florist doctor`: checks the database and the shops in it, and changes nothing."""

from __future__ import annotations

from bot.commands.photo_check import check_photo_files
from bot.config.findings import Finding
from bot.config.setting_problems import number_taken
from bot.config.settings import Settings
from bot.runtime.own_shop import shop_of
from orders.model.people import Role
from services.backup.backup_guard import refuse_lost_database
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.errors import DatabaseDamaged, DatabaseLost, DatabaseNewer, DatabaseOlder, StorageError
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff

MEND_DATABASE = "stop the bot, move the damaged file away (keep it), then: florist backup restore"
MEND_LOST = (
    "see whether its disk is there; if the database is lost: florist backup restore. "
    "To begin without the old orders, move the copy away"
)


async def check_database(settings: Settings) -> list[Finding]:
    """Findings about the database, then about its shops."""
    database = Database(settings.database_url)
    try:
        return await _examine(database, settings)
    except DatabaseDamaged as error:
        return [Finding("database", False, f"{error}; {MEND_DATABASE}")]
    except DatabaseLost as error:
        return [Finding("database", False, f"{error}; {MEND_LOST}")]
    except DatabaseNewer as error:
        return [Finding("database", False, str(error))]
    except DatabaseOlder as error:  # not a problem: the next start migrates it
        return [Finding("database", True, str(error))]
    except StorageError as error:
        return [Finding("database", False, f"{error}; check DATABASE_URL and who may write there")]
    finally:
        await database.close()


async def _examine(database: Database, settings: Settings) -> list[Finding]:
    await refuse_lost_database(database, BackupCopy(settings.backup_path))
    if not await database.is_made():
        database.check_place()
        return [Finding("database", True, f"{database.name}: not there yet, florist run makes it")]
    await database.could_write()
    await database.find_damage()
    await database.check_version()
    photos = await check_photo_files(database, settings)
    return [Finding("database", True, "open and up to date"), photos, *await _shops(database, settings)]


async def _shops(database: Database, settings: Settings) -> list[Finding]:
    """Find duplicate shops. Earlier versions created one when name or number in the settings changed."""
    described = shop_of(settings)
    async with database.snapshot() as c:
        known = await shops.all_shops(c)
        ours = await shops.of_settings(c, described)
        if ours is None:
            return []
        number = settings.flowwow_shop_id
        taken = [one for one in known if number == one.marketplace_id is not None and one.id != ours.id]
        workers = {shop.id: await staff.of_shop(c, shop.id, set(Role) - {Role.DIRECTOR}) for shop in known}
        unused = [one for one in known if one.id != ours.id and not await shops.is_used(c, one.id)]
    found = [Finding("settings", False, number_taken(one.name)) for one in taken]
    found += [_empty(one) for one in unused if one.name.casefold() == described.name.casefold()]
    elder = next((one for one in known if one.id < ours.id and workers[one.id]), None)
    if elder is not None and not workers[ours.id]:
        found.append(_without_staff(ours, elder))
    return found


def _empty(shop: Shop) -> Finding:
    words = f"«{shop.name}» stands there twice, and one of them (number {shop.id}) is empty"
    return Finding("shops", False, f"{words}; a director can remove it in the chat: Staff, Shops")


def _without_staff(ours: Shop, elder: Shop) -> Finding:
    words = (
        f"the settings describe «{ours.name}», where nobody works but directors, "
        f"and «{elder.name}» has staff. If "
        f"«{ours.name}» was made by a new name or number in .env, add the staff to it in the chat; "
        f"what is open in «{elder.name}» is finished there"
    )
    return Finding("shops", False, words)
