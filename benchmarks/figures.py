"""The results of a benchmark, and the table that shows them."""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.runtime.log import configure_logging

COLUMNS = ("what", "figure", "yardstick", "ratio", "must reach", "beside it")


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: a measurement, its baseline, their ratio, and the goal."""

    what: str
    figure: str
    yardstick: str
    ratio: float
    must_reach: str
    beside: str = ""


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile by nearest rank; `share` 0.99 is the p99. Raises ValueError for no values."""
    if not values:
        raise ValueError("no values")
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def milliseconds(seconds: float) -> str:
    """Format a duration for the table."""
    return f"{seconds * 1000:.1f} ms"


def report(measuring: Coroutine[Any, Any, list[Figure]]) -> None:
    """Measure, and print the results."""
    configure_logging("warning")
    show(*asyncio.run(measuring))


def show(*figures: Figure) -> None:
    """Print the rows, with the machine's cores and load average: other load falsifies the figures."""
    one, _, _ = os.getloadavg()
    cores = len(os.sched_getaffinity(0))
    table = Table(*COLUMNS, caption=f"{cores} cores, load average {one:.1f} at the end")
    for line in figures:
        table.add_row(
            line.what, line.figure, line.yardstick, f"{line.ratio:.2f}", line.must_reach, line.beside
        )
    Console(width=None if os.isatty(1) else 180).print(table)
