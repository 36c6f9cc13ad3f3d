"""The backup copy (R80, R81): a SQLite file of its own, which any tool opens without this code.

One row per order and version, with the whole order as JSON and as a text that a person can read.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite

from storage.aiosqlite_threads import let_thread_end
from storage.columns import encoded, plain
from storage.errors import BackupUnavailable

_WAIT_SECONDS = 5.0

# The rollback journal, not WAL: the copy is one file, fit for another disk or a synced folder.
_SCHEMA = """
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS orders (
    order_id INTEGER NOT NULL,
    shop_id  INTEGER NOT NULL,
    number   TEXT NOT NULL,
    version  INTEGER NOT NULL,
    status   TEXT NOT NULL,
    saved_at TEXT NOT NULL,  -- UTC, ISO 8601
    document TEXT NOT NULL,  -- the whole order, JSON
    readable TEXT NOT NULL,  -- the same for people
    PRIMARY KEY (order_id, version)
);
CREATE INDEX IF NOT EXISTS orders_number ON orders (number);
CREATE VIEW IF NOT EXISTS latest_orders AS
    SELECT * FROM orders AS o
    WHERE version = (SELECT max(version) FROM orders WHERE order_id = o.order_id);
"""

_WRITE = """
INSERT INTO orders (order_id, shop_id, number, version, status, saved_at, document, readable)
VALUES (:order_id, :shop_id, :number, :version, :status, :saved_at, :document, :readable)
ON CONFLICT (order_id, version) DO UPDATE SET
    shop_id = excluded.shop_id, number = excluded.number, status = excluded.status,
    saved_at = excluded.saved_at, document = excluded.document, readable = excluded.readable
"""


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


class BackupCopy:
    """The copy at `path`, opened anew each time: the disk may have been taken out and put in again.

    Every method raises BackupUnavailable when the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def write(self, record: CopyRecord) -> None:
        """Keep a version; the same once more changes nothing. Makes file and folder when they are missing."""
        async with self._open("rwc") as db:
            await db.executescript(_SCHEMA)
            await db.execute(_WRITE, _values(record))
            await db.commit()

    async def latest(self, number: str) -> list[CopyRecord]:
        """The newest version of the orders of this number: one for each shop that has it."""
        return await self._read(
            "SELECT * FROM latest_orders WHERE number = ? ORDER BY shop_id", plain(number)
        )

    async def versions(self, order_id: int) -> list[CopyRecord]:
        """All versions of an order, oldest first."""
        return await self._read("SELECT * FROM orders WHERE order_id = ? ORDER BY version", order_id)

    async def all_latest(self) -> AsyncIterator[CopyRecord]:
        """The newest version of every order, one after the other."""
        async with (
            self._open("ro") as db,
            db.execute("SELECT * FROM latest_orders ORDER BY order_id") as rows,
        ):
            async for row in rows:
                yield _record(row)

    async def _read(self, query: str, value: str | int) -> list[CopyRecord]:
        async with self._open("ro") as db:
            return [_record(row) for row in await db.execute_fetchall(query, (value,))]

    @asynccontextmanager
    async def _open(self, mode: str) -> AsyncIterator[aiosqlite.Connection]:
        try:
            if mode == "rwc":
                await asyncio.to_thread(self._path.parent.mkdir, parents=True, exist_ok=True)
            address = f"{self._path.absolute().as_uri()}?mode={mode}"
            async with aiosqlite.connect(address, uri=True, timeout=_WAIT_SECONDS) as db:
                db.row_factory = sqlite3.Row
                yield db
        except (sqlite3.Error, OSError) as error:
            await let_thread_end()
            raise BackupUnavailable(self._path, str(error)) from error


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
    }


def _record(row: sqlite3.Row) -> CopyRecord:
    return CopyRecord(
        order_id=row["order_id"],
        shop_id=row["shop_id"],
        number=row["number"],
        version=row["version"],
        status=row["status"],
        saved_at=datetime.fromisoformat(row["saved_at"]),
        document=json.loads(row["document"]),
        readable=row["readable"],
    )
