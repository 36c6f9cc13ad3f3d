"""Draws the pack in a separate process, which ends afterwards and frees its 60 MiB."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).with_name("pack.typ")


def draw(content: bytes) -> bytes:
    """A PDF of these packs, given as JSON: see `messages.support.day_pack`."""
    import typst

    found = typst.compile(TEMPLATE.read_bytes(), sys_inputs=inputs(content), ignore_system_fonts=True)
    return _whole(found)


def inputs(content: bytes) -> dict[str, str]:
    """The template's input: these packs, with a QR code in place of each order's link."""
    data = json.loads(content)
    for pack in data:
        for order in (*pack["cards"], *(stop for route in pack["routes"] for stop in route["orders"])):
            order["qr"] = _qr(order.pop("link"))
    return {"data": json.dumps(data)}


def _whole(found: Any) -> bytes:  # noqa: ANN401 - typst returns one file or several, by the format
    if not isinstance(found, bytes):
        raise TypeError("a PDF is one file")
    return found


def _qr(link: str) -> str:
    """The QR code as SVG; empty where the order has no link."""
    if not link:
        return ""
    import segno

    out = io.BytesIO()
    segno.make(link, micro=False, error="m").save(out, kind="svg", xmldecl=False, border=2)
    return out.getvalue().decode()
