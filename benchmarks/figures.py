"""What a benchmark found, and the table that shows it."""

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
    """One line of the table: a figure, what it is held against, and what it must reach, all in words."""

    what: str
    figure: str
    yardstick: str
    ratio: float
    must_reach: str
    beside: str = ""


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed (nearest rank); 0.99 is the p99."""
    if not values:
        raise ValueError("no values")
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def milliseconds(seconds: float) -> str:
    """A duration as the table shows it."""
    return f"{seconds * 1000:.1f} ms"


def report(measuring: Coroutine[Any, Any, list[Figure]]) -> None:
    """Measure, and print what was found."""
    configure_logging("warning")
    show(*asyncio.run(measuring))


def show(*figures: Figure) -> None:
    """Print the lines with what the machine is and how busy it is: other work beside it spoils a figure."""
    one, _, _ = os.getloadavg()
    cores = len(os.sched_getaffinity(0))
    table = Table(*COLUMNS, caption=f"{cores} cores, load average {one:.1f} at the end")
    for line in figures:
        table.add_row(
            line.what, line.figure, line.yardstick, f"{line.ratio:.2f}", line.must_reach, line.beside
        )
    Console(width=None if os.isatty(1) else 180).print(table)
