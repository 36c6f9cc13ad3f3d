"""Reads files from outside in a child process: one at a time, with limited memory and time (X22).

A small file can make its decoder demand gigabytes or crash. A child process protects the bot: the system
limits its memory, it can be killed, and all its memory is freed when it ends.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from typing import TypeVar, cast

import structlog

from services.files.heavy_child import Outcome, receive, send

MEMORY = 300 * 1024 * 1024
"""Memory limit of the child, in bytes."""
SECONDS = 60.0
"""Time limit for one file; a large one takes one or two seconds on an idle machine."""
IDLE_SECONDS = 60.0
"""A child without work ends after this time, to free its memory."""

_MAIN = "from services.files.heavy_child import main; main()"
_ROOT = Path(__file__).parents[2]
_ENVIRONMENT = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",  # large blocks are returned to the system as soon as they are freed
    "PYTHONUTF8": "1",
    "RUST_BACKTRACE": "0",
}
_KEPT_NAMES = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR")
"""The only variables passed on from the bot's environment, which holds tokens."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


class TooHeavyError(Exception):
    """The file took more memory or time than allowed, or made its decoder crash."""


class NoHandsError(Exception):
    """The machine lacks processes, file handles or memory to read files now; the file is not at fault."""


class HeavyWork:
    """Runs functions on one file after the other, in a child process that starts when needed."""

    def __init__(self, memory: int = MEMORY, seconds: float = SECONDS, idle: float = IDLE_SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds
        self._idle = idle
        self._lock = asyncio.Lock()
        self._child: _Child | None = None
        self._retirement: asyncio.TimerHandle | None = None

    async def run(self, function: Callable[[bytes], T], content: bytes) -> T:
        """Call the function with the content in the child; it must be a module's function, found by its name.

        Raises what the function raises, TooHeavyError, NoHandsError.
        """
        async with self._lock:
            if self._retirement is not None:
                self._retirement.cancel()
            try:
                return await self._run(f"{function.__module__}:{function.__qualname__}", content)
            finally:
                loop = asyncio.get_running_loop()
                self._retirement = loop.call_later(self._idle, self.close)

    async def _run(self, name: str, content: bytes) -> T:
        child = await self._ready()
        timer = asyncio.get_running_loop().call_later(self._seconds, child.kill)
        exchange = asyncio.ensure_future(asyncio.to_thread(child.exchange, name, content))
        exchange.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            outcome, value = await asyncio.shield(exchange)
        except BaseException:  # also on cancellation: the next request must not read this one's answer
            self.close()
            raise
        finally:
            timer.cancel()
        if outcome is Outcome.DONE:
            return cast("T", value)
        raise _error(name, outcome, value)

    async def _ready(self) -> _Child:
        if self._child is None or self._child.has_ended:
            self.close()
            try:
                self._child = await asyncio.to_thread(_Child, self._memory)
            except OSError as error:
                raise NoHandsError(error.strerror or str(error)) from error
        return self._child

    def close(self) -> None:
        """End the child; the next file starts another."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


class _Child:
    """One process; all methods but `kill` block, or are called only while it is idle."""

    def __init__(self, memory: int) -> None:
        kept = {name: os.environ[name] for name in _KEPT_NAMES if name in os.environ}
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-c", _MAIN, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=kept | _ENVIRONMENT,
        )
        self._is_given_up = False
        self.end = weakref.finalize(self, _end, self._process)

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """Give up a file that takes too long."""
        log.warning("file_given_up")
        self._is_given_up = True
        self._process.kill()

    def exchange(self, name: str, content: bytes) -> tuple[Outcome, object]:
        """Send the request and wait for the answer; raises TooHeavyError, NoHandsError when it dies."""
        process = self._process
        if process.stdin is None or process.stdout is None:
            raise AssertionError("a child without pipes")
        try:
            send(process.stdin, name.encode(), content)
            answer = receive(process.stdout)
        except (OSError, ValueError):  # ValueError: the child was ended meanwhile and its pipes are closed
            answer = None
        if answer is not None:
            return cast("tuple[Outcome, object]", pickle.loads(answer))  # noqa: S301 - our own process
        code = process.wait()
        log.warning("file_reader_died", code=code)
        if code == -SIGKILL and not self._is_given_up:  # the system killed it, being short of memory
            raise NoHandsError("killed")
        raise TooHeavyError(f"ended with {code}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # data was still unsent
                continue


def _error(name: str, outcome: Outcome, value: object) -> Exception:
    if outcome is Outcome.RAISED and isinstance(value, Exception):
        return value
    log.warning("file_too_heavy", what=name, outcome=outcome.name)
    return NoHandsError(str(value)) if outcome is Outcome.MACHINE else TooHeavyError(outcome.name)
