"""Passes the data of reports to the process that draws them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from messages.report.tables import Sheet
from services.files.heavy_work import HeavyWork
from services.report import report_child

SECONDS = 60.0
IDLE_SECONDS = 5.0


class Drawing:
    """Draws one report after the other, in a child process that ends a few seconds after the last."""

    def __init__(self) -> None:
        self._work = HeavyWork(seconds=SECONDS, idle=IDLE_SECONDS)

    async def picture(self, data: Mapping[str, Any]) -> bytes:
        """Draw a PNG. Raises TooHeavyError, NoHandsError."""
        return await self._work.run(report_child.draw, json.dumps(data).encode())

    async def table(self, sheets: Sequence[Sheet]) -> bytes:
        """Write an XLSX. Raises TooHeavyError, NoHandsError."""
        return await self._work.run(report_child.write, json.dumps([astuple(one) for one in sheets]).encode())

    def close(self) -> None:
        """End the process, if it runs."""
        self._work.close()
