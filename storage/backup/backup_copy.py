"""The backup copy (R80, R81): a separate SQLite file, which any tool can open without this code.

It has one row per order and version, with the whole order as JSON and as readable text. It also contains what
a restore needs: the event of each version, the marketplace's raw object, the shops, their members and their
belongings.
"""

from __future__ import annotations

import asyncio
import glob
import sqlite3
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite

from storage.backup import copied_tables
from storage.backup.backed_up_tables import Belonging
from storage.backup.copied_tables import Digests
from storage.db.columns import decoded, encoded, plain
from storage.db.errors import BackupDamaged, BackupUnavailable, UnreadableDocument, is_damage
from storage.db.owner_only import make_file, make_folder
from storage.db.sqlite_files import let_thread_end

_WAIT_SECONDS = 5.0
_MANY_ROWS = 1000
"""Rows per batch when a whole table is read."""

_SAFELY = """
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;  -- what is erased is overwritten in the file
"""
"""For each connection that writes: the file does not keep these."""
# A rollback journal instead of WAL keeps the copy in one file, which suits another disk or a synced folder.
_SCHEMA = """
PRAGMA journal_mode = DELETE;
CREATE TABLE IF NOT EXISTS orders (
    order_id INTEGER NOT NULL,
    shop_id  INTEGER NOT NULL,
    number   TEXT NOT NULL,
    version  INTEGER NOT NULL,
    status   TEXT NOT NULL,
    saved_at TEXT NOT NULL,  -- UTC, ISO 8601
    document TEXT NOT NULL,  -- the whole order, JSON
    readable TEXT NOT NULL,  -- the same for people
    event    TEXT,           -- what made this version, JSON; NULL where that is not known
    PRIMARY KEY (order_id, version)
);
CREATE INDEX IF NOT EXISTS orders_number ON orders (number);
CREATE VIEW IF NOT EXISTS latest_orders AS
    SELECT * FROM orders AS o
    WHERE version = (SELECT max(version) FROM orders WHERE order_id = o.order_id);
-- The marketplace's own object of an order, JSON.
CREATE TABLE IF NOT EXISTS raw_orders (order_id INTEGER PRIMARY KEY, raw TEXT NOT NULL);
-- Shops and the people who work there, JSON.
CREATE TABLE IF NOT EXISTS shops (shop_id INTEGER PRIMARY KEY, document TEXT NOT NULL);
-- When the bot last made sure that it can write here; UTC, ISO 8601.
CREATE TABLE IF NOT EXISTS checked (id INTEGER PRIMARY KEY, at TEXT NOT NULL);
"""

_WRITE = """
INSERT INTO orders (order_id, shop_id, number, version, status, saved_at, document, readable, event)
VALUES (:order_id, :shop_id, :number, :version, :status, :saved_at, :document, :readable, :event)
ON CONFLICT (order_id, version) DO UPDATE SET
    shop_id = excluded.shop_id, number = excluded.number, status = excluded.status, event = excluded.event,
    saved_at = excluded.saved_at, document = excluded.document, readable = excluded.readable
"""

_GAPS = """
SELECT order_id, group_concat(version) AS versions FROM orders
GROUP BY order_id HAVING count(*) < max(version)
"""


@dataclass(frozen=True, slots=True)
class Around:
    """What a restore needs besides the order: the marketplace's object, and the shop with its members."""

    raw: dict[str, Any] | None = None
    shop: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CopyRecord:
    """One order at one version. `document` is `serial.order_document`; `saved_at` is aware."""

    order_id: int
    shop_id: int
    number: str
    version: int
    status: str
    saved_at: datetime
    document: dict[str, Any]
    readable: str
    event: dict[str, Any] | None = None
    """`serial.event_document` of the event that made this version, where it is known."""
    around: Around | None = None
    """Set for writing only: the copy stores it once for all versions, so records read back have None."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the copy contains besides the orders: enough to compute an update."""

    has_orders: bool
    shops: dict[int, dict[str, Any]]
    digests: Digests


class BackupCopy:
    """The copy at `path`. Each call reopens the file, because the disk may be unplugged and plugged in again.

    Every method raises BackupUnavailable when the file cannot be read or written, and BackupDamaged when a
    part of it is corrupt. Reading methods raise UnreadableDocument when a document cannot be parsed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    async def write(self, *records: CopyRecord) -> None:
        """Upsert these versions in one transaction; idempotent.

        Creates file and folder when they are missing. Write several versions in one call: opening and syncing
        the file takes longer than writing many versions.
        """
        try:
            await asyncio.to_thread(self._write, records)
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from error

    def _write(self, records: Sequence[CopyRecord]) -> None:
        """All of it in one call of one thread: after every tap, a call for each statement costs more."""
        with closing(self._made()) as db:
            _keep(db, records)
            db.commit()

    async def try_writing(self, now: datetime) -> None:
        """Check that the copy can be written, by storing the time of this check in it."""
        async with self._prepared() as db:
            await db.execute("INSERT OR REPLACE INTO checked VALUES (1, ?)", (now.isoformat(),))
            await db.commit()

    async def could_write(self) -> None:
        """Check that the existing file can be written, without changing it."""
        async with self._open("rw") as db:
            await db.execute("BEGIN IMMEDIATE")
            await db.execute("CREATE TABLE tried (id INTEGER)")
            await db.rollback()

    async def find_damage(self) -> None:
        """Read the whole file; raises BackupDamaged when a part of it is corrupt."""
        async with self._open("rw") as db:
            [row] = await db.execute_fetchall("PRAGMA quick_check(1)")
        if row[0] != "ok":
            raise BackupDamaged(self.path, " ".join(str(row[0]).split()))

    async def identity(self) -> tuple[int, int] | None:
        """Returns device and inode of the file, which survive a rename; None when there is no file."""
        try:
            found = await asyncio.to_thread(self.path.stat)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:  # e.g. an unreadable disk: the file may exist all the same
            raise BackupUnavailable(self.path, str(error)) from error
        return found.st_dev, found.st_ino

    async def set_aside(self, now: datetime) -> Path:
        """Rename the file within its folder, so that a new copy can be started. Returns the new path."""
        aside = self.path.with_name(f"{self.path.stem}-{now:%Y-%m-%d-%H%M%S}{self.path.suffix}")
        if await asyncio.to_thread(aside.exists):
            raise BackupUnavailable(self.path, f"{aside.name} is there already")
        try:
            await asyncio.to_thread(self.path.rename, aside)
        except OSError as error:
            raise BackupUnavailable(self.path, str(error)) from error
        return aside

    def those_aside(self) -> list[Path]:
        """Returns the existing files that were set aside, oldest first."""
        stem, suffix = glob.escape(self.path.stem), glob.escape(self.path.suffix)
        return sorted(self.path.parent.glob(f"{stem}-[0-9]*{suffix}"))

    async def latest(self, number: str) -> list[CopyRecord]:
        """Returns the newest version of each order with this number; several shops may have one."""
        return await self._read(
            "SELECT * FROM latest_orders WHERE number = ? ORDER BY shop_id", plain(number)
        )

    async def versions(self, order_id: int) -> list[CopyRecord]:
        """Returns all versions of an order, oldest first."""
        return await self._read("SELECT * FROM orders WHERE order_id = ? ORDER BY version", order_id)

    async def all_latest(self) -> AsyncIterator[CopyRecord]:
        """Yields the newest version of every order, by order id."""
        async with (
            self._open("rw") as db,
            db.execute("SELECT * FROM latest_orders ORDER BY order_id") as rows,
        ):
            async for row in rows:
                yield _record(row)

    async def newest_versions(self) -> AsyncIterator[tuple[int, int]]:
        """Yields id and newest version of every order, by id."""
        query = "SELECT order_id, max(version) FROM orders GROUP BY order_id ORDER BY order_id"
        async with self._open("rw") as db, db.execute(query) as rows:
            async for row in rows:
                yield row[0], row[1]

    async def incomplete(self) -> dict[int, frozenset[int]]:
        """Returns the stored versions of each order that lacks one before its newest, by order id."""
        async with self._open("rw") as db:
            rows = await db.execute_fetchall(_GAPS)
        return {row["order_id"]: frozenset(map(int, row["versions"].split(","))) for row in rows}

    async def count(self) -> int:
        """Returns the number of orders in the copy."""
        async with self._open("rw") as db:
            [row] = await db.execute_fetchall("SELECT count(DISTINCT order_id) FROM orders")
        return int(row[0])

    async def whole_orders(self) -> AsyncIterator[tuple[list[CopyRecord], dict[str, Any] | None]]:
        """Yields every order: all its versions, oldest first, and the marketplace's object or None."""
        query = "SELECT o.*, r.raw FROM orders AS o LEFT JOIN raw_orders AS r USING (order_id)"
        records: list[CopyRecord] = []
        raw = None
        async with self._open("rw") as db, db.execute(f"{query} ORDER BY order_id, version") as rows:
            async for row in rows:
                if records and records[0].order_id != row["order_id"]:
                    yield records, raw
                    records = []
                records.append(_record(row))
                raw = _raw(row)
        if records:
            yield records, raw

    async def shops(self) -> dict[int, dict[str, Any]]:
        """Returns the documents of the shops and their members, by shop id."""
        async with self._open("rw") as db:
            return await copied_tables.shops(db)

    async def belongings(self) -> list[Belonging]:
        """Returns the belongings of all shops."""
        async with self._open("rw") as db:
            return await copied_tables.every(db)

    async def beside_orders(self) -> Beside:
        """Returns what the copy contains besides the orders. Creates the copy when it is missing."""
        async with self._prepared() as db:
            [row] = await db.execute_fetchall("SELECT EXISTS (SELECT 1 FROM orders)")
            digests = await copied_tables.digests(db)
            return Beside(bool(row[0]), await copied_tables.shops(db), digests)

    async def keep_beside_orders(
        self,
        shops: Mapping[int, Mapping[str, Any]],
        changed: Sequence[Belonging],
        gone: Collection[tuple[str, str]],
        gone_shops: Collection[int] = (),
    ) -> None:
        """Update the shops and their belongings in one transaction."""
        async with self._prepared() as db:
            await copied_tables.keep_shops(db, shops)
            await copied_tables.drop_shops(db, gone_shops)
            await copied_tables.keep(db, changed, gone)
            await db.commit()

    async def _read(self, query: str, value: str | int) -> list[CopyRecord]:
        async with self._open("rw") as db:
            return [_record(row) for row in await db.execute_fetchall(query, (value,))]

    @asynccontextmanager
    async def _prepared(self) -> AsyncIterator[aiosqlite.Connection]:
        """Opens the copy for writing, with its tables."""
        try:
            await asyncio.to_thread(lambda: self._made().close())
        except (sqlite3.Error, OSError) as error:
            raise self._failure(error) from error
        async with self._open("rw") as db:
            await db.executescript(_SAFELY)
            yield db

    def _made(self) -> sqlite3.Connection:
        """Opens the copy; creates file and tables, and adds `event` to copies of early versions."""
        make_folder(self.path.parent)
        make_file(self.path)
        db = sqlite3.connect(self._address("rwc"), uri=True, timeout=_WAIT_SECONDS)
        try:
            db.executescript(_SAFELY + _SCHEMA + copied_tables.SCHEMA)
            if "event" not in {column[1] for column in db.execute("PRAGMA table_info(orders)")}:
                db.execute("ALTER TABLE orders ADD COLUMN event TEXT")
        except BaseException:
            db.close()
            raise
        return db

    def _address(self, mode: str) -> str:
        return f"{self.path.absolute().as_uri()}?mode={mode}"

    def _failure(self, error: sqlite3.Error | OSError) -> BackupUnavailable:
        kind = BackupDamaged if is_damage(error) else BackupUnavailable
        return kind(self.path, str(error))

    @asynccontextmanager
    async def _open(self, mode: str) -> AsyncIterator[aiosqlite.Connection]:
        """Opens the file, for reading with `rw` too: only a writer can roll back what a crashed one began.

        SQLite itself falls back to read-only where the file is write-protected.
        """
        try:
            async with aiosqlite.connect(
                self._address(mode), uri=True, timeout=_WAIT_SECONDS, iter_chunk_size=_MANY_ROWS
            ) as db:
                db.row_factory = sqlite3.Row
                yield db
        except (sqlite3.Error, OSError) as error:
            await let_thread_end()
            raise self._failure(error) from error


def _keep(db: sqlite3.Connection, records: Sequence[CopyRecord]) -> None:
    """Upserts the rows of each table by one statement. If a shop or order occurs twice, the last one wins."""
    db.executemany(_WRITE, [_values(record) for record in records])
    with_more = [(record, record.around) for record in records if record.around is not None]
    shops = {record.shop_id: around.shop for record, around in with_more}
    db.executemany(copied_tables.KEEP_SHOP, copied_tables.shop_rows(shops))
    raws = {record.order_id: around.raw for record, around in with_more}
    kept = [(order_id, encoded(raw)) for order_id, raw in raws.items() if raw is not None]
    db.executemany("INSERT OR REPLACE INTO raw_orders (order_id, raw) VALUES (?, ?)", kept)
    erased = [(order_id,) for order_id, raw in raws.items() if raw is None]
    db.executemany("DELETE FROM raw_orders WHERE order_id = ?", erased)


def _values(record: CopyRecord) -> dict[str, Any]:
    return {
        "order_id": record.order_id,
        "shop_id": record.shop_id,
        "number": plain(record.number),
        "version": record.version,
        "status": plain(record.status),
        "saved_at": record.saved_at.astimezone(UTC).isoformat(),
        "document": encoded(record.document),
        "readable": plain(record.readable),
        "event": None if record.event is None else encoded(record.event),
    }


def _record(row: sqlite3.Row) -> CopyRecord:
    what = f"order {row['number']}, version {row['version']}"
    return CopyRecord(
        order_id=row["order_id"],
        shop_id=row["shop_id"],
        number=row["number"],
        version=row["version"],
        status=row["status"],
        saved_at=_moment(row["saved_at"], what),
        document=decoded(row["document"], what),
        readable=row["readable"],
        event=decoded(row["event"], what) if row["event"] else None,
    )


def _raw(row: sqlite3.Row) -> dict[str, Any] | None:
    found: dict[str, Any] | None = None
    if row["raw"]:
        found = decoded(row["raw"], f"order {row['number']}, as the marketplace gave it")
    return found


def _moment(text: str, what: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise UnreadableDocument(what, "saved_at is no moment") from None
