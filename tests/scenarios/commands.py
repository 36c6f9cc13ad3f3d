"""Runs the command `florist` in its own process; returns its output and exit code."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.driver.wire import PATIENCE
from tests.scenarios.process import fork_florist


@dataclass(frozen=True)
class Finished:
    """The exit code and output of a command."""

    code: int
    out: str
    err: str

    @property
    def problems(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


def surroundings(settings: Mapping[str, str]) -> dict[str, str]:
    """An environment with these settings, and without the settings of the developer's own shop."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "TZ", "LANG") if name in os.environ}
    return kept | dict(settings)


@asynccontextmanager
async def running(
    folder: Path, settings: Mapping[str, str], *words: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run `florist <words>` in this folder, in its own process group; terminated on exit."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=surroundings(settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()


async def florist(folder: Path, settings: Mapping[str, str], *words: str) -> Finished:
    """Run `florist <words>` to its end, forked to avoid the time for imports."""
    with TemporaryDirectory() as said:
        out, err = Path(said, "out"), Path(said, "err")
        process = fork_florist(folder, surroundings(settings), words, out, err)
        await asyncio.to_thread(process.join, PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise AssertionError(f"florist {' '.join(words)} did not end within {PATIENCE} s")
        return _finished(process.exitcode, out, err)


def _finished(code: int, out: Path, err: Path) -> Finished:
    return Finished(code, out.read_text("utf-8"), err.read_text("utf-8"))
