"""The database: connections, real transactions, migrations."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Table, make_url, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.db.engines import APPLICATION, OTHER_APPLICATION, postgres_engines, sqlite_engines
from storage.db.errors import (
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseOlder,
    DatabaseUnavailable,
    NotLeading,
    is_damage,
    is_outage,
)
from storage.db.leader import Leader
from storage.db.migrations import Form, form_of, upgrade
from storage.db.owner_only import make_file, make_folder
from storage.db.sqlite_files import is_occupied, let_thread_end, occupied
from storage.db.tables import shops
from storage.db.wakes import Wakes, note_writes, own_work, written_by

BUSY_SECONDS = 10.0
"""How long a writer waits for its turn before it gives up."""

_TRIAL = own_work(update(shops).values(name=shops.c.name))
"""Changes nothing, and is written all the same."""


class Database:
    """The one database of the bot; `url` is SQLAlchemy's, such as `sqlite+aiosqlite:///data/orders.db`.

    A job that waits for work subscribes to tables and is woken after each commit that wrote to one of them.

    `leader`: given by the bot, which works only while it leads; the command-line tools pass none.

    Every method raises DatabaseUnavailable when the database cannot be reached, is locked or full, and
    DatabaseDamaged when its file is broken.
    """

    def __init__(self, url: str, leader: Leader | None = None) -> None:
        parsed = make_url(url)
        self.name = parsed.render_as_string(hide_password=True)
        self._is_sqlite = parsed.get_backend_name() == "sqlite"
        self._on_outage: Callable[[DatabaseUnavailable], None] | None = None
        self._file: Path | None = None
        self._identity: tuple[int, int] | None = None
        if self._is_sqlite and parsed.database and parsed.database != ":memory:":
            self._file = Path(parsed.database)
        self._leader = leader or Leader()
        if self._is_sqlite:
            engines = sqlite_engines(url, BUSY_SECONDS)
        else:
            engines = postgres_engines(url, BUSY_SECONDS, APPLICATION if leader else OTHER_APPLICATION)
        self._asking, self._reading, self._writing = engines
        note_writes(self._writing)
        self._wakes = Wakes()
        self._turn = asyncio.Lock()

    @property
    def file(self) -> Path | None:
        """The SQLite file; None where a server keeps the database."""
        return self._file

    @property
    def is_shared(self) -> bool:
        """Whether it is on a server, where other processes can stand by; a file belongs to one process."""
        return not self._is_sqlite

    def occupied(self) -> AbstractContextManager[None]:
        """Inside, no other process can be the bot of this file; for a server see `storage.db.leader`."""
        if self._file is None:
            return nullcontext()
        self._make_folder(self._file.parent)
        return occupied(self._file, self.name)

    def is_occupied(self) -> bool:
        """Whether a bot works with this file now; always False for a database on a server."""
        return self._file is not None and is_occupied(self._file)

    def listen_for_outages(self, listener: Callable[[DatabaseUnavailable], None]) -> None:
        """Call `listener` each time that a transaction finds the database unavailable."""
        self._on_outage = listener

    def subscribe(self, *tables: Table) -> asyncio.Event:
        """An event that is set after each commit of this process that wrote to one of the tables.

        The subscriber clears it before it looks for work. A statement of `own_work` wakes nobody.
        """
        return self._wakes.subscribe(*tables)

    def wake_all(self) -> None:
        """Let all subscribers look again: after an outage, or a jump of the clock."""
        self._wakes.wake_all()

    async def migrate(self) -> None:
        """Bring the tables to the newest form; all or nothing. Makes the file of SQLite and its folder.

        Raises DatabaseNewer as well.
        """
        if self._file is not None:
            self._make_folder(self._file.parent)
        form, revision = await self._form()
        if form is Form.NEWER:
            raise DatabaseNewer(self.name, revision)
        if form is not Form.NEWEST:
            async with self.write() as c:
                await c.run_sync(upgrade)

    async def is_made(self) -> bool:
        """Whether there is a database with our tables; changes nothing, and makes no file."""
        try:
            if self._file is not None and not _size(self._file):
                return False
        except OSError as error:
            raise DatabaseUnavailable(self.name, str(error.strerror)) from error
        return (await self._form())[0] is not Form.EMPTY

    def check_place(self) -> None:
        """Whether a file of SQLite that is not there yet could be made; makes nothing."""
        if self._file is None:
            return
        folder = self._file.absolute().parent
        nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
        try:
            with tempfile.TemporaryFile(dir=nearest):
                pass
        except OSError as error:
            raise DatabaseUnavailable(self.name, f"{nearest}: {error.strerror}") from error

    async def check_version(self) -> None:
        """Raises DatabaseOlder and DatabaseNewer where the tables are not in the newest form."""
        form, revision = await self._form()
        if form is Form.NEWER:
            raise DatabaseNewer(self.name, revision)
        if form is not Form.NEWEST:
            raise DatabaseOlder(self.name, revision)

    async def _form(self) -> tuple[Form, str]:
        async with self.snapshot() as c:
            return await c.run_sync(form_of)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that may write. It commits at the end of the block and rolls back on an exception.

        Not to be nested: on SQLite a second one waits for the first, and gives up; another program is kept
        out from the first statement on. On PostgreSQL others write at the same time: hold what you decide
        upon (`storage.db.locks`, `for_update`).
        """
        async with self._its_turn(), self._transaction(self._writing) as c:
            yield c

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that only reads: it sees one consistent state and blocks no writer."""
        async with self._transaction(self._reading) as c:
            yield c

    @asynccontextmanager
    async def read_one(self) -> AsyncIterator[AsyncConnection]:
        """A connection for a single SELECT, which needs no transaction to see one consistent state."""
        async with self._transaction(self._asking) as c:
            yield c

    async def ping(self) -> None:
        """Whether the database answers."""
        async with self.snapshot() as c:
            await c.execute(text("SELECT 1"))

    async def try_writing(self) -> None:
        """Whether a write can be committed. A database that is locked or full still answers readers."""
        async with self.write() as c:
            await c.execute(_TRIAL)

    async def could_write(self) -> None:
        """The same without the commit, so that nothing is changed; it does not find a full disk."""
        async with self.write() as c:
            await c.execute(_TRIAL)
            await c.rollback()

    async def find_damage(self) -> None:
        """Read the whole SQLite file to find damage; raises DatabaseDamaged. Does nothing for a server."""
        if self._is_sqlite:
            async with self.snapshot() as c:
                found = (await c.execute(text("PRAGMA quick_check(1)"))).scalar_one()
            if found != "ok":
                raise DatabaseDamaged(self.name, " ".join(str(found).split()))

    async def close(self) -> None:
        """Close all connections."""
        await self._writing.dispose()

    def _make_folder(self, folder: Path) -> None:
        try:
            make_folder(folder)
        except OSError as error:
            raise DatabaseUnavailable(self.name, str(error)) from error

    def _its_turn(self) -> AbstractAsyncContextManager[None]:
        """SQLite allows one writer at a time. Its busy time-out polls; this queue is fair and quicker."""
        return self._queue() if self._is_sqlite else nullcontext()

    @asynccontextmanager
    async def _queue(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(BUSY_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise DatabaseUnavailable(self.name, "another writer does not finish") from error
        try:
            yield
        finally:
            self._turn.release()

    @asynccontextmanager
    async def _transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._unheard_transaction(engine) as c:
                yield c
        except DatabaseUnavailable as error:
            if self._on_outage is not None and not isinstance(error, NotLeading):
                self._on_outage(error)
            raise

    @asynccontextmanager
    async def _unheard_transaction(self, engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
        self._check_file()
        await self._leader.confirm()
        c = await self._connect(engine)
        written, is_decided = written_by(c), False
        try:
            async with c.begin():
                yield c
                await self._leader.confirm()
                is_decided = True
        except DBAPIError as error:
            if not is_outage(error):
                raise
            raise self._outage(error.orig) from error
        except TimeoutError as error:  # as which asyncpg tells of a server that does not answer
            raise DatabaseUnavailable(self.name, "no answer") from error
        finally:
            if is_decided:  # an interrupted commit may have succeeded; waking for nothing does no harm
                self._wakes.wake(written)
            await asyncio.shield(c.close())

    async def _connect(self, engine: AsyncEngine) -> AsyncConnection:
        try:
            if self._file is not None and self._identity is None:
                make_file(self._file)
            c = await engine.connect()
        except (SQLAlchemyError, OSError) as error:
            await let_thread_end()
            raise self._outage(error.orig if isinstance(error, DBAPIError) else error) from error
        if self._file is not None and self._identity is None:
            self._identity = _identity(self._file)
        return c

    def _outage(self, error: BaseException | None) -> DatabaseUnavailable:
        kind = DatabaseDamaged if is_damage(error) else DatabaseUnavailable
        return kind(self.name, str(error))

    def _check_file(self) -> None:
        """A file removed while it is open still accepts writes, which are lost when the process ends."""
        if self._file is not None and self._identity not in (None, _identity(self._file)):
            raise DatabaseUnavailable(self.name, "the file was removed or replaced while the bot ran")


def _size(file: Path) -> int:
    """In bytes; 0 for one that is not there. Raises OSError where that cannot be known."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def _identity(file: Path) -> tuple[int, int] | None:
    """Device and inode of the file; None when it does not exist."""
    try:
        found = os.stat(file)  # noqa: PTH116 - asked for every transaction, twice as quick as Path's
    except OSError:
        return None
    return found.st_dev, found.st_ino
