"""The tables of the backup copy for the shops and their belongings."""

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

KEEP_SHOP = "INSERT OR REPLACE INTO shops VALUES (?, ?)"
"""Upserts the document of one shop."""

Digests = dict[tuple[str, str], str]
"""Digests of the rows by table and key, to detect changes."""


def digest_of(one: Belonging) -> str:
    """Returns the digest of a row's content."""
    return hashlib.blake2b(one.document.encode(), digest_size=12).hexdigest()


async def digests(db: aiosqlite.Connection) -> Digests:
    """Returns the digest of every row of the copy."""
    rows = await db.execute_fetchall("SELECT kind, key, digest FROM belongings")
    return {(row["kind"], row["key"]): row["digest"] for row in rows}


async def keep(
    db: aiosqlite.Connection, changed: Sequence[Belonging], gone: Collection[tuple[str, str]]
) -> None:
    """Upsert changed rows and delete those that are gone."""
    rows = [(one.table, one.key, one.document, digest_of(one)) for one in changed]
    await db.executemany("INSERT OR REPLACE INTO belongings VALUES (?, ?, ?, ?)", rows)
    await db.executemany("DELETE FROM belongings WHERE kind = ? AND key = ?", list(gone))


async def every(db: aiosqlite.Connection) -> list[Belonging]:
    """Returns all belongings, unsorted."""
    rows = await db.execute_fetchall("SELECT kind, key, document FROM belongings")
    return [Belonging(row["kind"], row["key"], row["document"]) for row in rows]


async def shops(db: aiosqlite.Connection) -> dict[int, dict[str, Any]]:
    """Returns the documents of the shops and their members, by shop id."""
    rows = await db.execute_fetchall("SELECT shop_id, document FROM shops ORDER BY shop_id")
    return {row["shop_id"]: decoded(row["document"], f"shop {row['shop_id']}") for row in rows}


async def keep_shops(db: aiosqlite.Connection, documents: Mapping[int, Mapping[str, Any]]) -> None:
    """Upsert the documents of shops."""
    await db.executemany(KEEP_SHOP, shop_rows(documents))


def shop_rows(documents: Mapping[int, Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Returns the parameters of `KEEP_SHOP` for these shops."""
    return [(shop_id, encoded(document)) for shop_id, document in documents.items()]


async def drop_shops(db: aiosqlite.Connection, shop_ids: Collection[int]) -> None:
    """Delete removed shops. A shop with orders in the copy stays: only unused shops are ever removed."""
    await db.executemany(
        "DELETE FROM shops WHERE shop_id = ? AND shop_id NOT IN (SELECT shop_id FROM orders)",
        [(shop_id,) for shop_id in shop_ids],
    )
