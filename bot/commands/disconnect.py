"""`florist disconnect`: frees a phone whose Telegram account is lost, for lone directors (R17)."""

from __future__ import annotations

from bot.commands.backup import Answer
from bot.config.settings import Settings
from services.phones import rights_phone
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.team import staff


async def disconnect(settings: Settings, written: str) -> Answer:
    """Disconnect the account of this phone; the next person who sends their contact with it is connected."""
    phone = rights_phone(written, settings.country)
    if phone is None:
        return Answer("That is no phone number; write it like +79161234567.", is_well=False)
    database = Database(settings.database_url)
    try:
        await database.migrate()
        async with database.write() as c:
            places = await staff.by_phone(c, phone)
            if places:
                await staff.disconnect(c, places[0].staff_id)
    except StorageError as error:
        return Answer(str(error), is_well=False)
    finally:
        await database.close()
    if not places:
        return Answer(f"Nobody on the staff list has the phone {phone}.", is_well=False)
    return Answer(f"{phone} is disconnected. Send the contact with this number from the new account.")
