"""Programs beside the benchmark: each in a process of its own, started, looked at and ended by its id."""

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
"""Long: beside other work an import of aiogram alone can take half a minute."""
STOP_SECONDS = 15.0
LOOK_EVERY = 0.01
ROOT = Path(__file__).parents[1]
_TICKS = os.sysconf("SC_CLK_TCK")


class Program:
    """`python -m <module>`; what it writes goes into a file of its folder."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self._process = process
        self._log = log
        self.started = time.monotonic()
        self.ready_after = 0.0
        """Seconds from its start until it listened."""

    @property
    def words(self) -> str:
        """What it has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def is_over(self) -> bool:
        return self._process.returncode is not None

    def cpu_seconds(self) -> float:
        """Processor time it has used, in its own code and in the kernel for it."""
        fields = (
            Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        )
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Its share of the machine's memory in MiB: pages shared with others count in part (PSS)."""
        rollup = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text(encoding="ascii")
        line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) / 1024

    def resident(self) -> float:
        """The memory it has just now, in MiB (RSS)."""
        return self._status("VmRSS")

    def peak(self) -> float:
        """The most it ever had, or since `forget_peak`, in MiB (RSS)."""
        return self._status("VmHWM")

    def forget_peak(self) -> None:
        """Begin anew with what it has now."""
        Path(f"/proc/{self._process.pid}/clear_refs").write_text("5", encoding="ascii")

    def _status(self, name: str) -> float:
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(line.split()[1]) / 1024

    async def stop(self) -> None:
        """End it politely; one that does not end in time is killed."""
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
    """Run a module of this project; it is ended on leaving."""
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
    """Wait for a good answer of the address, and note how long the program took to it."""
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
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
        return port
