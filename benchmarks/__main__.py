"""`make bench`: every benchmark, one after the other, each in a process of its own."""

from __future__ import annotations

import runpy
from multiprocessing import get_context

MODULES = ("actions", "sending", "due", "board", "feed", "workers", "sync", "footprint")


def main() -> None:
    """Run them all; one that fails is told of at the end, and keeps the others from nothing."""
    failed = [module for module in MODULES if _exit_code(module)]
    if failed:
        raise SystemExit(f"did not end well: {', '.join(failed)}")


def _exit_code(module: str) -> int | None:
    process = get_context("spawn").Process(target=_run, args=(f"benchmarks.{module}",))
    process.start()
    process.join()
    return process.exitcode


def _run(module: str) -> None:
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main()
