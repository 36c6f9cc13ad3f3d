"""Runs the real program in its own process, forked from a server process that has imported it once."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import connection, forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

from sandbox.config import SandboxConfig

LONGEST_STOP = 60
"""Seconds that a bot gets to stop, more than it waits itself for pending work."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["bot.runtime.run", "bot.commands.cli", "bot.commands.doctor", "alembic.command", "tests.scenarios.warm"]
)


def load_ahead() -> None:
    """Start the fork server, which imports the program while other tests run."""
    forkserver.ensure_running()


def fork_florist(
    folder: Path, environment: Mapping[str, str], words: Sequence[str], out: Path, err: Path
) -> BaseProcess:
    """Start `florist <words>` in this folder; appends its output to these files."""
    arguments = (str(folder), dict(environment), list(words), str(out), str(err))
    process = _FORKS.Process(target=_florist, args=arguments)
    process.start()
    return process


def _end_with_the_tests() -> None:
    """Exit when the test process ends: a bot left over would take updates of a later run's sandbox."""
    tests = multiprocessing.parent_process()
    if tests is not None:
        connection.wait([tests.sentinel])
        os._exit(1)


def _florist(folder: str, environment: dict[str, str], words: list[str], out: str, err: str) -> None:
    Thread(target=_end_with_the_tests, daemon=True).start()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), stream)
    from bot.commands.cli import app

    sys.argv = ["florist", *words]
    app()


@contextmanager
def forked_sandbox(config: SandboxConfig, port: int) -> Iterator[None]:
    """Run the sandbox in its own process; on entry it already listens on the port."""
    here, there = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_sandbox, args=(config, port, there))
    process.start()
    there.close()
    try:
        here.recv()  # EOFError: it could not start
        yield
    finally:
        process.terminate()
        process.join(LONGEST_STOP)
        here.close()


def _sandbox(config: SandboxConfig, port: int, listens: Connection) -> None:
    Thread(target=_end_with_the_tests, daemon=True).start()
    from aiohttp import web

    from sandbox.app import make_app

    def tell(_words: str) -> None:
        listens.send(None)

    web.run_app(
        make_app(config), host="127.0.0.1", port=port, access_log=None, print=tell, shutdown_timeout=1
    )


class BotProcess:
    """A process of `florist run`, which can be stopped, killed and restarted."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        self.settings = settings
        self._process: BaseProcess | None = None

    def start(self) -> None:
        log = self.folder / "bot.runtime.log"
        self._process = fork_florist(self.folder, self.settings, ["run"], log, log)

    @property
    def pid(self) -> int:
        if self._process is None or self._process.pid is None:
            raise AssertionError("the bot was never started")
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode if self._process else None

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """Send the signal, SIGTERM by default, and wait for the end. Raises AssertionError on timeout."""
        process = self._process
        if process is None or process.pid is None or process.exitcode is not None:
            return
        os.kill(process.pid, number)
        await asyncio.to_thread(process.join, LONGEST_STOP)
        if process.exitcode is None:
            process.kill()
            raise AssertionError(f"the bot did not stop within {LONGEST_STOP} s:\n{self.log}")

    @property
    def log(self) -> str:
        path = self.folder / "bot.runtime.log"
        return path.read_text(encoding="utf-8") if path.exists() else ""
