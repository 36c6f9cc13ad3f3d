"""Child processes of a benchmark: starts, observes and stops them."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

HOST = "127.0.0.1"
READY_SECONDS = 180.0
"""Long because importing aiogram alone can take half a minute on a loaded machine."""
STOP_SECONDS = 15.0
LOOK_EVERY = 0.01
ROOT = Path(__file__).parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")


class Program:
    """A running `python -m <module>`, with its output in a log file."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log
        self.started = time.monotonic()
        self.ready_after = 0.0
        """Seconds from start to the first successful answer."""

    @property
    def words(self) -> str:
        """Its output so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def is_over(self) -> bool:
        return self._process.returncode is not None

    def cpu_seconds(self) -> float:
        """CPU time used so far, user and system."""
        fields = (
            Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Memory in MiB, with shared pages counted proportionally (PSS)."""
        rollup = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text(encoding="ascii")
        line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) / 1024

    def resident(self) -> float:
        """Current memory in MiB (RSS)."""
        return self._status("VmRSS")

    def peak(self) -> float:
        """Peak memory in MiB (RSS), since the start or `forget_peak`."""
        return self._status("VmHWM")

    def forget_peak(self) -> None:
        """Reset the peak to the current memory."""
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5", encoding="ascii")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(line.split()[1]) / 1024

    async def stop(self) -> None:
        """Terminate it, and kill it if it does not stop in time."""
        if self.is_over:
            return
        self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), STOP_SECONDS)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()


@asynccontextmanager
async def program(
    module: str, *arguments: str, folder: Path, env: Mapping[str, str] | None = None
) -> AsyncIterator[Program]:
    """Run a module of this project, and stop it on exit."""
    log = folder / f"{module}-{time.monotonic_ns()}.log"
    inherited = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            module,
            *arguments,
            cwd=folder,
            env=inherited | {"PYTHONPATH": str(ROOT)} | dict(env or {}),
            stdout=out,
            stderr=out,
        )
    running = Program(process, log)
    try:
        yield running
    finally:
        await running.stop()


async def wait_until_ok(url: str, running: Program) -> None:
    """Wait for a successful answer from the URL and set `ready_after`. Raises RuntimeError on timeout."""
    until = running.started + READY_SECONDS
    async with aiohttp.ClientSession() as session:
        while time.monotonic() < until and not running.is_over:
            try:
                async with session.get(url) as response:
                    if response.ok:
                        running.ready_after = time.monotonic() - running.started
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(LOOK_EVERY)
    raise RuntimeError(f"{url} does not answer:\n{running.words}")


def free_port() -> int:
    """An unused port."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port
