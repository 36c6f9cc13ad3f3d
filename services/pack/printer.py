"""Passes the data of a pack to the process that draws it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from services.files.heavy_work import HeavyWork
from services.pack import pack_child

SECONDS = 60.0
IDLE_SECONDS = 5.0


class Printer:
    """Draws one pack after the other in a child process, which ends a few seconds later."""

    def __init__(self) -> None:
        self._work = HeavyWork(seconds=SECONDS, idle=IDLE_SECONDS)

    async def draw(self, documents: Sequence[Mapping[str, Any]]) -> bytes:
        """One PDF with the packs of these shops. Raises TooHeavyError, NoHandsError."""
        return await self._work.run(pack_child.draw, json.dumps(documents).encode())

    def close(self) -> None:
        """End the process, if it runs."""
        self._work.close()
