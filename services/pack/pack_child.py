"""Draws the pack. Runs in a process of its own, which ends afterwards and gives its 60 MiB back."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("pack.typ")


def draw(content: bytes) -> bytes:
    """A PDF of these packs, which are JSON: see `messages.support.day_pack`."""
    import typst

    found = typst.compile(TEMPLATE.read_bytes(), sys_inputs=inputs(content), ignore_system_fonts=True)
    return _whole(found)


def inputs(content: bytes) -> dict[str, str]:
    """What the template reads: these packs, with the codes that open orders drawn already."""
    data = json.loads(content)
    for pack in data:
        for order in (*pack["cards"], *(stop for route in pack["routes"] for stop in route["orders"])):
            order["qr"] = _qr(order.pop("link"))
    return {"data": json.dumps(data)}


def _whole(found: Any) -> bytes:  # noqa: ANN401 - typst gives one file or several, by the format
    if not isinstance(found, bytes):
        raise TypeError("a PDF is one file")
    return found


def _qr(link: str) -> str:
    """The code as SVG; nothing where the order has no address in a bot."""
    if not link:
        return ""
    import segno

    out = io.BytesIO()
    segno.make(link, micro=False, error="m").save(out, kind="svg", xmldecl=False, border=2)
    return out.getvalue().decode()
