"""Reads the shop and its busiest day for a rehearsal, without changing database or copy."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from bot.rehearsal.company import Company, Player, built_in_company
from orders.access.roles import Act, acts_of
from orders.model.rules import ShopRules
from orders.rehearsal.planned import Planned, built_in_day, busiest_day, planned_of
from orders.report.counts import is_going_on
from services.backup.restore import restore
from storage.backup.backup_copy import BackupCopy
from storage.bell import hearing
from storage.db.database import Database
from storage.db.errors import DatabaseUnavailable
from storage.order import orders as order_rows
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff

UNNAMED = Shop(0, None, "Shop", "ru", ShopRules())
"""Used if the copy does not describe the shop."""


class NothingToPlay(RuntimeError):  # noqa: N818 - its text is for the user
    """Raised for an unknown shop; the text lists the known ones."""


async def of_database(url: str, folder: Path, shop: str | None, *, built_in: bool) -> Company:
    """Read the shop named `shop`, or the first one if None.

    SQLite is read from a snapshot in `folder`, PostgreSQL in a read-only transaction. If no director or
    manager has connected yet, the built-in shop's people are used. Raises NothingToPlay and StorageError.
    """
    file = make_url(url).database if make_url(url).get_backend_name() == "sqlite" else None
    if file is not None:
        path = snapshot_of(Path(file), folder / "database.db")
        url = f"sqlite+aiosqlite:///{path}"
    database = Database(url)
    try:
        if file is not None:
            await database.migrate()  # changes only the snapshot
        await database.check_version()
        return await _company(database, shop, "the database", built_in=built_in)
    finally:
        await database.close()


async def of_copy(path: Path, folder: Path, shop: str | None, now: datetime, *, built_in: bool) -> Company:
    """The same from the backup copy. Raises NothingToPlay and StorageError."""
    copy = BackupCopy(snapshot_of(path, folder / "copy.db"))
    database = Database(f"sqlite+aiosqlite:///{folder / 'database.db'}")
    try:
        await database.migrate()
        await restore(database, copy, UNNAMED, now, lambda: None)
        return await _company(database, shop, "the copy", built_in=built_in)
    finally:
        await database.close()


def snapshot_of(file: Path, target: Path) -> Path:
    """Copy a SQLite file that may be in use, opening it read-only. Raises DatabaseUnavailable.

    Without a -wal file no process uses it, and `immutable` keeps SQLite from creating one.
    """
    if not file.is_file():
        raise DatabaseUnavailable(str(file), "there is no such file")
    mode = "mode=ro" if file.with_name(f"{file.name}-wal").exists() else "mode=ro&immutable=1"
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?{mode}", uri=True)) as source,
            closing(sqlite3.connect(target)) as copied,
        ):
            source.backup(copied)
    except sqlite3.Error as error:
        raise DatabaseUnavailable(str(file), str(error)) from error
    return target


async def _company(database: Database, name: str | None, source: str, *, built_in: bool) -> Company:
    async with database.snapshot() as c:
        found = await shops.all_shops(c)
        shop = next((one for one in found if name in (None, one.name)), None)
        if shop is None:
            known = ", ".join(one.name for one in found) or "none"
            raise NothingToPlay(f"There is no such shop in {source}; there are: {known}.")
        reached = await hearing.of_shop(c, shop.id)
        members = [one for one in await staff.of_shop(c, shop.id) if one.telegram_id is not None]
        players = [Player(one.name, one.role, reached.by_staff[one.staff_id]) for one in members]
        if not any(Act.SEE_ALL_ORDERS in acts_of(player.role) for player in players):
            players = [*built_in_company().players]
        day = [] if built_in else await _busiest(database, shop)
    words = f"the busiest day in {source}, {len(day)} orders"
    has_own_day = bool(day)
    if not has_own_day:
        day = built_in_day(shop.rules.zone)
        words = "the built-in 8 March" + ("" if built_in else f": no day in {source} has enough orders")
    has_group = shop.group_chat_id is not None
    return Company(shop.name, shop.language, shop.rules, players, has_group, day, words, has_own_day)


async def _busiest(database: Database, shop: Shop) -> list[Planned]:
    async with database.snapshot() as c:
        found = [
            planned_of(order)
            async for order in order_rows.every(c)
            if order.shop_id == shop.id and is_going_on(order)
        ]
    return busiest_day(found, shop.rules.zone)
