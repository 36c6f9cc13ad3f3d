"""`florist backup`: reading and checking the copy of the orders. Needs no bot and no Telegram (R81)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from services.copies import Difference, differences
from storage.backup_copy import BackupCopy
from storage.database import Database
from storage.errors import StorageError


@dataclass(frozen=True, slots=True)
class Answer:
    """What to print, and whether all is well."""

    words: str
    is_well: bool = True


async def show(settings: Settings, number: str) -> Answer:
    """The newest copy of each order of this number: one for each shop that has one."""
    try:
        records = await BackupCopy(settings.backup_path).latest(number)
    except StorageError as error:
        return Answer(str(error), is_well=False)
    if not records:
        return Answer(f"The copy {settings.backup_path} holds no order {number}.", is_well=False)
    return Answer("\n\n".join(record.readable for record in records))


async def verify(settings: Settings) -> Answer:
    """Say which orders the copy does not hold as the database does."""
    try:
        found = await _compare(settings)
    except StorageError as error:
        return Answer(str(error), is_well=False)
    if not found:
        return Answer("The copy holds every order as the database does.")
    title = "1 order differs:" if len(found) == 1 else f"{len(found)} orders differ:"
    return Answer("\n".join([title, *map(_line, found)]), is_well=False)


async def _compare(settings: Settings) -> list[Difference]:
    database = Database(settings.database_url)
    try:
        return await differences(database, BackupCopy(settings.backup_path))
    finally:
        await database.close()


def _line(difference: Difference) -> str:
    if difference.stored == difference.copied:
        return f"  {difference.number}: version {difference.stored} in both, but not the same content"
    stored = f"version {difference.stored}" if difference.stored else "not there"
    copied = f"version {difference.copied}" if difference.copied else "not there"
    return f"  {difference.number}: database {stored}, copy {copied}"
