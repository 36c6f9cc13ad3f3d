"""The child process that reads files from outside; its argument is its memory limit in bytes.

It reads requests from its standard input and writes answers to its standard output, until the input ends.
"""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from contextlib import suppress
from enum import Enum, auto
from typing import IO

LENGTH = 8
"""Size in bytes of the length prefix."""


class Outcome(Enum):
    """How a request ended; an answer is a pair of this and a value."""

    DONE = auto()
    RAISED = auto()
    NO_MEMORY = auto()
    MACHINE = auto()
    """The machine failed (no file handles, no disk), not the file."""
    CRASHED = auto()


def send(pipe: IO[bytes], *parts: bytes) -> None:
    """Write each part with its length before it."""
    for part in parts:
        pipe.write(len(part).to_bytes(LENGTH, "big"))
        pipe.write(part)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next part; None at the end of the pipe."""
    length = pipe.read(LENGTH)
    if len(length) < LENGTH:
        return None
    size = int.from_bytes(length, "big")
    part = pipe.read(size)
    return part if len(part) == size else None


def main() -> None:
    """Answer requests until there are no more."""
    _limit_memory(int(sys.argv[1]))
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library's prints must not get between the answers
    while (name := receive(requests)) is not None:
        content = receive(requests)
        if content is None:
            return
        send(answers, _answer(name.decode(), content))


def _limit_memory(most: int) -> None:
    """Limit this process: an allocation beyond the limit fails here, without affecting the bot."""
    try:
        import resource
    except ImportError:  # a system without limits
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(name: str, content: bytes) -> bytes:
    try:
        module, _, function = name.partition(":")
        answer = pickle.dumps((Outcome.DONE, getattr(importlib.import_module(module), function)(content)))
    except MemoryError:
        answer = pickle.dumps((Outcome.NO_MEMORY, ""))
    except OSError as error:
        answer = _of_error(Outcome.MACHINE if error.errno else Outcome.RAISED, error)
    except Exception as error:  # noqa: BLE001 - it is raised again in the bot's process
        answer = _of_error(Outcome.RAISED, error)
    except BaseException as error:  # noqa: BLE001 - the base class of a Rust library's panic
        answer = pickle.dumps((Outcome.CRASHED, type(error).__name__))
    return answer


def _of_error(outcome: Outcome, error: Exception) -> bytes:
    if outcome is Outcome.MACHINE:
        return pickle.dumps((outcome, str(error)))
    try:
        return pickle.dumps((outcome, error))
    except Exception:  # noqa: BLE001 - the error holds something that cannot be pickled
        return pickle.dumps((Outcome.CRASHED, type(error).__name__))
