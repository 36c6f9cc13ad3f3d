"""`make bench`: every benchmark, one after the other, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

MODULES = ("actions", "taps", "sending", "due", "board", "feed", "sync", "footprint")


def main() -> None:
    """Run them all; one that fails is told of at the end, and keeps the others from nothing."""
    failed = [module for module in MODULES if exit_code(module)]
    if failed:
        raise SystemExit(f"did not end well: {', '.join(failed)}")


def exit_code(module: str) -> int:
    """Run one in a process of its own: what it leaves in memory slows no other; 0 when it ended well."""
    return subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=False).returncode  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
