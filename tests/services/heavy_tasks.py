"""Tasks that hang, crash or fill up the process that reads files; run there by name."""

from __future__ import annotations

import errno
import os
import signal
import time


def length(content: bytes) -> int:
    return len(content)


def hang(_content: bytes) -> None:
    time.sleep(600)


def eat(_content: bytes) -> int:
    return len(bytearray(1024**3))


def crash(_content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def starve(_content: bytes) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def disk_full(_content: bytes) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def refuse(content: bytes) -> None:
    raise ValueError(content.decode())


def shout(_content: bytes) -> int:
    os.write(1, b"something that a library prints")
    return 1


def environment(_content: bytes) -> list[str]:
    return sorted(os.environ)


def process(_content: bytes) -> int:
    return os.getpid()
