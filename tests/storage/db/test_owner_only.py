"""What the bot keeps only its own user may read (R63), also what an earlier version left open."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.owner_only import tighten
from storage.photo.photo_files import PhotoFiles

NOW = datetime(2026, 3, 8, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(root: Path) -> list[str]:
    return [str(path) for path in (root, *root.rglob("*")) if mode(path) & 0o077]


@pytest.mark.requirement("R63")
async def test_what_the_bot_makes_is_its_own_whatever_the_umask(tmp_path: Path) -> None:
    root = tmp_path / "data"
    database = Database(f"sqlite+aiosqlite:///{root}/orders.db")
    with database.occupied():
        await database.migrate()
        async with database.write() as c:
            await c.execute(text("DELETE FROM shops"))
            assert (root / "orders.db-wal").exists()
            assert open_to_others(root) == []
    copy = BackupCopy(root / "backup" / "deep" / "copy.db")
    await copy.try_writing(NOW)
    photos = PhotoFiles(root / "photos")
    kept = await photos.keep(b"a photo", "jpg")
    await photos.settle(kept.path, "25836184", 1, NOW)
    assert len(list(root.rglob("*.jpg"))) == 2
    assert open_to_others(root) == []
    await database.close()


@pytest.mark.requirement("R63")
def test_what_stands_open_already_is_tightened(tmp_path: Path) -> None:
    root = tmp_path / "data"
    database, copy, photos = root / "orders.db", root / "backup" / "copy.db", root / "photos"
    for name in (
        *("orders.db", "orders.db-wal", "orders.db-shm", "orders.db.lock"),
        *("backup/copy.db", "backup/copy.db-journal", "backup/copy-2026-03-08-090000.db"),
        *("photos/incoming/ab.jpg", "photos/2026/03/25836184/1-ab.jpg", "texts/ru.ftl"),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"")
    tighten(database, copy, photos, [root / "texts"])
    assert {Path(path).name for path in open_to_others(root)} == {"texts", "ru.ftl"}


@pytest.mark.requirement("R63")
def test_a_folder_that_others_use_too_stays_open_and_the_files_in_it_do_not(tmp_path: Path) -> None:
    shared = tmp_path / "Dropbox"
    (shared / "2026" / "03").mkdir(parents=True)
    for name in ("copy.db", "holiday.jpg", "2026/03/1-ab.jpg"):
        (shared / name).write_bytes(b"")
    tighten(None, shared / "copy.db", shared)
    assert mode(shared) == 0o777
    assert mode(shared / "holiday.jpg") == 0o666
    assert mode(shared / "copy.db") == 0o600
    assert mode(shared / "2026") == 0o700
    assert mode(shared / "2026" / "03" / "1-ab.jpg") == 0o600


@pytest.mark.requirement("R63")
def test_the_folder_that_the_bot_is_run_in_and_links_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "elsewhere.db").write_bytes(b"")
    (tmp_path / "orders.db").symlink_to(tmp_path / "elsewhere.db")
    before = mode(tmp_path)
    tighten(Path("orders.db"), Path("missing/copy.db"), Path("photos"))
    assert mode(tmp_path) == before
    assert mode(tmp_path / "elsewhere.db") == 0o666
