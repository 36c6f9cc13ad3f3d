"""`florist backup`: reads, checks and restores the backup copy, without the bot and Telegram (R81)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from bot.commands.photo_check import told
from bot.config.settings import CopySettings, Settings
from services.backup.compare import CopyState, Difference, differences, look_through
from services.health.clock import utc_now
from services.photo.missing_photos import lost_photos
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.photo.photo_files import PhotoFiles

if TYPE_CHECKING:
    from services.backup.restore import Restored


@dataclass(frozen=True, slots=True)
class Answer:
    """The text that a command prints, and whether it exits with 0."""

    words: str
    is_well: bool = True


async def show(copy: Path, number: str) -> Answer:
    """Show the newest copied version of each order with this number; several shops may have one."""
    try:
        records = await BackupCopy(copy).latest(number)
    except StorageError as error:
        return Answer(str(error), is_well=False)
    if not records:
        return Answer(f"The copy {copy} holds no order {number}.", is_well=False)
    return Answer("\n\n".join(record.readable for record in records))


async def verify(settings: CopySettings) -> Answer:
    """List the orders that differ between copy and database, and the missing photo files.

    Without a database it checks only that every version in the copy can be read.
    """
    database = Database(settings.database_url)
    copy = BackupCopy(settings.backup_path)
    try:
        if not await database.is_made():
            return _alone(database.name, await look_through(copy))
        await database.check_version()
        found = await differences(database, copy)
        lost = await lost_photos(database, PhotoFiles(settings.photos_path))
    except StorageError as error:
        return Answer(str(error), is_well=False)
    finally:
        await database.close()
    title = "1 order differs:" if len(found) == 1 else f"{len(found)} orders differ:"
    lines = [title, *map(_line, found)] if found else ["The copy holds every order as the database does."]
    if lost:
        lines.append(told(lost, settings))
    return Answer("\n".join(lines), is_well=not found and not lost)


async def restore(settings: Settings, console: Console) -> Answer:
    """Rebuild an empty database from the copy, with a progress bar (X11)."""
    from rich.progress import Progress

    from bot.runtime.own_shop import shop_of
    from services.backup.restore import restore as put_back

    copy = BackupCopy(settings.backup_path)
    try:
        total = await copy.count()
        database = Database(settings.database_url)
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("Restoring orders", total=total)
            try:
                with database.occupied():
                    await database.migrate()
                    shop = shop_of(settings)
                    found = await put_back(database, copy, shop, utc_now(), lambda: progress.advance(task))
            finally:
                await database.close()
    except StorageError as error:
        return Answer(f"Nothing was restored. {error}", is_well=False)
    return Answer(_told(found))


def _told(found: Restored) -> str:
    words = f"Restored: orders {found.orders}, versions {found.versions}, people {found.people}."
    if found.without_history:
        words += f" Of {found.without_history} versions the copy does not know what led to them."
    return words


def _alone(database: str, state: CopyState) -> Answer:
    words = f"There is no database at {database}, so the copy was checked in itself: "
    words += f"orders {state.orders}, versions {state.versions}, "
    if not state.unreadable:
        return Answer(f"{words}every one can be read.")
    lines = [f"  {one}" for one in state.unreadable]
    return Answer("\n".join([f"{words}not readable {len(lines)}:", *lines]), is_well=False)


def _line(difference: Difference) -> str:
    if difference.missing:
        versions = ", ".join(map(str, difference.missing))
        newest = f"version {difference.stored}, copy version {difference.copied}"
        return f"  {difference.number}: database {newest}; missing in the copy: {versions}"
    if difference.stored == difference.copied:
        return f"  {difference.number}: version {difference.stored} in both, but not the same content"
    stored = f"version {difference.stored}" if difference.stored else "not there"
    copied = f"version {difference.copied}" if difference.copied else "not there"
    return f"  {difference.number}: database {stored}, copy {copied}"
