"""The belongings of the shops in the file of the backup copy, and the shops themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import aiosqlite

from storage.backup.backed_up_tables import Belonging
from storage.db.columns import decoded, encoded

SCHEMA = """
-- Goods, recipes, counted flowers, hidden times, drafts: a row of the table `kind` each, JSON.
CREATE TABLE IF NOT EXISTS belongings (
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    document TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (kind, key)
);
"""

Digests = dict[tuple[str, str], str]
"""What tells whether a row is still the same, by its table and key."""


def digest_of(one: Belonging) -> str:
    """The same for the same content."""
    return hashlib.blake2b(one.document.encode(), digest_size=12).hexdigest()


async def digests(db: aiosqlite.Connection) -> Digests:
    """Of every row that the copy has."""
    rows = await db.execute_fetchall("SELECT kind, key, digest FROM belongings")
    return {(row["kind"], row["key"]): row["digest"] for row in rows}


async def keep(
    db: aiosqlite.Connection, changed: Sequence[Belonging], gone: Collection[tuple[str, str]]
) -> None:
    """Write what has changed, and drop what is no more."""
    rows = [(one.table, one.key, one.document, digest_of(one)) for one in changed]
    await db.executemany("INSERT OR REPLACE INTO belongings VALUES (?, ?, ?, ?)", rows)
    await db.executemany("DELETE FROM belongings WHERE kind = ? AND key = ?", list(gone))


async def every(db: aiosqlite.Connection) -> list[Belonging]:
    """All of them, in no order."""
    rows = await db.execute_fetchall("SELECT kind, key, document FROM belongings")
    return [Belonging(row["kind"], row["key"], row["document"]) for row in rows]


async def shops(db: aiosqlite.Connection) -> dict[int, dict[str, Any]]:
    """What is known of the shops and their people, by the shop's id."""
    rows = await db.execute_fetchall("SELECT shop_id, document FROM shops ORDER BY shop_id")
    return {row["shop_id"]: decoded(row["document"], f"shop {row['shop_id']}") for row in rows}


async def keep_shops(db: aiosqlite.Connection, documents: Mapping[int, Mapping[str, Any]]) -> None:
    """Write them as they are now."""
    rows = [(shop_id, encoded(document)) for shop_id, document in documents.items()]
    await db.executemany("INSERT OR REPLACE INTO shops VALUES (?, ?)", rows)


async def drop_shops(db: aiosqlite.Connection, shop_ids: Collection[int]) -> None:
    """Forget shops that are no more. One that the copy has orders of stays: it was never removed."""
    await db.executemany(
        "DELETE FROM shops WHERE shop_id = ? AND shop_id NOT IN (SELECT shop_id FROM orders)",
        [(shop_id,) for shop_id in shop_ids],
    )
