"""`florist doctor`: checks everything that the bot depends on, and says how to repair it."""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path

from bot.commands.database_check import check_database
from bot.commands.feature_check import check_features
from bot.commands.intake_check import check_running, check_telegram, check_unread
from bot.commands.marketplace_check import check_marketplace
from bot.commands.telegram_way import check_fallback
from bot.commands.web_check import check_web
from bot.config.findings import Finding
from bot.config.settings import Settings
from bot.config.zone_data import zone_finding
from messages.i18n.own_texts import OwnTextsWrong, read_own_texts
from storage.backup.backup_copy import BackupCopy
from storage.db.errors import BackupDamaged, StorageError
from storage.db.owner_only import is_open_to_others
from storage.photo.photo_files import PhotoFiles

LEAST_FREE = 500 * 1024 * 1024
"""Bytes that should be free: enough for some thousand photos."""

MEND_COPY = (
    "the copy is damaged: move it away (keep it), the bot writes a new one from the database. "
    "Orders go on meanwhile"
)
MEND_ASIDE = (
    "to go back to it, stop the bot, move the database away and restore with BACKUP_PATH=<that file> "
    "before the command; if nothing of it is missed, move it to another folder"
)


async def examine(settings: Settings, *, send: bool = False) -> list[Finding]:
    """Run all checks without changing anything; a failed one does not stop the others.

    `send`: also try Telegram's features, with messages that are deleted afterwards.
    """
    database, telegram, marketplace, web = await asyncio.gather(
        check_database(settings), check_telegram(settings), check_marketplace(settings), check_web(settings)
    )
    fallback = await check_fallback(settings)
    updates = [*await check_running(settings), *await check_unread(settings)]
    folders = [await _photos(settings), await _backup(settings), *_aside(settings), *_own_texts(settings)]
    own = [_settings_file(Path(".env")), zone_finding()]
    features = await check_features(settings) if send else []
    return [*own, *folders, *database, web, *telegram, *features, *fallback, *updates, *marketplace]


def _settings_file(file: Path) -> Finding:
    """Checks that other users cannot read the file: it contains the tokens."""
    if file.is_file() and is_open_to_others(file.resolve()):
        return Finding("settings", False, f"other users of this machine can read {file}: chmod 600 {file}")
    return Finding("settings", True, "complete")


def _folder(what: str, path: Path) -> Finding:
    """Checks that a folder is writable and has free space. A missing one is fine: the bot creates it."""
    path = path.absolute()
    nearest = next(parent for parent in (path, *path.parents) if parent.exists())
    if not nearest.is_dir():
        return Finding(what, False, f"{nearest} is a file where a folder should be; move it away")
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        why = f"{nearest} cannot be written to ({error.strerror})"
        return Finding(what, False, f"{why}; give it to the bot's user, or name another path")
    words = str(path) if path.exists() else f"{path}, will be made"
    disk = os.statvfs(nearest)
    if not disk.f_blocks:  # some network drives do not say
        return Finding(what, True, f"{words}, free room not known")
    free = disk.f_bavail * disk.f_frsize
    words = f"{words}, {free // 1024**2:,} MB free"
    return Finding(what, free >= LEAST_FREE, words if free >= LEAST_FREE else f"{words}: make room")


async def _photos(settings: Settings) -> Finding:
    found = _folder("photos", settings.photos_path)
    if found.is_well and settings.photos_path.exists():
        try:
            await PhotoFiles(settings.photos_path).try_writing()
        except StorageError as error:
            return Finding("photos", False, f"{error}; see who may write there and whether there is room")
    return found


def _own_texts(settings: Settings) -> list[Finding]:
    """Checks the shop's own texts, if TEXTS_PATH is set."""
    if settings.texts_path is None:
        return []
    try:
        found = read_own_texts(settings.texts_path)
    except OwnTextsWrong as wrong:
        return [Finding("texts", False, problem) for problem in wrong.problems]
    return [Finding("texts", True, f"own texts in {', '.join(found) or 'no language yet'}")]


async def _backup(settings: Settings) -> Finding:
    """Checks that an existing copy is writable and undamaged. A missing one is fine: the bot creates it."""
    found = _folder("backup", settings.backup_path.parent)
    if found.is_well and settings.backup_path.exists():
        copy = BackupCopy(settings.backup_path)
        try:
            await copy.could_write()
            await copy.find_damage()
        except BackupDamaged as error:
            return Finding("backup", False, f"{error}; {MEND_COPY}")
        except StorageError as error:
            return Finding(
                "backup", False, f"{error}; see who may write there and whether there is room. "
                "Orders go on meanwhile, and the bot adds what was missed",
            )  # fmt: skip
    return found


def _aside(settings: Settings) -> list[Finding]:
    """Backup copies set aside because they have data that the database lacks; a person must decide."""
    return [
        Finding("backup", False, f"{file} holds what the database did not: {MEND_ASIDE}")
        for file in BackupCopy(settings.backup_path).those_aside()
    ]
