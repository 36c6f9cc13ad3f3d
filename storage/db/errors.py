"""Errors of the storage. Each carries the ids of the rows that it is about."""
# ruff: noqa: N818 - the names say what is the case, as the domain's Refusal does

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError


class StorageError(Exception):
    """The base of all errors of the storage."""


class DatabaseUnavailable(StorageError):
    """The database cannot be opened, is locked for too long, or its disk is full."""

    def __init__(self, database: str, why: str) -> None:
        super().__init__(f"{database}: {why}")
        self.database = database
        self.why = why


class NotLeading(DatabaseUnavailable):
    """Another process may lead, that is, work on the database: this one must not send or commit anything."""

    def __init__(self, database: str) -> None:
        super().__init__(database, "this process is not, or not for certain, the one that works")


class DatabaseDamaged(DatabaseUnavailable):
    """The file is not a database, or a part of it cannot be read; trying again does not help."""


class DatabaseLost(DatabaseUnavailable):
    """The database has no orders but the backup copy has some: it is not the database that the shop used."""

    def __init__(self, database: str, copy: Path) -> None:
        super().__init__(database, f"holds no order, but the copy {copy} does")


class DatabaseOfOtherVersion(StorageError):
    """The schema is not the one that this version of the program works with."""


class DatabaseNewer(DatabaseOfOtherVersion):
    """A later version of the program made the database; there is no way back but a backup."""

    def __init__(self, database: str, revision: str) -> None:
        super().__init__(
            f"{database}: this database was made by a newer version of florist (revision {revision}); "
            "install that version or restore a backup"
        )


class DatabaseOlder(DatabaseOfOtherVersion):
    """An earlier version of the program made the database, and it was not brought up to date yet."""

    def __init__(self, database: str, revision: str) -> None:
        super().__init__(
            f"{database}: this database is of an older version (revision {revision}); make a backup of it, "
            "then florist run or florist migrate brings it up to date"
        )


class StaleOrder(StorageError):
    """Somebody else changed the order first: the stored version is not `expected_version`."""

    def __init__(self, order_id: int, expected_version: int) -> None:
        super().__init__(f"order {order_id} is not at version {expected_version}")
        self.order_id = order_id
        self.expected_version = expected_version


class OrderExists(StorageError):
    """The shop has an order of this number already."""

    def __init__(self, shop_id: int, number: str) -> None:
        super().__init__(f"shop {shop_id} has an order {number!r} already")
        self.shop_id = shop_id
        self.number = number


class EventExists(StorageError):
    """The history of the order has an event for this version already."""

    def __init__(self, order_id: int, version: int) -> None:
        super().__init__(f"order {order_id} has an event for version {version} already")
        self.order_id = order_id
        self.version = version


class NoSuchOrder(StorageError):
    """A row refers to an order that does not exist."""

    def __init__(self, *order_ids: int) -> None:
        super().__init__(f"no order {', '.join(map(str, order_ids))}")
        self.order_ids = order_ids


class NoSuchShop(StorageError):
    """A row refers to a shop that does not exist."""

    def __init__(self, shop_id: int) -> None:
        super().__init__(f"no shop {shop_id}")
        self.shop_id = shop_id


class MarketplaceNumberTaken(StorageError):
    """Another shop already has this marketplace number."""

    def __init__(self, number: int, owner: str) -> None:
        super().__init__(f"the marketplace number {number} belongs to the shop {owner!r}")
        self.owner = owner


class NoSuchStaff(StorageError):
    """A row refers to a person who is not on the staff list."""

    def __init__(self, staff_id: int) -> None:
        super().__init__(f"no member of staff {staff_id}")
        self.staff_id = staff_id


class NoSuchProduct(StorageError):
    """The shop has no product of this id."""

    def __init__(self, shop_id: int, product_id: int) -> None:
        super().__init__(f"shop {shop_id} has no product {product_id}")
        self.shop_id = shop_id
        self.product_id = product_id


class UnreadableDocument(StorageError):
    """A stored document cannot be read as its object: it is damaged, or a later version wrote it."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why


class BackupUnavailable(StorageError):
    """The backup copy cannot be opened or written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class BackupDamaged(BackupUnavailable):
    """The copy is not an SQLite file, or a part of it cannot be read; trying again does not help."""


class PhotosUnavailable(StorageError):
    """The folder of the photos cannot be written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class PhotoMissing(StorageError):
    """No photo is kept under this path."""

    def __init__(self, path: str) -> None:
        super().__init__(f"no photo {path!r}")
        self.path = path


_OF_THE_QUESTION = (IntegrityError, ProgrammingError, DataError, NotSupportedError)


_BAD_VALUE = "22"
"""The class of SQLSTATE that asyncpg's errors of values have; SQLAlchemy does not tell them from others."""


_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


_PRIMARY = 0xFF
"""The lower byte of an error code of SQLite says what it is; the rest only says where."""


def is_damage(error: BaseException | None) -> bool:
    """Whether SQLite reports that the file is damaged or not a database."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(code, int) and code & _PRIMARY in _DAMAGE


def is_outage(error: DBAPIError) -> bool:
    """Whether it is unreachable, locked for too long, full, shutting down or damaged."""
    sqlstate = getattr(error.orig, "sqlstate", None) or ""
    return not isinstance(error, _OF_THE_QUESTION) and not sqlstate.startswith(_BAD_VALUE)
