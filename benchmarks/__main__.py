"""`make bench`: runs all benchmarks one after another, each in its own process."""

from __future__ import annotations

import subprocess
import sys

MODULES = ("actions", "taps", "sending", "due", "board", "feed", "sync", "footprint")


def main() -> None:
    """Run all benchmarks; failed ones do not stop the others and are listed at the end."""
    failed = [module for module in MODULES if exit_code(module)]
    if failed:
        raise SystemExit(f"did not end well: {', '.join(failed)}")


def exit_code(module: str) -> int:
    """Run one benchmark in its own process, so that it cannot affect the others; returns the exit code."""
    return subprocess.run([sys.executable, "-m", f"benchmarks.{module}"], check=False).returncode  # noqa: S603 - our own modules


if __name__ == "__main__":
    main()
